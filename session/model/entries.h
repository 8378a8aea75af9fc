/* entries.h - the list of what a request consists of: shown to the person, recorded in
 * the journal, and the base from which the next request continues.
 *
 * An entry is a range of a message, or something that was not sent, with the reason.
 * The list owns its names; texts are not in it. Pure.
 *
 * As text, each line ends with LF and its words are separated by a blank:
 *
 *	m ROLE LEN				a message: 0 system, 1 user, 2 assistant; bytes
 *	e KIND STATE MESSAGE FROM LEN TOKENS EXCHANGE AGAIN NAME
 *
 * KIND and STATE are names; NAME may contain blanks.
 */
#ifndef POSEDGE_ENTRIES_H
#define POSEDGE_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct prompt;
struct str;

#define ENTRIES_MAX  20000u /* in one request; limit when reading it back */
#define MESSAGES_MAX 4096u

enum entry_kind {
	ENTRY_INSTRUCTIONS,
	ENTRY_AGENTS, /* AGENTS.md */
	ENTRY_SPEC,
	ENTRY_FILE,
	ENTRY_DESIGN, /* derived facts about the design, no file of it */
	ENTRY_BESIDE, /* sent next to the question: findings, cycles, parts of files */
	ENTRY_IMAGE,
	ENTRY_DIGEST,	/* summary of compacted exchanges */
	ENTRY_ASKED,	/* an earlier question */
	ENTRY_ANSWERED, /* its answer */
	ENTRY_OUTCOME,	/* what became of an answer after it was sent */
	ENTRY_ABSENT,	/* list of what is left out */
	ENTRY_RULES,	/* for this question only */
	ENTRY_QUESTION,
	ENTRY_TOOL,
	ENTRY_KINDS
};

enum entry_state {
	ENTRY_WHOLE,
	ENTRY_CUT,     /* only part of it was sent */
	ENTRY_NO_ROOM, /* not sent: over budget */
	ENTRY_OFF,     /* not sent: the person switched it off */
	ENTRY_STALE,   /* sent, but a newer text of it follows further down */
	ENTRY_UNKNOWN, /* not sent: its source is missing or failed; name says why */
	ENTRY_STATES
};

struct prompt_entry {
	enum entry_kind kind;
	enum entry_state state;
	/* "rtl/fifo.sv", "lint", the first line of a question; for UNKNOWN followed by the
	 * reason: "netlist-digest: no yosys here" */
	char *name;
	uint64_t exchange; /* number of the exchange, for ASKED, ANSWERED, OUTCOME; else 0 */
	size_t message;	   /* index of the message. If not sent, message and from are 0 */
	size_t from, len;  /* byte range in that message; if not sent, len is its size */
	size_t tokens;	   /* estimated */
	bool again;	   /* the previous request had it at the same place */
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

/* Totals over the entries that are sent. */
struct entries_sum {
	size_t bytes, tokens, again; /* again: bytes that the previous request had as well */
};
void entries_sum(const struct entries *l, struct entries_sum *out);

/* Messages and entries to text and back. After reading, each entry is known to lie
 * within its message. False otherwise, and *l is empty. */
struct entries_message {
	int role;
	size_t len;
};
void entries_write(const struct prompt *p, struct str *out);
bool entries_read(const char *text, size_t len, struct entries *l,
		  struct entries_message **messages, size_t *n_messages);

#endif
