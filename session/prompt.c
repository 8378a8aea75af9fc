/* From the pieces of a project to the messages of a request.
 *
 *	system		instructions for the language; the spec
 *	user		an earlier question	\  as many of the
 *	assistant	its answer		/  latest as fit
 *	user		files, findings, waves as they are now; the question
 *
 * What changes least stands first, since providers charge less for a
 * beginning that they have seen before; so the files, which change with every
 * accepted line, come last and only once, in their present state.
 *
 * When the budget is short it goes to the instructions and the question, the
 * spec, the latest exchange if that is small, the pieces by priority, then to
 * older exchanges. All is counted in rounded-up tokens, block by block, so the
 * whole never comes out larger than the sum.
 */
#include "config.h"

#include "session/prompt.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/prompt_inner.h"

#define DEFAULT_BUDGET 24000u
#define MESSAGE_TOKENS 4u
#define CUT_MIN 300u		/* tokens: less of a file than this helps nobody */

struct owner {
	struct prompt p;	/* first: what is given out */
	struct prompt_message *messages;
	struct str *texts;	/* of the messages */
	size_t n, cap;
	char *question;
};

size_t prompt_estimate(const char *text, size_t len)
{
	return len / 7 * 2 + (len % 7 * 2 + 6) / 7;
}

size_t prompt_tokens(const struct prompt *p)
{
	size_t sum = 0;

	for (size_t i = 0; i < p->n; i++)
		sum += prompt_estimate(p->messages[i].text, p->messages[i].len) + MESSAGE_TOKENS;
	return sum;
}

static bool spend(size_t *left, size_t tokens)
{
	if (tokens > *left)
		return false;
	*left -= tokens;
	return true;
}

/* Blocks -------------------------------------------------------------------- */

static const char *fence_language(const char *title)
{
	static const struct { const char *end, *language; } known[] = {
		{ ".sv", "systemverilog" }, { ".svh", "systemverilog" }, { ".v", "verilog" }, { ".vh", "verilog" },
		{ ".md", "markdown" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_ends(title, known[i].end))
			return known[i].language;
	return NULL;
}

/* One more than the longest run of backquotes in the text, so that nothing in
 * it can end the block. */
static size_t fence_width(const char *text, size_t len)
{
	size_t longest = 2, run = 0;

	for (size_t i = 0; i < len; i++) {
		run = text[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest + 1;
}

static void add_fence(struct str *out, size_t width)
{
	while (width-- > 0)
		str_addc(out, '`');
}

static void add_title(struct str *out, const char *title)
{
	for (; *title; title++)
		str_addc(out, (unsigned char)*title < 0x20 || *title == 0x7f ? '?' : *title);
}

/* A file looks as an answer shall write it: language and path in the info
 * string. */
static void add_block(struct str *out, const char *title, const char *text, size_t len)
{
	const char *language = fence_language(title);
	size_t width = fence_width(text, len);

	if (!language) {
		add_title(out, title);
		str_adds(out, ":\n");
	}
	add_fence(out, width);
	if (language) {
		str_addf(out, "%s ", language);
		add_title(out, title);
	}
	str_addc(out, '\n');
	str_add(out, text, len);
	if (len == 0 || text[len - 1] != '\n')
		str_addc(out, '\n');
	add_fence(out, width);
	str_adds(out, "\n\n");
}

/* Where a beginning of about max bytes ends: after a line, else after a
 * character. */
static size_t head_end(const char *text, size_t max)
{
	for (size_t i = max; i > max / 2; i--)
		if (text[i - 1] == '\n')
			return i;
	return max - utf8_partial_tail(text, max);
}

static size_t tail_start(const char *text, size_t len, size_t max)
{
	size_t from = len - max;

	for (size_t i = from; i < len - max / 2; i++)
		if (i > 0 && text[i - 1] == '\n')
			return i;
	while (from < len && ((unsigned char)text[from] & 0xc0) == 0x80)
		from++;
	return from;
}

static size_t lines_in(const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += text[i] == '\n';
	return n;
}

/* The beginning and the end of text, max bytes of it at most, and between them
 * a line that says how much is missing. */
static void cut_middle(const char *text, size_t len, size_t max, struct str *out)
{
	size_t head = head_end(text, max / 2);
	size_t tail = tail_start(text, len, max / 2);
	size_t lines = lines_in(text + head, tail - head);

	str_add(out, text, head);
	if (head == 0 || text[head - 1] != '\n')
		str_addc(out, '\n');
	if (lines > 0)
		str_addf(out, "[... %zu lines left out here ...]\n", lines);
	else
		str_addf(out, "[... %zu bytes left out here ...]\n", tail - head);
	str_add(out, text + tail, len - tail);
}

/* Adds as much of it as left allows; false: nothing. */
static bool add_within(struct str *out, const char *title, const char *text, size_t len, size_t *left, bool *cut)
{
	/* What add_block() puts around it, and the line about what is missing. */
	size_t frame = strlen(title) + 2 * fence_width(text, len) + 96;
	size_t room = *left / 2 * 7, before = out->len;
	struct str part = STR_INIT;

	*cut = false;
	if (room >= frame + len) {
		add_block(out, title, text, len);
	} else if (*left >= CUT_MIN && room > frame) {
		cut_middle(text, len, room - frame, &part);
		add_block(out, title, part.data, part.len);
		str_free(&part);
		*cut = true;
	} else {
		return false;
	}
	*left -= prompt_estimate(NULL, out->len - before);
	return true;
}

/* Pieces -------------------------------------------------------------------- */

static void by_priority(const struct prompt_input *in, size_t *order)
{
	for (size_t i = 0; i < in->n_pieces; i++) {
		size_t at = i;

		/* Of two of one priority the earlier one is the more important. */
		while (at > 0 && in->pieces[order[at - 1]].priority < in->pieces[i].priority) {
			order[at] = order[at - 1];
			at--;
		}
		order[at] = i;
	}
}

/* Chosen by priority, written in the order in which they were given: it is
 * the same one from request to request. */
static void add_pieces(const struct prompt_input *in, struct str *out, size_t *left)
{
	size_t *order = mem_calloc(in->n_pieces + 1, sizeof(*order));
	struct str *blocks = mem_calloc(in->n_pieces + 1, sizeof(*blocks));

	by_priority(in, order);
	for (size_t i = 0; i < in->n_pieces; i++) {
		struct prompt_piece *p = &in->pieces[order[i]];

		p->left_out = !add_within(&blocks[order[i]], p->title, p->text, p->len, left, &p->cut);
	}
	for (size_t i = 0; i < in->n_pieces; i++) {
		str_add(out, blocks[i].data, blocks[i].len);
		str_free(&blocks[i]);
	}
	free(blocks);
	free(order);
}

/* Messages ------------------------------------------------------------------ */

static struct str *add_message(struct owner *o, enum prompt_role role)
{
	assert(o->n < o->cap);
	o->messages[o->n].role = role;
	return &o->texts[o->n++];
}

static size_t turn_cost(const struct prompt_turn *t)
{
	return prompt_estimate(t->question, strlen(t->question)) + prompt_estimate(t->answer, strlen(t->answer)) +
	       2 * MESSAGE_TOKENS;
}

/* From *first backwards while they fit; one that does not ends it, for a
 * conversation with a hole in it misleads. */
static void take_turns(const struct prompt_input *in, size_t *first, size_t count, size_t *left)
{
	while (count-- > 0 && *first > 0) {
		if (!spend(left, turn_cost(&in->turns[*first - 1])))
			return;
		(*first)--;
	}
}

static void add_turns(struct owner *o, const struct prompt_input *in, size_t first)
{
	for (size_t i = first; i < in->n_turns; i++) {
		str_adds(add_message(o, ROLE_USER), in->turns[i].question);
		str_adds(add_message(o, ROLE_ASSISTANT), in->turns[i].answer);
	}
}

static const char spec_title[] = "\nThe spec of the project:\n\n";
static const char pieces_title[] = "The project as it is now, as far as it matters here:\n\n";

static void finish(struct owner *o, const struct prompt_input *in)
{
	for (size_t i = 0; i < o->n; i++) {
		o->messages[i].text = str_cstr(&o->texts[i]);
		o->messages[i].len = o->texts[i].len;
	}
	o->question = mem_strdup(in->question);
	o->p = (struct prompt){ .messages = o->messages, .n = o->n, .question = o->question, .lang = in->lang };
}

struct prompt *prompt_new(const struct prompt_input *in, struct err *err)
{
	size_t budget = in->budget_tokens ? in->budget_tokens : DEFAULT_BUDGET, left = budget;
	size_t first = in->n_turns;
	struct str system = STR_INIT, last = STR_INIT;
	struct owner *o;
	bool cut;

	prompt_instructions(in->lang, &system);
	if (!spend(&left, prompt_estimate(NULL, system.len) + prompt_estimate(NULL, strlen(in->question)) +
				  2 * MESSAGE_TOKENS)) {
		err_set(err, ERR_LIMIT, "the question is too long: with the instructions it takes %zu tokens of %zu",
			prompt_estimate(NULL, system.len) + prompt_estimate(NULL, strlen(in->question)), budget);
		str_free(&system);
		return NULL;
	}
	if (in->spec && in->spec[0] && spend(&left, prompt_estimate(NULL, sizeof(spec_title)))) {
		size_t before = system.len;

		str_adds(&system, spec_title);
		if (!add_within(&system, "spec.md", in->spec, strlen(in->spec), &left, &cut))
			str_cut(&system, before);
	}
	if (first > 0 && turn_cost(&in->turns[first - 1]) <= left / 4)
		take_turns(in, &first, 1, &left);
	if (in->n_pieces > 0) {
		if (spend(&left, prompt_estimate(NULL, sizeof(pieces_title))))
			str_adds(&last, pieces_title);
		add_pieces(in, &last, &left);
		if (last.len == sizeof(pieces_title) - 1)
			str_clear(&last);
	}
	take_turns(in, &first, in->n_turns, &left);
	str_adds(&last, in->question);

	o = mem_zalloc(sizeof(*o));
	o->cap = 2 + 2 * (in->n_turns - first);
	o->messages = mem_calloc(o->cap, sizeof(*o->messages));
	o->texts = mem_calloc(o->cap, sizeof(*o->texts));
	*add_message(o, ROLE_SYSTEM) = system;
	add_turns(o, in, first);
	*add_message(o, ROLE_USER) = last;
	finish(o, in);
	return &o->p;
}

void prompt_free(struct prompt *p)
{
	struct owner *o = (struct owner *)p;

	if (!o)
		return;
	for (size_t i = 0; i < o->n; i++)
		str_free(&o->texts[i]);
	free(o->texts);
	free(o->messages);
	free(o->question);
	free(o);
}

void prompt_view(const struct prompt *p, struct str *out)
{
	static const char *const roles[] = { "system", "user", "assistant" };

	for (size_t i = 0; i < p->n; i++) {
		const struct prompt_message *m = &p->messages[i];

		str_addf(out, "%s[%s]\n", i ? "\n" : "", roles[m->role]);
		str_add(out, m->text, m->len);
		if (m->len == 0 || m->text[m->len - 1] != '\n')
			str_addc(out, '\n');
	}
}
