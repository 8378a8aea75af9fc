/* A line is the head of a table, a key with its value, a comment, or blank. One line
 * reader serves both directions: reading takes the rows of one testbench, writing copies
 * the lines of all others verbatim.
 */
#include "config.h"

#include "session/waveview/waveview_layout.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/waveview/waveview.h"

struct row {
	struct str name, label;
	bool group, has_name, open, analog, has_analog, has_radix;
	enum wave_radix radix;
	long fraction, depth;
};

struct reader {
	const char *at, *end;
	int line;
	struct str bench; /* of the current table */
	struct str key, string;
	bool is_string, is_true;
	long number;
	struct err *err;
};

static bool wrong(struct reader *r, const char *what)
{
	return err_set(r->err, ERR_PARSE, "line %d: %s", r->line, what);
}

static void blanks(struct reader *r)
{
	while (r->at < r->end && (*r->at == ' ' || *r->at == '\t'))
		r->at++;
}

static bool take(struct reader *r, const char *text)
{
	size_t n = strlen(text);

	if ((size_t)(r->end - r->at) < n || memcmp(r->at, text, n) != 0)
		return false;
	r->at += n;
	return true;
}

static bool escape(struct reader *r, struct str *out)
{
	static const char from[] = "\"\\nt", to[] = "\"\\\n\t";
	const char *found = r->at < r->end && *r->at ? strchr(from, *r->at) : NULL;
	char hex[5] = "", bytes[4], *end;
	unsigned long cp;

	if (found) {
		r->at++;
		str_addc(out, to[found - from]);
		return true;
	}
	if (!take(r, "u") || r->end - r->at < 4)
		return wrong(r, "no such escape in a string");
	memcpy(hex, r->at, 4);
	cp = strtoul(hex, &end, 16);
	if (end != hex + 4 || !isxdigit((unsigned char)hex[0]) || (cp >= 0xd800 && cp < 0xe000) ||
	    cp == 0)
		return wrong(r, "no such escape in a string");
	r->at += 4;
	str_add(out, bytes, utf8_encode((unsigned)cp, bytes));
	return true;
}

static bool string(struct reader *r, struct str *out)
{
	str_clear(out);
	if (!take(r, "\""))
		return wrong(r, "a string in double quotes was expected");
	while (r->at < r->end && *r->at != '"' && *r->at != '\n') {
		char c = *r->at++;

		if (c == '\\' && !escape(r, out))
			return false;
		if (c != '\\')
			str_addc(out, c);
		if (out->len > LAYOUT_STRING)
			return err_set(r->err, ERR_LIMIT, "line %d: a string above %d bytes",
				       r->line, LAYOUT_STRING);
	}
	if (!take(r, "\""))
		return wrong(r, "the string does not end");
	if (memchr(str_cstr(out), '\0', out->len) || !utf8_valid(str_cstr(out), out->len))
		return wrong(r, "the string is no text");
	return true;
}

static void bare(struct reader *r, struct str *out)
{
	str_clear(out);
	while (r->at < r->end && out->len <= LAYOUT_STRING &&
	       (isalnum((unsigned char)*r->at) || *r->at == '_' || *r->at == '-'))
		str_addc(out, *r->at++);
}

static bool line_end(struct reader *r)
{
	blanks(r);
	if (r->at < r->end && *r->at == '#')
		while (r->at < r->end && *r->at != '\n')
			r->at++;
	take(r, "\r");
	if (r->at < r->end && !take(r, "\n"))
		return wrong(r, "there is text after the value");
	return true;
}

static bool head(struct reader *r)
{
	blanks(r);
	if (r->at < r->end && *r->at == '"') {
		if (!string(r, &r->bench))
			return false;
	} else {
		bare(r, &r->bench);
	}
	if (!take(r, ".row]]"))
		return wrong(r, "[[TESTBENCH.row]] was expected");
	return line_end(r);
}

static bool value(struct reader *r)
{
	char *end;

	r->is_string = r->at < r->end && *r->at == '"';
	r->is_true = false;
	r->number = -1;
	if (r->is_string)
		return string(r, &r->string);
	if (take(r, "true"))
		return r->is_true = true;
	if (take(r, "false"))
		return true;
	str_clear(&r->string);
	while (r->at < r->end && isdigit((unsigned char)*r->at) && r->string.len < 9)
		str_addc(&r->string, *r->at++);
	if (r->string.len == 0)
		return wrong(r, "a string, a whole number, true or false was expected");
	r->number = strtol(r->string.data, &end, 10);
	return true;
}

enum found { END, HEAD, KEY, BAD };

/* The next line that is not blank or a comment. */
static enum found next(struct reader *r)
{
	while (r->at < r->end) {
		r->line++;
		blanks(r);
		if (r->at < r->end && strchr("#\r\n", *r->at) && *r->at) {
			if (!line_end(r))
				return BAD;
			continue;
		}
		if (take(r, "[["))
			return head(r) ? HEAD : BAD;
		bare(r, &r->key);
		blanks(r);
		if (r->key.len == 0 || !take(r, "=")) {
			wrong(r, "KEY = VALUE or [[TESTBENCH.row]] was expected");
			return BAD;
		}
		blanks(r);
		return value(r) && line_end(r) ? KEY : BAD;
	}
	return END;
}

static void reader_fini(struct reader *r)
{
	str_free(&r->bench);
	str_free(&r->key);
	str_free(&r->string);
}

/* Reading ------------------------------------------------------------------------ */

static bool is(const struct reader *r, const char *key)
{
	return strcmp(str_cstr(&r->key), key) == 0;
}

/* Applies a key to the row; keys of later versions are ignored. */
static bool set(struct reader *r, struct row *row)
{
	if (is(r, "signal") || is(r, "group")) {
		if (!r->is_string || r->string.len == 0)
			return wrong(r, "a name was expected");
		str_clear(&row->name);
		str_adds(&row->name, str_cstr(&r->string));
		row->group = is(r, "group");
		row->has_name = true;
	} else if (is(r, "label") && r->is_string) {
		str_clear(&row->label);
		str_adds(&row->label, str_cstr(&r->string));
	} else if (is(r, "radix")) {
		if (!r->is_string || !wave_radix_parse(str_cstr(&r->string), &row->radix))
			return wrong(r, "radix: hex, bin, dec, signed, ascii, enum or fixed");
		row->has_radix = true;
	} else if (is(r, "fraction") && r->number >= 0 && r->number <= 512) {
		row->fraction = r->number;
	} else if (is(r, "depth") && r->number >= 0 && r->number <= WAVEVIEW_DEPTH) {
		row->depth = r->number;
	} else if (is(r, "analog")) {
		row->analog = r->is_true;
		row->has_analog = true;
	} else if (is(r, "open")) {
		row->open = r->is_true;
	} else if (is(r, "label") || is(r, "fraction") || is(r, "depth")) {
		return wrong(r, "that value cannot be");
	}
	return true;
}

static void row_clear(struct row *row)
{
	str_free(&row->name);
	str_free(&row->label);
	*row = (struct row){ .open = true };
}

/* A row is at most one level deeper than the previous one allows. */
static bool put(struct waveview *v, const struct row *row, struct reader *r)
{
	size_t at = v->n;
	int most = 0;

	if (!row->has_name)
		return wrong(r, "a row before here has neither signal nor group");
	if (at > 0)
		most = v->rows[at - 1].depth + v->rows[at - 1].group;
	if (!waveview_insert(v, at, str_cstr(&row->name), row->group,
			     row->depth < most ? (int)row->depth : most))
		return err_set(r->err, ERR_LIMIT, "line %d: more than %d rows", r->line,
			       WAVEVIEW_ROWS);
	if (row->label.len && !row->group)
		waveview_rename(v, at, str_cstr(&row->label));
	if (row->has_radix)
		waveview_set_radix(v, at, row->radix, (int)row->fraction);
	if (row->has_analog)
		waveview_set_analog(v, at, row->analog);
	if (row->group)
		v->rows[at].open = row->open;
	return true;
}

static const char *last_part(const char *key)
{
	const char *slash = strrchr(key, '/');

	return slash ? slash + 1 : key;
}

/* True if the current table is asked for. elsewhere: it need only be of that name, in any folder,
 * and the first such one is meant: it becomes the one asked for. */
static bool is_asked(const struct reader *r, struct str *bench, bool *elsewhere)
{
	const char *table = str_cstr(&r->bench);

	if (!*elsewhere)
		return strcmp(table, str_cstr(bench)) == 0;
	if (strcmp(last_part(table), last_part(str_cstr(bench))) != 0)
		return false;
	str_clear(bench);
	str_adds(bench, table);
	*elsewhere = false;
	return true;
}

static bool read_rows(struct waveview *v, struct reader *r, struct str *bench, bool elsewhere)
{
	struct row row = { .open = true };
	bool ours = false, ok = true;
	enum found f;

	while (ok && (f = next(r)) != END) {
		if (f == BAD) {
			ok = false;
		} else if (f == HEAD) {
			ok = !ours || put(v, &row, r);
			row_clear(&row);
			ours = is_asked(r, bench, &elsewhere);
		} else {
			/* checks other tables too: the file is valid or it is not */
			ok = set(r, &row);
		}
	}
	ok = ok && (!ours || put(v, &row, r));
	row_clear(&row);
	return ok;
}

static bool read_table(struct waveview *v, const char *text, size_t len, const char *key,
		       bool elsewhere, bool *any, struct err *err)
{
	struct waveview fresh = *v;
	struct reader r = { .at = text, .end = text + len, .err = err };
	struct str bench = STR_INIT;
	size_t signals, missing;
	bool ok;

	fresh.rows = NULL;
	fresh.n = fresh.cap = 0;
	str_adds(&bench, key);
	ok = read_rows(&fresh, &r, &bench, elsewhere);
	str_free(&bench);
	reader_fini(&r);
	signals = waveview_signals(&fresh, &missing);
	if (!ok || fresh.n == 0 || (v->t && missing && missing == signals)) {
		waveview_clear(&fresh);
		free(fresh.rows);
		return ok;
	}
	waveview_clear(v);
	free(v->rows);
	v->rows = fresh.rows;
	v->n = fresh.n;
	v->cap = fresh.cap;
	v->generation = fresh.generation + 1;
	waveview_find_pairs(v);
	*any = true;
	return true;
}

bool waveview_layout_read(struct waveview *v, const char *text, size_t len, const char *key,
			  bool *any, struct err *err)
{
	*any = false;
	if (len > LAYOUT_BYTES)
		return err_set(err, ERR_LIMIT, "a layout above %u MB", LAYOUT_BYTES >> 20);
	return read_table(v, text, len, key, false, any, err) &&
	       (*any || read_table(v, text, len, key, true, any, err));
}

void waveview_layout_key(const char *testbench, const char *path, struct str *out)
{
	const char *slash = strrchr(path, '/');

	str_clear(out);
	if (slash)
		str_add(out, path, (size_t)(slash + 1 - path));
	str_adds(out, testbench);
}

/* Writing ------------------------------------------------------------------------- */

static void quote(struct str *out, const char *text)
{
	str_addc(out, '"');
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\')
			str_addf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			str_addf(out, "\\u%04x", c);
		else
			str_addc(out, (char)c);
	}
	str_addc(out, '"');
}

static void write_row(const struct waveview *v, size_t at, const char *bench, struct str *out)
{
	const struct waveview_row *r = &v->rows[at];

	if (!utf8_valid(r->name, strlen(r->name)) || strlen(r->name) > LAYOUT_STRING)
		return; /* a text file cannot hold such a name */
	str_adds(out, "[[");
	quote(out, bench);
	str_adds(out, ".row]]\n");
	str_adds(out, r->group ? "group = " : "signal = ");
	quote(out, r->name);
	str_addc(out, '\n');
	if (r->label && utf8_valid(r->label, strlen(r->label)) &&
	    strlen(r->label) <= LAYOUT_STRING) {
		str_adds(out, "label = ");
		quote(out, r->label);
		str_addc(out, '\n');
	}
	if (!r->group)
		str_addf(out, "radix = \"%s\"\n", wave_radix_name(r->radix));
	if (r->radix == WAVE_FIXED)
		str_addf(out, "fraction = %d\n", r->fraction);
	if (r->analog)
		str_adds(out, "analog = true\n");
	if (r->depth)
		str_addf(out, "depth = %d\n", r->depth);
	if (r->group && !r->open)
		str_adds(out, "open = false\n");
	str_addc(out, '\n');
}

bool waveview_layout_write(const struct waveview *v, const char *text, size_t len, const char *key,
			   struct str *out, struct err *err)
{
	struct reader r = { .at = text, .end = text + len, .err = err };
	struct row row = { .open = true };
	const char *from = text;
	bool ours = false;
	enum found f;

	if (len > LAYOUT_BYTES)
		return err_set(err, ERR_LIMIT, "a layout above %u MB", LAYOUT_BYTES >> 20);
	if (len == 0)
		str_adds(out, "# How the waves are looked at, by testbench: see `posedge help "
			      "wave`.\n\n");
	while ((f = next(&r)) == HEAD || f == KEY) {
		if (f == KEY && !set(&r, &row)) {
			f = BAD;
			break;
		}
		if (f == HEAD)
			ours = strcmp(str_cstr(&r.bench), key) == 0;
		if (!ours)
			str_add(out, from, (size_t)(r.at - from));
		from = r.at;
	}
	if (f == END && !ours)
		str_add(out, from, (size_t)(r.at - from));
	row_clear(&row);
	reader_fini(&r);
	if (f != END)
		return false;
	while (out->len > 1 && out->data[out->len - 1] == '\n' && out->data[out->len - 2] == '\n')
		str_cut(out, out->len - 1);
	str_addc(out, '\n');
	for (size_t i = 0; i < v->n; i++)
		write_row(v, i, key, out);
	return out->len <= LAYOUT_BYTES ||
	       err_set(err, ERR_LIMIT, "a layout above %u MB", LAYOUT_BYTES >> 20);
}
