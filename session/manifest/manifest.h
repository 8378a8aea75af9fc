/* manifest.h - a project's description of itself, collected from the files of
 * other tools.
 *
 * Map of session/manifest: project descriptions of other tools. Runs nothing;
 * reads through tree.h only.
 *
 *   tree                 the names of a project's files, and a way to read one
 *   tree_built           folders that a tool wrote
 *   tree_vivado          ... and which of them are of Vivado
 *   manifest manifest_*  .f, .core, info.yaml, Bender.yml, OpenLane, projects of
 *                        FPGA tools, Makefiles, CMake, scripts, CI, proofs, editors
 *   python_token         tokens of a Python script
 *   python_value         values of expressions in a Python script
 *   python_vars          variables of a Python script and their values
 *   make_if make_path make_vars  conditionals, VPATH, variables of a Makefile
 *   shell shell_*        commands, words and values of a shell script
 *   foreign junit        testbenches that are not Verilog, and their reports
 *
 * A file list, a FuseSoC core, an info.yaml, a Quartus or Vivado project, a
 * Makefile: each names sources, folders, defines, tops. A reader adds what one of
 * them says to a manifest, with the location; together they tell which files the
 * project's author means. Nothing is run: a variable or shell command whose value
 * the text does not tell becomes a note.
 *
 * All paths are relative to the project's root and clean. A path that leads out
 * of it is dropped with a note, and so is a file that does not exist. Pure but
 * for tree.h. A manifest owns all its data.
 */
#ifndef POSEDGE_MANIFEST_H
#define POSEDGE_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/text/name_map.h"

struct tree;

#define MANIFEST_MAX_TEXT    (4u << 20) /* bytes of one description */
#define MANIFEST_MAX_FILES   20000	/* named by all of them together */
#define MANIFEST_MAX_DEPTH   16		/* lists including lists, cores needing cores */
#define MANIFEST_MAX_READ    4000	/* descriptions read per project */
#define MANIFEST_MAX_ODD     300	/* of each of .xml, .py, .pl and .md that may be one */
#define MANIFEST_MAX_NOTES   200
#define MANIFEST_MAX_TARGETS 512
#define MANIFEST_MAX_ASIDE   500 /* kept for the files that they name */

enum manifest_kind {
	MANIFEST_NONE,
	MANIFEST_LIST,	   /* .f .fl .flist .filelist .vc: options of Verilog tools */
	MANIFEST_CORE,	   /* .core: FuseSoC, CAPI2 */
	MANIFEST_EDAM,	   /* .eda.yml: edalize */
	MANIFEST_INFO,	   /* info.yaml: Tiny Tapeout */
	MANIFEST_BENDER,   /* Bender.yml */
	MANIFEST_QSF,	   /* .qsf .qip: Quartus */
	MANIFEST_XPR,	   /* .xpr: Vivado's project */
	MANIFEST_GOWIN,	   /* .gprj */
	MANIFEST_LATTICE,  /* .ldf .rdf: Diamond and Radiant */
	MANIFEST_ISE,	   /* .xise: Xilinx before Vivado */
	MANIFEST_LIBERO,   /* .prjx: Microchip */
	MANIFEST_EFINITY,  /* .xml: Efinix */
	MANIFEST_OPENLANE, /* config.json, config.yaml with VERILOG_FILES */
	MANIFEST_TCL,	   /* .tcl .prj: Vivado and others, read_verilog and add_files */
	MANIFEST_MAKE,	   /* Makefile, *.mk: VERILOG_SOURCES, or a call of a tool */
	MANIFEST_CMAKE,	   /* CMakeLists.txt: verilate() */
	MANIFEST_SHELL,	   /* .sh .bat .ps1 justfile: a call of a tool */
	MANIFEST_PERL,	   /* .pl: a call of a tool */
	MANIFEST_PYTHON,   /* .py SConstruct meson.build: cocotb, edalize, VUnit, a tool */
	MANIFEST_SBY,	   /* .sby: a formal proof with SymbiYosys */
	MANIFEST_APIO,	   /* apio.ini: all sources of its folder */
	MANIFEST_MODELSIM, /* .mpf: ModelSim's and Questa's project */
	MANIFEST_EDITOR,   /* .svls.toml .vscode/settings.json veridian.yml: no sources */
	MANIFEST_CI,	   /* .github/workflows/NAME.yml .vscode/tasks.json: a call of a tool */
	MANIFEST_TEXT,	   /* sources.txt, rtl.lst: a file list, if it names nothing else */
	MANIFEST_README,   /* README, .md: a call of a tool; if nothing else says anything */
};

enum manifest_role {
	MANIFEST_SOURCE,  /* compiled on its own */
	MANIFEST_HEADER,  /* only included */
	MANIFEST_LIBRARY, /* -v: compiled if a module in it is missing */
	MANIFEST_DATA,	  /* a memory image or the like, which a run may open */
	MANIFEST_VHDL,
};

struct manifest_file {
	char *path;
	enum manifest_role role;
	bool test; /* named for a simulation, not for the design */
	bool sv;   /* named as SystemVerilog, whatever its extension */
	/* A header that a tool is given like a source: what it defines holds for the
	 * files named after it, without an include. */
	bool given;
	char *where; /* "rtl/cpu.f:12", or "cpu.core, fileset rtl" */
};

/* A description that was found. */
struct manifest_descriptor {
	char *path;
	enum manifest_kind kind;
	bool taken; /* its contents are in the manifest */
	bool aside; /* it is in manifest.aside and applies to the files that it names */
	char *why;  /* what it names, or why it was not taken; no full stop */
};

/* The files that a description gives to a tool together, for one board, say. */
struct manifest_target {
	char *path; /* of the description; its targets follow each other */
	struct strv files;
};

/* The targets that have a file, as bits. */
struct manifest_places {
	uint64_t in[MANIFEST_MAX_TARGETS / 64];
};

struct manifest {
	struct manifest_file *files; /* in the order of first mention, no duplicates */
	size_t n_files, cap_files;
	struct name_map by_path;  /* path to index in files */
	struct strv include_dirs; /* -I; "." is the root */
	struct strv defines;	  /* "NAME" or "NAME=VALUE" */
	struct strv parameters;	  /* "NAME=VALUE", of tops.v[0] */
	struct strv plusargs;	  /* "+seed=3" */
	struct strv library_dirs; /* -y */
	struct strv library_exts; /* ".v"; none: the tools' defaults */
	struct strv tops;	  /* modules of the design */
	struct strv test_tops;	  /* modules of testbenches */
	struct strv notes;	  /* sentences: not understood, missing, outside, guessed */
	struct strv read;	  /* descriptions that were read, included ones as well */
	/* Includes the targets that were not taken if a description has several. */
	struct manifest_target *targets;
	size_t n_targets, cap_targets;
	struct name_map place_of; /* path to index in places */
	struct manifest_places *places;
	size_t n_places, cap_places;
	struct manifest_descriptor *descriptors; /* set by manifest_find() only */
	size_t n_descriptors, cap_descriptors;
	/* Set by manifest_find() only: descriptions that were not taken, one
	 * manifest each; read.v[0] is its path. */
	struct manifest *aside;
	size_t n_aside;
	bool sv;      /* -sv: every file is SystemVerilog */
	size_t reads; /* counted against MANIFEST_MAX_READ */
};

#define MANIFEST_INIT ((struct manifest){ 0 })

void manifest_fini(struct manifest *m); /* resets it to empty */

/* Goes by the name only; a .tcl, .sh or Makefile may turn out to name no sources. */
enum manifest_kind manifest_kind(const char *path);

/* Borrowed; NULL if the manifest does not name the file. */
const struct manifest_file *manifest_file(const struct manifest *m, const char *path);

/* The manifest that describes the source at path: m if it names it, else the one
 * in m->aside that does (of several, the one sharing most folders with it); NULL
 * if none does. Borrowed. */
const struct manifest *manifest_of(const struct manifest *m, const char *path);

/* True if a description has each of two files in a target, and no target has both: they
 * are never compiled together. */
bool manifest_apart(const struct manifest *m, const char *a, const char *b);

/* The only manifest in m->aside that names the source at path; NULL if m names it
 * or there are none or several. */
const struct manifest *manifest_sole(const struct manifest *m, const char *path);

/* Adds the description at path and everything it includes; does nothing if m has
 * it already. MANIFEST_NONE: kind by name, else a file list. Fails if it cannot
 * be read (as file_read()), has a syntax error (ERR_PARSE) or exceeds a limit
 * (ERR_LIMIT); files named before that are kept. */
bool manifest_read(struct manifest *m, const struct tree *t, const char *path,
		   enum manifest_kind kind, struct err *err);

/* Finds the descriptions in t and merges those that belong together. The first
 * one taken is the one nearest to the root, counting the files it includes; at
 * equal depth the kind listed first in enum manifest_kind, which says most. Then
 * each further one is taken that names one of the same files and no different
 * file of the same name. An included description is a part of the one that
 * includes it. A define or parameter that contradicts an earlier one is dropped
 * with a note, and so are the defines, parameters and tops of any script or
 * Makefile but the first one taken. Descriptions that name sources but are not
 * taken are kept in m->aside, since a Makefile in each folder of examples
 * describes that folder; proofs are not, because their macros are not the
 * design's. m stays empty if there is no description. Reads all of them; m must
 * be empty. */
void manifest_find(struct manifest *m, const struct tree *t);

#endif
