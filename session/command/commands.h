/* commands.h - the built-in command table, and its functions.
 *
 * Map of session/command: what users can type. The top of session/: knows all other
 * folders, and nothing of a screen.
 *
 *   commands  the table
 *   cmd_*     its functions, below
 *   coverage_spec coverage of the code behind each requirement
 *   why_try   changes that make a testbench pass, for `why --try`
 *
 *   cmd_about      log, note, help, manual, version
 *   cmd_ask        ask, btw, fix
 *   cmd_backend    backend, backends
 *   cmd_bench      bench
 *   cmd_changed    changed
 *   cmd_check      lint, waive, sim
 *   cmd_context    context, compact
 *   cmd_completion completion
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

#include <stdint.h>

#include "session/workbench/cmd.h"

extern const struct cmd commands[];		/* ends with a NULL name */
extern const struct cmd_topic command_topics[]; /* cmd_about.c; ends with a NULL title */

typedef bool cmd_fn(struct cmd_call *c, struct err *err);
cmd_fn cmd_apply, cmd_ask, cmd_backend, cmd_backends, cmd_bench, cmd_blame, cmd_btw, cmd_changed,
	cmd_compact, cmd_completion, cmd_consent, cmd_context, cmd_coverage, cmd_critique,
	cmd_doctor, cmd_equiv, cmd_explained, cmd_export, cmd_files, cmd_find_in_design, cmd_fix,
	cmd_flows, cmd_fork, cmd_handin, cmd_help_about, cmd_instance, cmd_lint, cmd_log,
	cmd_manual_page, cmd_mark, cmd_mcp, cmd_mutants, cmd_new, cmd_note, cmd_plugin, cmd_prove,
	cmd_replay, cmd_review, cmd_rewind, cmd_seal, cmd_sessions, cmd_set, cmd_sim, cmd_testbench,
	cmd_trust, cmd_verify, cmd_version, cmd_waive, cmd_wave, cmd_evidence, cmd_why;
bool cmd_flow(struct cmd_call *c, struct err *err);    /* every flow of session/flow, by its name */
bool cmd_servers(struct cmd_call *c, struct err *err); /* subcommands of mcp */

/* Parts of cmd_wave(): queries on the dump t, and a comparison of two dumps. */
struct ports;
struct trace;
struct waveview;
/* Opens a dump as far as --to needs it, such that cancelling the command ends queries on it.
 * After them, not whole: ERR_CANCELLED. */
bool cmd_wave_open(struct cmd_call *c, const char *path, struct trace **t, struct err *err);
bool cmd_wave_was_whole(const struct trace *t, struct err *err);
bool cmd_wave_query(struct cmd_call *c, struct trace *t, struct err *err);
/* Sets *time to the time in that option, as the view v reads it; leaves it if not given. */
bool cmd_wave_time(struct cmd_call *c, const char *name, struct waveview *v, uint64_t *time,
		   struct err *err);
bool cmd_wave_diff(struct cmd_call *c, struct err *err);

/* The protocols and their options, for the help of `backend` and the manual page. */
struct str;
struct ask_request;
void backend_protocols(const struct ports *ports, struct str *out);
void servers_help(struct str *out); /* the subcommands of mcp, and the options of `mcp add` */

/* Prints what a question would send; for `ask --show`. */
bool context_show(struct cmd_call *c, const struct ask_request *r, struct err *err);

#endif
