/* Server-sent events (WHATWG HTML, "9.2 Server-sent events") from bytes sliced
 * anywhere. A line ends with LF, CR or CRLF; since a CR may end one slice and its LF
 * start the next, `skip_lf` remembers it. A BOM may be split in the same way. Lines
 * within one slice are parsed in place; only a torn one is copied. An id takes
 * effect with its event, as `coming` until then.
 *
 * An event plus a torn line may have SSE_MAX bytes.
 */
#include "config.h"

#include "backends/wire/sse.h"

#include <string.h>

static void dispatch(struct sse *s, sse_fn *fn, void *ctx)
{
	if (s->has_id && !s->stopped) {
		struct str old = s->id;

		s->id = s->coming;
		s->coming = old;
		s->has_id = false;
	}
	if (s->has_data && !s->stopped) {
		if (s->data.len)
			str_cut(&s->data, s->data.len - 1); /* the last LF */
		s->stopped = !fn(ctx, str_cstr(&s->event), str_cstr(&s->data), s->data.len);
	}
	str_clear(&s->data);
	str_clear(&s->event);
	s->has_data = false;
}

/* True if the line has that field name; *line is then its value. */
static bool field(const char **line, size_t *len, const char *name)
{
	size_t n = strlen(name);

	if (*len < n || memcmp(*line, name, n) != 0 || (*len > n && (*line)[n] != ':'))
		return false;
	n += *len > n;
	n += *len > n && (*line)[n] == ' ';
	*line += n;
	*len -= n;
	return true;
}

/* It goes back in a header: what cannot stand there is none. */
static void take_id(struct sse *s, const char *id, size_t len)
{
	bool fits = len <= SSE_ID_MAX;

	for (size_t i = 0; fits && i < len; i++)
		fits = id[i] >= 0x20 && id[i] < 0x7f;
	if (!fits)
		return;
	str_clear(&s->coming);
	str_add(&s->coming, id, len);
	s->has_id = true;
}

static void take_retry(struct sse *s, const char *digits, size_t len)
{
	unsigned ms = 0;

	if (len == 0 || len > 8)
		return;
	for (size_t i = 0; i < len; i++) {
		if (digits[i] < '0' || digits[i] > '9')
			return;
		ms = ms * 10 + (unsigned)(digits[i] - '0');
	}
	s->retry_ms = ms;
}

static void end_line(struct sse *s, const char *line, size_t len, sse_fn *fn, void *ctx)
{
	if (len == 0) {
		dispatch(s, fn, ctx);
		return;
	}
	if (field(&line, &len, "event")) {
		str_clear(&s->event);
		str_add(&s->event, line, len < SSE_NAME_MAX ? len : SSE_NAME_MAX);
		return;
	}
	if (field(&line, &len, "id")) {
		take_id(s, line, len);
		return;
	}
	if (field(&line, &len, "retry")) {
		take_retry(s, line, len);
		return;
	}
	/* Other fields are ignored. */
	if (!field(&line, &len, "data"))
		return;
	str_add(&s->data, line, len);
	str_addc(&s->data, '\n');
	s->has_data = true;
}

/* Skips a BOM at the very start, also a split one. Returns the bytes used. */
static size_t skip_bom(struct sse *s, const char *bytes, size_t len)
{
	static const char bom[] = "\xef\xbb\xbf";
	size_t n = 0;

	while (s->bom < 3 && n < len && bytes[n] == bom[s->bom]) {
		s->bom++;
		n++;
	}
	if (s->bom < 3 && n < len) {
		str_add(&s->line, bom, s->bom); /* it was no BOM after all */
		s->bom = 3;
	}
	return n;
}

/* End of the line that starts at p: the first LF or CR; NULL: none yet. */
static const char *find_end(const char *p, const char *end)
{
	const char *lf = memchr(p, '\n', (size_t)(end - p));
	const char *cr = memchr(p, '\r', (size_t)((lf ? lf : end) - p));

	return cr ? cr : lf;
}

bool sse_feed(struct sse *s, const char *bytes, size_t len, sse_fn *fn, void *ctx, struct err *err)
{
	const char *p = bytes, *end = bytes + len;

	if (s->bom < 3)
		p += skip_bom(s, bytes, len);
	while (p < end && !s->stopped) {
		const char *e;

		if (s->skip_lf) {
			s->skip_lf = false;
			if (*p == '\n') {
				p++;
				continue;
			}
		}
		e = find_end(p, end);
		if (s->line.len + (size_t)((e ? e : end) - p) + s->data.len > SSE_MAX)
			return err_set(err, ERR_LIMIT,
				       "the server sent an event of more than %u MB",
				       SSE_MAX >> 20);
		if (!e) {
			str_add(&s->line, p, (size_t)(end - p));
			break;
		}
		if (s->line.len) {
			str_add(&s->line, p, (size_t)(e - p));
			end_line(s, s->line.data, s->line.len, fn, ctx);
			str_clear(&s->line);
		} else {
			end_line(s, p, (size_t)(e - p), fn, ctx);
		}
		s->skip_lf = *e == '\r';
		p = e + 1;
	}
	return true;
}

void sse_end(struct sse *s, sse_fn *fn, void *ctx)
{
	if (s->line.len)
		end_line(s, s->line.data, s->line.len, fn, ctx);
	str_clear(&s->line);
	dispatch(s, fn, ctx);
}

void sse_fini(struct sse *s)
{
	str_free(&s->line);
	str_free(&s->data);
	str_free(&s->event);
	str_free(&s->id);
	str_free(&s->coming);
}
