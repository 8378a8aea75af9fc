/* Merges the findings of several designs into one list. Drops findings that come
 * from the way posedge runs the tool, not from the design: missing or multiple
 * tops, unconnected interface ports of a top, signals that a Python test drives,
 * and errors that only follow from another one. At most LINT_FILE_ERRORS errors
 * per file are listed; the last of them says that there are more.
 */
#include "config.h"

#include "session/lint/lint_gather.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/lint/lint_binds.h"
#include "session/lint/lint_follow.h"
#include "session/lint/lint_inout.h"
#include "session/lint/lint_run.h"
#include "session/project/black_box.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/text/name_map.h"
#include "session/output/diag.h"

/* Expected of the way posedge runs the tool: no top, several tops, a design too
 * large for all checks. */
static bool is_about_tops(const struct diag *d)
{
	return strcmp(d->code, "MULTITOP") == 0 || strcmp(d->code, DIAG_SKIMMED) == 0 ||
	       strcmp(d->path, LINT_RUN_TOP) == 0 ||
	       (d->path[0] == '\0' && strstr(d->text, "top level module"));
}

/* Nothing connects a top's interface port, so the tool creates an instance whose
 * other half has neither driver nor reader. */
static bool is_open_interface(const struct project *p, const struct diag *d)
{
	const struct project_file *f;

	if (!d->in_top || (strcmp(d->code, "UNDRIVEN") != 0 && !str_starts(d->code, "UNUSED")))
		return false;
	f = project_find(p, d->path);
	for (size_t i = 0; f && f->outline && i < f->outline->n; i++) {
		const struct vmodule *m = &f->outline->modules[i];

		if (m->kind == VUNIT_INTERFACE && d->line >= m->line &&
		    (d->line <= m->end_line || !m->end_line))
			return true;
	}
	return false;
}

static bool is_error(const struct diag *d)
{
	return d->path[0] && (d->rank == DIAG_ERROR || strcmp(d->code, DIAG_UNSUPPORTED) == 0);
}

/* DIAG_UNSUPPORTED is a limit of the tool: listed once per file and text. */
static bool is_repeated_limit(struct name_map *limits, struct strv *keys, const struct diag *d)
{
	char *key =
		strcmp(d->code, DIAG_UNSUPPORTED) == 0 ? str_fmt("%s\t%s", d->path, d->text) : NULL;

	if (!key)
		return false;
	if (!name_map_put(limits, key, strlen(key), 0)) {
		free(key);
		return true;
	}
	strv_give(keys, key);
	return false;
}

/* Cache: does a Python test drive the signals of a module without ports? */
struct driven {
	struct name_map known; /* module name to 0 or 1; keys owned by the project */
};

static const struct vmodule *without_ports_at(const struct project *p, const char *path, int line)
{
	const struct project_file *f = project_find(p, path);

	for (size_t i = 0; f && f->outline && i < f->outline->n; i++) {
		const struct vmodule *m = &f->outline->modules[i];

		if (m->kind == VUNIT_MODULE && m->n_ports == 0 && line >= m->line &&
		    (line <= m->end_line || !m->end_line))
			return m;
	}
	return NULL;
}

/* cocotb drives the signals that its wrapper module declares. */
static bool is_driven_by_python(struct driven *x, const struct project *p, const struct diag *d)
{
	const struct vmodule *m =
		strcmp(d->code, "UNDRIVEN") == 0 ? without_ports_at(p, d->path, d->line) : NULL;
	size_t driven;

	if (!m)
		return false;
	if (!name_map_get(&x->known, m->name, strlen(m->name), &driven)) {
		char *test = project_cocotb_of(p, m->name);

		driven = test != NULL;
		name_map_put(&x->known, m->name, strlen(m->name), driven);
		free(test);
	}
	return driven;
}

/* The module in the file that is the top of a design and declares the line. */
static const struct vmodule *top_at(const struct project *p, const struct lint_item *items,
				    size_t n, const char *path, int line)
{
	const struct project_file *f = project_find(p, path);

	for (size_t i = 0; f && f->outline && i < n; i++) {
		const struct vmodule *m =
			items[i].design->top ? voutline_module(f->outline, items[i].design->top)
					     : NULL;

		if (m && line >= m->line && (line <= m->end_line || !m->end_line))
			return m;
	}
	return NULL;
}

/* W of "Parameter without initial value is never given value (...): 'W'", up to its quote;
 * NULL: d says something else. */
static const char *unset_name(const struct diag *d)
{
	const char *name = str_starts(d->text, "Parameter without initial value is never given ")
				   ? strrchr(d->text, ':')
				   : NULL;

	return name && str_starts(name, ": '") ? name + 3 : NULL;
}

/* True if an instance may give that parameter of m its value, which a localparam has not. */
static bool is_unset(const struct vmodule *m, const struct diag *d)
{
	const char *name = unset_name(d);
	size_t len = name ? strcspn(name, "'") : 0;

	for (size_t i = 0; len && i < m->n_params; i++)
		if (strlen(m->params[i].name) == len && memcmp(m->params[i].name, name, len) == 0)
			return !m->params[i].local;
	return false;
}

/* A top may have a parameter without a default, since an instance elsewhere sets it,
 * but the tool stops there. Sets *hint, which the caller frees. */
static bool is_for_instances(const struct project *p, const struct lint_item *items, size_t n,
			     const struct diag *d, char **hint)
{
	const char *name = unset_name(d);
	const struct vmodule *top = name ? top_at(p, items, n, d->path, d->line) : NULL;

	if (!top || !is_unset(top, d))
		return false;
	*hint = str_fmt("%s is the top here, which no instance gives a value: `set parameters "
			"%.*s=VALUE` does; until then names are checked, but no widths",
			top->name, (int)strcspn(name, "'"), name);
	return true;
}

static bool starts_with_any(const char *text, const char *const *starts)
{
	for (; *starts; starts++)
		if (str_starts(text, *starts))
			return true;
	return false;
}

/* What Verilator says of an expression with a parameter that has no value. */
static bool is_not_constant(const struct diag *d)
{
	static const char *const starts[] = {
		"Expecting expression to be constant, but ",
		"Can't convert defparam value to constant: ",
		"Generate If condition must evaluate to constant",
		"Generate Case",
		"Loop unrolling failed.",
		"Unsupported: Can't unroll generate for",
		"Internal Error: ../V3Param.cpp",
		"For loop doesn't have genvar index, or is malformed",
		"Width of bit range isn't a constant",
		"Replication value isn't a constant",
		NULL,
	};

	return starts_with_any(d->text, starts);
}

/* X of "Expecting expression to be constant, but variable isn't const: 'X'", or NULL. */
static const char *not_constant(const struct diag *d)
{
	static const char before[] = "but variable isn't const: '";
	const char *at = strstr(d->text, before);

	return at ? at + sizeof(before) - 1 : NULL;
}

/* A port is never constant, whatever the parameters are. */
static bool is_about_port(const struct vmodule *m, const struct diag *d)
{
	const char *name = not_constant(d);
	size_t len = name ? strcspn(name, "'") : 0;

	for (size_t i = 0; len && i < m->n_ports; i++)
		if (strlen(m->ports[i].name) == len && memcmp(m->ports[i].name, name, len) == 0)
			return true;
	return false;
}

/* True if the only cause is a parameter of a top that no instance sets. A finding
 * that names no variable is judged by the other findings on its line. */
static bool follows_from_unset(const struct project *p, const struct lint_item *items, size_t n,
			       const struct diag_list *found, const struct diag *d)
{
	const struct vmodule *top =
		is_not_constant(d) ? top_at(p, items, n, d->path, d->line) : NULL;
	bool follows = false;

	if (!top || is_about_port(top, d))
		return false;
	for (size_t i = 0; i < diag_list_len(found); i++) {
		const struct diag *other = diag_list_at(found, i);

		if (!is_unset(top, other) && (other->line != d->line || not_constant(d)))
			continue;
		if (top_at(p, items, n, other->path, other->line) != top)
			continue;
		if (is_about_port(top, other))
			return false;
		follows |= is_unset(top, other);
	}
	return follows;
}

/* After a use of a macro with a wrong number of arguments, Verilator reads the rest
 * of this file and the next files as arguments. Sets *lost at such an error; true if
 * d may be a consequence of one. */
static bool is_lost_in_macros(const struct diag *d, bool *lost)
{
	static const char *const causes[] = { "Define missing argument ",
					      "Define passed too many arguments",
					      "EOF in define argument list", NULL };
	static const char *const follow[] = { "syntax error",
					      "Define ",
					      "EOF in define ",
					      "Expecting ",
					      "Illegal text before '('",
					      NULL };

	if (*lost)
		return starts_with_any(d->text, follow);
	*lost = starts_with_any(d->text, causes);
	return false;
}

/* Adds all findings that are about the design. A module below two tops is reported by
 * both runs. */
static void add_raw(const struct project *p, const struct lint_item *items, size_t n,
		    const struct black_boxes *boxes, struct diag_list *raw)
{
	struct driven driven = { NAME_MAP_INIT };

	for (size_t i = 0; i < n; i++) {
		bool lost = false;

		for (size_t k = 0; items[i].found && k < diag_list_len(items[i].found); k++) {
			struct diag d = *diag_list_at(items[i].found, k);
			char *hint = NULL;
			bool was_lost = lost;

			if (is_lost_in_macros(&d, &lost) || is_about_tops(&d) ||
			    is_open_interface(p, &d) || black_boxes_hide(boxes, &d) ||
			    is_driven_by_python(&driven, p, &d) ||
			    follows_from_unset(p, items, n, items[i].found, &d))
				continue;
			if (is_for_instances(p, items, n, &d, &hint)) {
				d.rank = DIAG_RISK;
			} else if (lint_is_inout(p, &d)) {
				d.rank = DIAG_RISK;
				hint = mem_strdup(
					"an input is a net, which an inout may drive; "
					"the tool refuses it and checks the widths of this "
					"design no further");
			}
			if (lost && !was_lost && !hint)
				hint = mem_strdup("what follows is read as its arguments; errors "
						  "that may come from that are not listed");
			d.hint = hint;
			if (hint) {
				diag_list_add_new(raw, &d);
			} else {
				diag_list_keep_new(raw, items[i].found, k);
			}
			free(hint);
		}
	}
	name_map_fini(&driven.known);
}

void lint_gather(const struct project *p, const struct lint_item *items, size_t n,
		 const struct black_boxes *boxes, struct diag_list *said)
{
	struct diag_list *raw = diag_list_new(4 * LINT_MAX_FINDINGS),
			 *all = diag_list_new(4 * LINT_MAX_FINDINGS);
	struct name_map first = NAME_MAP_INIT, limits = NAME_MAP_INIT;
	struct strv keys = STRV_INIT;
	size_t *errors, at;

	add_raw(p, items, n, boxes, raw);
	lint_binds(p, items, n, raw);
	lint_follow(p, raw, all);
	errors = mem_calloc(diag_list_len(all) + 1, sizeof(*errors));
	for (size_t i = 0; i < diag_list_len(all); i++) {
		struct diag d = *diag_list_at(all, i);

		if (is_repeated_limit(&limits, &keys, &d))
			continue;
		at = 0;
		if (is_error(&d)) {
			name_map_put(&first, d.path, strlen(d.path), i);
			name_map_get(&first, d.path, strlen(d.path), &at);
			errors[at]++;
		}
		if (!is_error(&d) || errors[at] < LINT_FILE_ERRORS) {
			diag_list_keep(said, all, i);
		} else if (errors[at] == LINT_FILE_ERRORS) {
			d.hint = "further errors of this file are not listed";
			diag_list_add(said, &d, NULL);
		}
	}
	name_map_fini(&first);
	name_map_fini(&limits);
	strv_free(&keys);
	free(errors);
	diag_list_free(raw);
	diag_list_free(all);
}
