/* Checks what plugins pass in: a plugin is trusted, but one with a mistake should get
 * an error here instead of a corrupt list elsewhere. */
#include "config.h"

#include "plugins/plugin_parts.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/utf8.h"
#include "session/model/backend.h"
#include "session/option/opt.h"
#include "session/workbench/backend_lease.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/extensions.h"
#include "session/workbench/ports.h"

#define NAME_MAX_BYTES 64u

bool given_fit(struct loaded *l, const char *kind, const void *given, size_t size, size_t least)
{
	if (!pthread_equal(pthread_self(), l->loop_thread))
		return false;
	if (!l->starting)
		return err_set(&l->err, ERR_USAGE, "a plugin adds %s in start() only", kind);
	return (given && size >= least) ||
	       err_set(&l->err, ERR_USAGE, "%s: its description is too small", kind);
}

bool given_name(struct loaded *l, const char *kind, const char *name)
{
	size_t n = name ? strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789-") : 0;

	return (n && n <= NAME_MAX_BYTES && !name[n]) ||
	       err_set(&l->err, ERR_USAGE, "%s %.80s: a name has a-z, 0-9, _ and -, at most %u",
		       kind, name ? name : "without a name", NAME_MAX_BYTES);
}

bool given_text(struct loaded *l, const char *kind, const char *name, const char *text, size_t max)
{
	size_t len = text ? strlen(text) : 0, n;
	bool ok = text && len <= max;
	unsigned cp;

	for (size_t i = 0; ok && i < len; i += n) {
		n = utf8_decode(text + i, len - i, &cp);
		ok = n && !utf8_is_control(cp);
	}
	return ok || err_set(&l->err, ERR_USAGE,
			     "%s %.80s: a text of one line of at most %zu bytes of UTF-8 was "
			     "expected, without control characters",
			     kind, name, max);
}

void given_copy(void *to, size_t size, const void *from, size_t from_size)
{
	memset(to, 0, size);
	memcpy(to, from, from_size < size ? from_size : size);
}

void given_fill(void *to, size_t to_size, const void *from, size_t size)
{
	const size_t head = sizeof(size_t);

	if (to_size > head)
		memcpy((char *)to + head, (const char *)from + head,
		       (to_size < size ? to_size : size) - head);
}

void part_add(struct part *p, struct loaded *l)
{
	p->plugin = l;
	p->next = l->w->tools.plugins->parts;
	l->w->tools.plugins->parts = p;
}

/* Lists ----------------------------------------------------------------------------------- */

static struct ports *own_ports(struct workbench *w)
{
	struct plugin_host *h = w->tools.plugins;

	if (!h->before) {
		h->before = w->ports;
		h->ports = *w->ports;
		w->ports = &h->ports;
	}
	return &h->ports;
}

static size_t length(const void *const *list)
{
	size_t n = 0;

	while (list[n])
		n++;
	return n;
}

/* Both lists end with NULL. */
static const void **with(const void *const *list, const void *row)
{
	size_t n = length(list);
	const void **more = mem_calloc(n + 2, sizeof(*more));

	memcpy(more, list, n * sizeof(*more));
	more[n] = row;
	return more;
}

static void without(const void **list, const void *row)
{
	size_t n = list ? length(list) : 0;

	for (size_t i = 0; i < n; i++)
		if (list[i] == row) {
			memmove(&list[i], &list[i + 1], (n - i) * sizeof(*list));
			return;
		}
}

void parts_add_backend(struct workbench *w, const struct backend_ops *ops)
{
	struct ports *p = own_ports(w);
	const struct backend_ops **old = w->tools.plugins->backends;

	w->tools.plugins->backends =
		(const struct backend_ops **)with((const void *const *)p->backends, ops);
	p->backends = w->tools.plugins->backends;
	free(old);
}

void parts_drop_backend(struct workbench *w, const struct backend_ops *ops)
{
	for (size_t i = 0; i < w->backends->n; i++) {
		struct backend_entry *e = &w->backends->v[i];

		if (strcmp(e->protocol, ops->protocol) == 0) {
			backend_lease_drop(e->lease);
			e->lease = NULL;
		}
	}
	without((const void **)w->tools.plugins->backends, ops);
}

void parts_add_engine(struct workbench *w, const struct simulator_ops *ops)
{
	struct ports *p = own_ports(w);
	const struct simulator_ops **old = w->tools.plugins->engines;

	w->tools.plugins->engines =
		(const struct simulator_ops **)with((const void *const *)p->simulators, ops);
	p->simulators = w->tools.plugins->engines;
	options_engines(w->options, p->simulators);
	free(old);
}

void parts_drop_engine(struct plugin_host *plugins, const struct simulator_ops *ops)
{
	without((const void **)plugins->engines, ops);
}

struct extensions *parts_extensions(struct workbench_tools *t)
{
	if (!t->plugins->extensions)
		t->extensions = t->plugins->extensions = mem_zalloc(sizeof(*t->extensions));
	return t->plugins->extensions;
}
