/* yosys_netlist.h - the ports, clocks, resets and registers of a flattened netlist of
 * yosys (`write_json`), and the registers that two netlists share.
 *
 * Pure: JSON in, facts out. The netlist was made of hostile sources: names are bytes,
 * numbers are checked, and what is not understood is reported, not guessed. Format:
 * yosyshq.readthedocs.io, "write_json".
 */
#ifndef POSEDGE_YOSYS_NETLIST_H
#define POSEDGE_YOSYS_NETLIST_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/tool/prover.h"

#define YNET_PORTS_MAX 1024
#define YNET_WIDTH_MAX 65536 /* bits per port */
#define YNET_PAIR_MAX  1024  /* bits per register in a pair */

struct ynet {
	struct prover_port *ports; /* inputs and outputs in declaration order */
	size_t n_ports;
	size_t registers, latches; /* number of cells */
	bool *data;		   /* per port: an input with other uses than as a clock */
	bool makes_x; /* a cell can produce x from known values: an index, a division */
	bool has_x;   /* a constant x or an undriven net is used */
	/* Per register with an asynchronous reset: name, net, value; sorted. */
	struct strv resets;
	bool one_clock;	   /* at most one clock: a port of one bit, one edge, no other use */
	char *unsupported; /* why no query is possible, as a clause; NULL */
	/* Why a step is not always what a simulator does, as a clause; set by
	 * yosys_order(). NULL: it is, or there is one clock. */
	char *unordered;
};

/* The module of that name in a netlist's text. The caller deletes *all. NULL with
 * err. */
cJSON *ynet_module(const char *text, size_t len, const char *name, cJSON **all, struct err *err);

/* Call before asynchronous resets and edges are turned into logic. */
bool ynet_read(const cJSON *module, struct ynet *out, struct err *err);
void ynet_fini(struct ynet *n);
const struct prover_port *ynet_port(const struct ynet *n, const char *name); /* NULL: none */

/* Marks the resets in a netlist where they are pins (`opt_dff`): asynchronous ones,
 * and synchronous ones that are named like a reset. */
void ynet_find_resets(const cJSON *module, struct ynet *n);

/* Makes exactly these inputs the resets: "rst", or "rst_n=0" if active low. Ends
 * with NULL; names NULL: as detected. ERR_USAGE: no such input. */
bool ynet_take_resets(struct ynet *n, const char *const *names, struct err *err);

/* An output of the same name and width in both: a port, or a register that was made
 * one. free_start: both are registers without a known initial value, and none of
 * their bits is in another pair, so assuming them equal at the start restricts
 * nothing. */
struct ynet_pair {
	char *name; /* can be written as \name in Verilog */
	int width;
	bool is_port; /* ynet_port() has it */
	bool free_start;
};

struct ynet_pairs {
	struct ynet_pair *v;
	size_t n;
};

/* n: of either, before registers were made ports. Wide registers are left out. */
void ynet_pairs_find(const cJSON *a, const cJSON *b, const struct ynet *n, struct ynet_pairs *out);
void ynet_pairs_fini(struct ynet_pairs *p);

#endif
