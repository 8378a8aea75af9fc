/* project_inner.h - what the parts of project.h share; for session/project*.c only. */
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

/* What tells whether a file has changed. */
struct stamp {
	dev_t dev;
	ino_t ino;
	off_t size;
	struct timespec mtime;
};

/* A file that was found, before it is read. */
struct found {
	char *path;
	struct stamp stamp;
};

/* Copies of a project, one of which another thread may have, share what does not
 * change once it is made. Each of these goes with the last who holds it. */
struct shared_manifest {
	atomic_uint holders;
	struct manifest m;
};

struct shared_outline {
	atomic_uint holders;
	struct voutline o;
};

/* What a folder was found to hold. */
struct look {
	atomic_uint holders;
	struct tree_folder folder;    /* all its files */
	struct shared_manifest *said; /* what it says about itself */
	char described[HASH_HEX +
		       1]; /* of all that the manifest was made from; "" = it must be made anew */
	struct found *sources; /* sorted by path */
	size_t n, cap;
	struct project_left *left; /* sorted by path */
	size_t n_left, cap_left;
};

typedef bool project_read_fn(void *ctx, const char *path, size_t limit, struct str *out,
			     struct err *err);

/* read: the text of a file of the folder. was: the look before, of which the manifest is
 * taken when nothing that it was made from has changed; NULL: there was none. NULL
 * is a failure. */
struct look *project_look(const struct look *was, const char *root,
			  const struct project_settings *s, project_read_fn *read, void *ctx,
			  struct err *err);
struct look *look_hold(struct look *l);
void look_drop(struct look *l); /* NULL is fine */

bool project_is_source(const char *path); /* by its ending, headers too */
bool project_is_header(const char *path);

/* The pattern of `set exclude` that keeps the file out; NULL: none. */
const char *project_excluded(const struct project_settings *s, const char *path);

struct entry {
	struct project_file file; /* path is owned */
	struct stamp stamp;
	struct shared_outline *read; /* file.outline is its; NULL: none */
	struct strv depends;	     /* files its outline was made with, beside its own */
	struct strv lacks;	     /* macros it uses and does not define */
	struct strv definers;	     /* files that define those, to be named before it */
	size_t rank;		     /* place in the manifest; SIZE_MAX: not named there */
	bool fresh;		     /* the outline is that of what is there now */
	bool guest;		     /* here because it is included, whatever its name */
	bool included;		     /* by another file of the project */
	bool on_disk;		     /* false: only an overlay */
	bool overlaid;		     /* the outline is that of the overlay */
};

/* One definition of a unit; classes are left out, nobody looks for them by name. */
struct definition {
	const char *name;
	size_t file, unit;
};

struct project_index {
	bool fresh;
	struct definition *defs; /* sorted by name, headers last, then as project_module() says */
	size_t n_defs;
	struct name_map first; /* from a name to its first definition */
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
	struct vmacros *given;	   /* defined for all files */
	char macros[HASH_HEX + 1]; /* of those that descriptions give; "" before the first look */
	const char **bases;	   /* see project_named(); NULL: not made */
	bool settled;		   /* every outline is fresh */
	enum lang lang;		   /* since it was settled last */
	uint64_t changes;   /* how often what it is made from changed, or was looked at again */
	uint64_t copied_at; /* of a copy: that of the project then */
	const atomic_bool *stop; /* reading ends early once it is set; NULL: it does not */
};

/* project_entry.c: below the other parts; reads nothing. */
struct entry *project_entry_new(const char *path);
struct entry *project_entry_add(struct project *p, const char *path); /* not there yet; not fresh */
void project_entry_free(struct entry *e);
bool project_place_of(const struct project *p, const char *path,
		      size_t *at); /* where it is, or would be */
void project_outline_drop(struct entry *e);
struct shared_outline *outline_hold(struct shared_outline *o); /* NULL is fine */
void project_stale(struct project *p, struct entry *e);
struct kept_overlay *project_overlay_of(const struct project *p, const char *path); /* NULL */
void project_index_drop(struct project *p);

/* project.c */
bool project_has_settings(const struct project *p, const struct project_settings *s);
/* Copy, which is then gone, takes the place of p, unless p has changed since: false. */
bool project_take(struct project *p, struct project *copy);

/* project_read.c: reads what is not fresh; cheap when all is. */
void project_settle(const struct project *p);
void project_check_includes(
	struct project *p); /* files came or went: what is included may be another */

/* project_include.c: the file that an include of that name in the file from
 * means; the caller frees; NULL: none of the project. */
char *project_include_path(const struct project *p, const char *from, const char *name);
bool project_path_ends(const char *path, const char *name); /* in whole parts */

/* Made when first asked for after a change. */
const struct project_index *project_index(const struct project *p);

/* Definitions of name as [first, first + count); 0 when there is none. */
size_t project_definitions(const struct project *p, const char *name, size_t len, size_t *first);

bool project_index_of(const struct project *p, const char *path, size_t *i);

/* By a word in its name or in that of a folder: old/, "(copy)", netlist/. */
bool project_looks_copied(const char *path);

/* Of n definitions of one name that of the file nearest to the one numbered
 * from: the one with the most folders in common, then the first in the file
 * list, then one that does not look like a copy, then with the fewest folders. */
size_t project_nearest(const struct project *p, const struct definition *defs, size_t n,
		       size_t from);

/* The definition that name means in the file from; NULL: none. */
const struct definition *project_meant(const struct project *p, const char *name, size_t from);

#endif
