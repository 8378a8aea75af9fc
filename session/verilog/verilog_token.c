/* Classifies tokens for the outline's parser. At the words of vtok_breaks() it
 * gives up on a broken statement and continues: none of them can occur inside
 * one.
 */
#include "config.h"

#include "session/verilog/verilog_scan.h"

#include <string.h>

bool vtok_text_is(const struct vtok *t, const char *text)
{
	return !t->end && t->len == strlen(text) && memcmp(t->s, text, t->len) == 0;
}

bool vtok_name(const struct vtok *t)
{
	return !t->end && (t->kind == VTOKEN_NAME || (t->kind == VTOKEN_KEYWORD && !t->old));
}

bool vtok_opens(const struct vtok *t)
{
	return t->symbol == '(' || t->symbol == '[' || t->symbol == '{';
}

bool vtok_closes(const struct vtok *t)
{
	return t->symbol == ')' || t->symbol == ']' || t->symbol == '}';
}

bool vtok_breaks(const struct vtok *t)
{
	switch (t->word) {
	case VWORD_MODULE:
	case VWORD_ENDMODULE:
	case VWORD_ENDINTERFACE:
	case VWORD_ENDPACKAGE:
	case VWORD_ENDPRIMITIVE:
	case VWORD_ENDPROGRAM:
	case VWORD_ENDCLASS:
		return true;
	default:
		return t->end;
	}
}
