/* Finds the macro that would exclude an instance. */
#include "config.h"

#include "session/project/black_box_scan.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/project/project.h"
#include "session/verilog/verilog.h"

#define MAX_NESTED 64u

/* An open `ifdef or `ifndef. */
struct branch {
	size_t name, len; /* of its macro, in the text */
	bool negative;	  /* the current branch is active because the macro is undefined */
};

struct conditions {
	const char *text;
	size_t len, off;
	enum vlex_state state;
	struct branch open[MAX_NESTED];
	size_t n;
	int line;
};

static struct vtoken next(struct conditions *c)
{
	struct vtoken t = vlex_next(c->text, c->len, c->off, &c->state);

	for (size_t i = 0; i < t.len; i++)
		c->line += c->text[t.off + i] == '\n';
	c->off += t.len;
	return t;
}

static bool is(const struct conditions *c, const struct vtoken *t, const char *word)
{
	return t->len == strlen(word) && memcmp(c->text + t->off, word, t->len) == 0;
}

static void push(struct conditions *c, bool negative)
{
	struct vtoken t;

	do
		t = next(c);
	while (t.kind == VTOKEN_SPACE && c->off < c->len);
	if (c->n < MAX_NESTED)
		c->open[c->n++] = (struct branch){ t.off, t.len, negative };
}

static void directive(struct conditions *c, const struct vtoken *t)
{
	struct branch *b = c->n ? &c->open[c->n - 1] : NULL;

	if (is(c, t, "`ifdef") || is(c, t, "`ifndef"))
		push(c, t->len == 7);
	else if (b && is(c, t, "`else"))
		b->negative = !b->negative;
	else if (b && is(c, t, "`elsif"))
		b->negative = true;
	else if (b && is(c, t, "`endif"))
		c->n--;
}

static bool is_asked(const struct voutline *o, const char *name)
{
	for (size_t i = 0; o && i < o->n_uses; i++)
		if (o->uses[i].asked && strcmp(o->uses[i].name, name) == 0)
			return true;
	return false;
}

char *box_condition(const struct project *p, const char *path, int line)
{
	struct conditions c = { .line = 1 };
	struct str disk = STR_INIT;
	const struct project_file *f = project_find(p, path);
	char *found = NULL;

	c.text = project_overlay_text(p, path, &c.len);
	if (!c.text && file_read_in(project_root(p), path, PROJECT_MAX_OUTLINE, &disk, NULL)) {
		c.text = str_cstr(&disk);
		c.len = disk.len;
	}
	while (c.text && c.off < c.len && c.line < line) {
		struct vtoken t = next(&c);

		if (t.kind == VTOKEN_DIRECTIVE)
			directive(&c, &t);
	}
	for (size_t i = c.n; !found && i > 0; i--) {
		char *name = c.open[i - 1].negative
				     ? mem_strndup(c.text + c.open[i - 1].name, c.open[i - 1].len)
				     : NULL;

		if (name && f && is_asked(f->outline, name))
			found = name;
		else
			free(name);
	}
	str_free(&disk);
	return found;
}
