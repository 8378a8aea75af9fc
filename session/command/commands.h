/* commands.h - the built-in command table, and the functions it names.
 *
 * Map of session/command: what a person can say. The top of session/: knows
 * all other folders, and nothing of a screen.
 *
 *   commands  the table
 *   cmd_*     its functions
 *   coverage_spec what tests reach of the code behind each requirement
 *
 * cmd_coverage.c: coverage. cmd_ask.c: ask, btw, fix. cmd_context.c: context, compact. cmd_critique.c: critique. cmd_changed.c: changed. cmd_replay.c: replay. cmd_review.c: review, apply, blame. cmd_check.c: lint,
 * waive, sim. cmd_wave.c: wave. cmd_make.c: new, instance, testbench. cmd_setup.c: set,
 * trust, plugin, doctor. cmd_backend.c: backend, backends. cmd_time.c: mark, rewind, fork.
 * cmd_export.c: export, consent. cmd_proof.c: verify, seal, handin.
 * cmd_mcp.c, cmd_servers.c: mcp. cmd_sessions.c: sessions. cmd_files.c: files. cmd_find.c: find. cmd_about.c:
 * log, note, help, manual, version. cmd_flow.c: flows, and each of them. cmd_bench.c: bench. cmd_formal.c: equiv, prove.
 */
#ifndef POSEDGE_COMMANDS_H
#define POSEDGE_COMMANDS_H

#include "session/workbench/cmd.h"

extern const struct cmd commands[]; /* ends with a NULL name */

bool cmd_apply(struct cmd_call *c, struct err *err);
bool cmd_ask(struct cmd_call *c, struct err *err);
bool cmd_backend(struct cmd_call *c, struct err *err);
bool cmd_backends(struct cmd_call *c, struct err *err);
bool cmd_bench(struct cmd_call *c, struct err *err);
bool cmd_blame(struct cmd_call *c, struct err *err);
bool cmd_btw(struct cmd_call *c, struct err *err);
bool cmd_changed(struct cmd_call *c, struct err *err);
bool cmd_compact(struct cmd_call *c, struct err *err);
bool cmd_consent(struct cmd_call *c, struct err *err);
bool cmd_critique(struct cmd_call *c, struct err *err);
bool cmd_context(struct cmd_call *c, struct err *err);
bool cmd_coverage(struct cmd_call *c, struct err *err);
bool cmd_doctor(struct cmd_call *c, struct err *err);
bool cmd_equiv(struct cmd_call *c, struct err *err);
bool cmd_export(struct cmd_call *c, struct err *err);
bool cmd_explained(struct cmd_call *c, struct err *err);
bool cmd_files(struct cmd_call *c, struct err *err);
bool cmd_find_in_design(struct cmd_call *c, struct err *err);
bool cmd_fix(struct cmd_call *c, struct err *err);
bool cmd_flow(struct cmd_call *c, struct err *err); /* all of session/flow, by its name */
bool cmd_flows(struct cmd_call *c, struct err *err);
bool cmd_fork(struct cmd_call *c, struct err *err);
bool cmd_handin(struct cmd_call *c, struct err *err);
bool cmd_help_about(struct cmd_call *c, struct err *err);
bool cmd_instance(struct cmd_call *c, struct err *err);
bool cmd_lint(struct cmd_call *c, struct err *err);
bool cmd_log(struct cmd_call *c, struct err *err);
bool cmd_manual_page(struct cmd_call *c, struct err *err);
bool cmd_mark(struct cmd_call *c, struct err *err);
bool cmd_mcp(struct cmd_call *c, struct err *err);
bool cmd_servers(struct cmd_call *c, struct err *err); /* cmd_mcp() with words */
bool cmd_new(struct cmd_call *c, struct err *err);
bool cmd_note(struct cmd_call *c, struct err *err);
bool cmd_plugin(struct cmd_call *c, struct err *err);
bool cmd_replay(struct cmd_call *c, struct err *err);
bool cmd_prove(struct cmd_call *c, struct err *err);
bool cmd_review(struct cmd_call *c, struct err *err);
bool cmd_rewind(struct cmd_call *c, struct err *err);
bool cmd_seal(struct cmd_call *c, struct err *err);
bool cmd_sessions(struct cmd_call *c, struct err *err);
bool cmd_set(struct cmd_call *c, struct err *err);
bool cmd_sim(struct cmd_call *c, struct err *err);
bool cmd_testbench(struct cmd_call *c, struct err *err);
bool cmd_trust(struct cmd_call *c, struct err *err);
bool cmd_verify(struct cmd_call *c, struct err *err);
bool cmd_version(struct cmd_call *c, struct err *err);
bool cmd_waive(struct cmd_call *c, struct err *err);
bool cmd_mutants(struct cmd_call *c, struct err *err);
bool cmd_wave(struct cmd_call *c, struct err *err);
bool cmd_why(struct cmd_call *c, struct err *err);

/* What cmd_wave() hands on: of the dump t, and of two. */
struct ports;
struct trace;
bool cmd_wave_query(struct cmd_call *c, struct trace *t, struct err *err);
bool cmd_wave_diff(struct cmd_call *c, struct err *err);

/* The protocols and their options, for the help of `backend` and the manual page. */
struct str;
struct workbench;
struct ask_request;
void backend_protocols(const struct ports *ports, struct str *out);
void servers_help(struct str *out); /* the words of mcp, and the options of `mcp add` */

/* Prints what a question would send; for `ask --show`. */
bool context_show(struct cmd_call *c, const struct ask_request *r, struct err *err);

#endif
