/* project.h - the files of a design, found by looking.
 *
 * Map of session/project: which files make a design. Knows no tool and no
 * session.
 *
 *   project project_*      files found by looking, modules, includes, closures
 *   design design_*        what one lint or run is given: files, top, data, hints
 *   project_ahead          the same on another thread, while the loop goes on
 *   read_plan              from which modules a whole project is read
 *   black_box black_box_*  modules without a source
 *   overlay text_memo      texts that files could have, for a moment; results by content
 *
 * A project is a folder. Its sources are the .v, .sv, .vh, .svh files below
 * it, except in hidden folders, build folders (obj_dir, build, node_modules,
 * work) and behind links that leave it, and whatever its file lists and
 * project files name; or those that `set files` names. Scanning reads each
 * file's outline once and again only when size or mtime changed. Knows no
 * tool.
 */
#ifndef POSEDGE_PROJECT_H
#define POSEDGE_PROJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/verilog/lang.h"
#include "session/verilog/verilog.h"

#define PROJECT_MAX_FILES   20000
#define PROJECT_MAX_OUTLINE (4u << 20) /* larger files are listed, not outlined */

struct project_file {
	const char *path; /* relative, clean */
	size_t size;
	const struct voutline *outline; /* NULL: too large or unreadable */
	bool header; /* .vh, .svh, or of any other name and only included: not compiled by itself */
};

/* A file that is no part of the design although it could be. */
struct project_left {
	const char *path; /* relative */
	const char *why;  /* "excluded by old", "VHDL", ... */
};

/* What a person says about a project. */
struct project_settings {
	struct strv files;    /* globs (`*`, `?`, `**`) or "@list"; none: look */
	struct strv exclude;  /* globs of files and folders, as in a .gitignore */
	struct strv include;  /* folders, relative to the root */
	struct strv defines;  /* "NAME" or "NAME=VALUE" */
	struct strv links;    /* folders outside that links may lead to */
	struct strv blackbox; /* globs of modules whose definitions nobody needs */
};

void project_settings_fini(struct project_settings *s);

struct project;
struct manifest;

/* root must be a folder; an empty one is a project too. Looks at once. */
struct project *project_open(const char *root, struct err *err);
void project_free(struct project *p);			 /* NULL is fine */
bool project_rescan(struct project *p, struct err *err); /* NULL is a failure like others */

/* Copies s, and looks again when it differs from what holds. On failure all is
 * as before: ERR_NOT_FOUND names a pattern without a file, ERR_PARSE a list
 * that cannot be read. */
bool project_configure(struct project *p, const struct project_settings *s, struct err *err);

/* A text that stands in place of what is on disk (unsaved, or a proposal)
 * until project_overlay_clear(). The file need not exist. */
void project_overlay(struct project *p, const char *path, const char *text, size_t len);
void project_overlay_drop(struct project *p, const char *path); /* that one; none there is fine */
void project_overlay_clear(struct project *p);
void project_overlay_keep(struct project *p, const struct strv *paths); /* drops all others */
const char *project_overlay_text(const struct project *p, const char *path,
				 size_t *len); /* NULL: none */

const char *project_root(const struct project *p); /* absolute, real */
size_t project_files(const struct project *p);
const struct project_file *project_file(const struct project *p, size_t i);
const struct project_file *project_find(const struct project *p, const char *path); /* NULL: none */

/* Sorted by path; borrowed until the project changes. */
const struct project_left *project_left_out(const struct project *p, size_t *n);
/* Why the file is left out; NULL: it is not. */
const char *project_why_left(const struct project *p, const char *path);
/* All files of the folder but those in hidden and build folders; sorted, borrowed. */
const char *const *project_tree(const struct project *p, size_t *n);
bool project_has(const struct project *p, const char *path); /* is path one of these? */
/* Those whose path is name or ends in "/name", at most max of them, borrowed; how many. */
size_t project_named(const struct project *p, const char *name, const char **out, size_t max);
/* Whether a name in a source is a path of another machine: "/home/ann/x", "C:/x", "..\\x".
 * What every system offers, /dev and /proc, does not count. */
bool project_is_foreign(const char *name);
/* What it says about itself; borrowed until the project changes. */
const struct manifest *project_manifest(const struct project *p);
/* Those of the manifest, then those of the settings in place of the same name. */
void project_defines(const struct project *p, struct strv *out);

/* Where module is defined; NULL: nowhere. When several files define it, the
 * first in the file list, then one that is named after it and does not look like
 * a copy (old/, "(copy)", netlist/), then by path; *others is how many more (may be NULL). */
const struct project_file *project_module(const struct project *p, const char *module,
					  size_t *others);

/* The tokens of a file as a tool sees them, with the project's macros and includes,
 * and once more for each tool that it asks for (`ifdef VERILATOR);
 * text in place of what is there; NULL: that. t is borrowed for the call. */
struct vpp_token;
void project_tokens(const struct project *p, const char *path, const char *text, size_t len,
		    void (*fn)(void *ctx, const struct vpp_token *t), void *ctx);

/* The outline of a module by name; NULL. */
const struct vmodule *project_vmodule(const struct project *p, const char *module);

/* Looks for a test in Python that drives the module by cocotb: the sentence on it and
 * on how to run it, to be freed; NULL: there is none. Reads files. */
char *project_cocotb_of(const struct project *p, const char *module);

/* A submodule of git whose folder is empty here, by its path, and how many more; to be
 * freed, NULL: there is none. Reads .gitmodules. */
char *project_empty_submodule(const struct project *p, size_t *others);

/* Adds what its descriptions name and is not there, a sentence each. */
void project_missing(const struct project *p, struct strv *notes);

/* vmodule_is_testbench(), or a module without ports, part of no other, that only wires a
 * design to a program or module of the project, directly or below, which makes its stimuli. */
bool project_is_testbench(const struct project *p, const struct vmodule *m);
bool project_has_testbench(const struct project *p,
			   const struct voutline *o); /* one of its modules is */

/* Modules that nobody but a testbench instantiates and that are no part of
 * one: not in a file or folder of testbenches; sorted. */
void project_tops(const struct project *p, struct strv *out);

/* Testbenches (module names; sorted). of: only those that instantiate that
 * module, directly or below; NULL: all. */
void project_testbenches(const struct project *p, const char *of, struct strv *out);

/* The files needed to elaborate the modules of these files, themselves
 * first-needed first (packages before users). With more than one definition
 * of a module the one in the given files, else in the same folder, else the
 * nearest to who instantiates it is taken, and a sentence about it goes to notes. */
void project_closure(const struct project *p, const char *const *paths, size_t n,
		     struct strv *files, struct strv *notes);

/* For -I: the folders of the settings, of the manifest, then those in which what
 * these files include is found; each once, "." is the root. */
void project_include_dirs(const struct project *p, const char *const *paths, size_t n,
			  struct strv *out);

/* The language its files speak: SV when the project says so, or one is .sv or uses it; an empty
 * project is SV. */
enum lang project_lang(const struct project *p);
/* ".sv" or ".v": as most files are, and where there are none as lang is. */
const char *project_extension(const struct project *p, enum lang lang);
const char *project_rtl_dir(const struct project *p); /* "rtl", "src" or ""; borrowed */
const char *project_tb_dir(const struct project *p);  /* "tb", "sim", "test" or "" */

#endif
