/* Assertions as a model writes them, each below a comment that names its requirement
 * and its signals:
 *
 *    // R3: full, push
 *    assert property (@(posedge clk) full |-> !push);
 *
 * A statement ends with a line that ends in `;`. Its lines are joined into one, so that
 * the line number in a tool's message identifies the assertion. assertions_insert()
 * records that number while it writes the assertions in front of `endmodule`.
 */
#include "config.h"

#include "session/flow/assertion.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"

void assertions_fini(struct assertions *a)
{
	for (size_t i = 0; i < a->n; i++) {
		free(a->v[i].requirement);
		strv_free(&a->v[i].signals);
		free(a->v[i].text);
		free(a->v[i].why);
		free(a->v[i].wave);
	}
	free(a->v);
	*a = (struct assertions){ 0 };
}

/* Reading ------------------------------------------------------------------------------- */

/* "// R3: full, push" */
static bool read_head(struct slice line, char **requirement, struct strv *signals)
{
	struct slice rest = slice_trim(line);
	size_t n;

	if (!slice_starts(rest, "//"))
		return false;
	rest = slice_trim(slice_from(rest, 2));
	n = slice_find(rest, ":");
	if (n == 0 || n == rest.n || n > 40 || memchr(rest.p, ' ', n))
		return false;
	*requirement = mem_strndup(rest.p, n);
	rest = slice_from(rest, n + 1);
	while (rest.n) {
		size_t comma = slice_find(rest, ",");
		struct slice name = slice_trim((struct slice){ rest.p, comma });

		if (name.n)
			strv_addn(signals, name.p, name.n);
		rest = slice_from(rest, comma < rest.n ? comma + 1 : comma);
	}
	return true;
}

/* Joins a statement into one line, so that a line number identifies the assertion. */
static void add_line(struct str *text, struct slice line)
{
	size_t comment = slice_find(line, "//");

	line = slice_trim((struct slice){ line.p, comment });
	if (line.n && text->len)
		str_addc(text, ' ');
	str_add(text, line.p, line.n);
}

static bool ends(const struct str *text)
{
	return text->len && text->data[text->len - 1] == ';';
}

static void add(struct assertions *a, char **requirement, struct strv *signals, struct str *text)
{
	if (a->n == ASSERTIONS_MAX) {
		a->full = true;
		return;
	}
	MEM_PUSH(a->v, a->n, a->cap,
		 (struct assertion){ .requirement = *requirement,
				     .signals = *signals,
				     .text = mem_strdup(str_cstr(text)),
				     .verdict = ASSERTION_NOT_RUN,
				     .why = mem_strdup(""),
				     .wave = mem_strdup("") });
	*requirement = NULL;
	*signals = STRV_INIT;
}

void assertions_read(struct assertions *a, const char *code, size_t len)
{
	struct slice rest = { code, len };
	struct strv signals = STRV_INIT;
	struct str text = STR_LIMIT(ASSERTION_BYTES_MAX);
	char *requirement = NULL;

	while (rest.n) {
		struct slice line = slice_chomp(slice_line(&rest));
		struct strv named = STRV_INIT;
		char *id = NULL;

		if (read_head(line, &id, &named)) {
			free(requirement);
			strv_free(&signals);
			requirement = id;
			signals = named;
			str_clear(&text);
		} else if (requirement) {
			add_line(&text, line);
			if (ends(&text))
				add(a, &requirement, &signals, &text);
		}
	}
	free(requirement);
	strv_free(&signals);
	str_free(&text);
}

/* Verdicts ------------------------------------------------------------------------------- */

void assertion_judge(struct assertion *a, enum assertion_verdict v, const char *why)
{
	a->verdict = v;
	free(a->why);
	a->why = mem_strdup(why);
}

const char *assertion_word(enum assertion_verdict v)
{
	static const char *const words[] = {
		[ASSERTION_NOT_PARSED] = "not parsed", [ASSERTION_NOT_RUN] = "parsed, not run",
		[ASSERTION_PROVED] = "proved",	       [ASSERTION_BOUNDED] = "holds, bounded",
		[ASSERTION_VACUOUS] = "vacuous",       [ASSERTION_FAILED] = "failed with trace",
		[ASSERTION_UNDECIDED] = "not decided",
	};

	return words[v];
}

bool assertion_holds(const struct assertion *a)
{
	return a->verdict == ASSERTION_PROVED || a->verdict == ASSERTION_BOUNDED ||
	       a->verdict == ASSERTION_NOT_RUN || a->verdict == ASSERTION_UNDECIDED;
}

/* Inserting into a module ----------------------------------------------------------------- */

/* The start of the line that contains "endmodule". */
static bool module_end(const char *text, size_t len, const char *module, size_t *off)
{
	if (!voutline_endmodule(text, len, module, off))
		return false;
	while (*off && text[*off - 1] != '\n' && strchr(" \t", text[*off - 1]))
		--*off;
	return true;
}

void assertion_head(const struct assertion *a, struct str *out)
{
	str_addf(out, "\n  // %s:", a->requirement);
	for (size_t i = 0; i < a->signals.n; i++)
		str_addf(out, "%s %s", i ? "," : "", a->signals.v[i]);
	str_adds(out, "\n  ");
}

bool assertions_insert(struct assertions *a, const char *text, size_t len, const char *module,
		       bool all, struct str *out)
{
	size_t off;

	if (!module_end(text, len, module, &off))
		return false;
	str_add(out, text, off);
	if (off && text[off - 1] != '\n')
		str_addc(out, '\n');
	for (size_t i = 0; i < a->n; i++) {
		struct assertion *v = &a->v[i];

		v->line = 0;
		if (v->verdict == ASSERTION_NOT_PARSED || (!all && !assertion_holds(v)))
			continue;
		assertion_head(v, out);
		v->line = (int)str_count(str_cstr(out), '\n') + 1;
		str_addf(out, "%s\n", v->text);
	}
	str_add(out, text + off, len - off);
	return true;
}
