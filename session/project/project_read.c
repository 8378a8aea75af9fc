/* Reads the outlines.
 *
 * An outline depends on more than its file: on included files, and on macros that
 * other files define before it. Each entry lists the files that its outline
 * depends on. Changes only mark entries as stale; they are read on the next
 * query, so pushing and popping overlays costs nothing.
 *
 * A macro that a file uses and does not define is looked up in the other files,
 * as tools do if that file is named first. The user is then read again with the
 * macros of the definer, which may add includes and instances; a few rounds reach
 * a fixed point.
 */
#include "config.h"

#include "session/project/project_inner.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/verilog/vmacros.h"
#include "session/verilog/vpp.h"

#define MAX_ROUNDS   4u
#define MAX_KEPT     (64u << 20) /* bytes of included files cached while many files are read */
#define MAX_DEFINERS 16u	 /* files from which one file takes macros */

/* Cache of included texts, each read once for all includers. */
struct kept {
	char *path;
	struct str text;
};

struct reading {
	struct project *p;
	struct kept *v;
	size_t n, cap, bytes;
	struct name_map at;
};

static bool read_text(const struct project *p, const char *path, struct str *out)
{
	size_t len;
	const char *text = project_overlay_text(p, path, &len);
	bool ok;

	if (text) {
		str_add(out, text, len);
		return len <= PROJECT_MAX_OUTLINE;
	}
	ok = file_read_in(p->root, path, PROJECT_MAX_OUTLINE, out, NULL);
	return ok;
}

static void forget_texts(struct reading *r)
{
	name_map_fini(&r->at);
	for (size_t i = 0; i < r->n; i++) {
		free(r->v[i].path);
		str_free(&r->v[i].text);
	}
	r->n = r->bytes = 0;
}

static bool find_include(void *ctx, const char *from, const char *name, bool angle,
			 const char **path, const char **text, size_t *len)
{
	struct reading *r = ctx;
	char *found = project_include_path(r->p, from, name);
	struct kept *k;
	size_t at;

	if (!found)
		return false;
	if (!name_map_get(&r->at, found, strlen(found), &at)) {
		struct str s = STR_INIT;

		if (!read_text(r->p, found, &s)) {
			str_free(&s);
			free(found);
			return false;
		}
		MEM_ROOM(r->v, r->n, r->cap);
		at = r->n++;
		r->v[at] = (struct kept){ found, s };
		name_map_put(&r->at, found, strlen(found), at);
		r->bytes += s.len;
	} else {
		free(found);
	}
	k = &r->v[at];
	*path = k->path;
	*text = str_cstr(&k->text);
	*len = k->text.len;
	return true;
}

/* One file ---------------------------------------------------------------------- */

static void note_depends(struct entry *e)
{
	const struct voutline *o = e->file.outline;

	for (size_t i = 0; i < o->n_included; i++)
		if (o->included[i].path && !strv_has(&e->depends, o->included[i].path))
			strv_add(&e->depends, o->included[i].path);
	for (size_t i = 0; i < e->definers.n; i++)
		strv_add_once(&e->depends, e->definers.v[i]);
}

static void note_lacks(struct entry *e)
{
	strv_free(&e->lacks);
	strv_free(&e->asks);
	for (size_t i = 0; i < e->file.outline->n_uses; i++)
		strv_add(e->file.outline->uses[i].asked ? &e->asks : &e->lacks,
			 e->file.outline->uses[i].name);
}

/* Macros that the tools predefine. */
static const char *const tools[][4] = { { "VERILATOR=1", "verilator=1", "verilator3=1" },
					{ "__ICARUS__=1" } };

static struct vmacros *given_by_tool(const struct vmacros *given, size_t tool)
{
	struct vmacros *m = vmacros_copy(given);

	for (const char *const *s = tools[tool]; *s; s++)
		vmacros_define(m, *s, NULL);
	return m;
}

/* A file that tests for a tool's macro needs what any of the tools would see. */
static void read_as_tools(struct reading *r, const struct entry *e, const struct vmacros *given,
			  const struct str *text, struct voutline *out)
{
	for (size_t i = 0; i < sizeof(tools) / sizeof(*tools); i++) {
		struct vmacros *more = given_by_tool(given, i);
		struct vpp_env env = { more, find_include, r };
		struct voutline o;

		voutline_read(&o, e->file.path, str_cstr(text), text->len, &env);
		voutline_add(out, &o);
		voutline_fini(&o);
		vmacros_free(more);
	}
}

static void read_with(struct reading *r, struct entry *e, const struct vmacros *given)
{
	struct vpp_env env = { given, find_include, r };
	struct str text = STR_INIT;
	size_t len;

	project_outline_drop(e);
	e->fresh = true;
	e->overlaid = project_overlay_text(r->p, e->file.path, &len) != NULL;
	e->file.size = e->overlaid ? len : (size_t)e->stamp.size;
	if (read_text(r->p, e->file.path, &text)) {
		e->read = outline_hold(mem_zalloc(sizeof(*e->read)));
		voutline_read(&e->read->o, e->file.path, str_cstr(&text), text.len, &env);
		if (e->read->o.asks_tool)
			read_as_tools(r, e, given, &text, &e->read->o);
		e->file.outline = &e->read->o;
		note_depends(e);
	}
	str_free(&text);
	if (r->bytes > MAX_KEPT)
		forget_texts(r);
}

/* Macros given from outside: those of the only aside description that names the
 * file, or else the project's; then those of the settings. */
static struct vmacros *given_to(const struct project *p, const struct entry *e)
{
	const struct manifest *own = manifest_sole(&p->look->said->m, e->file.path);
	struct vmacros *given;

	if (!own || own->defines.n == 0)
		return vmacros_copy(p->given);
	given = vmacros_new();
	for (size_t i = 0; i < own->defines.n; i++)
		vmacros_define(given, own->defines.v[i], NULL);
	for (size_t i = 0; i < p->settings.defines.n; i++)
		vmacros_define(given, p->settings.defines.v[i], NULL);
	return given;
}

static void read_plain(struct reading *r, struct entry *e)
{
	struct vmacros *given = given_to(r->p, e);

	strv_free(&e->definers);
	strv_free(&e->lacks);
	strv_free(&e->asks);
	read_with(r, e, given);
	if (e->file.outline)
		note_lacks(e);
	vmacros_free(given);
}

/* Included files ------------------------------------------------------------------ */

static bool add_guest(struct project *p, const char *path)
{
	char *full;
	struct stat st;
	struct entry *e;
	size_t len;
	bool there, overlaid = project_overlay_text(p, path, &len) != NULL;

	full = path_join(p->root, path);
	there = stat(full, &st) == 0 && S_ISREG(st.st_mode);
	free(full);
	if ((!there && !overlaid) || p->n_files >= 2 * PROJECT_MAX_FILES)
		return false;
	e = project_entry_add(p, path);
	e->guest = e->file.header = true;
	e->on_disk = there;
	if (there)
		e->stamp = (struct stamp){ st.st_dev, st.st_ino, st.st_size, st.st_mtim };
	return true;
}

/* The outline, which covers everything it includes; NULL for a header, whose
 * includes only matter where it is included. */
static const struct voutline *compiled(const struct entry *e)
{
	return e->file.header ? NULL : e->file.outline;
}

/* Adds included files to the project, whatever their names. */
static bool add_guests(struct project *p)
{
	struct strv missing = STRV_INIT;
	bool added = false;
	size_t at;

	for (size_t i = 0; i < p->n_files; i++) {
		const struct voutline *o = compiled(p->files[i]);

		for (size_t k = 0; o && k < o->n_included; k++)
			if (o->included[k].path && !project_place_of(p, o->included[k].path, &at))
				strv_add(&missing, o->included[k].path);
	}
	for (size_t i = 0; i < missing.n; i++)
		if (!project_place_of(p, missing.v[i], &at))
			added |= add_guest(p, missing.v[i]);
	strv_free(&missing);
	return added;
}

static void mark_included(struct project *p)
{
	size_t at;

	for (size_t i = 0; i < p->n_files; i++)
		p->files[i]->included = false;
	for (size_t i = 0; i < p->n_files; i++) {
		const struct voutline *o = compiled(p->files[i]);

		for (size_t k = 0; o && k < o->n_included; k++)
			if (o->included[k].path && project_place_of(p, o->included[k].path, &at) &&
			    at != i)
				p->files[at]->included = true;
	}
}

/* Drops guests that are no longer included. */
static void drop_guests(struct project *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_files; i++) {
		struct entry *e = p->files[i];

		if (e->guest && !e->included)
			project_entry_free(e);
		else
			p->files[n++] = e;
	}
	p->n_files = n;
}

/* Macros ----------------------------------------------------------------------------- */

static bool defines(const struct entry *e, const char *name)
{
	const struct vmacro *m =
		e->file.outline ? vmacros_find(e->file.outline->macros, name, strlen(name)) : NULL;

	return m && m->defined && m->line > 0;
}

/* How suitable a file is as the source of macros: a file of macros only, even if
 * it is also included; one with units; a testbench; one that only makes sense
 * where it is included. */
enum fitness { FIT_MACROS, FIT_UNITS, FIT_BENCH, UNFIT };

static bool has_testbench(const struct voutline *o)
{
	for (size_t u = 0; u < o->n; u++)
		if (vmodule_is_testbench(&o->modules[u]))
			return true;
	return false;
}

static enum fitness fitness(const struct entry *e)
{
	const struct voutline *o = e->file.outline;

	if (e->given && o && !has_testbench(o))
		return FIT_MACROS;
	if (e->file.header || !o)
		return UNFIT;
	if (o->kind == VFILE_MACROS)
		return FIT_MACROS;
	return e->included ? UNFIT : has_testbench(o) ? FIT_BENCH : FIT_UNITS;
}

/* Definers of a macro, looked up once for all files that lack it. */
struct sought {
	struct entry **v;
	size_t n, cap;
};

struct seeking {
	const struct project *p;
	struct name_map at; /* keys owned by names */
	struct strv names;
	struct sought *v;
	size_t n, cap;
	struct entry **listed; /* files of macros only that the project's list names */
	size_t n_listed, cap_listed;
};

static void find_listed(struct seeking *s)
{
	for (size_t i = 0; i < s->p->n_files; i++) {
		struct entry *e = s->p->files[i];

		if (e->rank != SIZE_MAX && fitness(e) == FIT_MACROS)
			MEM_PUSH(s->listed, s->n_listed, s->cap_listed, e);
	}
}

static void seeking_fini(struct seeking *s)
{
	free(s->listed);
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i].v);
	free(s->v);
	name_map_fini(&s->at);
	strv_free(&s->names);
}

static const struct sought *seek(struct seeking *s, const char *name)
{
	struct sought *found;
	char *key;
	size_t at;

	if (name_map_get(&s->at, name, strlen(name), &at))
		return &s->v[at];
	key = mem_strdup(name);
	strv_give(&s->names, key);
	name_map_put(&s->at, key, strlen(key), s->n);
	MEM_ROOM(s->v, s->n, s->cap);
	found = &s->v[s->n++];
	*found = (struct sought){ 0 };
	for (size_t i = 0; i < s->p->n_files; i++) {
		struct entry *e = s->p->files[i];

		if (fitness(e) == UNFIT || !defines(e, name))
			continue;
		MEM_PUSH(found->v, found->n, found->cap, e);
	}
	return found;
}

/* A candidate; near: number of folders it shares with the file that lacks the macro. */
struct fit {
	struct entry *e;
	enum fitness fitness;
	size_t near;
};

/* A file that shares no folder with the user, while another one does, belongs to
 * another design. */
static bool fits_better(const struct fit *a, const struct fit *b)
{
	bool bench = a->fitness == FIT_BENCH;

	if (bench != (b->fitness == FIT_BENCH))
		return !bench;
	if (!a->near != !b->near)
		return a->near > 0;
	return a->fitness != b->fitness ? a->fitness < b->fitness : a->near > b->near;
}

static struct entry *definer(struct seeking *s, const struct entry *user, const char *name)
{
	const struct sought *all = seek(s, name);
	struct fit best = { 0 };

	for (size_t i = 0; i < all->n; i++) {
		struct entry *e = all->v[i];
		struct fit f = { e, fitness(e),
				 path_common_folders(e->file.path, user->file.path) };

		if (e != user && (!best.e || fits_better(&f, &best)))
			best = f;
	}
	return best.e;
}

static void add_definers(const struct project *p, const struct entry *e, struct vmacros *given)
{
	size_t at;

	for (size_t i = 0; i < e->definers.n; i++)
		if (project_place_of(p, e->definers.v[i], &at) && p->files[at]->file.outline)
			vmacros_merge(given, p->files[at]->file.outline->macros);
}

static bool includes(const struct entry *e, const char *path)
{
	const struct voutline *o = e->file.outline;

	for (size_t i = 0; o && i < o->n_included; i++)
		if (o->included[i].path && strcmp(o->included[i].path, path) == 0)
			return true;
	return false;
}

/* Files that a list names before this one define macros for it, too, that it only tests for. */
static void add_listed(const struct seeking *s, const struct entry *e, struct strv *found)
{
	for (size_t i = 0; i < s->n_listed && found->n < MAX_DEFINERS; i++) {
		const struct entry *d = s->listed[i];
		bool asked = false;

		for (size_t k = 0; d->rank < e->rank && !asked && k < e->asks.n; k++)
			asked = defines(d, e->asks.v[k]);
		if (asked && e->rank != SIZE_MAX && !includes(e, d->file.path) &&
		    !strv_has(found, d->file.path))
			strv_add(found, d->file.path);
	}
}

/* Finds the definers of what e lacks and reads e with their macros; true if that
 * changed something. */
static bool take_macros(struct reading *r, struct seeking *s, struct entry *e)
{
	struct vmacros *given = NULL;
	struct strv found = STRV_INIT;
	bool changed;

	for (size_t i = 0; i < e->lacks.n && found.n < MAX_DEFINERS; i++) {
		const struct entry *d = definer(s, e, e->lacks.v[i]);

		if (d && !strv_has(&found, d->file.path))
			strv_add(&found, d->file.path);
	}
	add_listed(s, e, &found);
	changed = !strv_equal(&found, &e->definers);
	if (changed) {
		strv_free(&e->definers);
		e->definers = found;
		given = given_to(r->p, e);
		add_definers(r->p, e, given);
		read_with(r, e, given);
		vmacros_free(given);
	} else {
		strv_free(&found);
	}
	return changed;
}

/* All of them ---------------------------------------------------------------------- */

static bool is_stopped(const struct project *p)
{
	return p->stop && atomic_load(p->stop);
}

static bool depends_on_stale(const struct project *p, const struct entry *e)
{
	size_t at;

	for (size_t i = 0; i < e->depends.n; i++)
		if (!project_place_of(p, e->depends.v[i], &at) || !p->files[at]->fresh)
			return true;
	return false;
}

static void read_stale(struct reading *r)
{
	struct project *p = r->p;
	bool *stale = mem_calloc(p->n_files + 1, sizeof(*stale));

	for (size_t i = 0; i < p->n_files; i++)
		stale[i] = !p->files[i]->fresh || depends_on_stale(p, p->files[i]);
	for (size_t i = 0; i < p->n_files && !is_stopped(p); i++)
		if (stale[i])
			read_plain(r, p->files[i]);
	free(stale);
}

static bool any_stale(const struct project *p)
{
	for (size_t i = 0; i < p->n_files; i++)
		if (!p->files[i]->fresh)
			return true;
	return false;
}

/* From the project's description, the names of its files, and what they use. */
static enum lang lang_of(const struct project *p)
{
	bool v2005 = false;

	if (p->look->said->m.sv)
		return LANG_SV2017;
	for (size_t i = 0; i < p->n_files; i++) {
		const struct project_file *f = &p->files[i]->file;

		if (lang_file(f->path) == LANG_FILE_SV || lang_file(f->path) == LANG_FILE_SVH ||
		    (f->outline && f->outline->systemverilog))
			return LANG_SV2017;
		v2005 |= f->outline && f->outline->v2005;
	}
	if (p->n_files == 0)
		return LANG_SV2017;
	return v2005 ? LANG_V2005 : LANG_V2001;
}

void project_settle(const struct project *given)
{
	struct project *p =
		(struct project *)given; /* logically const: only fills in cached data */
	struct reading r = { .p = p };

	if (p->settled)
		return;
	p->settled = true; /* set early, as the functions below call this */
	for (size_t round = 0; round < MAX_ROUNDS; round++) {
		struct seeking seeking = { .p = p };
		bool changed = false;

		while (any_stale(p) && !is_stopped(p)) {
			read_stale(&r);
			add_guests(p);
		}
		mark_included(p);
		find_listed(&seeking);
		for (size_t i = 0; i < p->n_files && !is_stopped(p); i++)
			if (p->files[i]->lacks.n || p->files[i]->asks.n)
				changed |= take_macros(&r, &seeking, p->files[i]);
		seeking_fini(&seeking);
		changed |= add_guests(p);
		if (!changed)
			break;
	}
	while (any_stale(p) && !is_stopped(p)) {
		read_stale(&r);
		add_guests(p);
	}
	mark_included(p);
	drop_guests(p);
	p->lang = lang_of(p);
	p->settled = !is_stopped(p); /* adding guests cleared it */
	forget_texts(&r);
	free(r.v);
	project_index_drop(p);
}

/* True if an include in its own text would now resolve to another file. */
static bool moved(const struct project *p, const struct entry *e)
{
	const struct voutline *o = e->file.outline;
	bool differs = false;

	for (size_t i = 0; o && !differs && i < o->n_included; i++) {
		const struct vinclude *inc = &o->included[i];
		char *path = inc->nested ? NULL : project_include_path(p, e->file.path, inc->name);

		differs = !inc->nested &&
			  (!path != !inc->path || (path && strcmp(path, inc->path) != 0));
		free(path);
	}
	return differs;
}

void project_check_includes(struct project *p)
{
	for (size_t i = 0; i < p->n_files; i++)
		if (p->files[i]->fresh && moved(p, p->files[i]))
			project_stale(p, p->files[i]);
}

static void give_tokens(struct reading *r, const char *path, const char *text, size_t len,
			const struct vmacros *given,
			void (*fn)(void *ctx, const struct vpp_token *t), void *ctx)
{
	struct vpp_env env = { given, find_include, r };
	struct vpp *pp = vpp_new(path, text, len, &env);
	struct vpp_token t;

	while (vpp_next(pp, &t))
		fn(ctx, &t);
	vpp_free(pp);
}

void project_tokens(const struct project *p, const char *path, const char *text, size_t len,
		    void (*fn)(void *ctx, const struct vpp_token *t), void *ctx)
{
	struct reading r = { .p = (struct project *)p };
	struct vmacros *given = NULL;
	const struct voutline *o = NULL;
	struct str own = STR_INIT;
	size_t at;

	project_settle(p);
	if (!text && read_text(p, path, &own)) {
		text = str_cstr(&own);
		len = own.len;
	}
	if (project_place_of(p, path, &at)) {
		given = given_to(p, p->files[at]);
		o = p->files[at]->file.outline;
		add_definers(p, p->files[at], given);
	} else {
		given = vmacros_copy(p->given);
	}
	give_tokens(&r, path, text ? text : "", text ? len : 0, given, fn, ctx);
	for (size_t i = 0; o && o->asks_tool && i < sizeof(tools) / sizeof(*tools); i++) {
		struct vmacros *more = given_by_tool(given, i);

		give_tokens(&r, path, text ? text : "", text ? len : 0, more, fn, ctx);
		vmacros_free(more);
	}
	vmacros_free(given);
	forget_texts(&r);
	free(r.v);
	str_free(&own);
}
