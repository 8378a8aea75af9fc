/* files: which files belong to which design, and why. */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/base/json.h"
#include "session/base/str.h"
#include "session/manifest/foreign.h"
#include "session/manifest/manifest.h"
#include "session/manifest/tree.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/project/project_closure.h"
#include "session/project/read_plan.h"
#include "session/workbench/workbench.h"

#define CHOICES_MAX 4u /* choices of a file that are printed for one design */
#define OTHERS_MAX  5u /* manifests of other kinds that are listed */

/* One design: a root of the plan, with everything that a run or lint of it gets. */
struct listed {
	const struct project *p;
	const struct read_root *root;
	struct closure c;
	struct design d;
};

static void listed_init(struct listed *t, const struct project *p, const struct options *o,
			const struct read_root *root)
{
	const char *path = root->path;

	*t = (struct listed){ .p = p, .root = root };
	closure_init(&t->c, p, &path, 1);
	design_init(&t->d, p, o, path, root->top);
	if (root->testbench)
		design_add_data(&t->d, p, o, path);
}

static void listed_fini(struct listed *t)
{
	closure_fini(&t->c);
	design_fini(&t->d);
}

/* "module m, instantiated by rtl/top.v" */
static void reason(const struct listed *t, const struct needed *f, struct str *out)
{
	const struct manifest_file *said = manifest_file(project_manifest(t->p), f->path);
	const struct vmodule *unit;

	switch (f->kind) {
	case NEED_GIVEN:
		if (t->root->top)
			str_addf(out, "defines %s", t->root->top);
		else
			str_adds(out, "read by itself");
		break;
	case NEED_USE:
		str_addf(out, "%.*s, instantiated by %s", (int)strcspn(f->name, ". #["), f->name,
			 f->by);
		break;
	case NEED_ROOT:
		str_addf(out, "%s, named by %s and instantiated by nothing: a second top", f->name,
			 f->by);
		break;
	case NEED_IMPORT:
		unit = project_vmodule(t->p, f->name);
		str_addf(out, "%s %s, imported by %s",
			 unit && unit->kind == VUNIT_INTERFACE ? "interface" : "package", f->name,
			 f->by);
		break;
	case NEED_INCLUDE:
		str_addf(out, "included by %s", f->by);
		break;
	case NEED_BIND:
		str_addf(out, "bound to %s of %s", f->name, f->by);
		break;
	case NEED_ORDER: /* needs nothing */
		break;
	case NEED_LIST:
		str_addf(out, "given to the tool before %s", f->by);
		break;
	case NEED_TYPE:
		str_addf(out, "declares %s for %s", f->name, f->by);
		break;
	case NEED_MACRO:
		str_addf(out, "defines `%s for %s", f->name, f->by);
		break;
	}
	if (said)
		str_addf(out, "; named in %s", said->where);
}

/* Words --------------------------------------------------------------------------- */

static void say_list(const char *what, const struct strv *l, struct str *out)
{
	if (l->n)
		str_addf(out, "  %s", what);
	for (size_t i = 0; i < l->n; i++)
		str_addf(out, " %s", l->v[i]);
	if (l->n)
		str_addc(out, '\n');
}

static void say_data(const struct design_data *d, struct str *out)
{
	str_addf(out, "  a run starts in %s: %s\n", d->start ? d->start : "the project's folder",
		 d->why);
	for (size_t i = 0; i < d->n && !d->open_names; i++) {
		str_addf(out, "  reads %s", d->files[i].path);
		if (d->files[i].place)
			str_addf(out, ", laid at %s where the code looks", d->files[i].place);
		str_addc(out, '\n');
	}
	if (d->open_names)
		str_addf(
			out,
			"  reads files whose names are computed: %zu file%s here that may be meant "
			"can be read\n",
			d->n, count_s(d->n));
	for (size_t i = 0; i < d->n_missing; i++)
		str_addf(out, "  missing %s, which %s:%d reads\n", d->missing[i].name,
			 d->missing[i].path, d->missing[i].line);
}

/* A folder that is a copy of another one would fill the screen with its choices, and the
 * files taken stand above. */
static void say_notes(const struct strv *notes, struct str *out)
{
	size_t choices = 0;

	for (size_t i = 0; i < notes->n; i++)
		if (!strstr(notes->v[i], " is defined in ") || choices++ < CHOICES_MAX)
			str_addf(out, "  %s\n", notes->v[i]);
	if (choices > CHOICES_MAX)
		str_addf(out,
			 "  and %zu more module%s several definitions: of each, the file above was "
			 "taken\n",
			 choices - CHOICES_MAX, choices == CHOICES_MAX + 1 ? " has" : "s have");
}

static bool is_library(const struct listed *t)
{
	const struct project_file *f = project_find(t->p, t->root->path);

	return f && f->outline && f->outline->n > READ_PLAN_ROOTS;
}

static void say_design(const struct listed *t, struct str *out)
{
	if (t->root->top)
		str_addf(out, "%s %s (%s)\n", t->root->testbench ? "testbench" : "top",
			 t->root->top, t->root->path);
	else
		str_addf(out, "%s by itself: %s\n", t->root->path,
			 is_library(t) ? "a library, whose unused modules are read together"
				       : "no module of the project needs it");
	for (size_t i = 0; i < t->c.n; i++) {
		struct str why = STR_INIT;

		reason(t, &t->c.v[i], &why);
		str_addf(out, "  %-28s %s\n", t->c.v[i].path, str_cstr(&why));
		str_free(&why);
	}
	say_list("include folders:", &t->d.include_dirs, out);
	say_list("parameters:", &t->d.parameters, out);
	if (t->root->testbench) {
		say_list("plusargs:", &t->d.plusargs, out);
		say_data(&t->d.data, out);
	}
	say_notes(&t->d.notes, out);
	str_addc(out, '\n');
}

static void say_project(const struct project *p, const struct options *o, struct str *out)
{
	const struct manifest *m = project_manifest(p);
	struct strv defines = STRV_INIT, notes = STRV_INIT;
	size_t others = 0;

	str_addf(out, "project %s, %zu file%s, %s\n", project_root(p), project_files(p),
		 count_s(project_files(p)), lang_name(design_lang(p, o)));
	project_defines(p, &defines);
	say_list("defines:", &defines, out);
	strv_free(&defines);
	for (size_t i = 0; i < m->n_descriptors; i++) {
		const struct manifest_descriptor *d = &m->descriptors[i];

		if (!d->aside || others++ < OTHERS_MAX)
			str_addf(out, "  %s %s%s: %s\n", d->taken || d->aside ? "read" : "not read",
				 d->path, d->aside ? " for the files that no other names" : "",
				 d->why);
	}
	if (others > OTHERS_MAX)
		str_addf(out, "  read %zu more for the files that no other names\n",
			 others - OTHERS_MAX);
	project_notes(p, &notes);
	for (size_t i = 0; i < notes.n; i++)
		str_addf(out, "  %s\n", notes.v[i]);
	strv_free(&notes);
	str_addc(out, '\n');
}

/* Testbenches in other languages, each with the command that adds it. */
static void say_foreign(const struct project *p, struct str *out)
{
	struct tree_folder folder = { .root = NULL };
	struct foreign_list l = { 0 };

	if (tree_folder_open(&folder, project_root(p), NULL))
		foreign_find(&l, &folder.tree);
	if (l.n)
		str_adds(out, "not Verilog:\n");
	for (size_t i = 0; i < l.n; i++)
		str_addf(out, "  %s\n", l.v[i].sentence);
	if (l.n)
		str_addc(out, '\n');
	foreign_list_fini(&l);
	tree_folder_close(&folder);
}

static void say_missed(const struct read_plan *r, struct str *out)
{
	if (r->n_missed)
		str_adds(out, "not read:\n");
	for (size_t i = 0; i < r->n_missed; i++)
		str_addf(out, "  %-28s %s\n", r->missed[i].path, r->missed[i].why);
}

/* JSON ----------------------------------------------------------------------------- */

static void key(struct str *out, const char *name)
{
	str_addf(out, "%s\"%s\":", out->len && strchr("{[", out->data[out->len - 1]) ? "" : ",",
		 name);
}

static void text(struct str *out, const char *name, const char *value)
{
	key(out, name);
	if (value)
		json_quote(out, value, strlen(value));
	else
		str_adds(out, "null");
}

static void list(struct str *out, const char *name, const struct strv *l)
{
	key(out, name);
	str_addc(out, '[');
	for (size_t i = 0; i < l->n; i++) {
		if (i)
			str_addc(out, ',');
		json_quote(out, l->v[i], strlen(l->v[i]));
	}
	str_addc(out, ']');
}

static void put_data(const struct design_data *d, struct str *out)
{
	text(out, "start", d->start ? d->start : ".");
	text(out, "start_why", d->why);
	key(out, "data");
	str_addc(out, '[');
	for (size_t i = 0; i < d->n; i++) {
		str_addf(out, "%s{", i ? "," : "");
		text(out, "path", d->files[i].path);
		text(out, "place", d->files[i].place ? d->files[i].place : d->files[i].path);
		str_addc(out, '}');
	}
	str_addc(out, ']');
	key(out, "missing");
	str_addc(out, '[');
	for (size_t i = 0; i < d->n_missing; i++) {
		str_addf(out, "%s{", i ? "," : "");
		text(out, "name", d->missing[i].name);
		text(out, "path", d->missing[i].path);
		str_addf(out, ",\"line\":%d}", d->missing[i].line);
	}
	str_addc(out, ']');
}

static void put_design(const struct listed *t, struct str *out)
{
	str_addf(out, "%s{", out->data[out->len - 1] == '[' ? "" : ",");
	text(out, "top", t->root->top);
	text(out, "path", t->root->path);
	str_addf(out, ",\"testbench\":%s", t->root->testbench ? "true" : "false");
	key(out, "files");
	str_addc(out, '[');
	for (size_t i = 0; i < t->c.n; i++) {
		struct str why = STR_INIT;

		reason(t, &t->c.v[i], &why);
		str_addf(out, "%s{", i ? "," : "");
		text(out, "path", t->c.v[i].path);
		text(out, "why", str_cstr(&why));
		str_addf(out, ",\"compiled\":%s}", t->c.v[i].compiled ? "true" : "false");
		str_free(&why);
	}
	str_addc(out, ']');
	list(out, "include", &t->d.include_dirs);
	list(out, "parameters", &t->d.parameters);
	list(out, "notes", &t->d.notes);
	if (t->root->testbench) {
		list(out, "plusargs", &t->d.plusargs);
		put_data(&t->d.data, out);
	}
	str_addc(out, '}');
}

static void put_missed(const struct read_plan *r, struct str *out)
{
	key(out, "not_read");
	str_addc(out, '[');
	for (size_t i = 0; i < r->n_missed; i++) {
		str_addf(out, "%s{", i ? "," : "");
		text(out, "path", r->missed[i].path);
		text(out, "why", r->missed[i].why);
		str_addc(out, '}');
	}
	str_addc(out, ']');
}

/* Command ---------------------------------------------------------------------------- */

/* True if the user asked for this design, by its module or by one of its files. */
static bool asked_for(struct cmd_call *c, const struct read_root *r)
{
	for (size_t i = 0; i < c->argc; i++) {
		char *rel = NULL;
		bool yes = (r->top && strcmp(c->argv[i], r->top) == 0) ||
			   (workplace_path(&c->w->place, c->argv[i], &rel, NULL) &&
			    strv_has(&r->files, rel));

		free(rel);
		if (yes)
			return true;
	}
	return c->argc == 0;
}

static void tell_all(struct cmd_call *c, const struct project *p, const struct read_plan *plan,
		     struct str *out, size_t *listed)
{
	const struct options *o = c->w->options;
	bool json = c->w->out.wants_json;

	for (size_t i = 0; i < plan->n_roots; i++) {
		struct listed t;

		if (!asked_for(c, &plan->roots[i]))
			continue;
		listed_init(&t, p, o, &plan->roots[i]);
		if (json)
			put_design(&t, out);
		else
			say_design(&t, out);
		listed_fini(&t);
		++*listed;
	}
}

bool cmd_files(struct cmd_call *c, struct err *err)
{
	struct project *p = workbench_project(c->w, err);
	bool json = c->w->out.wants_json, ok;
	struct read_plan plan;
	struct strv defines = STRV_INIT;
	struct str out = STR_INIT;
	size_t listed = 0;

	if (!p)
		return false;
	read_plan_init(&plan, p, c->w->options->top);
	if (json) {
		str_adds(&out, "{\"type\":\"files\"");
		text(&out, "root", project_root(p));
		project_defines(p, &defines);
		list(&out, "defines", &defines);
		list(&out, "guesses", &project_manifest(p)->notes);
		str_adds(&out, ",\"designs\":[");
	} else if (c->argc == 0) {
		say_project(p, c->w->options, &out);
	}
	tell_all(c, p, &plan, &out, &listed);
	ok = listed > 0 || c->argc == 0 ||
	     err_set(err, ERR_USAGE,
		     "%s: no design of the project has that name or that file; `posedge "
		     "files` lists them",
		     c->argv[0]);
	if (ok && json) {
		str_addc(&out, ']');
		put_missed(&plan, &out);
		str_addc(&out, '}');
		c->w->out.json(c->w->out.ctx, str_cstr(&out), out.len);
	} else if (ok) {
		if (c->argc == 0) {
			say_foreign(p, &out);
			say_missed(&plan, &out);
		}
		report_text(&c->w->out, "%s", str_cstr(&out));
	}
	strv_free(&defines);
	str_free(&out);
	read_plan_fini(&plan);
	return ok;
}
