/* Units: the smallest changes that a user can decide on.
 *
 * A diff gives hunks, suggestion_pair.c the units of each hunk, and
 * suggestion_compose.c the text that follows from the decisions. Recorded units are
 * checked against both texts: each line of either text is in at most one unit, and
 * lines in no unit are the same in both.
 */
#include "config.h"

#include "session/journal/suggestion.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/diff.h"
#include "session/journal/suggestion_inner.h"

static struct suggestion *make(const char *path, bool new_file, const char *base, size_t base_len,
			       const char *proposed, size_t proposed_len)
{
	struct suggestion *s = mem_zalloc(sizeof(*s));

	s->path = mem_strdup(path);
	s->new_file = new_file;
	s->base = mem_strndup(base, base_len);
	s->base_len = base_len;
	s->proposed = mem_strndup(proposed, proposed_len);
	s->proposed_len = proposed_len;
	lines_init(&s->a, s->base, base_len);
	lines_init(&s->b, s->proposed, proposed_len);
	return s;
}

static void free_texts(struct suggestion *s)
{
	lines_fini(&s->a);
	lines_fini(&s->b);
	free(s->units);
	free(s->base);
	free(s->proposed);
	free(s->there);
	s->there = NULL;
}

void suggestion_free(struct suggestion *s)
{
	if (!s)
		return;
	free_texts(s);
	free(s->path);
	free(s->moves);
	free(s);
}

static const char *const decision_names[DECISIONS] = {
	[DECISION_OPEN] = "open", [DECISION_TAKEN] = "take", [DECISION_REFUSED] = "refuse"
};

const char *decision_name(enum decision d)
{
	return decision_names[d];
}

bool decision_parse(const char *name, enum decision *d)
{
	for (int i = 0; i < DECISIONS; i++) {
		if (strcmp(decision_names[i], name) == 0) {
			*d = (enum decision)i;
			return true;
		}
	}
	return false;
}

struct suggestion *suggestion_new(const char *path, bool new_file, const char *base,
				  size_t base_len, const char *proposed, size_t proposed_len)
{
	struct suggestion *s = make(path, new_file, base, base_len, proposed, proposed_len);
	struct diff d;

	diff_init(&d, &s->a, &s->b);
	for (size_t i = 0; i < d.n; i++)
		suggestion_pair(s, &d.hunks[i], i);
	diff_fini(&d);
	return s;
}

/* A rename comes first. Units are in the order of the text, each line of either
 * text is in at most one unit, and lines in no unit are the same in both. Hunks are
 * numbered from 0 without gaps. */
static bool units_fit(const struct suggestion *s)
{
	size_t i = 0, k = 0;

	if (suggestion_has_move(s) &&
	    (s->units[0].base_line || s->units[0].new_line || s->units[0].hunk))
		return false;
	for (size_t u = suggestion_has_move(s); u <= s->n; u++) {
		const struct unit *unit = u < s->n ? &s->units[u] : NULL;
		size_t upto = unit ? unit->base_line : s->a.n;

		for (; i < upto; i++, k++) { /* unchanged lines */
			size_t la, lb;

			if (i >= s->a.n || k >= s->b.n || lines_at(&s->a, i, &la) == NULL ||
			    lines_at(&s->b, k, &lb) == NULL || la != lb ||
			    memcmp(lines_at(&s->a, i, &la), lines_at(&s->b, k, &lb), la) != 0)
				return false;
		}
		if (!unit)
			break;
		if (unit->kind == UNIT_MOVED || i != unit->base_line ||
		    (unit->kind != UNIT_ADDED && i >= s->a.n) ||
		    (unit->kind != UNIT_REMOVED && (k != unit->new_line || k >= s->b.n)) ||
		    (u > 0 ? unit->hunk < unit[-1].hunk || unit->hunk - unit[-1].hunk > 1
			   : unit->hunk != 0))
			return false;
		i += unit->kind != UNIT_ADDED;
		k += unit->kind != UNIT_REMOVED;
	}
	return k == s->b.n;
}

struct suggestion *suggestion_restore(const char *path, bool new_file, const char *base,
				      size_t base_len, const char *proposed, size_t proposed_len,
				      const struct unit *units, size_t n, struct err *err)
{
	struct suggestion *s = make(path, new_file, base, base_len, proposed, proposed_len);

	s->units = mem_dup(units, n * sizeof(*units));
	s->n = s->cap = n;
	if (units_fit(s))
		return s;
	suggestion_free(s);
	err_set(err, ERR_PARSE, "the units of the suggestion for %s do not fit its texts", path);
	return NULL;
}

const char *suggestion_path(const struct suggestion *s)
{
	return s->path;
}

struct suggestion *suggestion_copy(const struct suggestion *s)
{
	struct suggestion *c =
		make(s->path, s->new_file, s->base, s->base_len, s->proposed, s->proposed_len);

	c->moves = mem_strdup(s->moves);
	c->incomplete = s->incomplete;
	c->removes = s->removes;
	c->in_place = s->in_place;
	if (s->there)
		suggestion_set_before(c, s->there, s->there_len);
	c->units = mem_dup(s->units, s->n * sizeof(*s->units));
	c->n = c->cap = s->n;
	c->settled = s->settled;
	memcpy(c->counts, s->counts, sizeof(c->counts));
	return c;
}

bool suggestion_is_new_file(const struct suggestion *s)
{
	return s->new_file;
}

const char *suggestion_base(const struct suggestion *s, size_t *len)
{
	*len = s->base_len;
	return s->base;
}

const char *suggestion_proposed(const struct suggestion *s, size_t *len)
{
	*len = s->proposed_len;
	return s->proposed;
}

void suggestion_set_incomplete(struct suggestion *s, bool incomplete)
{
	s->incomplete = incomplete;
}

void suggestion_set_removes(struct suggestion *s, bool removes)
{
	s->removes = removes;
}

bool suggestion_removes(const struct suggestion *s)
{
	return s->removes;
}

void suggestion_set_in_place(struct suggestion *s, bool in_place)
{
	s->in_place = in_place;
}

bool suggestion_in_place(const struct suggestion *s)
{
	return s->in_place;
}

void suggestion_set_moves(struct suggestion *s, const char *to)
{
	free(s->moves);
	s->moves = mem_strdup(to);
	if (s->settled || suggestion_has_move(s))
		return;
	suggestion_add_unit(s, UNIT_MOVED, 0, 0, 0);
	memmove(s->units + 1, s->units, (s->n - 1) * sizeof(*s->units));
	s->units[0] = (struct unit){ .kind = UNIT_MOVED };
	for (size_t i = 1; i < s->n; i++)
		s->units[i].hunk++;
}

const char *suggestion_moves(const struct suggestion *s)
{
	return s->moves;
}

bool suggestion_renames_file(const struct suggestion *s)
{
	return suggestion_has_move(s) &&
	       s->units[0].decision == (s->in_place ? DECISION_REFUSED : DECISION_TAKEN);
}

void suggestion_print_move(const struct suggestion *s, struct str *out)
{
	str_addf(out, s->in_place ? "moved here from %s" : "moves to %s", s->moves);
}

const char *suggestion_remark(const struct suggestion *s)
{
	if (s->moves)
		return s->in_place ? " (moved already)" : " (moves)";
	if (s->new_file)
		return s->in_place ? " (new file, there already)" : " (new file)";
	if (s->removes)
		return s->in_place ? " (deleted already)" : " (deletes the file)";
	return s->in_place ? " (there already)" : "";
}

void suggestion_set_before(struct suggestion *s, const char *text, size_t len)
{
	free(s->there);
	s->there = mem_strndup(text, len);
	s->there_len = len;
}

const char *suggestion_before(const struct suggestion *s, size_t *len)
{
	if (s->in_place && s->there) {
		*len = s->there_len;
		return s->there;
	}
	return s->in_place ? suggestion_proposed(s, len) : suggestion_base(s, len);
}

bool suggestion_incomplete(const struct suggestion *s)
{
	return s->incomplete;
}

size_t suggestion_units(const struct suggestion *s)
{
	return s->n;
}

const struct unit *suggestion_unit(const struct suggestion *s, size_t i)
{
	return &s->units[i];
}

static const char *without_end(const struct lines *l, size_t i, size_t *len)
{
	const char *line = lines_at(l, i, len);

	*len -= *len && line[*len - 1] == '\n';
	return line;
}

static const char *name(const char *path, size_t *len)
{
	*len = path ? strlen(path) : 0;
	return path ? path : "";
}

const char *suggestion_base_line(const struct suggestion *s, size_t i, size_t *len)
{
	if (s->units[i].kind == UNIT_MOVED)
		return name(s->path, len);
	return without_end(&s->a, s->units[i].base_line, len);
}

const char *suggestion_line(const struct suggestion *s, size_t i, size_t *len)
{
	if (s->units[i].kind == UNIT_MOVED)
		return name(s->moves, len);
	return s->units[i].kind == UNIT_REMOVED ? suggestion_base_line(s, i, len)
						: without_end(&s->b, s->units[i].new_line, len);
}

void suggestion_decide(struct suggestion *s, size_t i, enum decision d)
{
	s->units[i].decision = d;
}

size_t suggestion_count(const struct suggestion *s, enum decision d)
{
	size_t n = 0;

	if (s->settled)
		return s->counts[d];
	for (size_t i = 0; i < s->n; i++)
		n += s->units[i].decision == d;
	return n;
}

static void settle(struct suggestion *s, const size_t counts[DECISIONS])
{
	memcpy(s->counts, counts, sizeof(s->counts));
	free_texts(s);
	s->base = mem_strdup("");
	s->proposed = mem_strdup("");
	s->base_len = s->proposed_len = 0;
	s->units = NULL;
	s->n = s->cap = 0;
	lines_init(&s->a, s->base, 0);
	lines_init(&s->b, s->proposed, 0);
	s->settled = true;
}

void suggestion_close(struct suggestion *s)
{
	size_t counts[DECISIONS];

	if (s->settled)
		return;
	for (int d = 0; d < DECISIONS; d++)
		counts[d] = suggestion_count(s, (enum decision)d);
	settle(s, counts);
}

bool suggestion_closed(const struct suggestion *s)
{
	return s->settled;
}

struct suggestion *suggestion_restore_closed(const char *path, bool new_file,
					     const size_t counts[DECISIONS])
{
	struct suggestion *s = make(path, new_file, "", 0, "", 0);

	settle(s, counts);
	return s;
}

bool suggestion_split(struct suggestion *s, size_t i)
{
	struct unit pair = i < s->n ? s->units[i] : (struct unit){ 0 };

	if (i >= s->n || pair.kind != UNIT_REPLACED)
		return false;
	MEM_ROOM(s->units, s->n, s->cap);
	memmove(s->units + i + 2, s->units + i + 1, (s->n - i - 1) * sizeof(*s->units));
	s->n++;
	s->units[i].kind = UNIT_REMOVED;
	s->units[i].new_line = 0;
	s->units[i + 1] = pair;
	s->units[i + 1].kind = UNIT_ADDED;
	s->units[i + 1].base_line++;
	return true;
}

bool suggestion_amend(struct suggestion *s, size_t i, const char *line, size_t len)
{
	struct str text = STR_INIT;
	size_t start, end;

	if (i >= s->n || s->units[i].kind == UNIT_REMOVED || s->units[i].kind == UNIT_MOVED ||
	    memchr(line, '\n', len))
		return false;
	start = s->b.starts[s->units[i].new_line];
	end = s->b.starts[s->units[i].new_line + 1];
	end -= end > start && s->proposed[end - 1] == '\n';
	str_add(&text, s->proposed, start);
	str_add(&text, line, len);
	str_add(&text, s->proposed + end, s->proposed_len - end);
	/* An empty last line without a newline would not be a line. */
	if (len == 0 && end == s->proposed_len)
		str_addc(&text, '\n');
	lines_fini(&s->b);
	if (s->in_place && !s->there) {
		s->there = s->proposed;
		s->there_len = s->proposed_len;
		s->proposed = NULL;
	}
	free(s->proposed);
	s->proposed_len = text.len;
	s->proposed = str_take(&text);
	lines_init(&s->b, s->proposed, s->proposed_len);
	return true;
}
