/* digest.h - summaries of the design for a model, sent in addition to its files.
 *
 * "flow": control and data flow, from the graph that `find` uses: for each module its
 * blocks with the signals they write, test and read, and its instances with their
 * connections. "netlist": yosys' result for each module and everything below it: gates,
 * registers, longest path. Modules named in the question come first, then the tops,
 * then the rest; testbenches are left out. The last line counts what did not fit.
 */
#ifndef POSEDGE_DIGEST_H
#define POSEDGE_DIGEST_H

#include <stdbool.h>

#include "session/base/err.h"

struct str;
struct workbench;

#define DIGEST_FLOW_BYTES    6000u /* about 3000 tokens, by prompt_estimate() */
#define DIGEST_MODULE_BYTES  1500u /* per module */
#define DIGEST_NETLIST_BYTES 2000u /* about 1000 tokens */
#define DIGEST_SIZED_MAX     12u   /* modules passed to yosys */
#define DIGEST_SECONDS	     10u   /* for all of them; cached results are free */

/* Implements ports.digest; call in a task. Appends nothing if there are only
 * testbenches. ERR_TOOL: why there is no summary, in a few words ("no yosys here");
 * ERR_CANCELLED; errors of the graph. */
bool digest_tell(struct workbench *w, const char *which, const char *question, struct str *out,
		 struct err *err);

#endif
