/* verilog_words.h - the reserved words, for the parts of verilog.h.
 *
 * Internal header, for session/verilog/verilog*.c only.
 */
#ifndef POSEDGE_VERILOG_WORDS_H
#define POSEDGE_VERILOG_WORDS_H

#include <stddef.h>

#include "session/verilog/lang.h"

/* Words that the outline distinguishes; all others are VWORD_OTHER. */
enum vword {
	VWORD_NONE, /* not reserved in any version */
	VWORD_OTHER,
	VWORD_TYPE, /* int, reg, wire: starts a type */
	VWORD_ASSERT,
	VWORD_BEGIN,
	VWORD_BIND,
	VWORD_CLASS,
	VWORD_CLOCKING,
	/* instance, cell, library: words of configurations, plain names to most tools */
	VWORD_CONFIG,
	VWORD_CONST,
	VWORD_CONTROL, /* case, if: may follow unique and priority */
	VWORD_COVERGROUP,
	VWORD_ELSE,
	VWORD_END, /* end, join, endcase: something new starts after it */
	VWORD_ENDCLASS,
	VWORD_ENDINTERFACE,
	VWORD_ENDMODULE,
	VWORD_ENDPACKAGE,
	VWORD_ENDPRIMITIVE,
	VWORD_ENDPROGRAM,
	VWORD_ENDSUB, /* endfunction, endtask, endclocking */
	VWORD_ENUM,
	VWORD_EXPORT,
	VWORD_EXTERN,
	VWORD_FINAL,
	VWORD_FUNCTION, /* and task */
	VWORD_IMPORT,
	VWORD_INITIAL,
	VWORD_INOUT,
	VWORD_INPUT,
	VWORD_INTERFACE,
	VWORD_LIFETIME, /* automatic, static */
	VWORD_LOCALPARAM,
	VWORD_LOOP, /* always, forever: used to make a clock */
	VWORD_MODPORT,
	VWORD_MODULE,
	VWORD_NEWTYPE, /* bit, int, logic: a type missing in Verilog-2005 */
	VWORD_OUTPUT,
	VWORD_PACKAGE,
	VWORD_PARAMETER,
	VWORD_PRIMITIVE,
	VWORD_PROGRAM,
	VWORD_PURE,
	VWORD_REF,
	VWORD_SIGNED, /* and unsigned */
	VWORD_STRUCT, /* and union */
	VWORD_TYPEDEF,
	VWORD_UNIQUE, /* unique, unique0, priority */
	VWORD_VIRTUAL,
	VWORD_WITH,
	VWORD_SURE, /* always_comb, packed: never used as a signal's name */
	VWORD_UWIRE,
};

/* Classifies a word; *since (may be NULL) is the first version that reserves it. */
enum vword vword_find(const char *word, size_t len, enum lang *since);

#endif
