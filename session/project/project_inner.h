/* project_inner.h - shared by the parts of project.h; for session/project/project*.c only. */
#ifndef POSEDGE_PROJECT_INNER_H
#define POSEDGE_PROJECT_INNER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "session/base/hash.h"
#include "session/manifest/manifest.h"
#include "session/manifest/tree.h"
#include "session/project/project.h"
#include "session/text/name_map.h"

/* Identifies a version of a file. */
struct stamp {
	dev_t dev;
	ino_t ino;
	off_t size;
	struct timespec mtime;
};

/* A file found by the scan, before it is read. */
struct found {
	char *path;
	struct stamp stamp;
};

int project_by_path(const void *a, const void *b); /* two found files, for qsort() */

/* Immutable data that copies of a project share, possibly across threads. Each is
 * freed with its last holder. */
struct shared_manifest {
	atomic_uint holders;
	struct manifest m;
};

struct shared_outline {
	atomic_uint holders;
	struct voutline o;
};

/* Result of scanning a folder. */
struct look {
	atomic_uint holders;
	struct tree_folder folder;    /* all files */
	struct shared_manifest *said; /* the project's description of itself */
	char described[HASH_HEX +
		       /* hash of everything the manifest was made from; "": must
		        * be made again */
		       1];
	struct found *sources; /* sorted by path */
	size_t n, cap;
	struct project_left *left; /* sorted by path */
	size_t n_left, cap_left;
};

typedef bool project_read_fn(void *ctx, const char *path, size_t limit, struct str *out,
			     struct err *err);

/* read: returns the text of a file in the folder. was: the previous result, whose
 * manifest is reused if nothing it was made from has changed; may be NULL. NULL
 * on failure. */
struct look *project_look(const struct look *was, const char *root,
			  const struct project_settings *s, project_read_fn *read, void *ctx,
			  struct err *err);
struct look *look_hold(struct look *l);
void look_drop(struct look *l); /* NULL is fine */

/* Lies in a folder that a -y names: a tool takes modules from there that no listed
 * file defines. */
bool project_in_library(const struct manifest *m, const char *path);
/* Named by a -v: a tool takes from it the modules that are instantiated, and no other. */
bool project_has_spares(const struct project *p, const char *path);
bool project_is_header(const char *path);

/* The pattern of `set exclude` that excludes the file, or NULL. */
const char *project_excluded(const struct project_settings *s, const char *path);

struct entry {
	struct project_file file; /* path is owned */
	struct stamp stamp;
	struct shared_outline *read; /* owner of file.outline; NULL: none */
	struct strv depends;	     /* other files that the outline depends on */
	struct strv lacks;	     /* macros it uses and does not define */
	struct strv asks;	     /* others that it only tests for */
	struct strv definers;	     /* files that define those; must be read before it */
	size_t rank;   /* index in the manifest, its n_files for -y; SIZE_MAX: not there */
	bool given;    /* a header that a tool is given like a source, see manifest.h */
	bool fresh;    /* the outline is up to date */
	bool guest;    /* included; in the project whatever its name */
	bool included; /* by another file of the project */
	bool on_disk;  /* false: only an overlay */
	bool overlaid; /* the outline is that of the overlay */
};

/* A definition of a unit; classes are omitted, since they are not looked up by name. */
struct definition {
	const char *name;
	size_t file, unit;
};

struct project_index {
	bool fresh;
	struct definition *defs; /* sorted by name, headers last, then as for project_module() */
	size_t n_defs;
	size_t *binders; /* files that bind checkers */
	size_t n_binders;
	struct name_map first; /* name to its first definition */
	/* "FILE UNIT HEAD" to 1 + the definition that project_second_root() found; 0: none */
	struct name_map roots;
	struct strv root_keys; /* owner of the keys of roots */
};

struct kept_overlay {
	char *path, *text;
	size_t len;
};

struct project {
	char *root;
	struct project_settings settings;
	struct look *look;
	struct entry **files; /* sorted by path */
	size_t n_files, cap_files;
	struct kept_overlay *overlays;
	size_t n_overlays, cap_overlays;
	struct project_index *index;
	const char *rtl_dir, *tb_dir;
	struct vmacros *given;	   /* macros defined for all files */
	char macros[HASH_HEX + 1]; /* hash of the descriptions' macros; "" before the first scan */
	const char **bases;	   /* see project_named(); NULL: not built */
	bool settled;		   /* all outlines are up to date */
	enum lang lang;		   /* as of the last time it was settled */
	uint64_t changes;	   /* bumped when its input changes or is scanned again */
	uint64_t copied_at;	   /* in a copy: the project's `changes` at that time */
	const atomic_bool *stop;   /* reading stops early when it is set; may be NULL */
};

/* NULL: the file has not been parsed. */
static inline const struct voutline *outline_of(const struct project *p, size_t file)
{
	return p->files[file]->file.outline;
}

/* project_bench.c: true if something instantiates m; true if m instantiates module,
 * directly or indirectly. */
bool project_is_part(const struct project *p, const struct vmodule *m);
bool project_has_below(const struct project *p, const struct vmodule *m, const char *module);

/* project_second.c: the root that head, the first word of a name in module m of that
 * file, means; NULL if it means none. */
const struct definition *project_second_root(const struct project *p, size_t file,
					     const struct vmodule *m, const char *head);

/* project_entry.c: below the other parts; reads nothing. */
struct entry *project_entry_new(const char *path);
/* must not exist yet; starts stale */
struct entry *project_entry_add(struct project *p, const char *path);
void project_entry_free(struct entry *e);
bool project_place_of(const struct project *p, const char *path,
		      size_t *at); /* its index, or where to insert it */
void project_outline_drop(struct entry *e);
struct shared_outline *outline_hold(struct shared_outline *o); /* NULL is fine */
void project_stale(struct project *p, struct entry *e);
/* NULL: none */
struct kept_overlay *project_overlay_of(const struct project *p, const char *path);
void project_index_drop(struct project *p);

/* project.c */
bool project_has_settings(const struct project *p, const struct project_settings *s);
/* Replaces p's contents by those of copy and frees copy. False, without a change,
 * if p has changed since the copy was made. */
bool project_take(struct project *p, struct project *copy);

/* project_read.c: reads what is stale; cheap if nothing is. */
void project_settle(const struct project *p);
/* Call after files appeared or vanished: includes may resolve differently. */
void project_check_includes(struct project *p);

/* project_include.c: the file that an include of that name in the file from
 * resolves to, or NULL. The caller frees. */
char *project_include_path(const struct project *p, const char *from, const char *name);
bool project_path_ends(const char *path, const char *name); /* compares whole components */

/* Built on first use after a change. */
const struct project_index *project_index(const struct project *p);

/* Range of the definitions of name: sets *first and returns their number. */
size_t project_definitions(const struct project *p, const char *name, size_t len, size_t *first);

bool project_index_of(const struct project *p, const char *path, size_t *i);

/* The module to which o binds a checker with one of the module's types, "bind fifo chk
 * #(.T(T)) c (.*);", which no tool here can: Verilator looks for T outside of fifo.
 * NULL: none. */
const char *project_binds_type(const struct project *p, const struct voutline *o);

/* Index of the definition nearest to file number from, of n definitions of one
 * name: the one sharing most folders, then the first in the file list, then one
 * that does not look like a copy, then the one with the fewest folders. */
size_t project_nearest(const struct project *p, const struct definition *defs, size_t n,
		       size_t from);

/* True if no target of a description has both files: see manifest_apart(). */
bool project_are_apart(const struct project *p, size_t file, size_t from);

/* The definition that name refers to in the file from, or NULL. */
const struct definition *project_meant(const struct project *p, const char *name, size_t from);

#endif
