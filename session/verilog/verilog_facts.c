/* Facts about a file other than its units: data files, plusargs, and its use. */
#include "config.h"

#include "session/verilog/verilog_build.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/verilog/verilog_calls.h"

#define MAX_FACTS 1000u /* of each kind, as they are compared with each other */

static char *unquoted(const struct vtok *t)
{
	return mem_strndup(t->s + 1, t->len - 2);
}

/* The outermost unit: a class in a testbench reads the testbench's files. */
static const char *unit_name(const struct vbuild *b)
{
	return b->depth ? b->o->modules[b->stack[0].unit].name : "";
}

static void *append(void **v, size_t *cap, size_t *n, size_t size)
{
	if (*n >= MAX_FACTS)
		return NULL;
	*cap = mem_grow(v, *cap, *n + 1, size);
	memset((char *)*v + *n * size, 0, size);
	return (char *)*v + (*n)++ * size;
}

/* Plusargs ------------------------------------------------------------------- */

static void plusarg(struct vbuild *b, const struct vcall *c)
{
	const struct vcall_arg *a = &c->args[0];
	struct voutline *o = b->o;
	struct vplusarg *p;
	const char *name = str_cstr(&a->text);
	size_t len = strcspn(name, "=%");

	if (!a->literal || len == 0)
		return;
	for (size_t i = 0; i < o->n_plusargs; i++)
		if (strlen(o->plusargs[i].name) == len &&
		    memcmp(o->plusargs[i].name, name, len) == 0 &&
		    o->plusargs[i].value == (c->task == VCALL_VALUE))
			return;
	p = append((void **)&o->plusargs, &b->cap_plusargs, &o->n_plusargs, sizeof(*p));
	if (p)
		*p = (struct vplusarg){ mem_strndup(name, len), c->task == VCALL_VALUE, c->line };
}

/* Data files ------------------------------------------------------------------ */

static enum vdata_use use_of(enum vcall_task task)
{
	switch (task) {
	case VCALL_FOPEN:
	case VCALL_FOPENR:
	case VCALL_FOPENW:
		return VDATA_FOPEN;
	case VCALL_WRITEMEM:
		return VDATA_WRITEMEM;
	case VCALL_DUMP:
		return VDATA_DUMP;
	case VCALL_SDF:
		return VDATA_SDF;
	default:
		return VDATA_READMEM;
	}
}

/* Without a mode $fopen writes (IEEE 1800-2017, 21.3.1). A mode that is not
 * a literal may be either. */
static void set_direction(struct vdata *d, const struct vcall *c)
{
	const struct vcall_arg *mode = &c->args[1];

	switch (c->task) {
	case VCALL_READMEM:
	case VCALL_SDF:
	case VCALL_FOPENR:
		d->reads = true;
		break;
	case VCALL_FOPEN:
		if (c->n_args < 2) {
			d->writes = true;
		} else if (mode->literal) {
			d->reads = strchr(str_cstr(&mode->text), 'r') ||
				   strchr(str_cstr(&mode->text), '+');
			d->writes = strpbrk(str_cstr(&mode->text), "wa+") != NULL;
		} else {
			d->reads = d->writes = true;
		}
		break;
	default:
		d->writes = true;
		break;
	}
}

void vfacts_call(void *ctx, const struct vcall *c)
{
	struct vbuild *b = ctx;
	const struct vcall_arg *a = &c->args[0];
	struct vdata *d;

	if (c->task == VCALL_TEST || c->task == VCALL_VALUE) {
		plusarg(b, c);
		return;
	}
	d = append((void **)&b->o->data, &b->cap_data, &b->o->n_data, sizeof(*d));
	if (!d)
		return;
	d->use = use_of(c->task);
	d->line = c->line;
	d->unit = mem_strdup(unit_name(b));
	set_direction(d, c);
	if (a->literal)
		d->name = mem_strdup(str_cstr(&a->text));
	else if (a->name.len)
		d->param = vtok_text(&a->name);
}

/* Names held by variables and parameters --------------------------------------------- */

void vfacts_literal(void *ctx, const struct vtok *name, const struct vtok *value)
{
	struct vbuild *b = ctx;
	struct vliteral *l =
		append((void **)&b->literals, &b->cap_literals, &b->n_literals, sizeof(*l));

	if (l)
		*l = (struct vliteral){ mem_strdup(unit_name(b)), vtok_text(name),
					unquoted(value) };
}

/* The first literal assigned to the name in its unit. */
static const char *value_of(const struct vbuild *b, const char *unit, const char *name)
{
	for (size_t i = 0; i < b->n_literals; i++)
		if (strcmp(b->literals[i].name, name) == 0 &&
		    strcmp(b->literals[i].unit, unit) == 0)
			return b->literals[i].value;
	return NULL;
}

/* The parameter of the unit that the name stands for: INIT for F after "localparam F =
 * INIT". NULL: it is none. Borrowed. */
static const char *param_behind(const struct vbuild *b, const char *name)
{
	const struct vmodule *m = b->depth ? &b->o->modules[b->stack[0].unit] : NULL;
	const char *found = NULL;

	for (size_t i = m ? m->n_params : 0; i-- > 0;) {
		const struct vparam *p = &m->params[i];

		if (strcmp(p->name, name) != 0)
			continue;
		found = p->name;
		name = p->local ? p->value : p->name;
	}
	return found;
}

void vfacts_override(void *ctx, const struct vtok *module, const struct vtok *name, size_t position,
		     const struct vtok *value)
{
	struct vbuild *b = ctx;
	struct voutline *o = b->o;
	char *text = value->kind == VTOKEN_NAME ? vtok_text(value) : NULL;
	const char *param = text ? param_behind(b, text) : NULL, *from = param ? param : text,
		   *passed = from ? value_of(b, unit_name(b), from) : NULL;
	/* without a literal it is most likely a width */
	bool keeps = !from || passed || (param && o->n_data_params < MAX_FACTS / 2);
	struct vdata_param *p = keeps ? append((void **)&o->data_params, &b->cap_data_params,
					       &o->n_data_params, sizeof(*p))
				      : NULL;

	if (p) {
		p->module = vtok_text(module);
		p->param = name ? vtok_text(name) : NULL;
		p->position = position;
		p->value = from ? mem_strdup(passed) : unquoted(value);
		p->unit = mem_strdup(unit_name(b));
		p->from = mem_strdup(from);
		p->line = value->line;
	}
	free(text);
}

void vfacts_finish(struct vbuild *b)
{
	for (size_t i = 0; i < b->o->n_data; i++) {
		struct vdata *d = &b->o->data[i];

		if (!d->name && d->param)
			d->name = mem_strdup(value_of(b, d->unit, d->param));
	}
	for (size_t i = 0; i < b->n_literals; i++) {
		free(b->literals[i].unit);
		free(b->literals[i].name);
		free(b->literals[i].value);
	}
	free(b->literals);
}

void vfacts_fini(struct voutline *o)
{
	for (size_t i = 0; i < o->n_data; i++) {
		free(o->data[i].name);
		free(o->data[i].param);
		free(o->data[i].unit);
	}
	for (size_t i = 0; i < o->n_data_params; i++) {
		free(o->data_params[i].module);
		free(o->data_params[i].param);
		free(o->data_params[i].value);
		free(o->data_params[i].unit);
		free(o->data_params[i].from);
	}
	for (size_t i = 0; i < o->n_plusargs; i++)
		free(o->plusargs[i].name);
	free(o->data);
	free(o->data_params);
	free(o->plusargs);
}

void vfacts_includes(struct voutline *o)
{
	size_t cap = 0;

	for (size_t i = 0; i < o->n_included; i++) {
		if (o->included[i].nested)
			continue;
		MEM_PUSH(o->includes, o->n_includes, cap, mem_strdup(o->included[i].name));
	}
}

/* Use of the file -------------------------------------------------------------------- */

void vfacts_outside(struct vbuild *b, const struct vtok *t)
{
	switch (t->word) {
	case VWORD_CONFIG:
		b->outside_config |= vtok_text_is(t, "config");
		b->outside_items = true;
		break;
	case VWORD_FUNCTION:
		b->outside_subs = true;
		break;
	case VWORD_TYPEDEF:
	case VWORD_IMPORT:
	case VWORD_EXPORT:
		b->outside_types = true;
		break;
	case VWORD_PARAMETER:
	case VWORD_LOCALPARAM:
	case VWORD_TYPE:
	case VWORD_NEWTYPE:
	case VWORD_ENUM:
	case VWORD_STRUCT:
	case VWORD_CONST:
	case VWORD_VIRTUAL:
	case VWORD_EXTERN:
	case VWORD_BIND:
	case VWORD_LIFETIME:
		b->outside_decls = true;
		break;
	case VWORD_SURE: /* timeunit, as opposed to always_comb */
		if (vtok_text_is(t, "timeunit") || vtok_text_is(t, "timeprecision"))
			b->outside_decls = true;
		else
			b->outside_items = true;
		break;
	default:
		if (t->symbol != ';' && !vtok_text_is(t, "let"))
			b->outside_items = true;
		break;
	}
}

/* True for "`protected", "`pragma protect begin_protected", "//pragma protect
 * ..." at the start of a line. */
static bool begins_sealed(const char *s, size_t len)
{
	static const char *const words[] = { "`protected", "`pragma protect begin_protected",
					     "//pragma protect begin_protected",
					     "// pragma protect begin_protected" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t n = strlen(words[i]);

		if (len >= n && memcmp(s, words[i], n) == 0 &&
		    (len == n || strchr(" \t\r\n", s[n])))
			return true;
	}
	return false;
}

static bool is_sealed(const char *text, size_t len)
{
	const char *end = text + len;

	if (!memmem(text, len, "protect", 7))
		return false;
	for (const char *s = text; s < end;) {
		const char *line_end = memchr(s, '\n', (size_t)(end - s));

		while (s < end && (*s == ' ' || *s == '\t'))
			s++;
		if (begins_sealed(s, (size_t)(end - s)))
			return true;
		s = line_end ? line_end + 1 : end;
	}
	return false;
}

/* One byte in fifty is a control character that no text has. A few are let through: the tools
 * take NUL bytes in comments, and at the end as padding. */
static bool is_binary(const char *text, size_t len)
{
	size_t controls = 0;

	while (len && text[len - 1] == '\0')
		len--;
	for (size_t i = 0; i < len; i++)
		controls += (unsigned char)text[i] < 0x20 &&
			    !memchr("\b\t\n\v\f\r\x1a\x1b", text[i], 8);
	return controls > 2 + len / 50;
}

/* Letters of UTF-16 have a NUL before or behind them, with and without a mark. */
static bool is_utf16(const char *text, size_t len)
{
	size_t n = len < 64 ? len / 2 : 32, at[2] = { 0, 0 };

	if (len >= 2 && (memcmp(text, "\377\376", 2) == 0 || memcmp(text, "\376\377", 2) == 0))
		return true;
	for (size_t i = 0; i < 2 * n; i++)
		at[i % 2] += text[i] == '\0';
	return n > 4 && ((at[0] == n && at[1] == 0) || (at[0] == 0 && at[1] == n));
}

/* Lines that end in CR alone are one line to every tool: the first comment hides the rest. */
static bool is_one_line(const char *text, size_t len)
{
	return memchr(text, '\r', len) && !memchr(text, '\n', len) &&
	       (memmem(text, len, "//", 2) || memchr(text, '`', len));
}

bool vfacts_unreadable(const char *text, size_t len, enum vfile_kind *kind)
{
	if (is_utf16(text, len))
		*kind = VFILE_UTF16;
	else if (len && is_one_line(text, len))
		*kind = VFILE_ONE_LINE;
	else if (is_binary(text, len))
		*kind = VFILE_BINARY;
	else if (is_sealed(text, len))
		*kind = VFILE_SEALED;
	else
		return false;
	return true;
}

enum vfile_kind vfacts_kind(const struct vbuild *b, bool directives, bool dead, bool tool)
{
	if (b->has_units)
		return VFILE_UNITS;
	if (b->outside_config)
		return VFILE_CONFIG;
	if (b->outside_items)
		return VFILE_FRAGMENT;
	if (b->outside_subs && !b->outside_types)
		return VFILE_SUBS;
	if (b->outside_subs || b->outside_types || b->outside_decls)
		return VFILE_DECLS;
	if (dead)
		return tool ? VFILE_UNITS : VFILE_DEAD;
	return directives ? VFILE_MACROS : VFILE_EMPTY;
}
