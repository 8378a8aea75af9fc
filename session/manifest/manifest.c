#include "config.h"

#include "session/manifest/manifest.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/manifest/manifest_inner.h"
#include "session/manifest/tree.h"

struct kind {
	enum manifest_kind kind;
	const char *word;
	const char *endings[7]; /* of a name, or whole names when without a dot in front */
	bool (*read)(struct reading *r, const char *text, size_t len, struct err *err);
};

static const struct kind kinds[] = {
	{ MANIFEST_LIST,
	  "file list",
	  { ".f", ".fl", ".flist", ".filelist", ".vc" },
	  manifest_read_list },
	{ MANIFEST_CORE, "FuseSoC core", { ".core" }, manifest_read_core },
	{ MANIFEST_INFO, "Tiny Tapeout project", { "info.yaml" }, manifest_read_info },
	{ MANIFEST_BENDER, "Bender package", { "Bender.yml" }, manifest_read_bender },
	{ MANIFEST_QSF, "Quartus project", { ".qsf", ".qip" }, manifest_read_qsf },
	{ MANIFEST_XPR, "Vivado project", { ".xpr" }, manifest_read_xpr },
	{ MANIFEST_GOWIN, "Gowin project", { ".gprj" }, manifest_read_gowin },
	{ MANIFEST_LATTICE, "Lattice project", { ".ldf", ".rdf" }, manifest_read_lattice },
	{ MANIFEST_ISE, "ISE project", { ".xise" }, manifest_read_ise },
	{ MANIFEST_OPENLANE,
	  "OpenLane configuration",
	  { "config.json", "config.yaml" },
	  manifest_read_openlane },
	{ MANIFEST_TCL, "Tcl script", { ".tcl", ".do", ".ys" }, manifest_read_tcl },
	{ MANIFEST_MAKE,
	  "Makefile",
	  { "Makefile", "makefile", "GNUmakefile", ".mk", ".make" },
	  manifest_read_make },
	{ MANIFEST_CMAKE, "CMake script", { "CMakeLists.txt" }, manifest_read_cmake },
	{ MANIFEST_SHELL, "shell script", { ".sh", ".bat", ".cmd" }, manifest_read_shell },
	{ MANIFEST_SBY, "formal proof", { ".sby" }, manifest_read_sby },
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

static const struct kind *kind_of(enum manifest_kind k)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i].kind == k)
			return &kinds[i];
	return NULL;
}

enum manifest_kind manifest_kind(const char *path)
{
	const char *base = path_base(path);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		for (const char *const *e = kinds[i].endings; *e; e++) {
			if (**e == '.' ? base[0] != '.' && str_ends(base, *e)
				       : strcmp(base, *e) == 0)
				return kinds[i].kind;
		}
	}
	if (str_starts(base, "Makefile.") || str_starts(base, "makefile.")) /* Makefile.icarus */
		return MANIFEST_MAKE;
	return MANIFEST_NONE;
}

const char *manifest_kind_word(enum manifest_kind k)
{
	const struct kind *kind = kind_of(k);

	return kind ? kind->word : "description";
}

const struct manifest_file *manifest_file(const struct manifest *m, const char *path)
{
	size_t i;

	return name_map_get(&m->by_path, path, strlen(path), &i) ? &m->files[i] : NULL;
}

/* Reading one -------------------------------------------------------------------- */

static bool read_one(struct manifest *m, const struct tree *t, const char *path,
		     enum manifest_kind kind, struct reading *above, const char *base,
		     struct manifest_cores *cores, struct err *err)
{
	const struct kind *k = kind_of(kind != MANIFEST_NONE ? kind : manifest_kind(path));
	struct reading r;
	struct str text = STR_INIT;
	bool ok, again;

	if (!k)
		k = kind_of(MANIFEST_LIST);
	if (!reading_begin(&r, t, m, path, above, &again, err))
		return false;
	if (again) {
		reading_end(&r);
		return true;
	}
	if (base)
		r.base = mem_strdup(base);
	r.cores = cores;
	ok = t->read ? t->read(t->ctx, path, MANIFEST_MAX_TEXT, &text, err)
		     : err_set(err, ERR_NOT_FOUND, "read %s: no files can be read here", path);
	if (ok && memchr(str_cstr(&text), '\0', text.len))
		ok = err_set(err, ERR_PARSE, "%s is not a text: it holds a NUL", path);
	if (ok) {
		size_t skip = str_starts(str_cstr(&text), "\xef\xbb\xbf") ? 3 : 0;

		ok = k->read(&r, str_cstr(&text) + skip, text.len - skip, err);
	}
	reading_end(&r);
	str_free(&text);
	return ok;
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

void reading_include(struct reading *above, const char *path, enum manifest_kind kind,
		     const char *base)
{
	struct err err;

	if (!read_one(above->out, above->tree, path, kind, above, base, above->cores, &err))
		reading_note(above, "%s", err.text);
}
