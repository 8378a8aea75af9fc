/* A hand-in is a tar file with the files, the session, and the seal over both.
 *
 * Writing packs what the seal lists and nothing else. Reading unpacks into a new
 * folder and then checks the other direction too: each file that is there must be
 * named by the seal or by the journal. A text of the journal is named after its
 * hash.
 */
#include "config.h"

#include "session/proof/handin.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/folder.h"
#include "session/base/mem.h"
#include "session/base/own.h"
#include "session/base/tar.h"
#include "session/journal/doc.h"
#include "session/journal/journal.h"
#include "session/journal/provenance.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/proof/flow_seal.h"
#include "session/text/diff.h"

static const char first_line[] = "posedge hand-in 1\n";
#define DEPTH 32 /* nesting of folders in a hand-in */
static const struct tar_limits limits = { .entries = 100000, .bytes = 1ull << 30 };

/* Writing */

static bool add_about(struct tar *t, const struct session *s, const struct sealed *seal,
		      struct err *err)
{
	char *text = str_fmt("%ssession %s\nsealed up to event %llu\ncode %s\n", first_line,
			     session_id(s), (unsigned long long)seal->n - 1, seal->code);
	bool ok = tar_add(t, "about.txt", text, strlen(text), err);

	free(text);
	return ok;
}

static bool add_one(struct tar *t, const char *in, const char *from, const char *rel,
		    struct err *err)
{
	char *name = str_fmt("%s/%s", in, rel), *path = path_join(from, rel);
	bool ok = tar_add_file(t, name, path, err);

	free(path);
	free(name);
	return ok;
}

static bool add_texts(struct tar *t, const struct session *s, struct err *err)
{
	char *dir = path_join(session_dir(s), "texts");
	struct strv names = STRV_INIT;
	bool ok = true;

	folder_names(dir, &names);
	for (size_t i = 0; ok && i < names.n; i++)
		if (strlen(names.v[i]) == HASH_HEX &&
		    strspn(names.v[i], "0123456789abcdef") == HASH_HEX)
			ok = add_one(t, "session/texts", dir, names.v[i], err);
	strv_free(&names);
	free(dir);
	return ok;
}

/* If an output is missing, hands in the rest; whoever verifies it will notice. */
static bool add_outputs(struct tar *t, const struct session *s, struct err *err)
{
	const struct state *st = session_state(s);
	bool ok = true;

	for (size_t i = 0; ok && i < st->n_runs; i++) {
		const struct sim_run *r = st->runs[i];
		char *rel = NULL, *path = NULL;

		if (!r->output[0] || !path_inside(session_dir(s), r->output, &rel, NULL))
			continue;
		path = path_join(session_dir(s), rel);
		if (file_exists(path))
			ok = add_one(t, "session", session_dir(s), rel, err);
		free(path);
		free(rel);
	}
	return ok;
}

static bool write_all(int fd, const struct session *s, const struct sealed *seal,
		      const struct str *report, struct err *err)
{
	struct tar *t = tar_new(fd, err);
	bool ok = t && add_about(t, s, seal, err) &&
		  tar_add(t, "report.html", str_cstr(report), report->len, err);

	for (size_t i = 0; ok && i < seal->paths.n; i++)
		ok = add_one(t, "files", session_root(s), seal->paths.v[i], err);
	ok = ok && add_one(t, "session", session_dir(s), "journal.jsonl", err) &&
	     add_one(t, "session", session_dir(s), "seal", err) && add_texts(t, s, err) &&
	     add_outputs(t, s, err) && tar_end(t, err);
	tar_free(t);
	return ok;
}

bool handin_write(const struct session *s, const struct sealed *seal, const struct str *report,
		  const char *path, struct err *err)
{
	char *tmp = str_fmt("%s.XXXXXX", path);
	int fd = mkostemp(tmp, O_CLOEXEC);
	bool ok = fd >= 0;

	if (!ok)
		err_set(err, ERR_IO, "write %s: %s", path, strerror(errno));
	ok = ok && write_all(fd, s, seal, report, err);
	if (ok && (fsync(fd) < 0 || rename(tmp, path) < 0))
		ok = err_set(err, ERR_IO, "write %s: %s", path, strerror(errno));
	if (fd >= 0) {
		close(fd);
		if (!ok)
			unlink(tmp);
	}
	free(tmp);
	return ok;
}

/* Checking: who wrote the lines of the files */

static void count(size_t lines[AUTHORS], const struct state *st, const struct blobs *blobs,
		  const char *path, const struct str *text)
{
	const struct doc *d = state_doc(st, path);
	struct str base = STR_INIT;
	struct provenance *p = NULL;
	struct lines l;

	if (d && d->n_nodes > 1 && d->base_kept &&
	    blobs->get(blobs->ctx, d->base_hash, &base, NULL))
		p = provenance_new(st, d, d->saved, str_cstr(&base), base.len);
	if (p && provenance_set_text(p, st, str_cstr(text), text->len,
				     (struct author){ AUTHOR_DISK, 0 })) {
		for (size_t i = 0; i < provenance_lines(p); i++)
			lines[provenance_line(p, i).kind]++;
	} else {
		lines_init(&l, str_cstr(text), text->len);
		lines[d && d->n_nodes > 1 ? AUTHOR_DISK : AUTHOR_BEFORE] += l.n;
		lines_fini(&l);
	}
	provenance_free(p);
	str_free(&base);
}

/* Checks each line "HASH PATH" of the seal against the file. */
static void look_at_files(struct handin *h, const struct state *st, const struct blobs *blobs,
			  const char *root)
{
	const char *p = str_cstr(&h->v.files);

	while (*p) {
		size_t n = strcspn(p, "\n");
		char *line = mem_strndup(p, n), *rel = NULL, *full = NULL;
		char hash[HASH_HEX + 1] = "";
		struct str text = STR_INIT;

		p += n + (p[n] == '\n');
		if (n > HASH_HEX + 2 && path_inside(root, line + HASH_HEX + 2, &rel, NULL)) {
			full = path_join(root, rel);
			if (hash_file(full, SEALED_MOST, hash, NULL) &&
			    file_read(full, PROVENANCE_LIMIT, &text, NULL))
				count(h->lines, st, blobs, rel, &text);
		}
		if (!hash[0] || strncmp(line, hash, HASH_HEX) != 0)
			strv_add(&h->changed, rel ? rel : line);
		str_free(&text);
		free(full);
		free(rel);
		free(line);
	}
}

static bool seal_lists(const struct handin *h, const char *rel)
{
	for (const char *p = str_cstr(&h->v.files); *p;) {
		size_t n = strcspn(p, "\n");

		if (n > HASH_HEX + 2 && strlen(rel) == n - HASH_HEX - 2 &&
		    strncmp(p + HASH_HEX + 2, rel, strlen(rel)) == 0)
			return true;
		p += n + (p[n] == '\n');
	}
	return false;
}

static bool is_an_output(const struct state *st, const char *rel)
{
	for (size_t i = 0; i < st->n_runs; i++)
		if (strcmp(st->runs[i]->output, rel) == 0)
			return true;
	return false;
}

/* A text named after its own hash cannot claim anything false. */
static bool is_a_text(const char *path, const char *rel)
{
	char hash[HASH_HEX + 1];

	return str_starts(rel, "texts/") && hash_file(path, SEALED_MOST, hash, NULL) &&
	       strcmp(hash, rel + 6) == 0;
}

static bool is_named(const struct handin *h, const struct state *st, bool of_session,
		     const char *path, const char *rel)
{
	if (!of_session)
		return seal_lists(h, rel);
	return strcmp(rel, "journal.jsonl") == 0 || strcmp(rel, "seal") == 0 ||
	       is_an_output(st, rel) || is_a_text(path, rel);
}

/* Lists extra files below top, which was just unpacked: it has no links and few
 * levels. */
static void look_for_more(struct handin *h, const struct state *st, bool of_session,
			  const char *top, const char *below, int depth)
{
	char *dir = path_join(top, below);
	DIR *d = depth > 0 ? own_opendir(dir) : NULL;
	struct dirent *e;

	if (depth == 0)
		strv_add(&h->extra, below);
	while (d && (e = readdir(d))) {
		char *rel = str_fmt("%s%s%s", below, below[0] ? "/" : "", e->d_name),
		     *path = path_join(top, rel);

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			;
		else if (file_is_dir(path))
			look_for_more(h, st, of_session, top, rel, depth - 1);
		else if (!is_named(h, st, of_session, path, rel))
			strv_addf(&h->extra, "%s/%s", of_session ? "session" : "files", rel);
		free(path);
		free(rel);
	}
	if (d)
		closedir(d);
	free(dir);
}

static bool look(const char *dir, const char *root, const char *code, bool unpacked,
		 struct handin *out, struct err *err)
{
	struct blobs blobs;
	struct state st;
	bool ok;

	memset(out, 0, sizeof(*out));
	out->verdict = mem_strdup("");
	state_init(&st);
	ok = verify_session(dir, code, &out->v, &st, err);
	journal_blobs_of(dir, &blobs);
	if (ok)
		look_at_files(out, &st, &blobs, root);
	if (ok && unpacked && !out->v.broken) {
		look_for_more(out, &st, false, root, "", DEPTH);
		look_for_more(out, &st, true, dir, "", DEPTH);
		strv_sort(&out->extra);
	}
	for (size_t i = 0; i < st.n_runs; i++) {
		if (!st.runs[i]->ended)
			continue;
		free(out->verdict);
		out->verdict = mem_strdup(st.runs[i]->verdict);
	}
	state_fini(&st);
	if (!ok)
		handin_fini(out);
	return ok;
}

bool handin_look(const char *dir, const char *root, const char *code, struct handin *out,
		 struct err *err)
{
	return look(dir, root, code, false, out, err);
}

/* Reading */

/* Refuses hidden files: a shell would read some of them, and a reader would not notice
 * them. */
static bool wanted(const char *name)
{
	return !path_is_hidden(name) &&
	       (strcmp(name, "about.txt") == 0 || strcmp(name, "report.html") == 0 ||
		strcmp(name, "session/journal.jsonl") == 0 || strcmp(name, "session/seal") == 0 ||
		str_starts(name, "files/") || str_starts(name, "session/texts/") ||
		str_starts(name, "session/runs/"));
}

static bool check_about(const char *dir, struct err *err)
{
	struct str text = STR_INIT;
	bool ok = file_read_in(dir, "about.txt", 65536, &text, NULL) &&
		  str_starts(str_cstr(&text), first_line);

	str_free(&text);
	return ok || err_set(err, ERR_PARSE, "it is not a hand-in of posedge's");
}

/* Arranges the files as a project with its session, so that everything that works
 * on a project works here. */
static bool show(const char *files, const char *session, struct handin_visit visit, struct err *err)
{
	char *sessions = str_fmt("%s/.posedge/sessions", files),
	     *to = str_fmt("%s/" HANDIN_SESSION, sessions);
	bool ok = file_make_dirs(sessions, 0700, err) &&
		  (rename(session, to) == 0 ||
		   err_set(err, ERR_IO, "move %s: %s", session, strerror(errno)));

	if (ok)
		visit.fn(visit.ctx, files);
	free(to);
	free(sessions);
	return ok;
}

bool handin_read(const char *path, const char *code, struct handin_visit visit, struct handin *out,
		 struct err *err)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = str_fmt("%s/posedge-handin.XXXXXX", tmp && tmp[0] == '/' ? tmp : "/tmp");
	char *files = NULL, *session = NULL, *report = NULL;
	struct err why = { 0 };
	bool ok = false;

	memset(out, 0, sizeof(*out));
	if (!mkdtemp(dir)) {
		err_set(err, ERR_IO, "make a folder %s: %s", dir, strerror(errno));
		free(dir);
		return false;
	}
	files = path_join(dir, "files");
	session = path_join(dir, "session");
	report = path_join(dir, "report.html");
	ok = tar_unpack(path, dir, &limits, wanted, &why) && check_about(dir, &why) &&
	     file_make_dirs(files, 0700, &why) && look(session, files, code, true, out, &why);
	if (ok && visit.fn && !out->v.broken && !show(files, session, visit, &why)) {
		handin_fini(out);
		ok = false;
	}
	if (ok)
		out->report = file_exists(report);
	file_remove_tree(dir, NULL);
	if (ok && !out->v.broken && out->v.sealed + 1 != out->v.events)
		verification_break(&out->v, out->v.events,
				   "it is not the seal that ends a hand-in");
	if (!ok)
		err_set(err, why.code, "%s: %s", path, why.text);
	free(report);
	free(session);
	free(files);
	free(dir);
	return ok;
}

void handin_fini(struct handin *h)
{
	verification_fini(&h->v);
	strv_free(&h->changed);
	strv_free(&h->extra);
	free(h->verdict);
	memset(h, 0, sizeof(*h));
}
