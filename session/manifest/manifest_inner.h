/* manifest_inner.h - shared by the readers of manifest.h; for
 * session/manifest/manifest*.c only.
 */
#ifndef POSEDGE_MANIFEST_INNER_H
#define POSEDGE_MANIFEST_INNER_H

#include "session/base/json.h"
#include "session/manifest/manifest.h"
#include "session/manifest/shell.h"
#include "session/manifest/tree.h"
#include "session/text/name_map.h"

/* Variables of a description, or guesses for those it does not set. A guessed
 * value is a folder relative to the root. */
struct manifest_vars {
	struct strv names, values;
	struct name_map places; /* in both, by name */
};

/* NULL: not set */
const char *vars_get(const struct manifest_vars *v, const char *name, size_t len);
void vars_set(struct manifest_vars *v, const char *name, const char *value);
void vars_fini(struct manifest_vars *v);

/* The project's FuseSoC cores by name, indexed on first use. */
struct manifest_cores {
	struct strv names, paths; /* "vendor:library:name" */
	bool known;
};

void manifest_cores_fini(struct manifest_cores *c);

/* State of reading one description. */
struct reading {
	const struct tree *tree;
	struct manifest *out;
	const char *path;   /* of the description */
	const char *folder; /* folder of the description; "." is the root */
	char *base;	    /* folder that its relative names start from, as far as known */
	int line;	    /* current line; 0: the format has no lines */
	const char *part;   /* replaces the line: "fileset rtl"; NULL */
	bool test;	    /* what follows is for a simulation */
	bool sv;	    /* what follows is SystemVerilog */
	bool given;	    /* what follows is an operand of a tool that compiles it */
	bool quiet;	    /* do not note missing files: a build may create them */
	struct manifest_vars guesses;
	/* The value of a variable that the description sets, for the lists that it gives
	 * to a tool; the caller frees. It returns NULL for one that is not set. NULL: it
	 * sets none. */
	char *(*variable)(void *variables, const char *name);
	void *variables;
	struct manifest_cores *cores;
	struct strv common_defines, common_parameters; /* common to all tool calls so far */
	struct strv common_plusargs, common_generics;  /* common to all runs of a simulation */
	size_t calls, runs, elaborations;
	struct shell_spent spent; /* by all commands of the description */
	struct reading *above;	  /* the description that includes this one; NULL */
	/* Reads an included description; set by manifest.c, which knows all kinds. */
	bool (*include)(struct reading *above, const char *path, enum manifest_kind kind,
			const char *base, struct err *err);
};

/* Starts a description that `above` includes, or the outermost one (NULL). Fails
 * if it is being read already, or the depth or the number of descriptions exceeds
 * its limit; do not call reading_end() then. *again: it was read before and adds
 * nothing. */
bool reading_begin(struct reading *in, const struct tree *t, struct manifest *out, const char *path,
		   struct reading *above, bool *again, struct err *err);
void reading_end(struct reading *in);

/* manifest_read() for one of several descriptions of a project. */
bool manifest_read_with(struct manifest *m, const struct tree *t, const char *path,
			enum manifest_kind kind, struct manifest_cores *cores, struct err *err);

/* Reads the description at path as manifest_read() does, included by above. base:
 * folder that its relative names start from; NULL: find out. A failure becomes a
 * note. */
void reading_include(struct reading *above, const char *path, enum manifest_kind kind,
		     const char *base);

/* Adds a note "PATH:LINE: sentence". */
void reading_note(struct reading *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The existing file or folder that name refers to, relative to the root; the
 * caller frees. NULL if it leads outside or does not exist, which is noted. Tried
 * in order: the base, the description's folder, each folder above. The first
 * match becomes the base. A variable that nobody set matches any folder. */
char *reading_file(struct reading *r, const char *name);
char *reading_dir(struct reading *r, const char *name);

/* Adds the files that the pattern matches, found like reading_file(). */
void reading_glob(struct reading *r, const char *pattern, struct strv *paths);

/* Role by extension; MANIFEST_SOURCE if it is unknown. */
enum manifest_role reading_role(const char *name);
bool reading_is_hdl(const char *name); /* .v .sv .vh .svh .vhd and their like */

/* Adds text to l if it is not there yet; notes it if l is full. */
void reading_add_once(struct reading *r, struct strv *l, const char *text, size_t len);

/* Adds files by their names in the description, globs as well; notes missing ones. */
void reading_add(struct reading *r, const char *name, enum manifest_role role);
void reading_add_path(struct reading *r, const char *path,
		      enum manifest_role role); /* relative to the root, must exist */
void reading_add_include(struct reading *r, const char *name);
void reading_add_folder(struct reading *r, const char *name, size_t len); /* the same */
void reading_add_define(struct reading *r, const char *text, size_t len);
void reading_add_parameter(struct reading *r, const char *text, size_t len);
void reading_add_top(struct reading *r, const char *name);

/* Calls fn, such as reading_add_define(), for each part of text (NULL: none) between any of
 * the separators. */
void reading_each(struct reading *r, const char *text, const char *separators,
		  void (*fn)(struct reading *r, const char *text, size_t len));

/* Adds the n targets of a description, or none if they are too many, and takes what each holds. */
void manifest_add_targets(struct manifest *m, struct manifest_target *v, size_t n);

/* Relative names start from the description's folder. */
void reading_from_folder(struct reading *r);

/* Options and files on a Verilog tool's command line; file lists (-f, -F) are
 * followed. lines: line number of each word, or NULL. */
void reading_args(struct reading *r, char *const *words, const int *lines, size_t n);

/* Reads the calls of Verilog tools in a shell line, starting in the base folder.
 * Each call has its own defines; those common to all calls are added by
 * reading_commands_end(). */
void reading_command(struct reading *r, const char *text);
/* The same for a command given as its words. folder: where it runs; NULL: in the base. */
void reading_words(struct reading *r, char *const *words, size_t n, const char *folder);
/* True if the command word calls the tool: iverilog-12, /usr/bin/verilator_bin. */
bool reading_names_tool(const char *word, const char *tool);
/* Removes from common what is not in now, and notes what the two do not share as a
 * "what". before: number of earlier calls. */
void reading_share(struct reading *r, size_t before, struct strv *common, struct strv *now,
		   const char *what);
/* The plusargs and parameters that a run of a simulation gives: vvp, vsim, xsim. Those common to
 * all runs are added by reading_commands_end(). */
void reading_simulation(struct reading *r, char *const *words, size_t n);
bool reading_is_tool(const char *command); /* by its first word */
void reading_commands_end(struct reading *r);

/* Settings or tasks of VS Code: without comments, and with the folder that is open for its
 * variables. NULL: err is set. */
cJSON *reading_vscode(const char *text, struct err *err);

/* One reader per kind; text is the description. Fail with ERR_PARSE like manifest_read(). */
typedef bool manifest_reader(struct reading *r, const char *text, size_t len, struct err *err);
manifest_reader manifest_read_list, manifest_read_ci, manifest_read_core, manifest_read_info,
	manifest_read_qsf, manifest_read_xpr, manifest_read_tcl, manifest_read_make,
	manifest_read_shell, manifest_read_bender, manifest_read_edam, manifest_read_gowin,
	manifest_read_lattice, manifest_read_ise, manifest_read_openlane, manifest_read_cmake,
	manifest_read_libero, manifest_read_efinity, manifest_read_python, manifest_read_sby,
	manifest_read_apio, manifest_read_modelsim, manifest_read_perl, manifest_read_readme,
	manifest_read_text, manifest_read_editor;

/* Reads OpenLane's variables; get() returns a value, a list of words, or NULL if
 * it is not set. Does nothing unless DESIGN_NAME and VERILOG_FILES are set. */
void reading_openlane(struct reading *r, const char *(*get)(void *ctx, const char *name),
		      void *ctx);

#endif
