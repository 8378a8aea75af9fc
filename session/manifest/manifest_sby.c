/* SymbiYosys: .sby, a formal proof of a design.
 *
 * `[files]` lists the files that are copied to where the Yosys script in
 * `[script]` finds them, one per line, or `NAME PATH`. The script names the top
 * and the include folders; its defines (FORMAL, and those of one task) belong to
 * the proof, not to the design. A line may start with the tasks it is for.
 * Source: yosyshq.readthedocs.io/projects/sby, "Reference for .sby file format".
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/manifest/manifest_inner.h"

static bool in(const char *section, const char *name)
{
	return strncmp(section, name, strlen(name)) == 0 && section[strlen(name)] == ']';
}

static void add_file(struct reading *r, const char *line)
{
	const char *name = line + strcspn(line, " \t");
	char *only;

	name += strspn(name, " \t");
	if (!*name)
		name = line;
	only = mem_strndup(name, strcspn(name, " \t"));
	if (reading_is_hdl(only)) {
		r->sv = true; /* because `read -formal` reads SystemVerilog */
		reading_add(r, only, reading_role(only));
		r->sv = false;
	}
	free(only);
}

/* Handles `prep -top m` and `hierarchy -top m`. */
static void add_top(struct reading *r, const char *line)
{
	const char *top = strstr(line, "-top ");
	char *name;

	if (!top)
		return;
	top += 5 + strspn(top + 5, " \t");
	name = mem_strndup(top, strcspn(top, " \t;"));
	if (name[0] && name[0] != '-')
		reading_add_top(r, name);
	free(name);
}

bool manifest_read_sby(struct reading *r, const char *text, size_t len, struct err *err)
{
	const char *section = "";
	int number = 0;

	reading_from_folder(r);
	for (size_t i = 0; i < len;) {
		size_t n = strcspn(text + i, "\r\n"), skip = strspn(text + i, " \t");
		char *line = mem_strndup(text + i + skip, n > skip ? n - skip : 0);
		const char *p = line, *colon = strchr(line, ':');

		r->line = ++number;
		if (text[i] == '[')
			section = text + i + 1;
		if (colon && colon[1] == ' ') /* skip "task: " */
			p = colon + 1 + strspn(colon + 1, " \t");
		if (p[0] && p[0] != '#' && text[i] != '[') {
			if (in(section, "files"))
				add_file(r, p);
			else if (in(section, "script"))
				add_top(r, p);
		}
		free(line);
		i += n + 1 + (text[i + n] == '\r' && text[i + n + 1] == '\n');
	}
	r->line = 0;
	return true;
}
