/* commands.h - the built-in command table, and its functions.
 *
 * Map of session/command: what users can type. The top of session/: knows all other
 * folders, and nothing of a screen.
 *
 *   commands  the table
 *   cmd_*     its functions, below
 *   coverage_spec coverage of the code behind each requirement
 *
 *   cmd_about      log, note, help, manual, version
 *   cmd_ask        ask, btw, fix
 *   cmd_backend    backend, backends
 *   cmd_bench      bench
 *   cmd_changed    changed
 *   cmd_check      lint, waive, sim
 *   cmd_context    context, compact
 *   cmd_coverage   coverage
 *   cmd_critique   critique
 *   cmd_export     export, consent; `--triples` in cmd_triples
 *   cmd_files      files
 *   cmd_find       find
 *   cmd_flow       flows, and each of them; explained
 *   cmd_formal     equiv, prove
 *   cmd_make       new, instance, testbench
 *   cmd_mcp        mcp; its subcommands (`mcp add`) in cmd_servers
 *   cmd_mutants    mutants
 *   cmd_proof      verify, seal, handin
 *   cmd_replay     replay
 *   cmd_review     review, apply, blame
 *   cmd_sessions   sessions
 *   cmd_setup      set, trust, plugin, doctor
 *   cmd_time       mark, rewind, fork
 *   cmd_wave       wave; its queries and `wave diff` in cmd_wave_query
 *   cmd_why        why
 */
#ifndef POSEDGE_COMMANDS_H
#define POSEDGE_COMMANDS_H

#include "session/workbench/cmd.h"

extern const struct cmd commands[];		/* ends with a NULL name */
extern const struct cmd_topic command_topics[]; /* cmd_about.c; ends with a NULL title */

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
bool cmd_context(struct cmd_call *c, struct err *err);
bool cmd_coverage(struct cmd_call *c, struct err *err);
bool cmd_critique(struct cmd_call *c, struct err *err);
bool cmd_doctor(struct cmd_call *c, struct err *err);
bool cmd_equiv(struct cmd_call *c, struct err *err);
bool cmd_explained(struct cmd_call *c, struct err *err);
bool cmd_export(struct cmd_call *c, struct err *err);
bool cmd_files(struct cmd_call *c, struct err *err);
bool cmd_find_in_design(struct cmd_call *c, struct err *err);
bool cmd_fix(struct cmd_call *c, struct err *err);
bool cmd_flow(struct cmd_call *c, struct err *err); /* every flow of session/flow, by its name */
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
bool cmd_mutants(struct cmd_call *c, struct err *err);
bool cmd_new(struct cmd_call *c, struct err *err);
bool cmd_note(struct cmd_call *c, struct err *err);
bool cmd_plugin(struct cmd_call *c, struct err *err);
bool cmd_prove(struct cmd_call *c, struct err *err);
bool cmd_replay(struct cmd_call *c, struct err *err);
bool cmd_review(struct cmd_call *c, struct err *err);
bool cmd_rewind(struct cmd_call *c, struct err *err);
bool cmd_seal(struct cmd_call *c, struct err *err);
bool cmd_servers(struct cmd_call *c, struct err *err); /* subcommands of mcp */
bool cmd_sessions(struct cmd_call *c, struct err *err);
bool cmd_set(struct cmd_call *c, struct err *err);
bool cmd_sim(struct cmd_call *c, struct err *err);
bool cmd_testbench(struct cmd_call *c, struct err *err);
bool cmd_trust(struct cmd_call *c, struct err *err);
bool cmd_verify(struct cmd_call *c, struct err *err);
bool cmd_version(struct cmd_call *c, struct err *err);
bool cmd_waive(struct cmd_call *c, struct err *err);
bool cmd_wave(struct cmd_call *c, struct err *err);
bool cmd_evidence(struct cmd_call *c, struct err *err);
bool cmd_why(struct cmd_call *c, struct err *err);

/* Parts of cmd_wave(): queries on the dump t, and a comparison of two dumps. */
struct ports;
struct trace;
bool cmd_wave_query(struct cmd_call *c, struct trace *t, struct err *err);
bool cmd_wave_diff(struct cmd_call *c, struct err *err);

/* The protocols and their options, for the help of `backend` and the manual page. */
struct str;
struct workbench;
struct ask_request;
void backend_protocols(const struct ports *ports, struct str *out);
void servers_help(struct str *out); /* the subcommands of mcp, and the options of `mcp add` */

/* Prints what a question would send; for `ask --show`. */
bool context_show(struct cmd_call *c, const struct ask_request *r, struct err *err);

#endif
