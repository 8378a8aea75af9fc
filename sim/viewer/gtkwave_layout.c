/* A saved layout is kept: once the user has arranged signals in GTKWave and saved, ours
 * does not overwrite it. Ours is recognised by its first line.
 *
 * Saved layouts may come with a cloned project, and a line that begins with ^ names a
 * filter: a file (^1 NAME), or a program that GTKWave starts (^>1 NAME, ^<1 NAME). A
 * layout with the latter is not opened; a copy without these lines is.
 */
#include "config.h"

#include "sim/viewer/gtkwave_layout.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/viewer.h"
#include "sim/viewer/gtkwave_save.h"

/* A link leads to a file that is not ours to overwrite. */
static bool is_saved_by_person(const char *path)
{
	struct str text = STR_INIT;
	struct stat st;
	bool theirs = lstat(path, &st) == 0 && S_ISLNK(st.st_mode);

	if (theirs)
		return true;
	theirs = file_read(path, 16u << 20, &text, NULL) && text.len &&
		 !str_starts(str_cstr(&text), GTKWAVE_OURS);

	str_free(&text);
	return theirs;
}

bool gtkwave_layout_write(const struct view_request *r, struct err *err)
{
	struct gtkwave_layout layout = {
		.trace = r->trace,
		.clock = r->clock,
		.directions = r->directions,
		.wave_path = r->wave_path,
		.save_path = r->save_path,
		.has_marker = r->has_marker,
		.marker = r->marker,
	};
	struct str text = STR_INIT;
	bool ok = true;

	if (!is_saved_by_person(r->save_path)) {
		gtkwave_save_text(&layout, &text);
		ok = file_save(r->save_path, str_cstr(&text), text.len, 0644, err);
	}
	str_free(&text);
	return ok;
}

/* Copies text without the lines that start programs, see above. */
static bool without_programs(const struct str *text, struct str *out)
{
	const char *p = str_cstr(text), *end = p + text->len;
	size_t left_out = 0;

	while (p < end) {
		const char *lf = memchr(p, '\n', (size_t)(end - p)), *line = p;
		size_t n = lf ? (size_t)(lf - p) + 1 : (size_t)(end - p);

		p += n;
		while (n && ((unsigned char)*line <= ' ' || *line == 0x7f)) {
			line++;
			n--;
		}
		if (n && *line == '^' && !(n > 1 && line[1] >= '0' && line[1] <= '9'))
			left_out++;
		else
			str_add(out, line, (size_t)(p - line));
	}
	return left_out > 0;
}

char *gtkwave_layout_harmless(const struct view_request *r, struct err *err)
{
	struct str text = STR_INIT, rest = STR_INIT;
	char *copy = NULL;

	if (!file_read(r->save_path, 16u << 20, &text, err)) {
		str_free(&text);
		return NULL;
	}
	if (!without_programs(&text, &rest)) {
		copy = mem_strdup(r->save_path);
	} else {
		copy = path_join(r->state_dir, "harmless.gtkw");
		if (!file_save(copy, str_cstr(&rest), rest.len, 0600, err)) {
			free(copy);
			copy = NULL;
		}
	}
	str_free(&rest);
	str_free(&text);
	return copy;
}
