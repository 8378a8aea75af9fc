/* yosys_netlist.h - what a flattened netlist of yosys (`write_json`) says of its
 * ports, clocks, resets and registers, and which registers two of them share.
 *
 * Pure: JSON in, facts out. The netlist was made of hostile sources: names are
 * bytes, numbers are checked, and what is not understood is said, not guessed.
 * Format: yosyshq.readthedocs.io, "write_json".
 */
#ifndef POSEDGE_YOSYS_NETLIST_H
#define POSEDGE_YOSYS_NETLIST_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/tool/prover.h"

#define YNET_BITS_MAX  (4u << 20) /* nets of a netlist */
#define YNET_PORTS_MAX 1024
#define YNET_WIDTH_MAX 65536 /* bits of a port */
#define YNET_PAIR_MAX  1024  /* bits of a register in a pair */

struct ynet {
	struct prover_port *ports; /* inputs and outputs, in the order of declaration */
	size_t n_ports;
	size_t registers, latches; /* cells */
	bool *data;   /* of each port: an input that is used as something else than a clock */
	bool makes_x; /* a cell can make x of what is not: an index, a division */
	bool has_x;   /* a constant x, or what nothing drives, is used */
	struct strv
		resets;	   /* of each register with an asynchronous one: name, net, value; sorted */
	bool one_clock;	   /* at most one, a port of one bit, one edge, used for nothing else */
	char *unsupported; /* a clause, why no question can be asked of it; NULL */
};

/* The module of that name in the text of a netlist. The caller deletes it. NULL: err. */
cJSON *ynet_module(const char *text, size_t len, const char *name, cJSON **all, struct err *err);

/* Before asynchronous resets and edges are turned into logic. */
bool ynet_read(const cJSON *module, struct ynet *out, struct err *err);
void ynet_fini(struct ynet *n);
const struct prover_port *ynet_port(const struct ynet *n, const char *name); /* NULL: none */

/* Marks what resets registers, of a netlist in which resets are pins (`opt_dff`): what
 * does so asynchronously, and what does at a clock edge and is called a reset. */
void ynet_find_resets(const cJSON *module, struct ynet *n);

/* The inputs of these names are the resets, and no others: "rst", "rst_n=0" for one that is
 * active low. Ends with NULL; names NULL: as they were found. ERR_USAGE: no such input. */
bool ynet_take_resets(struct ynet *n, const char *const *names, struct err *err);

/* What both have as an output of one name and width: a port, or a register that was made
 * one. free_start: both are registers that begin with nothing known, and none of their
 * bits is in another pair, so that taking them for equal at the start restricts nothing. */
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
