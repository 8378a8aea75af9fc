/* manifest.h - what a project says about itself.
 *
 * Map of session/manifest: what a project says about itself in files of other
 * tools. Runs nothing; reads through tree.h only.
 *
 *   tree                 the names of a project's files, and a way to read one
 *   manifest manifest_*  .f, .core, info.yaml, Bender.yml, OpenLane, projects of
 *                        FPGA tools, Makefiles, CMake, scripts, proofs
 *   python_token         a script in Python as tokens
 *   python_value         what an expression in a script in Python stands for
 *   python_vars          its values, and what names stand for
 *   make_vars            variables of a Makefile
 *   foreign junit        testbenches that are not Verilog, and their report
 *
 * A file list, a FuseSoC core, an info.yaml, a Quartus or Vivado project, a
 * Makefile: each names sources, folders, defines, tops. A reader adds what one
 * of them says to a manifest, with the place where it was said; together they
 * tell a project which files its author means. Nothing is run: a variable or
 * a shell command that cannot be told from the text becomes a note.
 *
 * All paths are relative to the project's root and clean. A path that leads
 * out of it is left out, with a note; so is a file that does not exist. Pure
 * but for tree.h. A manifest owns all that it holds.
 */
#ifndef POSEDGE_MANIFEST_H
#define POSEDGE_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/text/name_map.h"

struct tree;

#define MANIFEST_MAX_TEXT  (4u << 20) /* bytes of one description */
#define MANIFEST_MAX_FILES 20000      /* named by all of them together */
#define MANIFEST_MAX_DEPTH 16	      /* lists that include lists, cores that need cores */
#define MANIFEST_MAX_READ  4000	      /* descriptions read for one project */
#define MANIFEST_MAX_ODD   300	      /* of those, .xml and .py that may be one */
#define MANIFEST_MAX_NOTES 200
#define MANIFEST_MAX_ASIDE 500 /* that are kept for the files that they name */

enum manifest_kind {
	MANIFEST_NONE,
	MANIFEST_LIST,	   /* .f .fl .flist .filelist .vc: options of Verilog tools */
	MANIFEST_CORE,	   /* .core: FuseSoC, CAPI2 */
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
	MANIFEST_TCL,	   /* .tcl: Vivado and others, read_verilog and add_files */
	MANIFEST_MAKE,	   /* Makefile, *.mk: VERILOG_SOURCES, or a call of a tool */
	MANIFEST_CMAKE,	   /* CMakeLists.txt: verilate() */
	MANIFEST_SHELL,	   /* .sh .bat: a call of a tool */
	MANIFEST_PYTHON,   /* .py: cocotb's runner, edalize, VUnit, a call of a tool */
	MANIFEST_SBY,	   /* .sby: a formal proof with SymbiYosys */
};

enum manifest_role {
	MANIFEST_SOURCE,  /* compiled by itself */
	MANIFEST_HEADER,  /* only included */
	MANIFEST_LIBRARY, /* -v: compiled when a module of it is missing */
	MANIFEST_DATA,	  /* a memory image or the like, which a run may open */
	MANIFEST_VHDL,
};

struct manifest_file {
	char *path;
	enum manifest_role role;
	bool test;   /* named for a simulation, not for the design */
	bool sv;     /* named as SystemVerilog whatever its ending is */
	char *where; /* "rtl/cpu.f:12", or "cpu.core, fileset rtl" */
};

/* A description that was found. */
struct manifest_descriptor {
	char *path;
	enum manifest_kind kind;
	bool taken; /* what it says is in the manifest */
	bool aside; /* it is in manifest.aside, and counts for the files that it names */
	char *why;  /* what it names, or why it was not taken; no full stop */
};

struct manifest {
	struct manifest_file *files; /* in the order in which they were named; each path once */
	size_t n_files, cap_files;
	struct name_map by_path;  /* into files */
	struct strv include_dirs; /* -I; "." is the root */
	struct strv defines;	  /* "NAME" or "NAME=VALUE" */
	struct strv parameters;	  /* "NAME=VALUE", of tops.v[0] */
	struct strv plusargs;	  /* "+seed=3" */
	struct strv library_dirs; /* -y */
	struct strv library_exts; /* ".v"; none: the tools' defaults */
	struct strv tops;	  /* modules of the design */
	struct strv test_tops;	  /* modules of testbenches */
	struct strv notes;	  /* sentences: not understood, missing, outside, guessed */
	struct strv read;	  /* descriptions that all this comes from, included ones too */
	struct manifest_descriptor *descriptors; /* by manifest_find() only */
	size_t n_descriptors, cap_descriptors;
	/* By manifest_find() only: those that were not taken, each by itself; the first that
	 * it read is its path. */
	struct manifest *aside;
	size_t n_aside;
	bool sv;      /* -sv: every file is SystemVerilog */
	size_t reads; /* counted against MANIFEST_MAX_READ */
};

#define MANIFEST_INIT ((struct manifest){ 0 })

void manifest_fini(struct manifest *m); /* back to empty */

/* By its name alone; a .tcl, .sh or Makefile may turn out to name nothing. */
enum manifest_kind manifest_kind(const char *path);

/* Borrowed; NULL: the manifest does not name it. */
const struct manifest_file *manifest_file(const struct manifest *m, const char *path);

/* What speaks of the source at path: m when it names it, else the one in m->aside that
 * does, of several that with the most folders in common; NULL: nothing does. Borrowed. */
const struct manifest *manifest_of(const struct manifest *m, const char *path);

/* The only one of m->aside that names the source at path, which m does not; NULL. */
const struct manifest *manifest_sole(const struct manifest *m, const char *path);

/* Adds what the description at path says, with all that it includes; nothing
 * when it is in m already. kind MANIFEST_NONE: as its name tells, else a file
 * list. Fails when it cannot be read (as file_read()), does not follow its
 * format (ERR_PARSE) or is one too many (ERR_LIMIT); what it named before that
 * stays. */
bool manifest_read(struct manifest *m, const struct tree *t, const char *path,
		   enum manifest_kind kind, struct err *err);

/* Finds the descriptions in t and takes those that belong together: first
 * the one that is nearest to the root, or includes one that is, and, at the same depth, of the kind
 * that says most, in the order of enum manifest_kind; then each further one
 * that names one of the same files and no other file under the same name. One
 * that another includes is a part of that. A define or parameter that
 * contradicts an earlier one is left out with a note, and so are those, and the
 * tops, of a script or Makefile that is not the first one. What is not taken and names
 * sources is kept in m->aside, but for proofs, whose macros are not the design's: a
 * Makefile in each folder of examples speaks of that folder. A project without a
 * description leaves m empty. Reads all of them; m must be empty. */
void manifest_find(struct manifest *m, const struct tree *t);

#endif
