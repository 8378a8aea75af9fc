/* graph.h - a design's modules, signals and blocks, and who writes and reads what, as
 * a database.
 *
 * Map of session/graph: finds things in a design. Knows no tool, no model and no
 * screen; all facts about a file come from its text.
 *
 *   graph graph_store graph_patch graph_sql  the store: tables of facts per file
 *   libsqlite                SQLite, loaded late
 *   graph_find graph_look graph_words  resolve a name, a path or words
 *   graph_rank graph_weigh graph_asked graph_fit graph_nets graph_acronyms graph_kinds
 *   graph_senses graph_texts graph_spelled match words with all names
 *   graph_alike              modules similar to a given one
 *   graph_sites              where a signal is driven, read, reset
 *   graph_tell               answers as lines and as JSON; a module's data flow as text
 *   graph_facts graph_reader graph_declare graph_uses graph_wires graph_comments graph_tokens
 *                            one file's text to rows; pure
 *   graph_cache              the folder of the databases and its size limit
 *   graph_project graph_about  the project's graph, kept in step with its texts
 *
 * The database is a cache in the user's cache folder, never in the project: one file
 * per project, marked with GRAPH_VERSION. A file that is damaged or has another version
 * is removed and rebuilt. If another posedge has it open, or there is no cache folder,
 * the graph is kept in memory. All statements are prepared and all values bound.
 *
 * When a file's stamp changes, all its rows are replaced; rows of other files are not
 * touched.
 */
#ifndef POSEDGE_GRAPH_H
#define POSEDGE_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/graph/graph_facts.h"

#define GRAPH_VERSION	12
#define GRAPH_BYTES_MAX (512ull << 20) /* size of the database; beyond it: ERR_LIMIT */
#define GRAPH_HITS_MAX	50u
#define GRAPH_SITES_MAX 400u
#define GRAPH_ASKED_MAX 500u /* bytes of a question */

struct graph;

/* path NULL: in memory. ERR_BUSY: another program has it open. A file that is not
 * such a database is removed and created again. */
struct graph *graph_open(const char *path, struct err *err);
void graph_close(struct graph *g); /* NULL is fine */

/* True if the file's rows were made from a text with this stamp. */
bool graph_is_current(struct graph *g, const char *path, const char *stamp);

/* Replaces the rows of a file. For the file that was put last, only the rows that
 * differ are written. Takes the contents of f, which is then empty. On failure the
 * old rows remain. */
bool graph_put(struct graph *g, const char *path, const char *stamp, struct graph_facts *f,
	       struct err *err);

/* Adds the paths of files that are only partly in the graph: facts.cut was set. */
bool graph_cut_files(struct graph *g, struct strv *paths, struct err *err);

/* Removes the rows of all files not in paths. */
bool graph_keep(struct graph *g, const struct strv *paths, struct err *err);

/* All puts between these two form one transaction. */
bool graph_begin(struct graph *g, struct err *err);
bool graph_commit(struct graph *g, struct err *err);

enum graph_hit_kind { GRAPH_HIT_MODULE, GRAPH_HIT_SIGNAL, GRAPH_HIT_INSTANCE, GRAPH_HIT_BLOCK };

/* Certainty of a hit, the most certain first. */
enum graph_rank {
	GRAPH_RANK_PATH,  /* the exact name or path */
	GRAPH_RANK_CASE,  /* differs only in case */
	GRAPH_RANK_LIKE,  /* misspelt or partial */
	GRAPH_RANK_WORDS, /* words in its name and its comment */
};

struct graph_hit {
	enum graph_hit_kind kind;
	enum graph_rank rank;
	int64_t id;	 /* of the module, signal, instance or block */
	int64_t outside; /* for a signal found by a path, the instance it was found in; else 0 */
	char *name, *module, *path, *type, *doc;
	int line;
	enum graph_signal_kind signal; /* of a signal */
	enum vunit_kind unit;	       /* of a module */
};

/* What was left out, as flags. */
enum graph_cut {
	GRAPH_CUT_WORDS = 1u << 0, /* words of the question */
	GRAPH_CUT_NAMES = 1u << 1, /* not all names of the design were compared */
	GRAPH_CUT_HITS = 1u << 2,  /* GRAPH_HITS_MAX was reached */
};

struct graph_hits {
	struct graph_hit *v;
	size_t n, cap;
	unsigned cut;
};

void graph_hits_fini(struct graph_hits *h);

enum graph_ask { GRAPH_ASK_WHERE, GRAPH_ASK_DRIVEN, GRAPH_ASK_LOADS, GRAPH_ASK_RESET };

/* Finds a name ("fifo"), a path ("tb.dut.count", "u_fifo.count", "fifo.count"), or
 * words ("the write pointer of the fifo"); best first. *ask is set by words such as
 * "driven", "read" or "reset" and unchanged without any. only: a kind, -1: any. No
 * hit is not a failure. */
bool graph_find(struct graph *g, const char *asked, int only, enum graph_ask *ask,
		struct graph_hits *out, struct err *err);

/* Called now and then during a search through all names, while no statement is open.
 * False ends the search with that error, and the graph may be gone. */
struct graph_rest {
	bool (*fn)(void *ctx, struct err *err);
	void *ctx;
};

/* The same, with pauses. Changes made during one restart the search. */
bool graph_find_resting(struct graph *g, const struct graph_rest *rest, const char *asked, int only,
			enum graph_ask *ask, struct graph_hits *out, struct err *err);

struct graph_site {
	char *path, *module;
	int line;
	char *what;	/* "always_ff at clk, by reset rst", "u_fifo.din, input of fifo" */
	int block;	/* line of the enclosing block's first line; 0: no block */
	char *signal;	/* the signal at this site; differs from the one asked for if reached
			 * through a port */
	unsigned depth; /* number of ports passed on the way */
};

struct graph_sites {
	struct graph_site *v;
	size_t n, cap;
	bool cut; /* GRAPH_SITES_MAX was reached, or the path through ports was too long */
	/* The signal belongs to an interface. Places that reach it through a port or
	 * an instance ("bus.valid") are recorded for that port and missing in v. */
	bool reached;
};

/* The sites of a signal, followed through ports up and down to where it is assigned or read. */
bool graph_sites(struct graph *g, const struct graph_hit *signal, enum graph_ask ask,
		 struct graph_sites *out, struct err *err);
void graph_site_fini(struct graph_site *s); /* for one taken out of the list */
void graph_sites_fini(struct graph_sites *s);

/* Appends one line per hit: "signal count of fifo  rtl/fifo.sv:12  logic [3:0]". */
void graph_tell_hits(const struct graph_hits *h, struct str *out);
void graph_tell_cut(const struct graph_hits *h, struct str *out); /* a sentence without a full
								   * stop, or nothing */
void graph_tell_sites(const struct graph_hit *of, enum graph_ask ask, const struct graph_sites *s,
		      struct str *out);
void graph_json_hit(const struct graph_hit *h, struct str *out);
void graph_json_site(const struct graph_hit *of, enum graph_ask ask, const struct graph_site *s,
		     struct str *out);

/* Says, for all sites together, that there is none, or that there may be more, and
 * why; else writes nothing. */
void graph_json_none(const struct graph_hit *of, enum graph_ask ask, const struct graph_sites *s,
		     struct str *out);

/* Describes a module in at most max bytes of text: its ports, then each block and
 * instance with what it writes and reads. */
bool graph_digest(struct graph *g, int64_t module, size_t max, struct str *out, struct err *err);

/* The same without the ports. */
bool graph_flows(struct graph *g, int64_t module, size_t max, struct str *out, struct err *err);

/* Its first line and ports, as in the digest. */
bool graph_ports(struct graph *g, int64_t module, struct str *out, struct err *err);

/* The module around a line of a file: at most one hit. */
bool graph_module_at(struct graph *g, const char *path, int line, struct graph_hits *out,
		     struct err *err);
/* The modules instantiated by a module, each once. */
bool graph_below(struct graph *g, int64_t module, struct graph_hits *out, struct err *err);

/* The modules most similar to a module, by shared words in names, ports and comments;
 * best first, without the module itself. */
bool graph_alike(struct graph *g, int64_t module, size_t max, struct graph_hits *out,
		 struct err *err);

#endif
