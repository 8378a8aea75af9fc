/* tool_version.h - version lines of the EDA tools, each asked once. */
#ifndef POSEDGE_TOOL_VERSION_H
#define POSEDGE_TOOL_VERSION_H

struct loop;
struct simulator_ops;

struct tool_versions;

struct tool_versions *tool_versions_new(void);
void tool_versions_free(struct tool_versions *known); /* NULL is fine */

/* In a task, after that engine was used: a line such as "Icarus Verilog version
 * 11.0 (stable)"; "" if the engine has no version or does not report it. Each
 * engine is asked only once, so a tool that is replaced meanwhile keeps its old
 * line. Borrowed from known. */
const char *tool_version(struct tool_versions *known, struct loop *l,
			 const struct simulator_ops *ops);

#endif
