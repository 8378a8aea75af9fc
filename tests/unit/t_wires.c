/* Each wire format against recordings: tests/unit/wires/PROTOCOL.NAME, of a gap that is
 * filled PROTOCOL-fill.NAME, holds what a server says and, after "%% want", the pieces. In
 * whatever slices the bytes come, the pieces are the same; where they end too early,
 * nothing is claimed that was not said. The shapes are those of real servers, the contents ours.
 */
#include "config.h"

#include "tests/lib/case.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "backends/wire/wire.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/utf8.h"

static const struct wire *const wires[] = { &wire_openai, &wire_responses, &wire_anthropic,
					    &wire_gemini, &wire_ollama,	   &wire_exec };

static const struct wire *wire_of(const char *name)
{
	for (size_t i = 0; i < sizeof(wires) / sizeof(*wires); i++) {
		size_t n = strlen(wires[i]->protocol);

		if (strncmp(name, wires[i]->protocol, n) != 0)
			continue;
		if (name[n] == '.')
			return wires[i];
		if (strncmp(name + n, "-fill.", 6) == 0)
			return wires[i]->fill;
	}
	return NULL;
}

/* The received pieces as lines; consecutive texts are joined. */
struct heard {
	struct str all, text, calls;
	enum piece_kind last;
	int finishes, stop_after, pieces;
};

static void add_text(struct heard *h, const char *what, const struct piece *p)
{
	if (h->last != p->kind)
		str_addf(&h->all, "%s%s ", h->all.len ? "\n" : "", what);
	for (size_t i = 0; i < p->len; i++) {
		if (p->text[i] == '\n')
			str_adds(&h->all, "\\n");
		else
			str_addc(&h->all, p->text[i]);
	}
}

static bool hear(void *ctx, const struct piece *p)
{
	struct heard *h = ctx;
	const char *line = h->all.len ? "\n" : "";

	assert_true(utf8_valid(p->text, p->len));
	assert_int_equal(h->finishes, 0);
	switch (p->kind) {
	case PIECE_START:
		str_addf(&h->all, "%smodel %.*s", line, (int)p->len, p->text);
		break;
	case PIECE_TEXT:
		add_text(h, "text", p);
		str_add(&h->text, p->text, p->len);
		break;
	case PIECE_REASONING:
		add_text(h, "reasoning", p);
		break;
	case PIECE_CALL:
		str_addf(&h->all, "%scall %s %s %.*s", line, p->id, p->name, (int)p->len, p->text);
		str_addf(&h->calls, "%s %s %.*s\n", p->id, p->name, (int)p->len, p->text);
		break;
	case PIECE_OPAQUE:
		str_addf(&h->all, "%sopaque %s %.*s", line, p->name, (int)p->len, p->text);
		break;
	case PIECE_USAGE:
		str_addf(&h->all, "%susage %ld %ld %ld %ld", line, p->usage.in, p->usage.out,
			 p->usage.cached, p->usage.reasoning);
		break;
	case PIECE_FINISH:
		str_addf(&h->all, "%sfinish %s", line, finish_name(p->finish));
		h->finishes++;
		break;
	case PIECE_WAIT:
	case PIECE_FILE:
	case PIECE_NOTE:
		fail_msg("a wire waits for nothing, edits nothing and says nothing of its own");
		break;
	}
	h->last = p->kind;
	return ++h->pieces != h->stop_after;
}

static void forget(struct heard *h)
{
	str_free(&h->all);
	str_free(&h->text);
	str_free(&h->calls);
}

/* slice 0: random slices. */
static bool play(const struct wire *w, const char *bytes, size_t len, size_t slice, unsigned seed,
		 struct heard *h, struct err *err)
{
	struct wire_stream s;
	bool ok;

	wire_begin(&s, w, hear, h);
	for (size_t i = 0, n; i < len; i += n) {
		char *copy;
		bool more;

		n = slice ? slice : 1 + (size_t)rand_r(&seed) % 40;
		n = n < len - i ? n : len - i;
		copy = malloc(n); /* so that no byte after it can be read */
		memcpy(copy, bytes + i, n);
		more = wire_feed(&s, copy, n);
		free(copy);
		if (!more)
			break;
	}
	ok = wire_end(&s, err);
	wire_fini(&s);
	return ok;
}

static void render(const struct wire *w, const char *bytes, size_t len, size_t slice, unsigned seed,
		   struct str *out)
{
	struct heard h = { .last = PIECE_WAIT };
	struct err err;

	if (!play(w, bytes, len, slice, seed, &h, &err))
		str_addf(&h.all, "%serror %s", h.all.len ? "\n" : "", err.text);
	str_clear(out);
	str_addf(out, "%s\n", str_cstr(&h.all));
	forget(&h);
}

struct recording {
	char *name;
	const struct wire *wire;
	struct str all;
	size_t len; /* of the bytes */
	const char *want;
};

static struct recording *recordings;
static size_t n_recordings;

/* Whether the official client of the protocol reads the same is the first line of a wish,
 * "client same" or "client otherwise: WHY", which tests/e2e/live/clients.mjs proves where the
 * clients are installed. Returns what is behind the line. */
static const char *behind_client(const char *name, const char *want)
{
	static const char otherwise[] = "client otherwise: ";

	if (str_starts(name, "exec.") || strstr(name, "-fill."))
		return want; /* there is no such client */
	if (!str_starts(want, "client same\n") &&
	    !(str_starts(want, otherwise) && strcspn(want, "\n") > sizeof(otherwise)))
		fail_msg("%s does not say whether the official client reads the same", name);
	return strchr(want, '\n') + 1;
}

static void load(const char *dir, const char *name)
{
	static const char mark[] = "\n%% want\n";
	char *path = path_join(dir, name);
	struct recording *r;
	const char *at;

	recordings = mem_realloc(recordings, (n_recordings + 1) * sizeof(*recordings));
	r = &recordings[n_recordings++];
	*r = (struct recording){ .name = strdup(name), .wire = wire_of(name) };
	assert_non_null(r->wire);
	assert_true(file_read(path, 0, &r->all, NULL));
	at = memmem(r->all.data, r->all.len, mark, sizeof(mark) - 1);
	if (!at)
		fail_msg("%s has no wish", name);
	r->len = (size_t)(at - r->all.data);
	r->want = behind_client(name, at + sizeof(mark) - 1);
	free(path);
}

static int load_all(void **state)
{
	const char *src = getenv("srcdir");
	char *dir = path_join(src ? src : ".", "tests/unit/wires");
	DIR *d = opendir(dir);

	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));)
		if (e->d_name[0] != '.')
			load(dir, e->d_name);
	closedir(d);
	free(dir);
	return n_recordings < 100;
}

static int drop_all(void **state)
{
	for (size_t i = 0; i < n_recordings; i++) {
		free(recordings[i].name);
		str_free(&recordings[i].all);
	}
	free(recordings);
	return 0;
}

CASE(a_recording_gives_its_pieces)
{
	struct str got = STR_INIT;
	int bad = 0;

	for (size_t i = 0; i < n_recordings; i++) {
		const struct recording *r = &recordings[i];

		render(r->wire, r->all.data, r->len, r->len ? r->len : 1, 0, &got);
		if (strcmp(str_cstr(&got), r->want) != 0) {
			print_error("%s gives\n%sand not\n%s\n", r->name, str_cstr(&got), r->want);
			bad++;
		}
	}
	str_free(&got);
	assert_int_equal(bad, 0);
}

CASE(slices_change_nothing)
{
	static const size_t slices[] = { 1, 2, 3, 7, 4096, 0, 0, 0, 0, 0, 0, 0, 0 };
	struct str got = STR_INIT;

	for (size_t i = 0; i < n_recordings; i++)
		for (size_t k = 0; k < sizeof(slices) / sizeof(*slices); k++) {
			const struct recording *r = &recordings[i];

			render(r->wire, r->all.data, r->len, slices[k], (unsigned)(i * 31 + k),
			       &got);
			if (strcmp(str_cstr(&got), r->want) != 0)
				fail_msg("%s in slices of %zu gives\n%s", r->name, slices[k],
					 str_cstr(&got));
		}
	str_free(&got);
}

/* Ended after each byte: a prefix of the whole, or an error; only a complete answer has
 * its end and its calls. */
CASE(an_early_end_is_told_or_harmless)
{
	for (size_t i = 0; i < n_recordings; i++) {
		const struct recording *r = &recordings[i];
		struct heard all = { .last = PIECE_WAIT };
		struct err err;
		bool whole = play(r->wire, r->all.data, r->len, 64, 0, &all, &err);

		for (size_t n = 0; n < r->len; n++) {
			struct heard h = { .last = PIECE_WAIT };
			bool ok = play(r->wire, r->all.data, n, 64, 0, &h, &err);

			/* The start of a mark is text if nothing follows. */
			if (strstr(r->name, "think_marks") && !ok) {
				forget(&h);
				continue;
			}
			if (h.text.len > all.text.len + 3 ||
			    (h.text.len &&
			     strncmp(h.text.data, str_cstr(&all.text),
				     h.text.len - (h.text.len > 3 ? 3 : h.text.len)) != 0))
				fail_msg("%s cut at %zu says %s", r->name, n, str_cstr(&h.text));
			/* The start of a second "data:" is no JSON either. */
			if (whole && !ok && strstr(err.text, "no JSON") &&
			    !strstr(err.text, "at byte 0: d"))
				fail_msg("%s cut at %zu is called rubbish: %s", r->name, n,
					 err.text);
			if (ok && (!whole || strcmp(str_cstr(&h.text), str_cstr(&all.text)) != 0 ||
				   strcmp(str_cstr(&h.calls), str_cstr(&all.calls)) != 0))
				if (whole || h.finishes != 1)
					fail_msg("%s cut at %zu counts as whole: %s", r->name, n,
						 str_cstr(&h.all));
			forget(&h);
		}
		forget(&all);
	}
}

/* The same when the receiver ends it. */
CASE(a_piece_that_is_refused_is_the_last)
{
	for (size_t i = 0; i < n_recordings; i++)
		for (int n = 1; n < 12; n++) {
			const struct recording *r = &recordings[i];
			struct heard h = { .last = PIECE_WAIT, .stop_after = n };
			struct err err = { 0 };
			bool ok = play(r->wire, r->all.data, r->len, 5, 0, &h, &err);

			if (h.pieces > n || (h.pieces == n && ok) ||
			    (h.pieces == n && err.code != ERR_CANCELLED))
				fail_msg("%s stopped at piece %d of %d: %s", r->name, n, h.pieces,
					 err.text);
			forget(&h);
		}
}

/* Limits ------------------------------------------------------------------------------ */

CASE(too_much_is_an_error)
{
	struct str many = STR_INIT, large = STR_INIT;
	struct heard h = { .last = PIECE_WAIT };
	struct err err;

	for (int i = 0; i < 70; i++)
		str_addf(&many, "{\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"f\","
				"\"arguments\":{}}}]},\"done\":false}\n");
	assert_false(play(&wire_ollama, many.data, many.len, 4096, 0, &h, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	forget(&h);
	h = (struct heard){ .last = PIECE_WAIT };
	str_adds(&large, "data: "
			 "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{"
			 "\"name\":\"f\",\"arguments\":\"");
	for (int i = 0; i < 2 << 20; i++)
		str_addc(&large, 'x');
	str_adds(&large, "\"}}]}}]}\n\n");
	assert_false(play(&wire_openai, large.data, large.len, 1 << 16, 0, &h, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	forget(&h);
	str_free(&many);
	str_free(&large);
}

/* A partial signature would be refused with the next request. */
CASE(thinking_that_is_too_long_is_not_sent_back)
{
	static const char begin[] = "data: {\"type\":\"content_block_start\",\"index\":0,"
				    "\"content_block\":{\"type\":\"thinking\"}}\n\n",
			  end[] = "data: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
				  "data: {\"type\":\"message_stop\"}\n\n";

	for (int fits = 0; fits < 2; fits++) {
		struct str all = STR_INIT;
		struct heard h = { .last = PIECE_WAIT };

		str_adds(&all, begin);
		for (int i = 0; i < (fits ? 15 : 17); i++) {
			str_adds(&all, "data: {\"type\":\"content_block_delta\",\"index\":0,"
				       "\"delta\":{\"type\":\"signature_delta\","
				       "\"signature\":\"");
			for (int k = 0; k < 1 << 16; k++)
				str_addc(&all, 'x');
			str_adds(&all, "\"}}\n\n");
		}
		str_adds(&all, end);
		play(&wire_anthropic, all.data, all.len, 1 << 16, 0, &h, NULL);
		assert_int_equal(strstr(str_cstr(&h.all), "signature") != NULL, fits);
		forget(&h);
		str_free(&all);
	}
}

CASES_WITHIN(load_all, drop_all)
