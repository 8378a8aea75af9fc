/* digest.h - what a question is told of the design besides its files, as text for a model.
 *
 * "flow": how control and data go, from the graph that `find` uses: for each module its
 * blocks with what they write, decide on and read, and its instances with what is connected.
 * "netlist": what yosys makes of each module with all below it: gates, registers, the longest
 * path. Modules that the question names stand first, then the tops, then the others;
 * testbenches are left out. What does not fit is counted in the last line.
 */
#ifndef POSEDGE_DIGEST_H
#define POSEDGE_DIGEST_H

#include <stdbool.h>

#include "session/base/err.h"

struct str;
struct workbench;

#define DIGEST_FLOW_BYTES    6000u /* about 3000 tokens, by prompt_estimate() */
#define DIGEST_MODULE_BYTES  1500u /* of one module's flow */
#define DIGEST_NETLIST_BYTES 2000u /* about 1000 tokens */
#define DIGEST_SIZED_MAX     12u   /* modules that yosys is asked for */
#define DIGEST_SECONDS	     10u   /* for all of them; what is known costs nothing */

/* In a task. As ports.digest. Nothing in out: there is no module but testbenches. ERR_TOOL: in
 * a few words why it is not known ("no yosys here"); ERR_CANCELLED; what the graph says. */
bool digest_tell(struct workbench *w, const char *which, const char *question, struct str *out,
		 struct err *err);

#endif
