/* Sites that repeat others. One comparison is one check, however many statements it
 * passes through:
 *
 *     function same; same = g === e; endfunction      no site: the `if` that calls it is
 *     if (!same(q, want)) errs.push_back(i);
 *     if (y !== want) st = ERR_SUM;
 *     if (st != OK) $display("FAILED");               the report of the one above
 *     if (errs.size() == 0) $display("PASSED");       likewise
 *     rc = check(q, want); if (rc < 0) bad = bad + 1;  of the check in that function
 *
 * A variable is an account if nothing changes it but branches of failed checks, or
 * processes that wait for an event of such a branch, apart from constants it starts with.
 * So is a copy of one, and what a port carries it to (checks_joins.c). Of a path such as
 * u.st[1].bad the last name tells.
 * An `if` on accounts and constants alone compares nothing of the design.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

#define RESULTS_MAX 200 /* assignments in routines; each is looked for in all sources */
#define ROUNDS	    6	/* an event's process and what that triggers; a count, its copy, a port */

/* Results of routines ---------------------------------------------------------------- */

static bool is_check(const struct check_found *f)
{
	return f->site.kind != CHECK_REPORT && f->site.kind != CHECK_GUARD &&
	       f->site.kind != CHECK_NEEDS;
}

/* True if another check's condition calls the function. */
static bool is_asked(const struct checks *c, const struct check_found *f, const struct vstmts *own,
		     struct vspan name)
{
	for (size_t n = 0; n < c->n_sites; n++) {
		const struct check_found *other = &c->sites[n];
		const struct vstmts *s = &c->sources[other->site.source].s;
		struct vspan head = s->v[other->node].head;

		if (other == f || !is_check(other) || s->v[other->node].kind == VSTMT_BLOCKING ||
		    s->v[other->node].kind == VSTMT_NONBLOCKING)
			continue;
		for (size_t i = checks_first_token(s, head); checks_in_span(s, i, head); i++)
			if (s->tokens[i].kind == VTOKEN_NAME && checks_is(s, i + 1, "(") &&
			    checks_same(s, checks_token(s, i), own, name))
				return true;
	}
	return false;
}

/* True if a check behind node i asks for a variable that the call there is given. */
static bool is_asked_after(const struct checks *c, const struct check_found *f, size_t source,
			   int i)
{
	const struct vstmts *s = &c->sources[source].s;
	size_t at = checks_first_token(s, s->v[i].head);
	struct vspan arg;

	while (checks_next_argument(s, s->v[i].head, &at, &arg)) {
		struct vspan name = checks_last_name(s, arg);

		for (size_t n = 0; name.off < name.end && n < c->n_sites; n++) {
			const struct check_found *other = &c->sites[n];

			if (other != f && other->site.kind == CHECK_IF &&
			    other->site.source == source && other->node > i &&
			    checks_mentions(s, s->v[other->node].head, name) &&
			    !checks_compares(s, s->v[other->node].head))
				return true;
		}
	}
	return false;
}

static bool is_output(const struct checks *c, const struct check_found *f, const struct vstmts *s,
		      int task)
{
	struct vspan own = checks_last_name(s, s->v[task].name);

	if (checks_direction(s, task, checks_last_name(s, s->v[f->node].lhs)) != DIRECTION_OUTPUT)
		return false;
	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *in = &c->sources[k].s;

		for (int i = 0; i < (int)in->n; i++) {
			struct vspan name = checks_last_name(in, in->v[i].name);

			if (in->v[i].kind == VSTMT_CALL && checks_same(in, name, s, own) &&
			    is_asked_after(c, f, k, i))
				return true;
		}
	}
	return false;
}

static bool is_candidate(const struct checks *c, const struct check_found *f)
{
	const struct vstmts *s = &c->sources[f->site.source].s;

	return f->site.kind == CHECK_ASSIGN && s->v[f->node].kind == VSTMT_BLOCKING &&
	       (vstmts_around(s, f->node, VSTMT_FUNCTION) >= 0 ||
		vstmts_around(s, f->node, VSTMT_TASK) >= 0);
}

/* True for the assignment to the result of a function, or to an output of a task, that such
 * a check asks for. */
static bool is_result(const struct checks *c, const struct check_found *f)
{
	const struct vstmts *s = &c->sources[f->site.source].s;
	int function = vstmts_around(s, f->node, VSTMT_FUNCTION),
	    task = vstmts_around(s, f->node, VSTMT_TASK);

	if (!is_candidate(c, f))
		return false;
	if (task >= 0)
		return is_output(c, f, s, task);
	return function >= 0 &&
	       checks_same(s, checks_last_name(s, s->v[f->node].lhs), s,
			   checks_last_name(s, s->v[function].name)) &&
	       is_asked(c, f, s, checks_last_name(s, s->v[function].name));
}

static void drop_results(struct checks *c)
{
	size_t kept = 0, asked = 0;

	for (size_t i = 0; i < c->n_sites && asked < RESULTS_MAX; i++) {
		asked += is_candidate(c, &c->sites[i]);
		if (is_result(c, &c->sites[i])) {
			free((char *)c->sites[i].site.text);
			c->sites[i].site.text = NULL;
			c->sites[i].dropped = true;
		}
	}
	for (size_t i = 0; i < c->n_sites; i++)
		if (!c->sites[i].dropped)
			c->sites[kept++] = c->sites[i];
	c->n_sites = kept;
}

/* Accounts -------------------------------------------------------------------------- */

struct accounts { /* names that are changed there, or anywhere else */
	struct name_map blamed, elsewhere;
};

struct settle {
	struct checks *c;
	struct check_joins joins;
	struct accounts known, next; /* after the round before, and of this one */
};

static bool is_known(const struct settle *d, const char *name, size_t len)
{
	return name_map_has(&d->known.blamed, name, len) &&
	       !name_map_has(&d->known.elsewhere, name, len);
}

static bool is_account(const struct settle *d, const struct vstmts *s, size_t token)
{
	return is_known(d, s->text + s->tokens[token].off, s->tokens[token].len);
}

static bool is_scope(const struct vstmts *s, size_t i)
{
	return checks_is(s, i, ".") || checks_is(s, i, "::");
}

/* The last name of the path at token i, in the span: bad of "u.st[1].bad". */
static size_t path_end(const struct vstmts *s, size_t i, struct vspan in)
{
	for (size_t next = i + 1; checks_in_span(s, next, in); next++) {
		if (checks_is(s, next, "["))
			next = checks_closing(s, next, in);
		else if (is_scope(s, next) && s->tokens[next + 1].kind == VTOKEN_NAME)
			i = ++next;
		else
			break;
	}
	return i;
}

/* True for a process that only such an event starts. */
static bool starts_by_account(const struct settle *d, const struct vstmts *s, int process)
{
	size_t i = vstmts_token(s, s->v[process].all.off), n = 0, name = 0;

	for (; i < s->n_tokens && !checks_is(s, i, "@"); i++)
		if (s->tokens[i].off >= s->v[process].all.end || ++n > 2)
			return false;
	name = checks_is(s, i + 1, "(") ? i + 2 : i + 1;
	return name + 1 < s->n_tokens && s->tokens[name].kind == VTOKEN_NAME &&
	       (name == i + 1 || checks_is(s, name + 1, ")")) && is_account(d, s, name);
}

/* Marks the nodes in branches of failed checks. */
static void mark(const struct settle *d, size_t source, bool *below)
{
	const struct vstmts *s = &d->c->sources[source].s;

	for (size_t i = 0; i < d->c->n_sites; i++) {
		const struct check_found *f = &d->c->sites[i];

		if (f->site.source != source || f->fails < 0 || !is_check(f))
			continue;
		for (int k = f->fails; k < s->v[f->fails].end; k++)
			below[k] = true;
	}
	for (int i = 0; i < (int)s->n; i++)
		if (s->v[i].kind == VSTMT_ALWAYS && starts_by_account(d, s, i))
			for (int k = i; k < s->v[i].end; k++)
				below[k] = true;
}

static void all_elsewhere(struct settle *d, const struct vstmts *s, struct vspan in)
{
	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++)
		if (s->tokens[i].kind == VTOKEN_NAME)
			checks_put(&d->next.elsewhere, s, checks_token(s, i));
}

static struct vspan first_name(const struct vstmts *s, struct vspan in)
{
	size_t i = checks_first_token(s, in);

	while (checks_in_span(s, i, in) && s->tokens[i].kind != VTOKEN_NAME)
		i++;
	return checks_in_span(s, i, in) ? checks_token(s, i) : (struct vspan){ 0, 0 };
}

/* True for a call of a function whose result is an account. */
static bool is_result_account(const struct settle *d, const struct vstmts *s, struct vspan value)
{
	size_t i = checks_first_token(s, value), close;

	if (!checks_is(s, i + 1, "(") || s->tokens[i].kind != VTOKEN_NAME || !is_account(d, s, i))
		return false;
	close = checks_closing(s, i + 1, value);
	return checks_in_span(s, close, value) && !checks_in_span(s, close + 1, value);
}

/* True if the head asks for accounts, and for nothing else. */
static bool asks_accounts(const struct settle *d, const struct vstmts *s, struct vspan head)
{
	bool any = false;

	for (size_t i = checks_first_token(s, head); checks_in_span(s, i, head); i++) {
		struct vspan one = checks_token(s, i);
		size_t last;

		if (s->tokens[i].kind == VTOKEN_SYSTEM || s->tokens[i].kind == VTOKEN_DIRECTIVE)
			return false;
		if (s->tokens[i].kind != VTOKEN_NAME || is_scope(s, i - 1))
			continue;
		last = path_end(s, i, head);
		if (is_account(d, s, i) || is_account(d, s, last))
			any = true;
		else if (last != i || !checks_is_literal(d->c, s, one) ||
			 checks_has(&d->known.elsewhere, s, one))
			return false;
	}
	return any;
}

/* A value that tells of failed checks only: what is raised or set below one, and copies. */
static bool blames(const struct settle *d, const struct vstmts *s, const struct vstmt *v,
		   bool below)
{
	if (below && (v->rhs.off == v->rhs.end || checks_is_literal(d->c, s, v->rhs) ||
		      checks_assign(s, v) == ASSIGN_RAISE || checks_appends(d->c, s, v) ||
		      checks_is_position(d->c, s, v->rhs)))
		return true;
	return is_result_account(d, s, v->rhs) || asks_accounts(d, s, v->rhs);
}

static void assign(struct settle *d, const struct vstmts *s, int i, bool below)
{
	const struct vstmt *v = &s->v[i];
	struct vspan name = checks_last_name(s, v->lhs);

	if (name.off == name.end) {
		all_elsewhere(d, s, v->lhs);
		return;
	}
	if (checks_is(s, vstmts_token(s, name.off) - 1, "."))
		all_elsewhere(d, s, (struct vspan){ v->lhs.off, name.off });
	if (blames(d, s, v, below))
		checks_put(&d->next.blamed, s, name);
	else if (!checks_is_literal(d->c, s, v->rhs) || v->rhs.off == v->rhs.end ||
		 checks_below_if(s, i) || vstmts_around(s, i, VSTMT_ALWAYS) >= 0)
		checks_put(&d->next.elsewhere, s, name);
}

static void change(struct settle *d, const struct vstmts *s, int i, bool below)
{
	static const char *const commas[] = { ",", NULL };
	const struct vstmt *v = &s->v[i];
	struct vspan name = checks_last_name(s, v->lhs);

	switch (v->kind) {
	case VSTMT_BLOCKING:
	case VSTMT_NONBLOCKING:
		assign(d, s, i, below);
		break;
	case VSTMT_CALL:
		if (vspan_is(s, checks_last_name(s, v->name), "push_back"))
			checks_put(below ? &d->next.blamed : &d->next.elsewhere, s,
				   first_name(s, v->name));
		else
			all_elsewhere(d, s, v->all);
		break;
	case VSTMT_TRIGGER:
		checks_put(below ? &d->next.blamed : &d->next.elsewhere, s, first_name(s, v->all));
		break;
	case VSTMT_SYSTEM:
		if (!checks_is_print(s, v))
			all_elsewhere(d, s, v->head);
		break;
	case VSTMT_LOOP: /* foreach changes nothing but its own index */
		if (!vspan_is(s, v->name, "foreach"))
			all_elsewhere(d, s, v->head);
		break;
	case VSTMT_ASSIGN:
	case VSTMT_DECL:
		if (name.off < name.end && asks_accounts(d, s, v->rhs))
			checks_put(&d->next.blamed, s, name);
		else if (v->kind == VSTMT_ASSIGN) /* "assign a = b, c = d;" */
			all_elsewhere(d, s, checks_has_any(s, v->rhs, commas) ? v->all : v->lhs);
		break;
	case VSTMT_FORCE:
	case VSTMT_MACRO:
	case VSTMT_TASK:
	case VSTMT_FUNCTION:
		all_elsewhere(d, s, v->head);
		break;
	default:
		break;
	}
}

static void read_changes(struct settle *d)
{
	for (size_t k = 0; k < d->c->n_sources; k++) {
		const struct vstmts *s = &d->c->sources[k].s;
		bool *below = mem_calloc(s->n + 1, sizeof(*below));

		mark(d, k, below);
		for (int i = 0; i < (int)s->n; i++)
			if (checks_in_bench(&d->c->sources[k], i))
				change(d, s, i, below[i]);
		free(below);
	}
	for (size_t i = 0; i < d->joins.n; i++) {
		const struct check_join *j = &d->joins.v[i];
		bool known = j->from.len && is_known(d, j->from.text, j->from.len);

		/* of one name on both sides, which would wait for itself */
		if (j->from.len == j->to.len && memcmp(j->from.text, j->to.text, j->to.len) == 0)
			continue;
		name_map_put(known ? &d->next.blamed : &d->next.elsewhere, j->to.text, j->to.len,
			     0);
	}
	for (size_t i = 0; i < d->joins.n_others; i++) {
		const struct vstmts *s = d->joins.others[i].s;

		all_elsewhere(d, s, s->v[d->joins.others[i].node].all);
	}
}

static void free_accounts(struct accounts *a)
{
	name_map_fini(&a->blamed);
	name_map_fini(&a->elsewhere);
}

/* The same for a case and what it chooses by: `case (res) OK: ...; NOK: ...`. */
static bool only_reports(const struct settle *d, const struct vstmts *s, int i)
{
	if (!asks_accounts(d, s, s->v[i].head))
		return false;
	for (int k = i + 1; s->v[i].kind == VSTMT_CASE && k < s->v[i].end; k = s->v[k].end)
		if (!vspan_is(s, s->v[k].head, "default") &&
		    !checks_is_literal(d->c, s, s->v[k].head))
			return false;
	return true;
}

/* "assert (errors == 0)" compares nothing if another site counted the errors. */
static void drop_sums(struct checks *c)
{
	bool others = false;

	for (size_t i = 0; i < c->n_sites; i++)
		others |= is_check(&c->sites[i]) && !c->sites[i].site.sums_up;
	for (size_t i = 0; others && i < c->n_sites; i++)
		if (c->sites[i].site.sums_up)
			c->sites[i].site.kind = CHECK_REPORT;
}

/* True for a print or an assignment that chooses by a condition. */
static bool chooses(const struct vstmts *s, const struct check_found *f)
{
	return s->v[f->node].kind == VSTMT_SYSTEM || f->site.kind == CHECK_ASSIGN;
}

void checks_settle(struct checks *c)
{
	struct settle d = { .c = c };

	drop_results(c);
	checks_read_joins(c, &d.joins);
	for (int round = 0; round < ROUNDS; round++) {
		read_changes(&d);
		free_accounts(&d.known);
		d.known = d.next;
		d.next = (struct accounts){ 0 };
	}
	for (size_t i = 0; i < c->n_sites; i++) {
		struct check_found *f = &c->sites[i];
		const struct vstmts *s = &c->sources[f->site.source].s;

		if (f->site.kind == CHECK_IF ? only_reports(&d, s, f->node)
					     : chooses(s, f) && asks_accounts(&d, s, f->condition))
			f->site.kind = CHECK_REPORT;
	}
	drop_sums(c);
	free_accounts(&d.known);
	checks_free_joins(&d.joins);
}
