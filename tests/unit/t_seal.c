/* What a journal, its seals and a hand-in prove: every change, cut or rewrite is
 * detected, or shows against the code. */
#include "config.h"

#include "tests/lib/case.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/hash.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/tar.h"
#include "session/journal/journal.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/proof/handin.h"
#include "session/proof/verify.h"
#include "tests/lib/tool.h"

struct place {
	char *root, *dir; /* the project; its session */
	struct loop *loop;
	struct session *s;
};

static void use_key_of(const struct place *p, const char *who)
{
	char *config = path_join(p->root, who);

	setenv("XDG_CONFIG_HOME", config, 1);
	free(config);
}

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	p->root = tool_folder();
	p->loop = loop_new(NULL);
	p->s = session_open(p->loop, p->root, SESSION_NEW, NULL, NULL);
	assert_non_null(p->s);
	p->dir = mem_strdup(session_dir(p->s));
	use_key_of(p, "mine");
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct place *p = *state;

	session_close(p->s);
	loop_free(p->loop);
	tool_folder_remove(p->root);
	free(p->dir);
	free(p);
	return 0;
}

static void record(struct place *p, struct event e)
{
	struct err err = { 0 };

	if (!session_record(p->s, &e, NULL, &err))
		fail_msg("%s", err.text);
}

static void note(struct place *p, const char *text)
{
	record(p, (struct event){ .type = EVENT_NOTE, .note = { .text = { text, strlen(text) } } });
}

/* As flow_seal() does, without a project. code: of the seal's line. */
static void seal(struct place *p, char code[SEAL_CODE_LEN + 1])
{
	struct event e = { .type = EVENT_SEAL };
	struct journal_start head;
	struct seal made;
	struct err err = { 0 };

	session_head(p->s, &head);
	if (!seal_sign(head.sum, "", 0, &made, &err))
		fail_msg("%s", err.text);
	e.seal.head = head.sum;
	e.seal.key = made.key;
	e.seal.signature = made.signature;
	record(p, e);
	session_flush(p->s);
	session_head(p->s, &head);
	assert_true(verify_note_seal(p->dir, head.n, head.sum, NULL));
	if (code)
		seal_code(head.sum, code);
}

static void done(struct place *p)
{
	session_close(p->s);
	p->s = NULL;
}

static struct verification verify(const struct place *p, const char *code)
{
	struct verification v;
	struct err err = { 0 };

	if (!verify_session(p->dir, code, &v, NULL, &err))
		fail_msg("%s", err.text);
	verification_fini(&v);
	return v;
}

static char *in(const struct place *p, const char *name)
{
	return path_join(p->dir, name);
}

static struct str load(const struct place *p, const char *name)
{
	struct str s = STR_INIT;
	char *path = in(p, name);

	assert_true(file_read(path, 0, &s, NULL));
	free(path);
	return s;
}

/* Without syncing: there are thousands of them. */
static void store(const struct place *p, const char *name, const char *data, size_t len)
{
	char *path = in(p, name);
	FILE *f = fopen(path, "we");

	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, len, f), len);
	fclose(f);
	free(path);
}

/* Codes ------------------------------------------------------------------------- */

CASE(a_code_has_twenty_letters_that_nobody_confuses)
{
	char sum[HASH_HEX + 1], code[SEAL_CODE_LEN + 1], other[SEAL_CODE_LEN + 1];

	memset(sum, '0', HASH_HEX);
	sum[HASH_HEX] = '\0';
	seal_code(sum, code);
	assert_string_equal(code, "AAAAA-AAAAA-AAAAA-AAAAA");
	memset(sum, 'f', HASH_HEX);
	seal_code(sum, code);
	assert_string_equal(code, "99999-99999-99999-99999");
	hash_text("x", 1, sum);
	seal_code(sum, code);
	assert_int_equal(strlen(code), SEAL_CODE_LEN);
	assert_null(strpbrk(code, "IO01"));
	assert_true(seal_code_is("ABCDE-FGH23", "abcde fgh-23"));
	assert_true(seal_code_is("ABCDE-FGH23", " AB CDEFGH23 "));
	assert_false(seal_code_is("ABCDE-FGH23", "ABCDE-FGH2"));
	assert_false(seal_code_is("ABCDE-FGH23", "ABCDE-FGH234"));
	assert_false(seal_code_is("ABCDE-FGH23", ""));
	/* Every digit of the first 100 bits matters. */
	for (size_t i = 0; i < 25; i++) {
		char was = sum[i];

		sum[i] = was == '0' ? '1' : '0';
		seal_code(sum, other);
		assert_string_not_equal(code, other);
		sum[i] = was;
	}
}

CASE_WITH(the_key_is_made_once_and_private, set_up, tear_down)
{
	struct place *p = *state;
	struct seal a, b;
	char *path = path_join(p->root, "mine/posedge/seal.key");
	struct stat st;

	assert_true(seal_sign("head", "files", 5, &a, NULL));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_true(seal_sign("head", "files", 5, &b, NULL));
	assert_string_equal(a.key, b.key);
	assert_true(seal_is_mine(a.key));
	assert_true(seal_good("head", "files", 5, a.key, a.signature));
	assert_false(seal_good("heaD", "files", 5, a.key, a.signature));
	assert_false(seal_good("head", "fileS", 5, a.key, a.signature));
	assert_false(seal_good("head", "files", 5, a.key, "00"));
	assert_false(seal_good("head", "files", 5, "", a.signature));
	use_key_of(p, "yours");
	assert_false(seal_is_mine(a.key));
	assert_true(seal_sign("head", "files", 5, &b, NULL));
	assert_false(seal_good("head", "files", 5, b.key, a.signature));
	free(path);
}

CASE_WITH(a_key_file_that_holds_none_is_said, set_up, tear_down)
{
	struct place *p = *state;
	char *dir = path_join(p->root, "mine/posedge");
	struct seal s;
	struct err err;

	assert_true(file_make_dirs(dir, 0700, NULL));
	tool_write(dir, "seal.key", "abc\n");
	assert_false(seal_sign("head", "", 0, &s, &err));
	assert_non_null(strstr(err.text, "holds no key"));
	free(dir);
}

/* A session ---------------------------------------------------------------------- */

CASE_WITH(a_whole_session_is_whole, set_up, tear_down)
{
	struct place *p = *state;
	char code[SEAL_CODE_LEN + 1];
	struct verification v;

	note(p, "one");
	session_flush(p->s);
	v = verify(p, NULL);
	assert_int_equal(v.events, 2);
	assert_int_equal(v.broken, 0);
	assert_int_equal(v.sealed, 0);
	seal(p, code);
	note(p, "behind the seal");
	session_flush(p->s);
	v = verify(p, code);
	assert_int_equal(v.events, 4);
	assert_int_equal(v.broken, 0);
	assert_int_equal(v.sealed, 2);
	assert_int_equal(v.code_at, 3);
	assert_true(seal_is_mine(v.key));
	assert_false(v.other_key);
	assert_int_equal(session_state(p->s)->sealed, 3);
}

#define EVENTS 2000

/* Every bit would take hours: every POSEDGE_BIT_STEP-th, a prime, so that each of the
 * eight bits of a byte is covered; and all bits of the first and the last line. */
CASE_WITH(a_bit_that_flipped_is_found, set_up, tear_down)
{
	struct place *p = *state;
	const char *asked = getenv("POSEDGE_BIT_STEP");
	size_t step = asked ? strtoul(asked, NULL, 10) : 9973;
	struct str text;
	size_t first, last, flipped = 0;

	while (session_state(p->s)->n < EVENTS - 1)
		note(p, session_state(p->s)->n % 7 ? "a note" : "another, which is \"longer\"");
	seal(p, NULL);
	done(p);
	text = load(p, "journal.jsonl");
	assert_int_equal(verify(p, NULL).broken, 0);
	first = (size_t)((char *)memchr(text.data, '\n', text.len) - text.data);
	last = (size_t)((char *)memrchr(text.data, '\n', text.len - 1) - text.data);
	for (size_t bit = 0; bit < text.len * 8; bit += bit / 8 <= first  ? 1
							: bit / 8 >= last ? 5
									  : step) {
		struct verification v;

		text.data[bit / 8] ^= (char)(1 << bit % 8);
		store(p, "journal.jsonl", text.data, text.len);
		v = verify(p, NULL);
		if (!v.broken)
			fail_msg("bit %zu flipped, and it is whole", bit);
		text.data[bit / 8] ^= (char)(1 << bit % 8);
		flipped++;
	}
	assert_true(flipped > 500);
	str_free(&text);
}

CASE_WITH(a_tail_that_is_cut_is_found_behind_a_seal, set_up, tear_down)
{
	struct place *p = *state;
	char code[SEAL_CODE_LEN + 1];
	struct str text;
	struct verification v;
	size_t line = 0, at = 0;

	for (int i = 0; i < 5; i++)
		note(p, "covered");
	seal(p, code); /* event 7 */
	note(p, "not covered");
	note(p, "not covered either");
	done(p);
	text = load(p, "journal.jsonl");
	while ((at += strcspn(text.data + at, "\n") + 1) < text.len) {
		line++;
		store(p, "journal.jsonl", text.data, at);
		v = verify(p, code);
		assert_int_equal(v.events, line);
		if (line < 7) {
			assert_int_equal(v.broken, line + 1);
			assert_non_null(strstr(v.why, "is missing"));
			assert_int_equal(v.code_at, 0);
		} else { /* no seal covers what is gone */
			assert_int_equal(v.broken, 0);
			assert_int_equal(v.code_at, 7);
		}
		store(p, "journal.jsonl", text.data, at - 9);
		assert_int_equal(verify(p, NULL).broken, line);
	}
	assert_int_equal(line, 8);
	/* Someone who cuts the journal also removes the file "seal": then the code
	 * reveals it. */
	store(p, "journal.jsonl", text.data, strcspn(text.data, "\n") + 1);
	store(p, "seal", "", 0);
	v = verify(p, code);
	assert_int_equal(v.broken, 0);
	assert_int_equal(v.sealed, 0);
	assert_int_equal(v.code_at, 0);
	str_free(&text);
}

/* Changes a text and recomputes the checksum of every line. */
static void write_anew(struct str *text, const char *from, const char *to)
{
	struct str out = STR_INIT;
	char sum[HASH_HEX + 1] = "";

	for (const char *l = text->data; *l; l += strcspn(l, "\n") + 1) {
		struct str line = STR_INIT, all = STR_INIT;
		const char *hit;

		str_add(&line, l, strcspn(l, "\n") - (HASH_HEX + 10));
		hit = strstr(line.data, from);
		if (hit)
			memcpy(line.data + (hit - line.data), to, strlen(to));
		str_addf(&all, "%s%s", sum, line.data);
		hash_text(all.data, all.len, sum);
		str_addf(&out, "%s,\"sum\":\"%s\"}\n", line.data, sum);
		str_free(&all);
		str_free(&line);
	}
	str_free(text);
	*text = out;
}

CASE_WITH(a_chain_written_anew_does_not_fit_its_seal, set_up, tear_down)
{
	struct place *p = *state;
	char code[SEAL_CODE_LEN + 1];
	struct verification v;
	struct str text;

	note(p, "bad");
	seal(p, code);
	done(p);
	text = load(p, "journal.jsonl");
	write_anew(&text, "bad", "bad");
	store(p, "journal.jsonl", text.data, text.len);
	assert_int_equal(verify(p, NULL).broken, 0); /* nothing was changed */
	write_anew(&text, "bad", "fab");
	store(p, "journal.jsonl", text.data, text.len);
	v = verify(p, code);
	assert_int_equal(v.broken, 3);
	assert_non_null(strstr(v.why, "was rewritten"));
	assert_int_equal(v.code_at, 0);
	/* Without its seal it is consistent, except for the file "seal". */
	str_cut(&text, (size_t)((char *)memrchr(text.data, '\n', text.len - 1) - text.data) + 1);
	store(p, "journal.jsonl", text.data, text.len);
	assert_int_equal(verify(p, NULL).broken, 3);
	store(p, "seal", "", 0);
	v = verify(p, code);
	assert_int_equal(v.broken, 0);
	assert_int_equal(v.code_at, 0);
	str_free(&text);
}

CASE_WITH(a_seal_of_another_key_is_told_apart, set_up, tear_down)
{
	struct place *p = *state;
	struct verification v;
	struct str text;

	note(p, "one");
	use_key_of(p, "theirs");
	seal(p, NULL);
	session_flush(p->s);
	use_key_of(p, "mine");
	v = verify(p, NULL);
	assert_int_equal(v.broken, 0);
	assert_false(seal_is_mine(v.key));
	assert_false(v.other_key);
	seal(p, NULL);
	v = verify(p, NULL);
	assert_true(seal_is_mine(v.key));
	assert_true(v.other_key);
	/* Another key instead of the signer's, with correct checksums. */
	done(p);
	text = load(p, "journal.jsonl");
	write_anew(&text, "\"signature\":\"", "\"signature\":\"");
	{
		char *key = strstr(text.data, "\"key\":\"");
		char from[80], to[80];

		snprintf(from, sizeof(from), "%.40s", key);
		snprintf(to, sizeof(to), "%.40s", key);
		to[20] = to[20] == 'a' ? 'b' : 'a';
		write_anew(&text, from, to);
	}
	store(p, "journal.jsonl", text.data, text.len);
	v = verify(p, NULL);
	assert_int_equal(v.broken, 3);
	assert_non_null(strstr(v.why, "signature"));
	str_free(&text);
}

/* The prompt of a question is used by nothing but people and verify. */
CASE_WITH(texts_and_outputs_are_checked, set_up, tear_down)
{
	struct place *p = *state;
	char *big = mem_alloc(EVENT_INLINE + 9), *path, *dir = in(p, "runs/3");
	char hash[HASH_HEX + 1];
	struct event e = { .type = EVENT_ASK, .ask = { .backend = "b" } };
	struct str text;
	struct verification v;

	memset(big, 'p', EVENT_INLINE + 8);
	big[EVENT_INLINE + 8] = '\0';
	e.ask.prompt = (struct kept){ .data = big, .len = EVENT_INLINE + 8 };
	record(p, e);
	record(p, (struct event){ .type = EVENT_RUN, .run = { .testbench = "tb" } });
	assert_true(file_make_dirs(dir, 0700, NULL));
	store(p, "runs/3/output", "PASS\n", 5);
	hash_text("PASS\n", 5, hash);
	record(p, (struct event){ .type = EVENT_VERDICT,
				  .verdict = { .run = 3,
					       .verdict = "pass",
					       .output = "runs/3/output",
					       .output_hash = hash,
					       .output_len = 5,
					       .first_time = -1 } });
	session_flush(p->s);
	assert_int_equal(verify(p, NULL).broken, 0);
	store(p, "runs/3/output", "FAIL\n", 5);
	v = verify(p, NULL);
	assert_int_equal(v.broken, 4);
	assert_non_null(strstr(v.why, "was changed"));
	path = in(p, "runs/3/output");
	unlink(path);
	assert_non_null(strstr(verify(p, NULL).why, "is missing"));
	store(p, "runs/3/output", "PASS\n", 5);
	assert_int_equal(verify(p, NULL).broken, 0);
	hash_text(big, EVENT_INLINE + 8, hash);
	free(path);
	path = str_fmt("texts/%s", hash);
	text = load(p, path);
	text.data[100] = 'q';
	store(p, path, text.data, text.len);
	assert_int_equal(verify(p, NULL).broken, 2);
	str_free(&text);
	free(path);
	free(dir);
	free(big);
}

/* Archives from strangers ------------------------------------------------------------ */

static void plain_header(char h[512], const char *name, unsigned long size, char type)
{
	unsigned sum = 0;

	memset(h, 0, 512);
	memcpy(h, name, strlen(name));
	snprintf(h + 100, 8, "%07o", 0600);
	snprintf(h + 124, 12, "%011lo", size);
	memset(h + 148, ' ', 8);
	h[156] = type;
	memcpy(h + 257, "ustar", 6);
	memcpy(h + 263, "00", 2);
	if (type == '1' || type == '2')
		strcpy(h + 157, "/etc/passwd");
	for (int i = 0; i < 512; i++)
		sum += (unsigned char)h[i];
	snprintf(h + 148, 8, "%06o", sum);
}

/* One entry of size bytes, of which the archive holds `there` blocks. */
static bool unpacks(const struct place *p, const char *name, unsigned long size, char type,
		    size_t there, struct err *err)
{
	char *into = path_join(p->root, "into"), *archive = path_join(p->root, "a.tar");
	struct tar_limits l = { .entries = 2, .bytes = 5000 };
	struct str s = STR_INIT;
	char h[512];
	bool ok;

	file_remove_tree(into, NULL);
	assert_true(file_make_dirs(into, 0700, NULL));
	plain_header(h, name, size, type);
	str_add(&s, h, 512);
	memset(h, 'x', 512);
	for (size_t i = 0; i < there; i++)
		str_add(&s, h, 512);
	memset(h, 0, 512);
	str_add(&s, h, 512);
	tool_write(p->root, "a.tar", "");
	{
		FILE *f = fopen(archive, "we");

		fwrite(s.data, 1, s.len, f);
		fclose(f);
	}
	ok = tar_unpack(archive, into, &l, NULL, err);
	str_free(&s);
	free(archive);
	free(into);
	return ok;
}

CASE_WITH(hostile_archives_write_nowhere, set_up, tear_down)
{
	struct place *p = *state;
	char *outside = path_join(p->root, "outside");
	char *full = str_fmt("%s/outside", p->root);
	struct err err = { 0 };

	assert_true(unpacks(p, "a/b", 600, '0', 2, &err));
	assert_false(unpacks(p, "../outside", 10, '0', 1, &err));
	assert_false(unpacks(p, "a/../../outside", 10, '0', 1, &err));
	assert_false(unpacks(p, full, 10, '0', 1, &err));
	assert_false(unpacks(p, "./a", 10, '0', 1, &err));
	assert_false(unpacks(p, "a//b", 10, '0', 1, &err));
	assert_false(unpacks(p, "a\nb", 10, '0', 1, &err));
	assert_false(unpacks(p, "", 10, '0', 1, &err));
	assert_false(file_exists(outside));
	for (const char *type = "123456"; *type; type++) {
		assert_false(unpacks(p, "a", 0, *type, 0, &err));
		assert_non_null(strstr(err.text, "not a regular file"));
	}
	/* Announcements of a next entry that does not come. */
	for (const char *type = "xgLK"; *type; type++)
		assert_false(unpacks(p, "a", 0, *type, 0, &err));
	/* Contiguous and sparse files are regular files, stored otherwise. */
	for (const char *type = "7S"; *type; type++) {
		assert_true(unpacks(p, "a", 0, *type, 0, &err));
		assert_false(unpacks(p, "../outside", 0, *type, 0, &err));
		assert_false(unpacks(p, "a", 5001, *type, 10, &err));
	}
	assert_false(unpacks(p, "a", 5001, '0', 10, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_false(unpacks(p, "a", 077777777777ul, '0', 1, &err));
	assert_false(unpacks(p, "a", 2000, '0', 1, &err)); /* ends in the midst */
	free(full);
	free(outside);
}

static bool unpack_text(const struct place *p, const struct str *s, size_t entries, struct err *err)
{
	char *into = path_join(p->root, "into"), *archive = path_join(p->root, "b.tar");
	struct tar_limits l = { .entries = entries, .bytes = 5000 };
	FILE *f = fopen(archive, "we");
	bool ok;

	fwrite(s->data, 1, s->len, f);
	fclose(f);
	file_remove_tree(into, NULL);
	assert_true(file_make_dirs(into, 0700, NULL));
	ok = tar_unpack(archive, into, &l, NULL, err);
	free(archive);
	free(into);
	return ok;
}

/* Archives the texts, pairs of a name and a text; where a text is NULL, the file of that name
 * as session/journal.jsonl. */
static bool pack(const char *path, const char *const *pairs, struct err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	struct tar *t = tar_new(fd, err);
	bool ok = t;

	for (; ok && pairs[0]; pairs += 2)
		ok = pairs[1] ? tar_add(t, pairs[0], pairs[1], strlen(pairs[1]), err)
			      : tar_add_file(t, "session/journal.jsonl", pairs[0], err);
	ok = ok && tar_end(t, err);
	tar_free(t);
	close(fd);
	return ok;
}

#define PACK(path, ...) pack(path, (const char *const[]){ __VA_ARGS__, NULL }, &err)

CASE_WITH(a_full_disk_is_said, set_up, tear_down)
{
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	struct err err = { 0 };
	struct tar *t;

	if (fd < 0)
		skip();
	t = tar_new(fd, &err);
	assert_non_null(t);
	assert_false(tar_add(t, "a", "b", 1, &err) && tar_end(t, &err));
	assert_non_null(strstr(err.text, strerror(ENOSPC)));
	tar_free(t);
	close(fd);
}

CASE_WITH(what_was_put_in_comes_out_and_any_cut_is_found, set_up, tear_down)
{
	struct place *p = *state;
	char *path = path_join(p->root, "t.tar"), *back = path_join(p->root, "into/a/deep/name");
	char longer[260];
	struct str s = STR_INIT, out = STR_INIT;
	struct err err = { 0 };

	memset(longer, 'n', sizeof(longer));
	longer[120] = '/';
	longer[200] = 'n';
	longer[250] = '\0';
	assert_false(PACK(path, longer, ""));
	assert_int_equal(err.code, ERR_LIMIT);
	longer[200] = '\0';
	assert_true(PACK(path, "a/deep/name", "text", longer, ""));
	assert_true(file_read(path, 0, &s, NULL));
	assert_true(unpack_text(p, &s, 2, &err));
	assert_true(file_read(back, 0, &out, NULL));
	assert_string_equal(out.data, "text");
	assert_false(unpack_text(p, &s, 1, &err)); /* one too many */
	/* A flipped bit in a header: the checksum detects it, except in its own padding. */
	for (size_t bit = 0; bit < 512 * 8; bit += 7) {
		if (bit / 8 >= 148 && bit / 8 < 156)
			continue;
		s.data[bit / 8] ^= (char)(1 << bit % 8);
		assert_false(unpack_text(p, &s, 2, &err));
		s.data[bit / 8] ^= (char)(1 << bit % 8);
	}
	/* Anywhere but after the first block of its end; also between two entries. */
	while (s.len > 4) {
		str_cut(&s, s.len - 4);
		if (s.len < 2048)
			assert_false(unpack_text(p, &s, 2, &err));
	}
	/* The same name twice does not overwrite anything. */
	assert_true(PACK(path, "a", "one", "a", "two"));
	assert_true(file_read(path, 0, &s, NULL));
	assert_false(unpack_text(p, &s, 2, &err));
	str_free(&s);
	str_free(&out);
	free(back);
	free(path);
}

CASE_WITH(a_hand_in_holds_what_belongs_there_and_no_more, set_up, tear_down)
{
	struct place *p = *state;
	char *path = path_join(p->root, "x.posedge");
	struct handin h;
	struct err err = { 0 };

	assert_true(PACK(path, "about.txt", "posedge hand-in 1\n", "elsewhere", ""));
	assert_false(handin_read(path, NULL, (struct handin_visit){ 0 }, &h, &err));
	assert_non_null(strstr(err.text, "not allowed here"));
	assert_true(PACK(path, "about.txt", "posedge hand-in 2\n"));
	assert_false(handin_read(path, NULL, (struct handin_visit){ 0 }, &h, &err));
	assert_non_null(strstr(err.text, "not a hand-in"));
	assert_true(PACK(path, "about.txt", "posedge hand-in 1\n"));
	assert_false(handin_read(path, NULL, (struct handin_visit){ 0 }, &h,
				 &err)); /* no session in it */
	/* handin never produces a session without a seal at its end. */
	note(p, "one");
	session_flush(p->s);
	{
		char *journal = in(p, "journal.jsonl");

		assert_true(PACK(path, "about.txt", "posedge hand-in 1\n", journal, NULL));
		free(journal);
	}
	assert_true(handin_read(path, NULL, (struct handin_visit){ 0 }, &h, &err));
	assert_int_equal(h.v.broken, 2);
	handin_fini(&h);
	free(path);
}
