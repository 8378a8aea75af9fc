/* answer_name.h - which file a model names for a block.
 *
 * It looks in three places: the info string of the fence, the line above the block,
 * and the comment at the start of the block. Part of answer_parse(); pure.
 */
#ifndef POSEDGE_ANSWER_NAME_H
#define POSEDGE_ANSWER_NAME_H

#include <stdbool.h>

#include "session/text/slice.h"

enum name_kind {
	NAME_NONE,
	NAME_MENTIONED, /* in a sentence that may be about another file */
	NAME_GIVEN,	/* the line contains nothing else */
};

/* Parses `verilog rtl/x.sv`, `verilog:rtl/x.sv`, `title="x.sv"`, ...; either result
 * may be empty. */
void name_from_info(struct slice info, struct slice *language, struct slice *path);

/* Finds the name in `**rtl/x.sv**`, `### File: rtl/x.sv`, `Save this as `x.sv`:`. A
 * line with two different names gives none. */
enum name_kind name_from_line(struct slice line, struct slice *path);

/* Finds `// rtl/x.sv` or `// File: x.sv` in the first comment. */
bool name_from_comment(struct slice code, struct slice *path);

/* Normalizes a path: \ between folders (Windows) becomes /, and \ before _ or *
 * (Markdown) is removed. The caller frees. */
char *name_normalize(struct slice path);

/* True for "C:/x": a path on another machine's drive. */
bool name_has_drive(const char *path);

/* True if a fence's language is Verilog or says nothing: "SystemVerilog-2017". */
bool name_is_verilog_language(struct slice language);

/* x for rtl/x.sv. */
struct slice name_stem(struct slice path);

/* By the extension; a header counts as Verilog. */
bool name_is_verilog(struct slice path);
bool name_is_header(struct slice path);

#endif
