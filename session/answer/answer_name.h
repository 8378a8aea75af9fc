/* answer_name.h - which file a model says a block is.
 *
 * Three places: the info string of the fence, the line above the block, and
 * the comment it starts with. Part of answer_parse(); pure.
 */
#ifndef POSEDGE_ANSWER_NAME_H
#define POSEDGE_ANSWER_NAME_H

#include <stdbool.h>

#include "session/text/slice.h"

enum name_kind {
	NAME_NONE,
	NAME_MENTIONED, /* in a sentence that may be about another file */
	NAME_GIVEN,	/* the line says nothing else */
};

/* `verilog rtl/x.sv`, `verilog:rtl/x.sv`, `title="x.sv"`, ...: either may be
 * empty afterwards. */
void name_from_info(struct slice info, struct slice *language, struct slice *path);

/* `**rtl/x.sv**`, `### File: rtl/x.sv`, `Save this as `x.sv`:`. A line with
 * two different names gives none. */
enum name_kind name_from_line(struct slice line, struct slice *path);

/* `// rtl/x.sv`, or `// File: x.sv` within the first comment. */
bool name_from_comment(struct slice code, struct slice *path);

/* A path as it was written, in our spelling: \ between folders as on Windows is /,
 * and that in front of _ or * is Markdown's. The caller frees. */
char *name_copy(struct slice path);

/* "C:/x": it lies on a drive of another machine. */
bool name_has_drive(const char *path);

/* A fence's language that is Verilog, or that says nothing: "SystemVerilog-2017". */
bool name_language_is_ours(struct slice language);

/* x of rtl/x.sv. */
struct slice name_stem(struct slice path);

/* Verilog by its ending; a header is one of those. */
bool name_is_verilog(struct slice path);
bool name_is_header(struct slice path);

#endif
