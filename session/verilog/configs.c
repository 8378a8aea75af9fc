/* `config` is a keyword only where a design element may begin; inside of a module it is a
 * plain name. So the walk counts the keywords that open and close elements, and takes a
 * configuration only at depth 0 and in the form "config NAME ;" up to its endconfig. Its
 * letters become blanks, its line ends and tabs stay, and all positions behind it hold.
 */
#include "config.h"

#include "session/verilog/configs.h"

#include <stdint.h>
#include <string.h>

#include "session/base/str.h"
#include "session/verilog/verilog.h"

/* Keywords that open and close what may contain a signal called config. */
static int depth_of(const struct vwalk *w)
{
	static const char *const units[] = { "module",	"macromodule", "interface", "program",
					     "package", "class",       "primitive" };

	if (w->t.kind != VTOKEN_KEYWORD)
		return 0;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		size_t n = strlen(units[i]);

		if (vwalk_is(w, units[i]))
			return 1;
		if (w->t.len == n + 3 && memcmp(w->text + w->at, "end", 3) == 0 &&
		    memcmp(w->text + w->at + 3, units[i], n) == 0)
			return -1;
	}
	return 0;
}

/* At config: past its endconfig; 0 if it is not one, SIZE_MAX if it has no end. */
static size_t end_of(struct vwalk w)
{
	if (!vwalk_next(&w) || w.t.kind != VTOKEN_NAME || !vwalk_next(&w) || !vwalk_is(&w, ";"))
		return 0;
	while (vwalk_next(&w))
		if (vwalk_is(&w, "endconfig"))
			return w.at + w.t.len;
	return SIZE_MAX;
}

bool configs_blank(const char *text, size_t len, struct str *out)
{
	struct vwalk w = { .text = text, .len = len };
	size_t copied = 0, end;
	int depth = 0;

	if (!memmem(text, len, "endconfig", strlen("endconfig")))
		return false;
	while (vwalk_next(&w)) {
		depth += depth_of(&w);
		end = depth <= 0 && vwalk_is(&w, "config") ? end_of(w) : 0;
		if (end == 0)
			continue;
		if (end == SIZE_MAX) /* nor has a later one an end */
			break;
		str_add(out, text + copied, w.at - copied);
		for (size_t i = w.at; i < end; i++)
			str_addc(out, text[i] == '\n' || text[i] == '\r' || text[i] == '\t'
					      ? text[i]
					      : ' ');
		copied = end;
		w.t.len = end - w.at;
	}
	if (copied)
		str_add(out, text + copied, len - copied);
	return copied > 0;
}
