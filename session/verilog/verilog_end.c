/* Finds the end of a module among its tokens, as the word may also occur in a
 * label, a comment or a string. The last one is used, since `ifdef branches may
 * contain several.
 */
#include "config.h"

#include <string.h>

#include "session/verilog/verilog.h"

bool voutline_endmodule(const char *text, size_t len, const char *module, size_t *off)
{
	static const char word[] = "endmodule";
	enum vlex_state state = VLEX_CODE;
	struct voutline o;
	const struct vmodule *m;
	struct vtoken k;
	bool found = false;

	voutline_init(&o, text, len);
	m = voutline_module(&o, module);
	for (size_t at = m && m->end_line ? m->off : len; m && at < m->end; at += k.len) {
		k = vlex_next(text, len, at, &state);
		if (k.kind != VTOKEN_KEYWORD || k.len != strlen(word) ||
		    memcmp(text + k.off, word, k.len) != 0)
			continue;
		*off = k.off;
		found = true;
	}
	voutline_fini(&o);
	return found;
}
