/* graph.h - a design's modules, signals, blocks and who writes and reads what, to be asked.
 *
 * Map of session/graph: where things of a design are. Knows no tool, no model and no
 * screen; what it knows of a file it has from the file's text.
 *
 *   graph graph_store graph_patch graph_sql  the store: a table of facts for each file (SQLite)
 *   graph_find graph_look graph_words  from a name, a path or words to what is meant
 *   graph_rank graph_asked graph_fit graph_acronyms graph_kinds  words against all names
 *   graph_alike              modules that are like one
 *   graph_sites              where a signal is driven, read, reset
 *   graph_tell               answers as lines and as JSON; a module's flows as text
 *   graph_facts graph_reader graph_declare graph_uses graph_wires graph_comments graph_tokens
 *                            one file's text to rows; pure
 *   graph_cache              the folder of the databases, and how large it may become
 *   graph_project graph_about  the project's graph, kept up to its texts
 *
 * The database is a cache in the person's cache folder, never in the project: one file for
 * each project, GRAPH_VERSION in it. What is damaged, or of another version, is removed and
 * made anew; while another posedge has it open, or where there is no such folder, the graph
 * is one in memory. All statements are prepared, all values bound.
 *
 * A file's rows are replaced as a whole when its stamp changes; no other file's are touched.
 */
#ifndef POSEDGE_GRAPH_H
#define POSEDGE_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/graph/graph_facts.h"

#define GRAPH_VERSION	9
#define GRAPH_BYTES_MAX (512ull << 20) /* of the database; above: ERR_LIMIT */
#define GRAPH_HITS_MAX	50u
#define GRAPH_SITES_MAX 400u
#define GRAPH_ASKED_MAX 500u /* bytes of a question */

struct graph;

/* path NULL: in memory. ERR_BUSY: another program has it open. A file that is no such
 * database is removed and begun anew. */
struct graph *graph_open(const char *path, struct err *err);
void graph_close(struct graph *g); /* NULL is fine */

/* Whether the rows of that file are of a text with this stamp. */
bool graph_is_current(struct graph *g, const char *path, const char *stamp);

/* Replaces the rows of a file; of the one that was put last only those that are others. f is
 * taken over and then empty. On failure the file's rows are as they were. */
bool graph_put(struct graph *g, const char *path, const char *stamp, struct graph_facts *f,
	       struct err *err);

/* Adds the paths of files of which only a part is there: facts.cut was set. */
bool graph_cut_files(struct graph *g, struct strv *paths, struct err *err);

/* Removes the rows of all files that are not among these. */
bool graph_keep(struct graph *g, const struct strv *paths, struct err *err);

/* Between the two all puts are one write. */
bool graph_begin(struct graph *g, struct err *err);
bool graph_commit(struct graph *g, struct err *err);

enum graph_hit_kind { GRAPH_HIT_MODULE, GRAPH_HIT_SIGNAL, GRAPH_HIT_INSTANCE, GRAPH_HIT_BLOCK };

/* How sure it is, the surest first. */
enum graph_rank {
	GRAPH_RANK_PATH,  /* the name, or the path, as it is */
	GRAPH_RANK_CASE,  /* but for upper and lower case */
	GRAPH_RANK_LIKE,  /* misspelt, or a part of it */
	GRAPH_RANK_WORDS, /* by what its name and its comment say */
};

struct graph_hit {
	enum graph_hit_kind kind;
	enum graph_rank rank;
	int64_t id;	 /* of the module, signal, instance or block */
	int64_t outside; /* of a signal found by a path: the instance that it was found in; 0 */
	char *name, *module, *path, *type, *doc;
	int line;
	enum graph_signal_kind signal;
};

/* What was left out, as flags. */
enum graph_cut {
	GRAPH_CUT_WORDS = 1u << 0, /* of the question */
	GRAPH_CUT_NAMES = 1u << 1, /* of the design: not all were compared */
	GRAPH_CUT_HITS = 1u << 2,  /* GRAPH_HITS_MAX was met */
};

struct graph_hits {
	struct graph_hit *v;
	size_t n, cap;
	unsigned cut;
};

void graph_hits_fini(struct graph_hits *h);

enum graph_ask { GRAPH_ASK_WHERE, GRAPH_ASK_DRIVEN, GRAPH_ASK_LOADS, GRAPH_ASK_RESET };

/* What is meant by a name ("fifo"), a path ("tb.dut.count", "u_fifo.count",
 * "fifo.count"), or words ("the write pointer of the fifo"); best first. *ask: what words
 * such as "driven", "read" or "reset" ask for; it stays where there are none. only: a
 * kind, -1: any. Nothing found is no failure. */
bool graph_find(struct graph *g, const char *asked, int only, enum graph_ask *ask,
		struct graph_hits *out, struct err *err);

/* Called now and then by a search through all names, while no statement is open. False ends
 * the search with that failure, and the graph may be gone. */
struct graph_rest {
	bool (*fn)(void *ctx, struct err *err);
	void *ctx;
};

/* The same, with rests. What changes meanwhile is searched again. */
bool graph_find_resting(struct graph *g, const struct graph_rest *rest, const char *asked, int only,
			enum graph_ask *ask, struct graph_hits *out, struct err *err);

struct graph_site {
	char *path, *module;
	int line;
	char *what;	/* "always_ff at clk, by reset rst", "u_fifo.din, input of fifo" */
	int block;	/* the line in which its block begins; 0: there is none */
	char *signal;	/* whose it is: another one than asked when it comes by way of a port */
	unsigned depth; /* ports on the way */
};

struct graph_sites {
	struct graph_site *v;
	size_t n, cap;
	bool cut; /* GRAPH_SITES_MAX was met, or the way through ports was too long */
	/* The signal is an interface's: places that name it by way of a port or an instance
	 * ("bus.valid") are kept as those of that port and are not among v. */
	bool reached;
};

/* Of a signal; through ports, up and down, to where it is assigned or read. */
bool graph_sites(struct graph *g, const struct graph_hit *signal, enum graph_ask ask,
		 struct graph_sites *out, struct err *err);
void graph_site_fini(struct graph_site *s); /* one of them, that is taken out */
void graph_sites_fini(struct graph_sites *s);

/* "signal count of fifo  rtl/fifo.sv:12  logic [3:0]", one line for each. */
void graph_tell_hits(const struct graph_hits *h, struct str *out);
void graph_tell_cut(const struct graph_hits *h, struct str *out); /* a sentence without an end, or
								   * nothing */
void graph_tell_sites(const struct graph_hit *of, enum graph_ask ask, const struct graph_sites *s,
		      struct str *out);
void graph_json_hit(const struct graph_hit *h, struct str *out);
void graph_json_site(const struct graph_hit *of, enum graph_ask ask, const struct graph_site *s,
		     struct str *out);

/* Of all places: that there is none, or that there may be more, and why; else nothing. */
void graph_json_none(const struct graph_hit *of, enum graph_ask ask, const struct graph_sites *s,
		     struct str *out);

/* What a module is made of and how data goes through it, as text of at most max bytes: its
 * ports, then each block and instance with what it writes and reads. */
bool graph_digest(struct graph *g, int64_t module, size_t max, struct str *out, struct err *err);

/* The same without its ports. */
bool graph_flows(struct graph *g, int64_t module, size_t max, struct str *out, struct err *err);

/* Its first line and its ports, as the digest has them. */
bool graph_ports(struct graph *g, int64_t module, struct str *out, struct err *err);

/* The module around a line of a file: one hit, or none. */
bool graph_module_at(struct graph *g, const char *path, int line, struct graph_hits *out,
		     struct err *err);
/* The modules that one instantiates, each once. */
bool graph_below(struct graph *g, int64_t module, struct graph_hits *out, struct err *err);

/* The modules most like one: that share the words of its name, its ports and its comment;
 * best first, itself not among them. */
bool graph_alike(struct graph *g, int64_t module, size_t max, struct graph_hits *out,
		 struct err *err);

#endif
