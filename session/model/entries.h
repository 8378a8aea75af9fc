/* entries.h - what a request is made of, one thing after the other: for the person
 * to look at, to be told with the journal, and to go on from with the next request.
 *
 * An entry is a stretch of a message, or something that is not in the request, with
 * the reason why. The list owns its names and knows no texts. Pure.
 *
 * As text, each line ends with LF and its words are parted by a blank:
 *
 *	m ROLE LEN				a message: 0 system, 1 user, 2 assistant; bytes
 *	e KIND STATE MESSAGE FROM LEN TOKENS EXCHANGE AGAIN NAME
 *
 * KIND and STATE by name; NAME may hold blanks.
 */
#ifndef POSEDGE_ENTRIES_H
#define POSEDGE_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct prompt;
struct str;

#define ENTRIES_MAX  20000u /* in one request, as text is read */
#define MESSAGES_MAX 4096u

enum entry_kind {
	ENTRY_INSTRUCTIONS,
	ENTRY_AGENTS, /* AGENTS.md */
	ENTRY_SPEC,
	ENTRY_FILE,
	ENTRY_DESIGN, /* what is told of the design besides its files */
	ENTRY_BESIDE, /* findings, cycles, parts of files: what stands beside a question */
	ENTRY_IMAGE,
	ENTRY_DIGEST,	/* compacted exchanges, in short */
	ENTRY_ASKED,	/* an earlier question */
	ENTRY_ANSWERED, /* its answer */
	ENTRY_OUTCOME,	/* what became of an answer since it was sent */
	ENTRY_ABSENT,	/* what is told of that which is left out */
	ENTRY_RULES,	/* for this one question */
	ENTRY_QUESTION,
	ENTRY_TOOL,
	ENTRY_KINDS
};

enum entry_state {
	ENTRY_WHOLE,
	ENTRY_CUT,     /* only part of it is sent */
	ENTRY_NO_ROOM, /* none of it: the budget is used up */
	ENTRY_OFF,     /* none of it: the person switched it off */
	ENTRY_STALE,   /* sent, and a newer text of it stands further down */
	ENTRY_UNKNOWN, /* none of it: what would tell is not here, or failed; name says why */
	ENTRY_STATES
};

struct prompt_entry {
	enum entry_kind kind;
	enum entry_state state;
	char *name;	   /* "rtl/fifo.sv", "lint", the first line of a question; of UNKNOWN
			      with the reason: "netlist-digest: no yosys here" */
	uint64_t exchange; /* ASKED, ANSWERED, OUTCOME: of which; else 0 */
	size_t message;	   /* where it stands; of what is not sent all three are 0 */
	size_t from, len;  /* bytes of that message; len of what is not sent: its size */
	size_t tokens;	   /* estimated */
	bool again;	   /* the request before had it at the same place */
};

struct entries { /* a zeroed one is empty */
	struct prompt_entry *v;
	size_t n, cap;
};

void entries_fini(struct entries *l);
void entries_add(struct entries *l, const struct prompt_entry *e); /* copies its name */
bool entry_is_sent(const struct prompt_entry *e);

const char *entry_kind_name(enum entry_kind k);	  /* "file" */
const char *entry_state_name(enum entry_state s); /* "whole" */

/* Of those that are sent: what is told in all, and how many bytes were sent before. */
struct entries_sum {
	size_t bytes, tokens, again; /* again: bytes */
};
void entries_sum(const struct entries *l, struct entries_sum *out);

/* Messages and entries as text; and back. What is read fits: each entry lies within its
 * message. ERR_PARSE otherwise; then nothing is in *l. */
struct entries_message {
	int role;
	size_t len;
};
void entries_write(const struct prompt *p, struct str *out);
bool entries_read(const char *text, size_t len, struct entries *l,
		  struct entries_message **messages, size_t *n_messages, struct err *err);

#endif
