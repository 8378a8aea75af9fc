/* Descriptions include each other, also in cycles; reading_begin() tracks what has been
 * read and the depth. If the name does not tell the kind, the file is read as a file list,
 * because the user named it as one.
 */
#include "config.h"

#include "session/manifest/manifest.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/manifest/manifest_inner.h"
#include "session/manifest/tree.h"

static manifest_reader *const readers[] = {
	[MANIFEST_LIST] = manifest_read_list,	      [MANIFEST_CORE] = manifest_read_core,
	[MANIFEST_EDAM] = manifest_read_edam,	      [MANIFEST_INFO] = manifest_read_info,
	[MANIFEST_BENDER] = manifest_read_bender,     [MANIFEST_QSF] = manifest_read_qsf,
	[MANIFEST_XPR] = manifest_read_xpr,	      [MANIFEST_GOWIN] = manifest_read_gowin,
	[MANIFEST_LATTICE] = manifest_read_lattice,   [MANIFEST_ISE] = manifest_read_ise,
	[MANIFEST_OPENLANE] = manifest_read_openlane, [MANIFEST_TCL] = manifest_read_tcl,
	[MANIFEST_MAKE] = manifest_read_make,	      [MANIFEST_CMAKE] = manifest_read_cmake,
	[MANIFEST_SHELL] = manifest_read_shell,	      [MANIFEST_LIBERO] = manifest_read_libero,
	[MANIFEST_EFINITY] = manifest_read_efinity,   [MANIFEST_PERL] = manifest_read_perl,
	[MANIFEST_README] = manifest_read_readme,     [MANIFEST_PYTHON] = manifest_read_python,
	[MANIFEST_SBY] = manifest_read_sby,	      [MANIFEST_APIO] = manifest_read_apio,
	[MANIFEST_MODELSIM] = manifest_read_modelsim, [MANIFEST_CI] = manifest_read_ci,
	[MANIFEST_TEXT] = manifest_read_text,	      [MANIFEST_EDITOR] = manifest_read_editor,
};

void manifest_fini(struct manifest *m)
{
	for (size_t i = 0; i < m->n_files; i++) {
		free(m->files[i].path);
		free(m->files[i].where);
	}
	for (size_t i = 0; i < m->n_descriptors; i++) {
		free(m->descriptors[i].path);
		free(m->descriptors[i].why);
	}
	for (size_t i = 0; i < m->n_targets; i++) {
		free(m->targets[i].path);
		strv_free(&m->targets[i].files);
	}
	for (size_t i = 0; i < m->n_aside; i++)
		manifest_fini(&m->aside[i]);
	free(m->targets);
	free(m->places);
	name_map_fini(&m->place_of);
	free(m->aside);
	free(m->files);
	free(m->descriptors);
	name_map_fini(&m->by_path);
	strv_free(&m->include_dirs);
	strv_free(&m->defines);
	strv_free(&m->parameters);
	strv_free(&m->plusargs);
	strv_free(&m->library_dirs);
	strv_free(&m->library_exts);
	strv_free(&m->tops);
	strv_free(&m->test_tops);
	strv_free(&m->notes);
	strv_free(&m->read);
	*m = MANIFEST_INIT;
}

const struct manifest_file *manifest_file(const struct manifest *m, const char *path)
{
	size_t i;

	return name_map_get(&m->by_path, path, strlen(path), &i) ? &m->files[i] : NULL;
}

const struct manifest *manifest_of(const struct manifest *m, const char *path)
{
	const struct manifest *best = NULL;
	size_t most = 0;

	if (manifest_file(m, path))
		return m;
	for (size_t i = 0; i < m->n_aside; i++) {
		size_t n = path_common_folders(m->aside[i].read.v[0], path);

		if (manifest_file(&m->aside[i], path) && (!best || n > most)) {
			best = &m->aside[i];
			most = n;
		}
	}
	return best;
}

const struct manifest *manifest_sole(const struct manifest *m, const char *path)
{
	const struct manifest *found = NULL;

	for (size_t i = 0; i < m->n_aside; i++) {
		if (!manifest_file(&m->aside[i], path))
			continue;
		if (found)
			return NULL;
		found = &m->aside[i];
	}
	return manifest_file(m, path) ? NULL : found;
}

/* Reading one file ---------------------------------------------------------------- */

static bool include(struct reading *above, const char *path, enum manifest_kind kind,
		    const char *base, struct err *err);

static bool read_one(struct manifest *m, const struct tree *t, const char *path,
		     enum manifest_kind kind, struct reading *above, const char *base,
		     struct manifest_cores *cores, struct err *err)
{
	struct reading r;
	struct str text = STR_INIT;
	enum manifest_kind by_name = MANIFEST_NONE;
	bool ok, again;

	/* Naming a .txt without saying what it is means a file list. */
	if (kind == MANIFEST_NONE)
		kind = by_name = manifest_kind(path);
	if (kind == MANIFEST_NONE || by_name == MANIFEST_TEXT)
		kind = MANIFEST_LIST;
	if (!reading_begin(&r, t, m, path, above, &again, err))
		return false;
	if (again) {
		reading_end(&r);
		return true;
	}
	if (base)
		r.base = mem_strdup(base);
	r.cores = cores;
	r.include = include;
	ok = t->read ? t->read(t->ctx, path, MANIFEST_MAX_TEXT, &text, err)
		     : err_set(err, ERR_NOT_FOUND, "read %s: no files can be read here", path);
	if (ok && memchr(str_cstr(&text), '\0', text.len))
		ok = err_set(err, ERR_PARSE, "%s is not a text: it holds a NUL", path);
	if (ok) {
		size_t skip = str_starts(str_cstr(&text), "\xef\xbb\xbf") ? 3 : 0;

		ok = readers[kind](&r, str_cstr(&text) + skip, text.len - skip, err);
	}
	reading_end(&r);
	str_free(&text);
	return ok;
}

static bool include(struct reading *above, const char *path, enum manifest_kind kind,
		    const char *base, struct err *err)
{
	return read_one(above->out, above->tree, path, kind, above, base, above->cores, err);
}

bool manifest_read(struct manifest *m, const struct tree *t, const char *path,
		   enum manifest_kind kind, struct err *err)
{
	struct manifest_cores cores = { .known = false };
	bool ok = manifest_read_with(m, t, path, kind, &cores, err);

	manifest_cores_fini(&cores);
	return ok;
}

bool manifest_read_with(struct manifest *m, const struct tree *t, const char *path,
			enum manifest_kind kind, struct manifest_cores *cores, struct err *err)
{
	return read_one(m, t, path, kind, NULL, NULL, cores, err);
}
