/* verilog_words.h - the reserved words, as the parts of verilog.h know them.
 *
 * Inner header: for session/verilog*.c only.
 */
#ifndef POSEDGE_VERILOG_WORDS_H
#define POSEDGE_VERILOG_WORDS_H

#include <stddef.h>

#include "session/verilog/lang.h"
#include "session/verilog/verilog.h"

/* Those that the outline asks for by name; the rest is VWORD_OTHER. */
enum vword {
	VWORD_NONE, /* not reserved in any of the languages */
	VWORD_OTHER,
	VWORD_TYPE, /* int, reg, wire: begins a type */
	VWORD_ASSERT,
	VWORD_BEGIN,
	VWORD_BIND,
	VWORD_CLASS,
	VWORD_CLOCKING,
	VWORD_CONFIG, /* instance, cell, library: words of configurations, names for most tools */
	VWORD_CONST,
	VWORD_CONTROL, /* case, if: what unique and priority stand before */
	VWORD_COVERGROUP,
	VWORD_ELSE,
	VWORD_END, /* end, join, endcase: after it something new begins */
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
	VWORD_LOOP, /* always, forever: what a clock is made with */
	VWORD_MODPORT,
	VWORD_MODULE,
	VWORD_NEWTYPE, /* bit, int, logic: a type that Verilog-2005 lacks */
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
	VWORD_SURE, /* always_comb, packed: nobody names a signal so */
	VWORD_UWIRE,
};

/* vlex_next() into *t: it is called for every token, and a copy of what was just
 * written is slow. */
void vlex_into(const char *text, size_t len, size_t off, enum vlex_state *state, struct vtoken *t);

/* What word is; *since (may be NULL) is the first language that reserves it. */
enum vword vword_find(const char *word, size_t len, enum lang *since);

#endif
