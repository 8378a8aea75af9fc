#include "config.h"

#include "sim/icarus_diag.h"

#include <string.h>

#include "session/base/str.h"
#include "session/diag.h"
#include "sim/place.h"

#define HINT_MAX 1000

/* By the words of the message, because Icarus does not print its -W class. */
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

struct reading {
	struct diag_list *out;
	bool open;
	enum diag_rank rank;
	int line;
	struct str path, text, hint;
	const char *code;
};

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

	if (r->open)
		diag_list_add(r->out, &d, NULL);	/* full: the rest is left out */
	r->open = false;
	r->line = 0;
	r->code = "";
	str_clear(&r->path);
	str_clear(&r->text);
	str_clear(&r->hint);
}

static const char *skip_blanks(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t'))
		s++;
	return s;
}

static const char *skip(const char *s, const char *end, const char *prefix)
{
	size_t n = strlen(prefix);

	return (size_t)(end - s) >= n && memcmp(s, prefix, n) == 0 ? s + n : NULL;
}

/* "error: ", also with up to two words before it: "vvp.tgt error: ". NULL when
 * the text does not begin so. */
static const char *skip_word(struct reading *r, const char *s, const char *end)
{
	const char *colon = memchr(s, ':', (size_t)(end - s));
	const char *p;

	if ((p = skip(s, end, "warning: "))) {
		r->rank = DIAG_RISK;
		return p;
	}
	r->rank = DIAG_ERROR;
	if ((p = skip(s, end, "sorry: "))) {
		r->code = "sorry";
		return p;
	}
	if (colon && colon - s >= 5 && colon - s < 40 && memcmp(colon - 5, "error", 5) == 0)
		return skip_blanks(colon + 1, end);
	return NULL;
}

static void classify(struct reading *r)
{
	const char *text = str_cstr(&r->text);

	for (size_t i = 0; r->rank == DIAG_RISK && i < sizeof(warnings) / sizeof(*warnings); i++) {
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

/* "     : text", of the message before; at another place names that. */
static bool continuation(struct reading *r, const char *s, const char *end, const struct place *place)
{
	const char *p = skip_blanks(s, end);

	if (p == s || p == end || *p != ':')
		return false;
	if (!r->open)
		return true;
	p = skip_blanks(p + 1, end);
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

static void message(struct reading *r, const struct place *place, const char *s, const char *end)
{
	const char *p;

	begin(r, place);
	p = skip_word(r, s, end);
	p = p ? p : s;
	str_add(&r->text, p, (size_t)(end - p));
	classify(r);
}

static void take_line(struct reading *r, const char *s, const char *end)
{
	static const char missing[] = ": No such file or directory";
	struct reading probe = { 0 };
	struct place place;
	const char *p;

	if (continuation(r, s, end, NULL))
		return;
	if (skip_word(&probe, s, end)) {
		message(r, NULL, s, end);
		return;
	}
	p = place_parse(s, end, false, &place);
	if (p) {
		if (continuation(r, p, end, &place))
			return;
		/* Without a blank it is not a message of the tool's. */
		if (p < end && *p == ' ' && skip_blanks(p, end) < end) {
			message(r, &place, skip_blanks(p, end), end);
			return;
		}
	}
	finish(r);
	if ((size_t)(end - s) > strlen(missing) && memcmp(end - strlen(missing), missing, strlen(missing)) == 0) {
		place = (struct place){ .path = s, .path_len = (size_t)(end - s) - strlen(missing) };
		message(r, &place, end - strlen(missing) + 2, end);
	} else if (skip(s, end, "No top level modules")) {
		message(r, NULL, s, end);
	}
}

void icarus_diag_parse(const char *text, size_t len, struct diag_list *out)
{
	struct reading r = { .out = out, .code = "", .text = STR_LIMIT(8192), .hint = STR_LIMIT(HINT_MAX) };
	const char *end = text + len, *line;
	size_t n;

	while ((line = place_next_line(&text, end, &n)))
		take_line(&r, line, line + n);
	finish(&r);
	str_free(&r.path);
	str_free(&r.text);
	str_free(&r.hint);
}
