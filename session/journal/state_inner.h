/* state_inner.h - private to state*.c. */
#ifndef POSEDGE_STATE_INNER_H
#define POSEDGE_STATE_INNER_H

#include "session/base/err.h"
#include "session/journal/suggestion.h"

struct critique;
struct event;
struct exchange;
struct proposal;
struct sim_run;
struct state;

/* Call before an item is changed: replaces a shared item by a private copy. */
void state_unshare_exchange(struct exchange **at);
void state_unshare_proposal(struct proposal **at);
void state_unshare_run(struct sim_run **at);

/* Replaces *where by a copy of value; NULL: an empty text. */
void state_put(char **where, const char *value);
void state_free_critique(struct critique *c);

/* Applies an event. False with err, and nothing changed, when it does not fit. */
typedef bool apply_fn(struct state *s, const struct event *e, struct err *err);

/* state_apply_doc.c */
apply_fn apply_open;
apply_fn apply_base;
apply_fn apply_edit;
apply_fn apply_rename;
apply_fn apply_remove;
apply_fn apply_goto;
apply_fn apply_save;
apply_fn apply_close;

/* state_apply_chat.c */
apply_fn apply_ask;
apply_fn apply_piece;
apply_fn apply_call;
apply_fn apply_result;
apply_fn apply_opaque;
apply_fn apply_steer;
apply_fn apply_answer;

/* state_apply_suggest.c */
apply_fn apply_suggest;
apply_fn apply_split;
apply_fn apply_amend;
apply_fn apply_decide;
apply_fn apply_apply;

/* Names of the counts of a closed suggestion, by decision. */
extern const char *const state_counts_of[DECISIONS];

/* state_untested.c: the part of the fold for s->untested. */
void untested_apply(struct state *s, const struct event *e);
void untested_run(struct state *s, const struct event *e);
void untested_verdict(struct state *s, const struct event *e);

#endif
