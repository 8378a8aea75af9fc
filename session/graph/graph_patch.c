/* Updates the rows of a file that has changed only a little since it was last read,
 * as it does while the user types. If the lists of modules, signals, blocks and
 * instances have the same lengths and owners, each row keeps its id and only rows
 * with differences are written. Uses are most of the rows. Their common head and tail
 * are kept, and only the uses in between are deleted and inserted. For any other
 * change the caller writes all rows anew.
 *
 * Uses are numbered in the order of insertion, so those in the middle get new numbers at
 * the end. That is harmless, because no query depends on the order of uses within a file.
 */
#include "config.h"

#include "session/graph/graph_patch.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/graph/graph_sql.h"
#include "session/graph/graph_words.h"

void graph_last_fini(struct graph_last *l)
{
	free(l->path);
	graph_facts_fini(&l->f);
	free(l->modules);
	free(l->signals);
	free(l->blocks);
	free(l->instances);
	free(l->uses);
	*l = (struct graph_last){ 0 };
}

bool graph_row_words(struct graph *g, int64_t row, const char *name, const char *doc,
		     const char *context, struct err *err)
{
	struct str parts = STR_INIT, around = STR_INIT;
	bool ok;

	graph_parts(name, &parts);
	graph_parts(context, &around);
	ok = graph_sql_run(g, "INSERT INTO words (rowid, name, doc, context) VALUES (?, ?, ?, ?)",
			   NULL, err, "isss", row, str_cstr(&parts), doc, str_cstr(&around));
	str_free(&parts);
	str_free(&around);
	return ok;
}

bool graph_row_use(struct graph *g, const struct graph_last *l, const struct graph_use *u,
		   int64_t n, struct err *err)
{
	return graph_sql_run(g,
			     "INSERT INTO uses (file, signal, n, block, instance, port,"
			     " position, role, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			     NULL, err, "iiiiiniii", l->file, l->signals[u->signal], n,
			     u->block < 0 ? 0 : l->blocks[u->block],
			     u->instance < 0 ? 0 : l->instances[u->instance], u->port,
			     (int64_t)u->position, (int64_t)u->role, (int64_t)u->line);
}

/* Comparing -------------------------------------------------------------------------------- */

bool graph_patch_fits(const struct graph_last *l, const char *path, const struct graph_facts *f)
{
	const struct graph_facts *o = &l->f;

	if (!l->path || strcmp(l->path, path) != 0 || o->n_modules != f->n_modules ||
	    o->n_signals != f->n_signals || o->n_blocks != f->n_blocks ||
	    o->n_instances != f->n_instances)
		return false;
	for (size_t i = 0; i < f->n_modules; i++) /* each signal's words contain the module's
						   * name */
		if (strcmp(o->modules[i].name, f->modules[i].name) != 0)
			return false;
	for (size_t i = 0; i < f->n_signals; i++)
		if (o->signals[i].module != f->signals[i].module)
			return false;
	for (size_t i = 0; i < f->n_blocks; i++)
		if (o->blocks[i].module != f->blocks[i].module)
			return false;
	for (size_t i = 0; i < f->n_instances; i++)
		if (o->instances[i].module != f->instances[i].module)
			return false;
	return true;
}

/* Updating rows ----------------------------------------------------------------------------- */

static bool same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool new_words(struct graph *g, int64_t row, const char *name, const char *doc,
		      const char *context, struct err *err)
{
	return graph_sql_run(g, "DELETE FROM words WHERE rowid = ?", NULL, err, "i", row) &&
	       graph_row_words(g, row, name, doc, context, err);
}

static bool patch_module(struct graph *g, const struct graph_last *l, const struct graph_facts *f,
			 size_t i, struct err *err)
{
	const struct graph_module *a = &l->f.modules[i], *b = &f->modules[i];
	bool doc = same(a->doc, b->doc);

	if (doc && a->kind == b->kind && a->line == b->line && a->end_line == b->end_line)
		return true;
	return graph_sql_run(
		       g, "UPDATE modules SET kind = ?, line = ?, last = ?, doc = ? WHERE id = ?",
		       NULL, err, "iiisi", (int64_t)b->kind, (int64_t)b->line, (int64_t)b->end_line,
		       b->doc, l->modules[i]) &&
	       (doc || new_words(g, l->modules[i], b->name, b->doc, "", err));
}

static bool patch_signal(struct graph *g, const struct graph_last *l, const struct graph_facts *f,
			 size_t i, struct err *err)
{
	const struct graph_signal *a = &l->f.signals[i], *b = &f->signals[i];
	bool words = same(a->name, b->name) && same(a->doc, b->doc);

	if (words && same(a->type, b->type) && a->kind == b->kind && a->line == b->line &&
	    a->position == b->position)
		return true;
	return graph_sql_run(
		       g,
		       "UPDATE signals SET name = ?, kind = ?, type = ?, doc = ?, position = ?,"
		       " line = ? WHERE id = ?",
		       NULL, err, "sissiii", b->name, (int64_t)b->kind, b->type, b->doc,
		       (int64_t)b->position, (int64_t)b->line, l->signals[i]) &&
	       (words || new_words(g, GRAPH_SIGNAL_ROW + l->signals[i], b->name, b->doc,
				   f->modules[b->module].name, err));
}

static bool patch_block(struct graph *g, const struct graph_last *l, const struct graph_facts *f,
			size_t i, struct err *err)
{
	const struct graph_block *a = &l->f.blocks[i], *b = &f->blocks[i];

	if (same(a->kind, b->kind) && same(a->name, b->name) && same(a->clock, b->clock) &&
	    same(a->reset, b->reset) && same(a->doc, b->doc) && a->line == b->line &&
	    a->end_line == b->end_line)
		return true;
	return graph_sql_run(g,
			     "UPDATE blocks SET kind = ?, name = ?, clock = ?, reset = ?, doc = ?,"
			     " line = ?, last = ? WHERE id = ?",
			     NULL, err, "sssssiii", b->kind, b->name, b->clock, b->reset, b->doc,
			     (int64_t)b->line, (int64_t)b->end_line, l->blocks[i]);
}

static bool patch_instance(struct graph *g, const struct graph_last *l, const struct graph_facts *f,
			   size_t i, struct err *err)
{
	const struct graph_instance *a = &l->f.instances[i], *b = &f->instances[i];

	if (same(a->of, b->of) && same(a->name, b->name) && a->line == b->line &&
	    a->star == b->star)
		return true;
	return graph_sql_run(
		g, "UPDATE instances SET of = ?, name = ?, line = ?, star = ? WHERE id = ?", NULL,
		err, "ssiii", b->of, b->name, (int64_t)b->line, (int64_t)b->star, l->instances[i]);
}

/* Uses between the first and the last difference ---------------------------------------------- */

static bool same_use(const struct graph_use *a, const struct graph_use *b)
{
	return a->signal == b->signal && a->block == b->block && a->instance == b->instance &&
	       a->position == b->position && a->role == b->role && a->line == b->line &&
	       !a->port == !b->port && (!a->port || same(a->port, b->port));
}

static bool patch_uses(struct graph *g, struct graph_last *l, const struct graph_facts *f,
		       struct err *err)
{
	const struct graph_facts *o = &l->f;
	size_t most = o->n_uses < f->n_uses ? o->n_uses : f->n_uses, head = 0, tail = 0;
	int64_t *uses;
	bool ok = true;

	while (head < most && same_use(&o->uses[head], &f->uses[head]))
		head++;
	while (tail < most - head &&
	       same_use(&o->uses[o->n_uses - 1 - tail], &f->uses[f->n_uses - 1 - tail]))
		tail++;
	for (size_t i = head; ok && i + tail < o->n_uses; i++)
		ok = graph_sql_run(g, "DELETE FROM uses WHERE signal = ? AND n = ?", NULL, err,
				   "ii", l->signals[o->uses[i].signal], l->uses[i]);
	uses = mem_calloc(f->n_uses + 1, sizeof(*uses));
	memcpy(uses, l->uses, head * sizeof(*uses));
	memcpy(uses + f->n_uses - tail, l->uses + o->n_uses - tail, tail * sizeof(*uses));
	for (size_t i = head; ok && i + tail < f->n_uses; i++) {
		uses[i] = l->next++;
		ok = graph_row_use(g, l, &f->uses[i], uses[i], err);
	}
	free(l->uses);
	l->uses = uses;
	return ok;
}

bool graph_patch(struct graph *g, struct graph_last *l, const char *stamp, struct graph_facts *f,
		 struct err *err)
{
	bool ok = graph_sql_run(g, "UPDATE files SET stamp = ?, cut = ? WHERE id = ?", NULL, err,
				"sii", stamp, (int64_t)f->cut, l->file);

	for (size_t i = 0; ok && i < f->n_modules; i++)
		ok = patch_module(g, l, f, i, err);
	for (size_t i = 0; ok && i < f->n_signals; i++)
		ok = patch_signal(g, l, f, i, err);
	for (size_t i = 0; ok && i < f->n_blocks; i++)
		ok = patch_block(g, l, f, i, err);
	for (size_t i = 0; ok && i < f->n_instances; i++)
		ok = patch_instance(g, l, f, i, err);
	ok = ok && patch_uses(g, l, f, err);
	graph_facts_fini(&l->f);
	l->f = *f;
	*f = (struct graph_facts){ 0 };
	return ok;
}
