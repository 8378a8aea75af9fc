/* Lines that come in every run, right or wrong: they say nothing about the design.
 *
 *     $display("Mismatch table");               a heading, though it has a word of failure
 *     $display("=== 2 error injections");       likewise; nothing of the design is in it
 *     $display("err = %b", err);                an output of the design, not a count
 *     $display("- mismatches end in x.txt");    a remark behind the report
 *     $display("(a FAIL would show it)");       a remark beside "PASS", in the same branch
 *
 * A line is one if its print comes in every run in which nothing fails (checks_always.c),
 * and no other statement may print the same text. Several prints may make a line:
 *
 *     $write("+-- mismatch"); repeat (9) $write("-"); $display("+");
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/testbench/checks_inner.h"

#define MAX_HEADINGS 20000u /* lines of them */

/* True for "err = %b" of a net that only the design drives. */
static bool prints_output(const struct checks *c, const struct vstmts *s, int node)
{
	struct vspan name = checks_print_bits(s, node);
	size_t len = name.end - name.off;

	return len && !checks_below_if(s, node) && !checks_var(c, s->text + name.off, len) &&
	       !checks_is_result(c, s->text + name.off, len);
}

/* The prints that make whole lines, in one go; from first until before end. */
struct lines {
	int first, end;
	struct str text; /* with CHECKS_ANY for values and loops; empty: these make none */
};

/* True for "repeat (40) $write("-");". */
static bool repeats_part(const struct vstmts *s, int i)
{
	struct str text = STR_INIT;
	bool prints = false, part = s->v[i].kind == VSTMT_LOOP;

	for (int k = i + 1; part && k < s->v[i].end; k++) {
		if (s->v[k].kind == VSTMT_BLOCK)
			continue;
		part = checks_print_text(s, &s->v[k], &text) && !strchr(str_cstr(&text), '\n');
		prints = true;
	}
	str_free(&text);
	return part && prints;
}

/* The lines that begin with the print at node i. */
static void read_lines(const struct vstmts *s, int i, struct lines *out)
{
	int up = s->v[i].parent;
	int end = up >= 0 && s->v[up].kind == VSTMT_BLOCK ? s->v[up].end : s->v[i].end;

	*out = (struct lines){ .first = i, .end = s->v[i].end, .text = STR_INIT };
	for (int k = i; k < end; k = s->v[k].end) {
		if (repeats_part(s, k))
			str_addc(&out->text, CHECKS_ANY);
		else if (!checks_print_text(s, &s->v[k], &out->text))
			break;
		out->end = s->v[k].end;
		if (str_ends(str_cstr(&out->text), "\n"))
			return;
	}
	str_clear(&out->text);
}

/* What the line says if each value in it is a number. */
static unsigned line_says(const char *line, size_t len)
{
	struct str text = STR_INIT;
	unsigned says;

	for (size_t i = 0; i < len; i++) {
		if (line[i] == CHECKS_ANY)
			str_adds(&text, "1001");
		else
			str_addc(&text, line[i]);
	}
	says = checks_say(str_cstr(&text), text.len);
	str_free(&text);
	return says;
}

/* True if nothing in the print counts failures: it is the testbench's own, or a number that
 * the testbench compares with the right one. */
static bool is_fixed(const struct checks *c, const struct check_source *src, int node)
{
	const struct vstmts *s = &src->s;
	size_t at = checks_first_token(s, s->v[node].head);
	struct vspan arg;

	while (checks_next_argument(s, s->v[node].head, &at, &arg)) {
		struct vspan name = checks_last_name(s, arg);
		const struct check_var *var = name.off == arg.off && name.end == arg.end
						      ? checks_var_in(c, s, name)
						      : NULL;

		if (!checks_says_when(c, src, node, arg) &&
		    !(var && var->role == ROLE_NONE && (var->awaited || var->measured)))
			return false;
	}
	return true;
}

/* What the prints of the lines say, and in fixed whether no failures are counted there. */
static unsigned lines_say(const struct checks *c, const struct check_source *src,
			  const struct lines *l, bool *fixed)
{
	const struct vstmts *s = &src->s;
	const char *text = str_cstr(&l->text);
	unsigned says = 0;

	*fixed = true;
	for (int k = l->first; k < l->end; k++)
		*fixed = *fixed && (!checks_is_print(s, &s->v[k]) || is_fixed(c, src, k));
	/* a number that the testbench gives is no value of the design */
	if (!*fixed && l->end == s->v[l->first].end)
		return checks_print_says(c, src, l->first);
	for (size_t n; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		says |= line_says(text, n);
	}
	return says;
}

/* True for a remark beside the word that all is well: "PASS" and then "(a FAIL would show)". */
static bool is_beside_pass(const struct checks *c, const struct check_source *src, int node)
{
	const struct vstmts *s = &src->s;
	int at = node, up = s->v[node].parent;

	for (; up >= 0 && s->v[up].kind == VSTMT_BLOCK; up = s->v[up].parent)
		at = up;
	if (up < 0 || s->v[up].kind != VSTMT_IF || checks_good_side(c, s, up) != at)
		return false;
	for (int k = at; k < s->v[at].end; k++) {
		unsigned says = checks_is_print(s, &s->v[k]) ? checks_print_says(c, src, k) : 0;

		if ((says & (SAYS_PASS | SAYS_GOOD)) && !(says & SAYS_FAIL))
			return true;
	}
	return false;
}

static bool is_heading(const struct checks *c, const struct checks_walk *w, size_t source,
		       const struct lines *l)
{
	const struct check_source *src = &c->sources[source];
	const struct vstmts *s = &src->s;
	int node = l->first;
	unsigned says;
	bool fixed;

	if (!l->text.len || vspan_is(s, s->v[node].name, "$error") ||
	    vspan_is(s, s->v[node].name, "$fatal") || !checks_in_bench(src, node))
		return false;
	if (prints_output(c, s, node))
		return true;
	says = lines_say(c, src, l, &fixed);
	if (!(says & (SAYS_FAIL | SAYS_ERRORS)) || (says & SAYS_ERRORS && !fixed) ||
	    (says & SAYS_TIMEOUT && !checks_comes_in_time(w, source, node)))
		return false;
	return is_beside_pass(c, src, node) || checks_comes_always(w, source, node);
}

/* Of several lines only those that say FAIL: a "%s" alone would fit any line. */
static void add_headings(struct strv *to, const char *text)
{
	bool one = !strchr(text, '\n');

	for (size_t n; *text && to->n < MAX_HEADINGS; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		if (one || line_says(text, n) & (SAYS_FAIL | SAYS_ERRORS))
			strv_addn(to, text, n);
	}
}

static void add_others(struct strv *to, const char *text)
{
	for (size_t n; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		strv_addn(to, text, n);
	}
}

/* Removes those that another statement prints as well. */
static void drop_shared(struct checks *c, const struct name_map *others)
{
	size_t kept = 0;

	for (size_t k = 0; k < c->headings.n; k++) {
		char *line = c->headings.v[k];

		if (name_map_has(others, line, strlen(line)))
			free(line);
		else
			c->headings.v[kept++] = line;
	}
	if (c->headings.n)
		c->headings.v[kept] = NULL;
	c->headings.n = kept;
}

/* Puts those with values first, and the others into a map. */
static void sort_headings(struct checks *c)
{
	for (size_t i = 0; i < c->headings.n; i++) {
		char *line = c->headings.v[i];

		if (!strchr(line, CHECKS_ANY)) {
			name_map_put(&c->plain_headings, line, strlen(line), i);
			continue;
		}
		c->headings.v[i] = c->headings.v[c->n_patterns];
		c->headings.v[c->n_patterns++] = line;
	}
}

void checks_read_headings(struct checks *c)
{
	struct checks_walk *w = checks_walk_new(c);
	struct strv others = STRV_INIT;
	struct name_map shared = NAME_MAP_INIT;

	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;

		for (int i = 0; i < (int)s->n; i++) {
			struct lines l;

			if (!checks_is_print(s, &s->v[i]))
				continue;
			read_lines(s, i, &l);
			if (is_heading(c, w, k, &l))
				add_headings(&c->headings, str_cstr(&l.text));
			else
				add_others(&others, str_cstr(&l.text));
			str_free(&l.text);
			i = l.end - 1;
		}
	}
	for (size_t i = 0; i < others.n; i++)
		name_map_put(&shared, others.v[i], strlen(others.v[i]), i);
	drop_shared(c, &shared);
	sort_headings(c);
	checks_walk_free(w);
	name_map_fini(&shared);
	strv_free(&others);
}

bool checks_fits(const char *pattern, const char *line, size_t len)
{
	const char *star = NULL, *from = NULL, *end = line + len;

	while (line < end) {
		if (*pattern == CHECKS_ANY) {
			star = pattern++;
			from = line;
		} else if (*pattern == *line) {
			pattern++;
			line++;
		} else if (star) {
			pattern = star + 1;
			line = ++from;
		} else {
			return false;
		}
	}
	while (*pattern == CHECKS_ANY)
		pattern++;
	return !*pattern;
}

bool checks_line_is_heading(const struct checks *c, const char *line, size_t len)
{
	for (size_t i = 0; i < c->n_patterns; i++)
		if (checks_fits(c->headings.v[i], line, len))
			return true;
	return name_map_has(&c->plain_headings, line, len);
}
