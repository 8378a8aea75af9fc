/* Messages about black boxes, and the findings that they explain. */
#include "config.h"

#include "session/project/black_box.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/output/diag.h"

#define MAX_NAMED 6u /* modules named in a sentence */
#define MAX_TYPES 2000u
#define MAX_NAMES 2000u /* inside black boxes */

static const char *s_of(size_t n)
{
	return n == 1 ? "" : "s";
}

/* One sentence for all boxes of the same library as box i. */
static void say_library(const struct black_boxes *b, size_t i, struct strv *notes)
{
	struct str names = STR_INIT, globs = STR_INIT;
	struct strv patterns = STRV_INIT;
	size_t modules = 0, instances = 0;

	for (size_t k = 0; k < b->n; k++) {
		const struct black_box *x = &b->v[k];

		if (x->kind != BOX_LIBRARY || strcmp(x->about, b->v[i].about) != 0)
			continue;
		if (k < i) /* done already */
			goto out;
		modules++;
		instances += x->instances;
		if (!strv_has(&patterns, x->pattern))
			strv_add(&patterns, x->pattern);
		if (modules <= MAX_NAMED)
			str_addf(&names, "%s%s", names.len ? ", " : "", x->module);
	}
	if (modules > MAX_NAMED)
		str_addf(&names, " and %zu more", modules - MAX_NAMED);
	for (size_t k = 0; k < patterns.n; k++)
		str_addf(&globs, "%s%s", k ? " " : "", patterns.v[k]);
	strv_addf(notes,
		  "%zu instance%s of %zu %s module%s without a source, taken as black boxes: %s; "
		  "`set blackbox %s` silences this",
		  instances, s_of(instances), modules, b->v[i].about, s_of(modules),
		  str_cstr(&names), str_cstr(&globs));
out:
	strv_free(&patterns);
	str_free(&globs);
	str_free(&names);
}

/* A module in VHDL is unknown, too: what is not read is not ok. */
static void say_unknown(const struct black_box *x, struct diag_list *found)
{
	bool vhdl = x->kind == BOX_VHDL;
	char *text =
		str_fmt("module %s has no source in %s%s: taken as a black box (%zu instance%s)",
			x->module, vhdl ? "Verilog, " : "the project", vhdl ? x->about : "",
			x->instances, s_of(x->instances));
	const char *source = vhdl ? "" : x->about;
	const char *write = vhdl ? "" : source[0] ? "; else write it, or " : "write it, or ";
	char *hint = str_fmt("%s%s`set blackbox %s` if it is right so", source, write, x->module);
	struct diag d = { .rank = DIAG_RISK,
			  .path = x->path,
			  .line = x->line,
			  .code = BLACK_BOX_CODE,
			  .text = text,
			  .hint = hint };

	diag_list_add_new(found, &d);
	free(hint);
	free(text);
}

static bool say_mistake(const struct black_box *x, struct strv *notes)
{
	if (x->kind == BOX_MISSPELT && strcmp(x->module, x->about) == 0)
		strv_addf(notes,
			  "module %s is in the project, but not where the tool looks for it: "
			  "`posedge files` says what is read for each design",
			  x->module);
	else if (x->kind == BOX_MISSPELT)
		strv_addf(notes, "there is no module %s; did you mean %s?", x->module, x->about);
	else if (x->kind == BOX_UNREADABLE)
		strv_addf(notes, "module %s is missing: %s", x->module, x->about);
	return x->kind >= BOX_MISSPELT;
}

void black_boxes_say_run(const struct black_boxes *b, struct strv *notes)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct black_box *x = &b->v[i];

		if (say_mistake(x, notes))
			continue;
		if (x->kind == BOX_LEFT || x->kind == BOX_VHDL ||
		    (x->kind == BOX_UNKNOWN && x->about[0]))
			strv_addf(notes, "module %s is missing: %s", x->module, x->about);
		else
			strv_addf(notes,
				  "module %s%s%s%s has no source: add one that can be simulated, "
				  "or `set blackbox %s` to run with nothing in its place",
				  x->module, x->about[0] ? " (" : "", x->about,
				  x->about[0] ? ")" : "", x->module);
	}
}

/* True if both belong to one library, or are the same. */
static bool is_kin(const struct black_boxes *b, size_t i, size_t k)
{
	const struct black_box *x = &b->v[i], *y = &b->v[k];

	return i == k || (x->kind == BOX_LIBRARY && y->kind == BOX_LIBRARY &&
			  strcmp(x->about, y->about) == 0);
}

/* One finding for the names in all boxes of the library of name i. */
static void say_names(const struct black_boxes *b, size_t i, struct diag_list *found)
{
	const struct box_name *first = &b->names[i];
	const struct black_box *x = &b->v[first->box];
	struct str names = STR_INIT;
	size_t n = 0;
	char *text;

	for (size_t k = 0; k < b->n_names; k++) {
		if (!is_kin(b, first->box, b->names[k].box))
			continue;
		if (k < i) { /* done already */
			str_free(&names);
			return;
		}
		if (++n <= MAX_NAMED)
			str_addf(&names, "%s%s", names.len ? ", " : "", b->names[k].name);
	}
	if (n > MAX_NAMED)
		str_addf(&names, " and %zu more", n - MAX_NAMED);
	text = str_fmt("%zu name%s inside %s%s without a source cannot be looked up, and the rest "
		       "of the design is not checked: %s",
		       n, s_of(n), x->kind == BOX_LIBRARY ? x->about : x->module,
		       x->kind == BOX_LIBRARY ? " modules" : "", str_cstr(&names));
	diag_list_add_new(found, &(struct diag){ .rank = DIAG_RISK,
						 .path = first->path,
						 .line = first->line,
						 .code = BLACK_BOX_CODE,
						 .text = text,
						 .hint = "add a source that has these names" });
	free(text);
	str_free(&names);
}

void black_boxes_say(const struct black_boxes *b, struct strv *notes, struct diag_list *found)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct black_box *x = &b->v[i];

		switch (x->kind) {
		case BOX_SET:
			break;
		case BOX_LIBRARY:
			say_library(b, i, notes);
			break;
		case BOX_LEFT:
			strv_addf(notes, "module %s is taken as a black box: %s", x->module,
				  x->about);
			break;
		case BOX_VHDL:
		case BOX_UNKNOWN:
			say_unknown(x, found);
			break;
		case BOX_MISSPELT:
		case BOX_UNREADABLE:
			say_mistake(x, notes);
			break;
		}
	}
	for (size_t i = 0; i < b->n_names; i++)
		say_names(b, i, found);
}

/* Hiding ------------------------------------------------------------------------ */

static bool at_a_use(const struct black_boxes *b, const struct diag *d)
{
	for (size_t i = 0; i < b->n_uses; i++)
		if (d->line >= b->uses[i].first && d->line <= b->uses[i].last &&
		    strcmp(d->path, b->uses[i].path) == 0)
			return true;
	return false;
}

/* The name that Verilator did not find, whole, and the part of it that is the instance
 * in which it looked: "pll" of "Can't find definition of 'locked' in dotted variable:
 * 'dut.pll[1].locked'". NULL: another finding. */
static const char *looked_for(const struct diag *d, const char **name, size_t *len, size_t *inst)
{
	const char *in = str_starts(d->text, "Can't find definition of '")
				 ? strstr(d->text, "' in dotted ")
				 : NULL,
		   *open = in ? strchr(in + 1, '\'') : NULL;
	size_t end = 0, from;

	if (!open)
		return NULL;
	*name = open + 1;
	*len = strcspn(*name, "'");
	for (size_t i = 0; i < *len; i++)
		end = (*name)[i] == '.' ? i : end;
	if (end && (*name)[end - 1] == ']')
		while (end && (*name)[--end] != '[')
			;
	for (from = end; from && (*name)[from - 1] != '.'; from--)
		;
	*inst = end - from;
	return end ? *name + from : NULL;
}

/* The box whose instance the finding looked into; SIZE_MAX: none. */
static size_t box_inside(const struct black_boxes *b, const struct diag *d, const char **name,
			 size_t *len)
{
	size_t n;
	const char *instance = d->rank == DIAG_ERROR ? looked_for(d, name, len, &n) : NULL;

	for (size_t i = 0; instance && i < b->n_uses; i++)
		if (strncmp(b->uses[i].name, instance, n) == 0 && b->uses[i].name[n] == '\0')
			return b->uses[i].box;
	return SIZE_MAX;
}

static bool has_name(const struct black_boxes *b, const char *name, size_t len)
{
	for (size_t i = 0; i < b->n_names; i++)
		if (strncmp(b->names[i].name, name, len) == 0 && b->names[i].name[len] == '\0')
			return true;
	return false;
}

void black_boxes_names(struct black_boxes *b, const struct diag_list *found)
{
	for (size_t i = 0; found && i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);
		const char *name;
		size_t len, box = box_inside(b, d, &name, &len);

		if (box == SIZE_MAX || b->n_names == MAX_NAMES || has_name(b, name, len))
			continue;
		MEM_PUSH(b->names, b->n_names, b->cap_names,
			 (struct box_name){ mem_strndup(name, len), mem_strdup(d->path), d->line,
					    box });
	}
}

/* "Can't convert defparam value to constant: Param 'T' of 'u0'" (Verilator) */
bool black_boxes_types(struct black_boxes *b, const struct diag_list *found)
{
	static const char start[] = "Can't convert defparam value to constant: Param '";
	size_t known = b->types.n;

	for (size_t i = 0; found && i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);
		char *name;

		if (!str_starts(d->text, start) || !at_a_use(b, d))
			continue;
		name = mem_strndup(d->text + strlen(start), strcspn(d->text + strlen(start), "'"));
		if (!strv_has(&b->types, name) && b->types.n < MAX_TYPES)
			strv_add(&b->types, name);
		free(name);
	}
	return b->types.n > known;
}

/* True if the first quoted name, without its select, is a signal connected to a black box. */
static bool names_a_signal(const struct black_boxes *b, const struct diag *d)
{
	const char *open = strchr(d->text, '\'');
	size_t len = open ? strcspn(open + 1, "'[") : 0;
	char *key = len ? str_fmt("%s\t%.*s", d->path, (int)len, open + 1) : NULL;
	bool found = key && strv_has(&b->signals, key);

	free(key);
	return found;
}

/* ICARUS is what Icarus refuses, such as a comma too many, which tools for these boards
 * accept. */
static bool is_about_connections(const char *code)
{
	static const char *const codes[] = { "WIDTH", "PIN", "portbind", "floating-nets",
					     "ICARUS" };

	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		if (str_starts(code, codes[i]))
			return true;
	return false;
}

bool black_boxes_hide(const struct black_boxes *b, const struct diag *d)
{
	if (b->n == 0)
		return false;
	if (strcmp(d->path, BLACK_BOX_FILE) == 0)
		return true;
	if (d->rank == DIAG_ERROR) {
		const char *name;
		size_t len;

		return box_inside(b, d, &name, &len) != SIZE_MAX && has_name(b, name, len);
	}
	if (str_starts(d->code, "UNDRIVEN") || str_starts(d->code, "UNUSED"))
		return names_a_signal(b, d);
	return is_about_connections(d->code) && at_a_use(b, d);
}
