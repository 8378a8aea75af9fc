/* The basis of the preprocessor: raw tokens of one text, and memory for
 * expansions.
 *
 * A macro can use itself twice through two others, so its expansion can grow
 * exponentially. A budget limits that: VPP_MACRO_BYTES plus 32 bytes for each
 * byte of text that is read. When it is used up, further expansions are dropped,
 * with one note.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/verilog/vpp_inner.h"

#define CHUNK	  (64u << 10)
#define MAX_NOTES 16u

/* One text -------------------------------------------------------------------- */

static size_t newlines(const char *s, size_t len)
{
	size_t n = 0;

	for (const char *end = s + len; (s = memchr(s, '\n', (size_t)(end - s))); s++)
		n++;
	return n;
}

void vframe_token(struct vframe *f, struct vtoken *t)
{
	vlex_into(f->text, f->len, f->off, &f->lex, t);
	f->off += t->len;
	if (t->kind > VTOKEN_COMMENT && t->kind != VTOKEN_STRING)
		return;
	if (t->len == 1)
		f->line += f->text[t->off] == '\n';
	else
		f->line += (int)newlines(f->text + t->off, t->len);
}

struct vtoken vframe_raw(struct vframe *f)
{
	struct vtoken t;

	vframe_token(f, &t);
	return t;
}

void vframe_skip_line(struct vframe *f)
{
	while (f->off < f->len) {
		struct vtoken t = vframe_raw(f);
		const char *s = f->text + t.off;
		bool taken_in = t.off > 0 && s[-1] == '\\';

		if (t.kind == VTOKEN_SPACE && newlines(s, t.len) > (taken_in ? 1u : 0u))
			break;
	}
}

bool vframe_name(struct vframe *f, const char **name, size_t *len)
{
	enum vlex_state lex = VLEX_CODE;
	struct vtoken t;

	while (f->off < f->len && (f->text[f->off] == ' ' || f->text[f->off] == '\t'))
		f->off++;
	if (f->off >= f->len || f->text[f->off] == '\n')
		return false;
	t = vlex_next(f->text, f->len, f->off, &lex);
	if (t.kind != VTOKEN_NAME && t.kind != VTOKEN_KEYWORD)
		return false;
	f->off += t.len;
	*name = f->text + t.off;
	*len = t.len;
	if (**name == '\\' && *len > 1) {
		++*name;
		--*len;
	}
	return true;
}

/* The whole ------------------------------------------------------------------- */

char *vpp_keep(struct vpp *p, const char *s, size_t len)
{
	struct vchunk *c = p->arena;
	char *at;

	if (len + 64 > p->macro_bytes) {
		vpp_note(p, str_fmt("macros make too much text; from line %d on they are left out",
				    p->frames[0].line));
		p->macro_bytes = 0;
		return NULL;
	}
	p->macro_bytes -= len + 64;
	if (!c || c->size - c->used < len) {
		size_t size = len > CHUNK ? len : CHUNK;

		c = mem_alloc(sizeof(*c) + size);
		c->next = p->arena;
		c->size = size;
		c->used = 0;
		p->arena = c;
	}
	at = c->data + c->used;
	memcpy(at, s, len);
	c->used += len;
	return at;
}

void vpp_grant(struct vpp *p, size_t len)
{
	size_t left = VPP_MACRO_BYTES_MAX - p->macro_granted,
	       more = len > left / 32 ? left : 32 * len;

	p->macro_granted += more;
	p->macro_bytes += more;
}

void vpp_note(struct vpp *p, char *text)
{
	if (p->notes.n < MAX_NOTES && !strv_has(&p->notes, text))
		strv_give(&p->notes, text);
	else
		free(text);
}

const struct vmacro *vpp_find(const struct vpp *p, const char *name, size_t len)
{
	const struct vmacro *m = vmacros_find(p->macros, name, len);

	if (!m && p->env && !vmacros_cleared(p->macros))
		m = vmacros_find(p->env->given, name, len);
	return m && m->defined ? m : NULL;
}
