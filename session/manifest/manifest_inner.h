/* manifest_inner.h - what the readers of manifest.h share; for
 * session/manifest*.c only.
 */
#ifndef POSEDGE_MANIFEST_INNER_H
#define POSEDGE_MANIFEST_INNER_H

#include "session/manifest/manifest.h"
#include "session/manifest/tree.h"

/* Variables of a description, and what was guessed for those that it does
 * not set. The value of a guess is a folder relative to the root. */
struct manifest_vars {
	struct strv names, values;
};

const char *vars_get(const struct manifest_vars *v, const char *name, size_t len); /* NULL: none */
void vars_set(struct manifest_vars *v, const char *name, const char *value);
void vars_fini(struct manifest_vars *v);

/* The FuseSoC cores of a project by name, looked up when first needed. */
struct manifest_cores {
	struct strv names, paths; /* "vendor:library:name" */
	bool known;
};

void manifest_cores_fini(struct manifest_cores *c);

/* One description while it is read. */
struct reading {
	const struct tree *tree;
	struct manifest *out;
	const char *path;   /* of the description */
	const char *folder; /* it lies in; "." is the root */
	char *base;	    /* the folder its relative names start at, as far as is known */
	int line;	    /* where it is now; 0: has no lines */
	const char *part;   /* instead of a line: "fileset rtl"; NULL */
	bool test;	    /* what comes now is for a simulation */
	bool sv;	    /* what comes now is SystemVerilog */
	bool quiet;	    /* a missing file is no news: it may be made by a build */
	struct manifest_vars guesses;
	struct manifest_cores *cores;
	struct strv common_defines, common_parameters; /* of all calls of tools so far */
	size_t calls;
	struct reading *above; /* the description that includes this one; NULL */
	/* Reads one that this one includes; manifest.c, which knows all kinds, hands it in. */
	bool (*include)(struct reading *above, const char *path, enum manifest_kind kind,
			const char *base, struct err *err);
};

/* A description that is included by above, or the outermost one. Fails when it
 * is being read already, the nesting is too deep or there are too many; then
 * there is nothing to end. *again: it was read before and says nothing new. */
bool reading_begin(struct reading *in, const struct tree *t, struct manifest *out, const char *path,
		   struct reading *above, bool *again, struct err *err);
void reading_end(struct reading *in);

/* manifest_read() for one of several of the same project. */
bool manifest_read_with(struct manifest *m, const struct tree *t, const char *path,
			enum manifest_kind kind, struct manifest_cores *cores, struct err *err);

/* Reads what path says, as manifest_read(), with above around it. base: where
 * its relative names start; NULL: found out. A failure is a note. */
void reading_include(struct reading *above, const char *path, enum manifest_kind kind,
		     const char *base);

/* "PATH:LINE: " and the sentence. */
void reading_note(struct reading *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The existing file or folder that name means; relative to the root, the
 * caller frees. NULL: it leads outside or does not exist, and that is noted.
 * Tried in order: the base, the description's folder, each folder above. The
 * first that fits is the base from then on. A variable that nobody set stands
 * for any folder. */
char *reading_file(struct reading *r, const char *name);
char *reading_dir(struct reading *r, const char *name);

/* What name's ending tells; MANIFEST_SOURCE for those that tell nothing. */
enum manifest_role reading_role(const char *name);
bool reading_is_hdl(const char *name); /* .v .sv .vh .svh .vhd and their like */

/* Adds to l what is not in it; name tells what has no more room. */
void reading_add_once(struct reading *r, struct strv *l, const char *text, size_t len);

/* Names of files, globs too, as in the description; a missing one is noted. */
void reading_add(struct reading *r, const char *name, enum manifest_role role);
void reading_add_path(struct reading *r, const char *path,
		      enum manifest_role role); /* relative to the root, exists */
void reading_add_include(struct reading *r, const char *name);
void reading_add_define(struct reading *r, const char *text, size_t len);
void reading_add_parameter(struct reading *r, const char *text, size_t len);
void reading_add_top(struct reading *r, const char *name);

/* Options and files of a Verilog tool's command line. lines: of each word, or
 * NULL. lists: -f and -F are followed. */
void reading_args(struct reading *r, char *const *words, const int *lines, size_t n);

/* A line of a shell: the calls of Verilog tools in it, from the base on. Each
 * call has defines of its own; those that all have count, once
 * reading_commands_end() is called. */
void reading_command(struct reading *r, const char *text);
void reading_commands_end(struct reading *r);

/* One for each kind; text is the description. ERR_PARSE as manifest_read(). */
bool manifest_read_list(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_core(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_info(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_qsf(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_xpr(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_tcl(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_make(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_shell(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_bender(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_gowin(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_lattice(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_ise(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_openlane(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_cmake(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_libero(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_efinity(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_python(struct reading *r, const char *text, size_t len, struct err *err);
bool manifest_read_sby(struct reading *r, const char *text, size_t len, struct err *err);

/* OpenLane's variables, got by name; NULL: not set. Nothing unless DESIGN_NAME
 * and VERILOG_FILES are. Values are lists of words. */
void reading_openlane(struct reading *r, const char *(*get)(void *ctx, const char *name),
		      void *ctx);

#endif
