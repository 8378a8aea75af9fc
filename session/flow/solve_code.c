/* Turns an answer into the new text of one file.
 *
 * A model that is asked for one module may send several, or the same one twice, or
 * one with others around it. The last whole definition counts, because corrections
 * come further down. Modules of the answer that it instantiates are taken too.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer.h"
#include "session/base/mem.h"
#include "session/flow/solve.h"
#include "session/verilog/verilog.h"

struct block {
	const struct answer_part *part;
	struct voutline o;
	bool taken;
};

static bool is_whole(const struct block *b, const char *module)
{
	const struct vmodule *m = voutline_module(&b->o, module);

	return m && m->end_line > 0;
}

/* Marks the blocks that define modules instantiated by a taken block, transitively. */
static void take_along(struct block *v, size_t n)
{
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < n; i++)
			for (size_t m = 0; v[i].taken && m < v[i].o.n; m++)
				for (size_t k = 0; k < v[i].o.modules[m].n_instances; k++)
					for (size_t j = 0; j < n; j++) {
						const char *name =
							v[i].o.modules[m].instances[k].module;

						if (v[j].taken || !is_whole(&v[j], name) ||
						    voutline_module(&v[i].o, name))
							continue;
						v[j].taken = more = true;
					}
	}
}

/* Appends the block without testbenches and modules of other files. */
static void add_text(const struct block *b, const char *module, const struct strv *others,
		     struct str *out)
{
	const char *text = b->part->text;
	size_t at = 0, len = b->part->len;

	for (size_t i = 0; i < b->o.n; i++) {
		const struct vmodule *m = &b->o.modules[i];

		if (strcmp(m->name, module) == 0 || m->end <= m->off || m->end > len || m->off < at)
			continue;
		if (!vmodule_is_testbench(m) && !strv_has(others, m->name))
			continue;
		str_add(out, text + at, m->off - at);
		at = m->end;
		while (at < len && text[at] == '\n')
			at++;
	}
	str_add(out, text + at, len - at);
	if (out->len && out->data[out->len - 1] != '\n')
		str_addc(out, '\n');
}

/* Replaces the module in a file with several modules; otherwise the whole file. */
static void place(const struct str *code, const char *module, const struct str *file,
		  struct str *out)
{
	struct voutline o;
	const struct vmodule *m;

	if (!file) {
		str_add(out, code->data, code->len);
		return;
	}
	voutline_init(&o, str_cstr(file), file->len);
	m = voutline_module(&o, module);
	if (m && o.n > 1 && m->end > m->off && m->end <= file->len) {
		size_t len = code->len;

		while (len && code->data[len - 1] == '\n')
			len--;
		str_add(out, file->data, m->off);
		str_add(out, code->data, len);
		str_add(out, file->data + m->end, file->len - m->end);
	} else {
		str_add(out, code->data, code->len);
	}
	voutline_fini(&o);
}

static void put_together(struct block *v, size_t n, const char *module, const struct str *file,
			 const struct strv *others, struct str *out)
{
	struct str code = STR_INIT;

	take_along(v, n);
	for (size_t i = 0; i < n; i++)
		if (v[i].taken)
			add_text(&v[i], module, others, &code);
	place(&code, module, file, out);
	str_free(&code);
}

static void explain(const struct answer_parts *parts, const struct block *v, size_t n,
		    const char *module, struct str *why)
{
	for (size_t i = 0; i < n; i++)
		if (voutline_module(&v[i].o, module)) {
			str_addf(why, "module %s is cut off", module);
			return;
		}
	for (size_t i = 0; i < parts->n; i++)
		if (parts->v[i].kind == PART_EDIT || parts->v[i].kind == PART_DIFF) {
			str_addf(why, "it holds an edit and no whole module %s", module);
			return;
		}
	str_addf(why, "there is no Verilog module %s in it", module);
}

/* The last whole definition; SIZE_MAX: none. */
static size_t choose(const struct block *v, size_t n, const char *module, struct str *note)
{
	size_t chosen = SIZE_MAX, whole = 0;

	for (size_t i = 0; i < n; i++)
		if (is_whole(&v[i], module)) {
			chosen = i;
			whole++;
		}
	if (whole > 1)
		str_addf(note, "it defines %s %zu times; the last one counts", module, whole);
	return chosen;
}

bool solve_code(const char *answer, size_t len, const char *module, const struct str *file,
		const struct strv *others, struct str *out, struct str *note, struct str *why)
{
	struct answer_parts parts;
	struct block *v;
	size_t n = 0, chosen;

	answer_parse(answer, len, &parts);
	v = mem_calloc(parts.n + 1, sizeof(*v));
	for (size_t i = 0; i < parts.n; i++)
		if (parts.v[i].kind == PART_CODE && n++ < SOLVE_BLOCKS_MAX) {
			v[n - 1].part = &parts.v[i];
			voutline_init(&v[n - 1].o, parts.v[i].text, parts.v[i].len);
		}
	chosen = n > SOLVE_BLOCKS_MAX ? SIZE_MAX : choose(v, n, module, note);
	if (n > SOLVE_BLOCKS_MAX)
		str_addf(why, "it holds %zu blocks of code, and one module was asked for", n);
	else if (chosen == SIZE_MAX)
		explain(&parts, v, n, module, why);
	if (chosen != SIZE_MAX) {
		v[chosen].taken = true;
		put_together(v, n, module, file, others, out);
	}
	for (size_t i = 0; i < n && i < SOLVE_BLOCKS_MAX; i++)
		voutline_fini(&v[i].o);
	free(v);
	answer_parts_fini(&parts);
	return chosen != SIZE_MAX;
}
