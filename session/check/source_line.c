#include "config.h"

#include "session/check/source_line.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/path.h"

#define FILE_MAX (8u << 20)

static void keep(struct source_line *s, const char *path)
{
	char *rel = NULL;

	free(s->path);
	s->path = mem_strdup(path);
	str_clear(&s->text);
	if (path_inside(s->root, path, &rel, NULL))
		file_read_in(s->root, rel, FILE_MAX, &s->text, NULL);
	free(rel);
}

const char *source_line(struct source_line *s, const char *path, uint32_t line)
{
	const char *at;

	if (!s->path || strcmp(s->path, path) != 0)
		keep(s, path);
	at = str_cstr(&s->text);
	for (uint32_t i = 1; i < line && at; i++) {
		at = strchr(at, '\n');
		at += at != NULL;
	}
	return at && *at && line ? at : NULL;
}

void source_line_fini(struct source_line *s)
{
	free(s->path);
	str_free(&s->text);
	s->path = NULL;
}
