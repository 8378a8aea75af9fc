/* host.h - loads C plugins; the only user of dlopen.
 *
 *   posedge_plugin.h           the header that a plugin includes
 *   host                       finds, checks, loads and notifies plugins
 *   plugin_call                runs a plugin's function on its own thread, serves its requests
 *   plugin_kept plugin_notice  memory given to a plugin; notifications
 *   plugin_trial               runs start() in a separate process first; watches memory
 *   plugin_parts               what plugins add, checked; plugin_*: each kind, and the host's
 *                              functions
 *   hello/                     the shortest example; README.md: a plugin from scratch
 *   wavedrom/ yosys/           two useful ones
 *
 * A plugin is code with the person's rights. It is loaded by name from the installed
 * folder or the person's own plugin folder, or by a path from the command line; never
 * from a project. Its file must not be writable by others. One that fails to load is
 * reported and skipped.
 */
#ifndef POSEDGE_HOST_H
#define POSEDGE_HOST_H

#include <stdbool.h>

#include "session/base/err.h"

struct session;
struct workbench;

/* name: "hello" (hello.so in the person's folder, then in the installed one); with
 * by_path, a path. */
bool host_load(struct workbench *w, const char *name, bool by_path, struct err *err);

/* Notifies the plugins of whatever the session records from now on. */
void host_session(struct workbench *w, struct session *s);

/* Stops and unloads all plugins, the last loaded first. */
void host_unload(struct workbench *w);

#endif
