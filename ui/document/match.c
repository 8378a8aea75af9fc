/* The partner of a bracket or of a block keyword, for editor_match(). */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "session/base/str.h"
#include "session/text/text.h"
#include "session/verilog/verilog.h"
#include "ui/document/editor.h"

/* Bytes searched in either direction. */
#define REACH (256u << 10)
/* Longer than any word in pairs. */
#define WORD_MAX 16

/* Openers and their closers; several openers may share a closer. */
static const char *const pairs[][2] = {
	{ "(", ")" },
	{ "[", "]" },
	{ "{", "}" },
	{ "begin", "end" },
	{ "module", "endmodule" },
	{ "interface", "endinterface" },
	{ "package", "endpackage" },
	{ "function", "endfunction" },
	{ "task", "endtask" },
	{ "case", "endcase" },
	{ "casez", "endcase" },
	{ "casex", "endcase" },
	{ "generate", "endgenerate" },
	{ "class", "endclass" },
	{ "fork", "join" },
	{ "property", "endproperty" },
	{ "sequence", "endsequence" },
	{ "covergroup", "endgroup" },
	{ "fork", "join_any" },
	{ "fork", "join_none" },
};

static bool is(const char *word, const char *text, const struct vtoken *t)
{
	return strlen(word) == t->len && memcmp(text + t->off, word, t->len) == 0;
}

/* +1: t opens a block that closer closes; -1: t is the closer; 0: neither. */
static int step(const char *closer, const char *text, const struct vtoken *t)
{
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		if (strcmp(pairs[i][1], closer) != 0)
			continue;
		if (is(pairs[i][0], text, t))
			return 1;
		if (is(closer, text, t))
			return -1;
	}
	return 0;
}

/* The closer of the pair that the token belongs to; NULL: it belongs to none. */
static const char *closer_of(const char *text, const struct vtoken *t, bool *opens)
{
	if (t->kind != VTOKEN_SYMBOL && t->kind != VTOKEN_KEYWORD)
		return NULL;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		*opens = is(pairs[i][0], text, t);
		if (*opens || is(pairs[i][1], text, t))
			return pairs[i][1];
	}
	return NULL;
}

/* The token at `at`, if it belongs to a pair. */
static bool token_at(const char *text, size_t len, size_t at, struct vtoken *mine,
		     const char **closer, bool *opens)
{
	enum vlex_state state = VLEX_CODE;
	size_t off = 0;

	do {
		*mine = vlex_next(text, len, off, &state);
		off = mine->off + mine->len;
	} while (off < len && off <= at);
	*closer = at >= mine->off && at < off ? closer_of(text, mine, opens) : NULL;
	return *closer != NULL;
}

/* Finds the token at `at`, then its partner in one pass from the start with a stack of
 * openers. */
static bool find(const char *text, size_t len, size_t at, size_t *from, size_t *to)
{
	enum vlex_state state = VLEX_CODE;
	const char *closer;
	bool opens;
	struct vtoken stack[1024], mine;
	size_t depth = 0;

	if (at >= len || !token_at(text, len, at, &mine, &closer, &opens))
		return false;
	for (size_t off = 0; off < len;) {
		struct vtoken t = vlex_next(text, len, off, &state);
		int s = t.kind == VTOKEN_SYMBOL || t.kind == VTOKEN_KEYWORD ? step(closer, text, &t)
									    : 0;

		off = t.off + t.len;
		if (s > 0) {
			if (depth == 1024)
				return false;
			stack[depth++] = t;
		} else if (s < 0 && depth > 0) {
			const struct vtoken *opener = &stack[--depth];
			const struct vtoken *other = opens ? &t : opener;

			if ((opens ? opener->off : t.off) != mine.off)
				continue;
			*from = other->off;
			*to = other->off + other->len;
			return true;
		}
	}
	return false;
}

static bool in_keyword(char c)
{
	return isalpha((unsigned char)c) || c == '_';
}

/* Looks at the word around at only. Most keys type a letter of a name, and then
 * editor_match() need not read further. */
static bool has_partner(const struct text *t, size_t at)
{
	size_t first = at > WORD_MAX ? at - WORD_MAX : 0, len = text_len(t) - first,
	       from = at - first, to = from;
	struct str near = STR_INIT;
	struct vtoken word;
	bool opens, found;

	text_get(t, first, len < 2 * WORD_MAX ? len : 2 * WORD_MAX, &near);
	while (from > 0 && in_keyword(near.data[from - 1]))
		from--;
	while (to < near.len && in_keyword(near.data[to]))
		to++;
	if (to == from && to < near.len)
		to++; /* a bracket */
	word = (struct vtoken){ .kind = VTOKEN_KEYWORD, .off = from, .len = to - from };
	found = closer_of(str_cstr(&near), &word, &opens) != NULL;
	str_free(&near);
	return found;
}

bool editor_at_pair(const struct text *t, size_t off)
{
	return has_partner(t, off) || (off > 0 && has_partner(t, off - 1));
}

bool editor_match(const struct text *t, size_t off, size_t *from, size_t *to)
{
	size_t start = off > REACH ? text_line_start(t, text_line_of(t, off - REACH)) : 0;
	size_t len = text_len(t) - start < 2 * REACH ? text_len(t) - start : 2 * REACH;
	struct str s = STR_INIT;
	bool ok;

	if (!editor_at_pair(t, off))
		return false;
	text_get(t, start, len, &s);
	ok = find(str_cstr(&s), s.len, off - start, from, to);
	if (!ok && off > start) /* a cursor just after the token counts too */
		ok = find(str_cstr(&s), s.len, off - start - 1, from, to);
	*from += start;
	*to += start;
	str_free(&s);
	return ok;
}
