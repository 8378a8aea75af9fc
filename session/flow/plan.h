/* plan.h - a plan of a design as tables: modules, ports, instances, connections. It
 * is checked before there is any code. Pure.
 *
 * plan.md is Markdown. A heading "## NAME" begins a module. Below it are a line
 * "Serves: R1, R2" and tables, recognised by the first word of their head:
 *
 *	| parameter | value |			WIDTH	8
 *	| port | direction | width | role |	rst_n	input	1	reset low
 *	| instance | module | parameters |	u_core	core	WIDTH=WIDTH
 *	| from | to |				u_core.q	q
 *
 * role: clock, "reset high", "reset low", or empty. from: a port of the module, a
 * port of an instance, or a number (1'b0); to: the same except numbers, or "-" for an
 * output of an instance that nothing reads. The first module is the top. A module
 * without instances is a leaf, and its code has to be written. A module with
 * instances contains only wires, which plan_make() writes. Widths consist of numbers,
 * parameters, + - * / ( ) and $clog2().
 */
#ifndef POSEDGE_PLAN_H
#define POSEDGE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

struct spec;
struct vmodule;

#define PLAN_ROWS_MAX	 4000u /* in all tables; more rows are a fault and are not read */
#define PLAN_MODULES_MAX 500u
#define PLAN_SERVES_MAX	 200u /* per module */
#define PLAN_FAULTS_MAX	 200u
#define PLAN_BELOW_MAX	 100000u /* instances below the top, once per path; more is a fault */
#define PLAN_WIDTH_MAX	 65536	 /* bits */
#define PLAN_NOWHERE	 "-"

enum plan_role { PLAN_DATA, PLAN_CLOCK, PLAN_RESET_HIGH, PLAN_RESET_LOW };

struct plan_pair { /* a parameter and its value, or a connection from a to b */
	char *a, *b;
	int line;
};

struct plan_port {
	char *name, *width;
	bool output;
	enum plan_role role;
	int line;
};

struct plan_instance {
	char *name, *module;
	struct plan_pair *params;
	size_t n_params;
	int line;
};

struct plan_module {
	char *name;
	int line;
	struct strv serves;
	struct plan_pair *params, *wires;
	struct plan_port *ports;
	struct plan_instance *instances;
	size_t n_params, n_wires, n_ports, n_instances;
};

struct plan_fault {
	const char *kind; /* "width", "driver", ...; constant */
	int line;	  /* of plan.md, 1-based */
	char *what;	  /* a sentence with the names */
};

struct plan { /* a zeroed one is empty */
	struct plan_module *modules;
	size_t n;
	struct plan_fault *faults; /* from plan_read(), then from plan_check() */
	size_t n_faults;
	size_t rows;
};

void plan_read(struct plan *p, const char *text, size_t len);
void plan_fini(struct plan *p);
void plan_fault(struct plan *p, const char *kind, int line, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

const struct plan_module *plan_module(const struct plan *p, const char *name); /* NULL: none */
const struct plan_port *plan_port(const struct plan_module *m, const char *name);
const struct plan_instance *plan_instance(const struct plan_module *m, const char *name);

/* Adds all faults. s: the requirements that the modules have to serve; NULL: do not
 * check them. */
void plan_check(struct plan *p, const struct spec *s);
/* The part of plan_check() that follows instances: cycles, and too many instances. */
void plan_check_graph(struct plan *p);

/* Evaluates a width with the default parameters of m, or with those that the instance given
 * passes (NULL: none), whose values are expressions in module of. False: why gets a clause. */
bool plan_width(const char *text, const struct plan_module *m, const struct plan_instance *given,
		const struct plan_module *of, long *bits, struct str *why);

/* Evaluates the range of a type, "logic [WIDTH-1:0]", with the parameters of m; 1 without a
 * range. False: it has several, or a bound has no value here. */
bool plan_range(const char *type, const struct plan_module *m, long *bits);

/* False: s is no number. *bits: its size, 0 without one; *needs: the bits of its value. */
bool plan_number(const char *s, long *bits, long *needs);

/* Appends the module header, "module NAME #(...) (...);", valid since Verilog-2001. */
void plan_head(const struct plan_module *m, struct str *out);

/* Appends a module that contains only wires. p must have no faults. */
void plan_make(const struct plan *p, const struct plan_module *m, struct str *out);

/* Adds a line for each difference between the RTL and the plan: "plan: ...; file: ...". */
void plan_compare(const struct plan_module *m, const struct vmodule *rtl, struct strv *out);

#endif
