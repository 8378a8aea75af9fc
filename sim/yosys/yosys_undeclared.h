/* yosys_undeclared.h - assertions that use a name which nothing declares.
 *
 * yosys makes a net with any value for such a name, and says so where it is used first. Other
 * assertions that use it would be proved, or broken, about nothing.
 */
#ifndef POSEDGE_YOSYS_UNDECLARED_H
#define POSEDGE_YOSYS_UNDECLARED_H

struct prover_report;
struct sim_job;
struct strv;

/* names[i] was found undeclared at places[i], "rtl/q.sv:12". If that is in an assertion, it and
 * all others of the report with that name are unread, and why says it. A name that the design
 * itself uses first, as a port's connection, is a net like others. */
void yosys_undeclared_mark(const struct sim_job *design, const struct strv *names,
			   const struct strv *places, struct prover_report *report);

#endif
