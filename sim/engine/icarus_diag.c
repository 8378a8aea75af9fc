/* From lines to findings, by matching phrases.
 *
 * Icarus prints no class with a warning, and prints some errors without the word
 * "error". Tables of phrases recognise both. A line that continues a message is joined
 * to it; the list of missing modules at the end repeats earlier messages.
 */
#include "config.h"

#include "sim/engine/icarus_diag.h"

#include <string.h>

#include "session/base/str.h"
#include "session/output/diag.h"
#include "sim/engine/place.h"

#define HINT_MAX 1000

/* By phrases in the message, because Icarus does not print its -W class. */
static const struct {
	const char *words, *code;
	enum diag_rank rank;
} warnings[] = {
	{ "implicit definition of wire", "implicit", DIAG_RISK },
	{ "expects", "portbind", DIAG_RISK },
	{ "is dangling", "portbind", DIAG_STYLE },
	{ "explicit time unit", "timescale", DIAG_STYLE },
	{ "Timescale", "timescale", DIAG_STYLE },
	{ "timescale", "timescale", DIAG_STYLE },
	{ "redefinition of macro", "macro-redefinition", DIAG_RISK },
	{ "found no sensitivities", "", DIAG_RISK },
	{ "sensitive to all", "sensitivity-entire-array", DIAG_STYLE },
	{ "bit select", "select-range", DIAG_RISK },
	{ "part select", "select-range", DIAG_RISK },
	{ "out of bounds", "select-range", DIAG_RISK },
	{ "does not have any delay", "infloop", DIAG_RISK },
	{ "floating", "floating-nets", DIAG_RISK },
	{ "anachronis", "anachronisms", DIAG_STYLE },
};

/* Errors without the word. */
static const char *const wordless[] = {
	"syntax error",	       "parse error",
	"Include file ",       "Unable to elaborate",
	"unable to elaborate", "Unterminated comment in define",
	"memory exhausted",    "Errors in port declarations",
	"Syntax in ",	       "Invalid `",
	"Malformed ",	       "`timescale ",
	"Missing close quote",
};

/* Printed at exit. */
static const char *const closing[] = {
	"I give up.", "Elaboration failed",	  "*** These modules were missing:",
	"***",	      "Preprocessor failed with", "errors preprocessing Verilog program.",
};

struct reading {
	struct diag_list *out;
	bool open;
	bool missing; /* in the list of missing modules */
	enum diag_rank rank;
	int line;
	struct str path, text, hint;
	const char *code;
};

/* About a module of ours: it is missing because of another error. */
static bool is_ours(const struct reading *r)
{
	return strstr(str_cstr(&r->text), "\"posedge_") != NULL;
}

static void finish(struct reading *r)
{
	struct diag d = {
		.rank = r->rank,
		.path = str_cstr(&r->path),
		.line = r->line,
		.code = r->code,
		.text = str_cstr(&r->text),
		.hint = str_cstr(&r->hint),
	};

	if (r->open && !is_ours(r))
		diag_list_add(r->out, &d, NULL); /* when full, the rest is dropped */
	r->open = false;
	r->line = 0;
	r->code = "";
	str_clear(&r->path);
	str_clear(&r->text);
	str_clear(&r->hint);
}

static bool is_any(const char *s, const char *end, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (place_skip(s, end, list[i]))
			return true;
	return false;
}

/* Skips "error: ", with up to two words before it: "vvp.tgt error: ". Sets rank and
 * code. NULL: the text does not begin so. */
static const char *skip_word(struct reading *r, const char *s, const char *end)
{
	const char *colon = memchr(s, ':', (size_t)(end - s));
	size_t n = colon ? (size_t)(colon - s) : 0;

	if (!colon || n < 5 || n >= 40 || colon + 1 == end || colon[1] != ' ')
		return NULL;
	if (strncasecmp(colon - 5, "sorry", 5) == 0) {
		r->rank = DIAG_RISK;
		r->code = DIAG_UNSUPPORTED;
	} else if (n >= 14 && memcmp(colon - 14, "internal error", 14) == 0) {
		r->rank = DIAG_RISK;
		r->code = "INTERNAL";
	} else if (strncasecmp(colon - 5, "error", 5) == 0) {
		r->rank = DIAG_ERROR;
	} else if (n >= 7 && strncasecmp(colon - 7, "warning", 7) == 0) {
		r->rank = DIAG_RISK;
	} else {
		return NULL;
	}
	return place_skip_blanks(colon + 1, end);
}

static void classify(struct reading *r)
{
	const char *text = str_cstr(&r->text);

	if (strcmp(r->code, DIAG_UNSUPPORTED) == 0 && strstr(text, "ignored"))
		r->rank = DIAG_STYLE; /* it is ignored */
	for (size_t i = 0;
	     r->rank == DIAG_RISK && !*r->code && i < sizeof(warnings) / sizeof(*warnings); i++) {
		if (strstr(text, warnings[i].words)) {
			r->code = warnings[i].code;
			r->rank = warnings[i].rank;
			return;
		}
	}
}

static void begin(struct reading *r, const struct place *place)
{
	finish(r);
	r->open = true;
	if (place) {
		str_add(&r->path, place->path, place->path_len);
		r->line = place->line;
	}
}

/* Appends "     : text" or, with another place, "...: text" to the previous message,
 * which names that place. */
static bool continuation(struct reading *r, const char *s, const char *end,
			 const struct place *place)
{
	const char *p = place_skip_blanks(s, end);
	const char *dots = place ? place_skip(p, end, "...") : NULL;

	p = dots ? dots : p;
	if (p == s || p == end || *p != ':')
		return false;
	if (!r->open)
		return true;
	p = place_skip_blanks(p + 1, end);
	if (r->hint.len)
		str_addc(&r->hint, ' ');
	if (place && (place->line != r->line || place->path_len != r->path.len ||
		      memcmp(place->path, str_cstr(&r->path), place->path_len) != 0)) {
		str_add(&r->hint, place->path, place->path_len);
		str_addf(&r->hint, ":%d: ", place->line);
	}
	str_add(&r->hint, p, (size_t)(end - p));
	return true;
}

/* "FILE:LINE     : text", without the second colon: returns the blanks on; else
 * NULL. */
static const char *bare_place(const char *s, const char *end, struct place *place)
{
	const char *colon = memchr(s, ':', (size_t)(end - s)), *p;

	if (!colon || colon == s)
		return NULL;
	*place = (struct place){ .path = s, .path_len = (size_t)(colon - s) };
	for (p = colon + 1; p < end && *p >= '0' && *p <= '9' && place->line < 100000000; p++)
		place->line = place->line * 10 + (*p - '0');
	return p > colon + 1 && p < end && *p == ' ' ? p : NULL;
}

/* A message in unknown wording is shown verbatim, never as an error: if it was one,
 * the tool's exit status says so. */
static void message(struct reading *r, const struct place *place, const char *s, const char *end)
{
	const char *p;

	begin(r, place);
	p = skip_word(r, s, end);
	if (!p && is_any(s, end, wordless, sizeof(wordless) / sizeof(*wordless))) {
		r->rank = DIAG_ERROR;
	} else if (!p && place_skip(s, end, "assert: ")) {
		r->rank = DIAG_RISK;
		r->code = "INTERNAL";
	} else if (!p) {
		r->rank = DIAG_STYLE;
		r->code = DIAG_NOTE;
	}
	p = p ? p : s;
	str_add(&r->text, p, (size_t)(end - p));
	classify(r);
}

/* "2 error(s) during elaboration." */
static bool is_count(const char *s, const char *end)
{
	while (s < end && *s >= '0' && *s <= '9')
		s++;
	return place_skip(s, end, " error(s) ") != NULL;
}

static bool closes(struct reading *r, const char *s, const char *end)
{
	bool missing = r->missing;

	r->missing = place_skip(s, end, "*** These modules") || (missing && *s == ' ');
	return (missing && *s == ' ') || is_count(s, end) ||
	       is_any(s, end, closing, sizeof(closing) / sizeof(*closing));
}

static void other_message(struct reading *r, const char *s, const char *end)
{
	static const char missing[] = ": No such file or directory";
	size_t n = strlen(missing);

	if ((size_t)(end - s) > n && memcmp(end - n, missing, n) == 0) {
		struct place place = { .path = s, .path_len = (size_t)(end - s) - n };

		message(r, &place, end - n + 2, end);
		r->rank = DIAG_ERROR;
		r->code = "";
		return;
	}
	message(r, NULL, s, end);
	if (place_skip(s, end, "No top level modules")) {
		r->rank = DIAG_ERROR;
		r->code = "";
	}
}

static void take_line(struct reading *r, const char *s, const char *end)
{
	struct reading probe = { .code = "" };
	struct place place, other;
	const char *p, *bare;

	if (place_skip_blanks(s, end) == end) {
		finish(r);
		return;
	}
	if (continuation(r, s, end, NULL))
		return;
	if (closes(r, s, end)) {
		finish(r);
		return;
	}
	p = skip_word(&probe, s, end) ? NULL : place_parse(s, end, false, &place);
	if (p && continuation(r, p, end, &place))
		return;
	bare = p ? NULL : bare_place(s, end, &other);
	if (bare && continuation(r, bare, end, &other))
		return;
	/* Without a blank it is not a message of the tool. */
	if (p && p < end && *p == ' ' && place_skip_blanks(p, end) < end)
		message(r, &place, place_skip_blanks(p, end), end);
	else
		other_message(r, s, end);
}

void icarus_diag_parse(const char *text, size_t len, struct diag_list *out)
{
	struct reading r = {
		.out = out, .code = "", .text = STR_LIMIT(8192), .hint = STR_LIMIT(HINT_MAX)
	};
	const char *end = text + len, *line;
	size_t n;

	while ((line = place_next_line(&text, end, &n)))
		take_line(&r, line, line + n);
	finish(&r);
	str_free(&r.path);
	str_free(&r.text);
	str_free(&r.hint);
}
