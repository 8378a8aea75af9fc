/* Microchip's Libero: .prjx, lines of keys and lists.
 *
 * The format is not published; this is what Libero 11 to 2022 write:
 *
 *   KEY VERILOGMODE "SYSTEMVERILOG"
 *   KEY ActiveRoot "top::work"
 *   LIST FileManager
 *   VALUE "<project>\hdl\top.v,hdl"        for a testbench: ,tb_hdl
 *   STATE="utd"
 *   IS_INCLUDED="TRUE"                     for a header
 *   ENDFILE
 *   ENDLIST
 *
 * Names are in Windows syntax; <project> is the project's folder.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/manifest/manifest_inner.h"

struct libero {
	struct reading *r;
	bool sv;     /* the project's mode */
	bool files;  /* inside LIST FileManager */
	char *file;  /* the current file; NULL: none */
	char *sort;  /* the text after its comma */
	bool header; /* it is only included */
};

/* The text between the first two quotes, or NULL; the caller frees. */
static char *quoted(const char *line)
{
	const char *from = strchr(line, '"'), *to = from ? strchr(from + 1, '"') : NULL;

	return to ? mem_strndup(from + 1, (size_t)(to - from - 1)) : NULL;
}

static void end_file(struct libero *l)
{
	struct reading *r = l->r;
	bool design = l->file && l->sort && strcmp(l->sort, "hdl") == 0;
	bool test = l->file && l->sort && strcmp(l->sort, "tb_hdl") == 0;

	if ((design || test) && reading_is_hdl(l->file)) {
		r->test = test;
		r->sv = l->sv && !l->header;
		reading_add(r, l->file, l->header ? MANIFEST_HEADER : reading_role(l->file));
		r->test = r->sv = false;
	}
	free(l->file);
	l->file = NULL;
}

static void begin_file(struct libero *l, const char *line)
{
	char *name = quoted(line), *comma = name ? strrchr(name, ',') : NULL;

	end_file(l);
	l->header = false;
	if (!comma) {
		free(name);
		return;
	}
	*comma = '\0';
	for (char *p = name; *p; p++)
		if (*p == '\\')
			*p = '/';
	free(l->sort);
	l->sort = mem_strdup(comma + 1);
	l->file = mem_strdup(str_starts(name, "<project>/") ? name + 10 : name);
	free(name);
}

static void key(struct libero *l, const char *line)
{
	char *value = quoted(line);

	if (value && str_starts(line, "ActiveRoot ")) {
		value[strcspn(value, ":")] = '\0'; /* top::work */
		if (value[0])
			reading_add_top(l->r, value);
	} else if (value && str_starts(line, "VERILOGMODE ")) {
		l->sv = strcmp(value, "SYSTEMVERILOG") == 0;
	}
	free(value);
}

static void one_line(struct libero *l, const char *line)
{
	if (str_starts(line, "LIST "))
		l->files = strcmp(line + 5, "FileManager") == 0;
	else if (strcmp(line, "ENDLIST") == 0)
		l->files = false;
	else if (str_starts(line, "KEY "))
		key(l, line + 4);
	else if (l->files && str_starts(line, "VALUE "))
		begin_file(l, line);
	else if (l->files && strcmp(line, "IS_INCLUDED=\"TRUE\"") == 0)
		l->header = true;
	else if (l->files && strcmp(line, "ENDFILE") == 0)
		end_file(l);
}

bool manifest_read_libero(struct reading *r, const char *text, size_t len, struct err *err)
{
	struct libero l = { .r = r };

	reading_from_folder(r);
	r->line = 1;
	for (size_t i = 0; i < len; r->line++) {
		size_t n = strcspn(text + i, "\n");
		char *line = mem_strndup(text + i, n && text[i + n - 1] == '\r' ? n - 1 : n);

		one_line(&l, line);
		free(line);
		i += n + 1;
	}
	end_file(&l);
	free(l.sort);
	r->line = 0;
	return true;
}
