/* project.h - finds the files of a design.
 *
 * Map of session/project: which files make a design. Knows no tool and no
 * session.
 *
 *   project project_*      files that were found, modules, includes, closures
 *   design design_*        input of one lint or run: files, top, data, hints
 *   project_ahead          reads a project on another thread while the loop runs
 *   read_plan              the modules from which a whole project is read
 *   black_box black_box_*  modules without a source
 *   overlay text_memo      temporary texts for files; results cached by content
 *
 * A project is a folder. Its sources are the .v, .sv, .vh, .svh files below it,
 * except in hidden folders, folders that a tool built (obj_dir, build, work, if
 * that shows) and behind links that leave it, and whatever its file lists and project files
 * name; or only those that `set files` names. Each file's outline is read once,
 * and again only if its size or mtime changes.
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
#define PROJECT_MAX_OUTLINE (4u << 20) /* bytes; larger files are listed without an outline */

struct project_file {
	const char *path; /* relative, clean */
	size_t size;
	const struct voutline *outline; /* NULL: too large or unreadable */
	bool header;			/* .vh, .svh, or only included: not compiled on its own */
};

/* True if the path, relative to the root, is below that folder; "" and ".": the root. */
bool project_path_below(const char *path, const char *folder);
/* Why the file was not read, "too large (5.0 MB)" or why no tool can, as a clause without
 * its subject, which the caller frees. NULL: it was. */
char *project_file_unread(const struct project_file *f);
bool project_file_defines(const struct project_file *f, const char *module);

/* A file that could be part of the design but is not. */
struct project_left {
	const char *path; /* relative */
	const char *why;  /* "excluded by old", "VHDL", ... */
};

/* The user's settings for a project. */
struct project_settings {
	struct strv files;    /* globs (`*`, `?`, `**`) or "@list"; empty: find them */
	struct strv exclude;  /* globs of files and folders, as in a .gitignore */
	struct strv include;  /* folders, relative to the root */
	struct strv defines;  /* "NAME" or "NAME=VALUE" */
	struct strv links;    /* folders outside that links may lead to */
	struct strv blackbox; /* globs of modules that need no definition */
};

void project_settings_fini(struct project_settings *s);

struct project;
struct manifest;

/* root must be an existing folder, possibly empty. Scans it. */
struct project *project_open(const char *root, struct err *err);
void project_free(struct project *p);			 /* NULL is fine */
bool project_rescan(struct project *p, struct err *err); /* fails if p is NULL */

/* Copies s, and scans again if it differs from the current settings. On failure
 * nothing changes: ERR_NOT_FOUND names a pattern without a file, ERR_PARSE a list
 * that cannot be read. */
bool project_configure(struct project *p, const struct project_settings *s, struct err *err);

/* Replaces the text on disk (with unsaved text, or a proposal) until
 * project_overlay_clear(). The file need not exist. */
void project_overlay(struct project *p, const char *path, const char *text, size_t len);
void project_overlay_drop(struct project *p, const char *path); /* no error if there is none */
void project_overlay_clear(struct project *p);
void project_overlay_keep(struct project *p, const struct strv *paths); /* drops all others */
const char *project_overlay_text(const struct project *p, const char *path,
				 size_t *len); /* NULL: none */

/* Appends a line for each of these files: the hash of its text, as replaced or on disk; ""
 * if it cannot be read or is larger than PROJECT_MAX_OUTLINE. */
void project_hashes(const struct project *p, const struct strv *paths, struct str *out);

const char *project_root(const struct project *p); /* absolute, real */
size_t project_files(const struct project *p);
const struct project_file *project_file(const struct project *p, size_t i);
/* NULL: not found */
const struct project_file *project_find(const struct project *p, const char *path);
/* False with the reason why no module is known in the file: it has none, or was not read. */
bool project_no_module(const struct project *p, const char *path, struct err *err);

/* Sorted by path; borrowed until the project changes. */
const struct project_left *project_left_out(const struct project *p, size_t *n);
/* The tool that wrote the file, "Vivado"; NULL: nobody knows of one. */
const char *project_made_by(const struct project *p, const char *path);
bool project_is_source(const char *path); /* Verilog by its ending; headers too */
/* Why the file is left out; NULL if it is not. */
const char *project_why_left(const struct project *p, const char *path);
/* All files of the folder except in hidden and build folders; sorted, borrowed. */
const char *const *project_tree(const struct project *p, size_t *n);
bool project_has(const struct project *p, const char *path); /* true if project_tree() has path */
/* Finds paths that are name or end in "/name", at most max of them, borrowed;
 * returns their number. If none matches, letters are compared regardless of case. */
size_t project_named(const struct project *p, const char *name, const char **out, size_t max);
/* True if the path ends in name, without "../" in front, only if case does not count: a tool
 * does not find it by that name. */
bool project_other_case(const char *path, const char *name);
/* A file that an include of name in the file from could as well mean as the one that is
 * taken: both only share its name, and neither is nearer. NULL: none. Borrowed. */
const char *project_include_rival(const struct project *p, const char *from, const char *name);
/* True if a name in a source is a path of another machine: "/home/ann/x", "C:/x",
 * "..\\x". /dev and /proc exist on every machine and do not count. */
bool project_is_foreign(const char *name);
/* The project's description of itself; borrowed until the project changes. */
const struct manifest *project_manifest(const struct project *p);
/* Defines of the manifest, with those of the settings replacing the same names. */
void project_defines(const struct project *p, struct strv *out);

/* The file that defines module, or NULL. If several do: the first in the file
 * list, then one named after the module that does not look like a copy (old/,
 * "(copy)", netlist/), then by path; *others: how many more there are (may be
 * NULL). */
const struct project_file *project_module(const struct project *p, const char *module,
					  size_t *others);

/* True for old/x.v, "x (copy).v", netlist/x.v, build/x.v: by a word in the name of the file or
 * a folder. */
bool project_looks_copied(const char *path);

/* Passes the tokens of a file as a tool sees them, with the project's macros and
 * includes, and again for each tool that it tests for (`ifdef VERILATOR). text:
 * replaces the current text; NULL: does not. t is borrowed for the call. */
struct vpp_token;
void project_tokens(const struct project *p, const char *path, const char *text, size_t len,
		    void (*fn)(void *ctx, const struct vpp_token *t), void *ctx);

/* The outline of a module by name, or NULL. */
const struct vmodule *project_vmodule(const struct project *p, const char *module);

/* True if that is a user-defined primitive. Its instances need no name. */
bool project_is_primitive(const struct project *p, const char *name);

/* Looks for a Python test that drives the module with cocotb: a sentence on it
 * and on how to run it, or NULL. The caller frees. Reads files. */
char *project_cocotb_of(const struct project *p, const char *module);

/* Adds the paths of git submodules whose folders are empty here. Reads .gitmodules. */
void project_empty_submodules(const struct project *p, struct strv *out);

/* Adds what was noted while the descriptions were read; many missing files of one
 * description are one sentence. The second function: only those on missing files, and a
 * sentence for each unused module that NAME.v and NAME.sv both define. */
void project_notes(const struct project *p, struct strv *notes);
void project_missing(const struct project *p, struct strv *notes);

/* True for vmodule_is_testbench(), and for a top module without ports that only
 * connects a design to a program or module of the project that drives it,
 * directly or indirectly. */
bool project_is_testbench(const struct project *p, const struct vmodule *m);
bool project_has_testbench(const struct project *p,
			   const struct voutline *o); /* true if one of its modules is */

/* Adds modules that only testbenches instantiate and that are not part of one,
 * that is, not in a file or folder of testbenches; sorted. */
void project_tops(const struct project *p, struct strv *out);

/* Adds modules that m, which path defines, names and nothing instantiates: tb for
 * tb.dut.q, unless m is a part of tb. They are compiled along, as further tops. */
void project_second_roots(const struct project *p, const char *path, const struct vmodule *m,
			  struct strv *out);

/* True if m, which path defines, names something in a module that has m below it, as
 * tb.dut.state in a part of tb: no tool can read m by itself. Sets both to that module
 * and its file; borrowed. */
bool project_needs_above(const struct project *p, const char *path, const struct vmodule *m,
			 const char **above, const char **above_path);

/* The file to show to somebody who has named none, of those below a folder ("": the
 * root): of a top module that a testbench uses, else of any top, else the first that is
 * not a header. NULL: there is none. Borrowed. */
const char *project_first_file(const struct project *p, const char *folder);

/* Adds the names of testbenches, sorted. of: only those that instantiate that
 * module, directly or indirectly; NULL: all. */
void project_testbenches(const struct project *p, const char *of, struct strv *out);

/* Adds the files needed to elaborate the modules of these files, including them,
 * dependencies first (packages before users). If a module has several
 * definitions, the one in the given files is used, else one in the same folder,
 * else the nearest to the instantiating file, with a sentence in notes. */
void project_closure(const struct project *p, const char *const *paths, size_t n,
		     struct strv *files, struct strv *notes);

/* Folders for -I: those of the settings, of the manifest, then the ones where the
 * includes of these files are found; no duplicates, "." is the root. */
void project_include_dirs(const struct project *p, const char *const *paths, size_t n,
			  struct strv *out);

/* The language of its files: SystemVerilog if the project says so, or if one file
 * is .sv or uses it; an empty project is SystemVerilog. */
enum lang project_lang(const struct project *p);
/* ".sv" or ".v", whichever most files have; without files, according to lang. */
const char *project_extension(const struct project *p, enum lang lang);
const char *project_rtl_dir(const struct project *p); /* "rtl", "src" or ""; borrowed */
const char *project_tb_dir(const struct project *p);  /* "tb", "sim", "test" or "" */

#endif
