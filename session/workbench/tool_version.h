/* tool_version.h - what the EDA tools say of themselves, asked once. */
#ifndef POSEDGE_TOOL_VERSION_H
#define POSEDGE_TOOL_VERSION_H

#include <stddef.h>

struct loop;
struct simulator_ops;

struct tool_says {
	const struct simulator_ops *ops;
	char *line; /* owned */
};

struct tool_versions { /* a zeroed one is empty */
	struct tool_says *v;
	size_t n;
};

void tool_versions_fini(struct tool_versions *known);

/* In a task, after that engine has said something: a line such as "Icarus Verilog version
 * 11.0 (stable)"; "" where the engine has no version, or does not tell it. Asked once for
 * each engine while known lasts, so a tool that is exchanged meanwhile is told as it was.
 * Borrowed from known. */
const char *tool_version(struct tool_versions *known, struct loop *l,
			 const struct simulator_ops *ops);

#endif
