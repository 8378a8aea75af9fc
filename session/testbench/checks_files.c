/* What a testbench reads from files. Vectors, expected values and commands come from
 * there whatever the design does, unless the run itself wrote the file:
 *
 *     n = $fscanf(f, "%b %h", report, want);      report and want: from the file
 *     f = $fopen("out.txt", "w"); ... $fopen("out.txt", "r")     the design's outputs
 */
#include "config.h"

#include <string.h>

#include "session/testbench/checks_inner.h"

#define NAMES_MAX 256 /* files by name, of each kind; with more, any may be read back */

static const struct reader {
	const char *name;
	int first, last; /* arguments that it writes, from 0 */
} readers[] = {
	{ "$fscanf", 2, 1000 }, { "$sscanf", 2, 1000 },	     { "$fgets", 0, 0 },
	{ "$fread", 0, 0 },	{ "$readmemh", 1, 1 },	     { "$readmemb", 1, 1 },
	{ "$fgetc", 1, 0 },	{ "$feof", 1, 0 },	     { "$fopen", 1, 0 },
	{ "$fopenr", 1, 0 },	{ "$ferror", 1, 1 },	     { "$rewind", 1, 0 },
	{ "$fseek", 1, 0 },	{ "$ftell", 1, 0 },	     { "$fclose", 1, 0 },
	{ "$ungetc", 1, 0 },	{ "$value$plusargs", 1, 1 }, { "$test$plusargs", 1, 0 },
};

bool checks_reads(const struct vstmts *s, size_t token, int *first, int *last)
{
	for (size_t i = 0; i < sizeof(readers) / sizeof(*readers); i++) {
		if (!checks_is(s, token, readers[i].name))
			continue;
		*first = readers[i].first;
		*last = readers[i].last;
		return true;
	}
	return false;
}

struct file_names {
	struct name_map read, written; /* string tokens */
	bool any_read, any_written, unknown;
};

static void note_file(struct file_names *n, const struct vstmts *s, size_t name, bool reads)
{
	const struct vstmt_token *t = &s->tokens[name];
	struct name_map *m = reads ? &n->read : &n->written;

	*(reads ? &n->any_read : &n->any_written) = true;
	if (t->kind != VTOKEN_STRING || m->n >= NAMES_MAX)
		n->unknown = true;
	else
		name_map_put(m, s->text + t->off, t->len, 0);
}

static void note_opens(struct file_names *n, const struct vstmts *s)
{
	static const char *const in[] = { "$readmemh", "$readmemb", "$fopenr", NULL },
				 *const out[] = { "$writememh", "$writememb", NULL };

	for (size_t i = 0; i + 4 < s->n_tokens; i++) {
		if (s->tokens[i].kind != VTOKEN_SYSTEM || !checks_is(s, i + 1, "("))
			continue;
		if (checks_is_any(s, i, in))
			note_file(n, s, i + 2, true);
		else if (checks_is_any(s, i, out))
			note_file(n, s, i + 2, false);
		else if (checks_is(s, i, "$fopen"))
			note_file(n, s, i + 2,
				  checks_is(s, i + 3, ",") &&
					  s->tokens[i + 4].kind == VTOKEN_STRING &&
					  s->text[s->tokens[i + 4].off + 1] == 'r' &&
					  !memchr(s->text + s->tokens[i + 4].off, '+',
						  s->tokens[i + 4].len));
	}
}

/* True if a file that is read may be one that the run wrote. */
bool checks_reads_back(const struct checks *c)
{
	struct file_names n = { NAME_MAP_INIT, NAME_MAP_INIT, false, false, false };
	bool back = false;

	for (size_t k = 0; k < c->n_sources; k++)
		note_opens(&n, &c->sources[k].s);
	for (size_t k = 0; k < c->n_sources && !back; k++) {
		const struct vstmts *s = &c->sources[k].s;

		for (size_t i = 0; i < s->n_tokens && !back; i++)
			back = s->tokens[i].kind == VTOKEN_STRING &&
			       checks_has(&n.read, s, checks_token(s, i)) &&
			       checks_has(&n.written, s, checks_token(s, i));
	}
	back = back || (n.unknown && n.any_read && n.any_written);
	name_map_fini(&n.read);
	name_map_fini(&n.written);
	return back;
}
