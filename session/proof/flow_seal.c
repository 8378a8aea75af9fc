/* Seals a session: signs the hash of the journal's last line and the list of the
 * design's files with their hashes. Nothing may be recorded between reading the
 * last hash and recording the seal, so record() does not wait. The journal is
 * synced to disk before the seal and again after it.
 */
#include "config.h"

#include "session/proof/flow_seal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/journal/journal.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/project/project.h"
#include "session/proof/verify.h"
#include "session/workbench/workbench.h"

void sealed_fini(struct sealed *s)
{
	str_free(&s->files);
	strv_free(&s->paths);
	strv_free(&s->left_out);
}

static void add_path(const char *root, const char *path, struct sealed *out)
{
	char *rel = NULL, *full = NULL, *why = NULL;
	struct stat st;

	if (path_inside(root, path, &rel, NULL)) {
		full = path_join(root, rel);
		if (!file_exists(full) || stat(full, &st) < 0 || S_ISDIR(st.st_mode))
			;
		else if (path_is_hidden(rel))
			why = str_fmt("%s is left out: hidden files are not sealed", rel);
		else if (!S_ISREG(st.st_mode))
			why = str_fmt("%s is left out: it is not a regular file", rel);
		else if (st.st_size > (off_t)SEALED_MOST)
			why = str_fmt("%s is left out: it is too large (%.1f MB)", rel,
				      (double)st.st_size / (1 << 20));
		else
			strv_add_once(&out->paths, rel);
		if (why && !strv_has(&out->left_out, why))
			strv_add(&out->left_out, why);
	}
	free(why);
	free(full);
	free(rel);
}

static bool list_files(struct workbench *w, struct sealed *out, struct err *err)
{
	struct project *p = workbench_project(w, err);
	const struct state *st = session_state(w->session);
	char hash[HASH_HEX + 1];

	if (!p || !project_rescan(p, err))
		return false;
	add_path(w->place.root, "spec.md", out);
	for (size_t i = 0; i < project_files(p); i++)
		add_path(w->place.root, project_file(p, i)->path, out);
	for (size_t i = 0; i < st->n_docs; i++)
		add_path(w->place.root, st->docs[i]->path, out);
	strv_sort(&out->paths);
	for (size_t i = 0; i < out->paths.n; i++) {
		char *full = path_join(w->place.root, out->paths.v[i]);
		bool ok = hash_file(full, SEALED_MOST, hash, NULL);

		free(full);
		if (!ok)
			return err_set(err, ERR_IO, "read %s: %s", out->paths.v[i],
				       strerror(errno));
		str_addf(&out->files, "%s  %s\n", hash, out->paths.v[i]);
	}
	return true;
}

/* Nothing may be recorded between reading the head and recording the seal, so this
 * does not wait. */
static bool record(struct session *s, struct sealed *out, struct err *err)
{
	struct event e = { .type = EVENT_SEAL };
	struct journal_start head;
	struct seal seal;

	session_head(s, &head);
	if (!seal_sign(head.sum, str_cstr(&out->files), out->files.len, &seal, err))
		return false;
	e.seal.head = head.sum;
	e.seal.key = seal.key;
	e.seal.signature = seal.signature;
	e.seal.files = (struct bytes){ str_cstr(&out->files), out->files.len };
	if (!session_record(s, &e, &out->n, err))
		return false;
	session_head(s, &head);
	memcpy(out->sum, head.sum, sizeof(out->sum));
	seal_code(out->sum, out->code);
	return true;
}

bool flow_seal(struct workbench *w, struct sealed *out, struct err *err)
{
	memset(out, 0, sizeof(*out));
	return workbench_session(w, SESSION_FULL, err) && list_files(w, out, err) &&
	       session_sync(w->session, err) && record(w->session, out, err) &&
	       session_sync(w->session, err) &&
	       verify_note_seal(session_dir(w->session), out->n, out->sum, err);
}
