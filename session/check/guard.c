/* No simulation without a sandbox unless the user agrees: a testbench may be
 * written by a model, and with $fopen or $system it can do what the user can. The
 * question is asked once per session; without a user to ask, the run is refused.
 */
#include "config.h"

#include "session/check/guard.h"

#include <string.h>

#include "session/option/opt.h"
#include "session/tool/simulator.h"
#include "session/workbench/workbench.h"

bool guard_is_off(const struct workbench *w)
{
	return w->kept.unguarded || strcmp(w->options->sandbox, "none") == 0;
}

bool guard_passes(struct workbench *w, const struct simulator_ops *ops, struct err *err)
{
	if (!ops->isolates || guard_is_off(w) || ops->isolates(w->loop))
		return true;
	if (!w->out.ask)
		return err_set(err, ERR_CONSENT,
			       "nothing was run: without bubblewrap, which is missing or may make "
			       "no namespaces here, "
			       "a simulation could read and change all of your files. `apt-get "
			       "install bubblewrap`; "
			       "or allow it with the line `set sandbox none` in "
			       "~/.config/posedge/posedgerc");
	w->kept.unguarded =
		w->out.ask(w->out.ctx, "bubblewrap is missing or may make no namespaces "
				       "here, so this simulation could read and "
				       "change all of your files. Run it all the same?");
	return w->kept.unguarded || err_set(err, ERR_CANCELLED, "nothing was run");
}
