/* host.h - loading C plugins: the one home of dlopen.
 *
 *   posedge_plugin.h   what a plugin includes      host   finds, checks, loads, tells
 *   plugin_call        a plugin's function on a thread of its own, and what it asks for
 *   plugin_kept plugin_notice  what it is handed out; what it is told of
 *   plugin_trial       start() tried in a process of its own; memory
 *   plugin_parts       what plugins add, checked; plugin_* each kind, and each host's function
 *   hello/             the shortest example        README.md   a plugin from nothing
 *   wavedrom/ yosys/   two that are of use
 *
 * A plugin is code with the person's rights. It is loaded by name from the
 * installed folder or the person's own plugin folder, or from a path given on
 * the command line; never from a project. Its file must not be writable by
 * others. One that fails to load is named and skipped.
 */
#ifndef POSEDGE_HOST_H
#define POSEDGE_HOST_H

#include <stdbool.h>

#include "session/base/err.h"

struct session;
struct workbench;

/* name: "hello" (looked for as hello.so in the person's folder, then in the
 * installed one), or with by_path a path. */
bool host_load(struct workbench *w, const char *name, bool by_path, struct err *err);

/* Tells the plugins of what the session records from now on. */
void host_session(struct workbench *w, struct session *s);

/* Stops and unloads all, youngest first. */
void host_unload(struct workbench *w);

#endif
