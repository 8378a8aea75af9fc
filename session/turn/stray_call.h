/* stray_call.h - tool calls that a server left in the text. Pure.
 *
 * A server that does not know a model's way to write calls hands them on as text, and
 * some models write them in another way than their server looks for. Read are
 *
 *	{"name": "lint", "arguments": {}}	alone, in a list, in a fence, in marks
 *	<tool_call>, <|python_tag|>, [TOOL_CALLS]
 *	<function=lint>, <invoke name="lint">	with <parameter> elements, ones named as the
 *						arguments are, or JSON
 *	lint <arg_key> <arg_value>		pairs
 *	lint ... {}				a name and its arguments in special tokens
 *	[lint(path="a.v")], print(lint())	calls as Python writes them (python_call.h)
 *	call:lint{path:a.v}			as Gemma 4 does (stray_gemma.h)
 *	Action: lint, Action Input: {}		lines of agents
 *
 * and only if the text ends with them, nothing else is behind them, and each names a
 * tool that was offered. One inside of a fenced file, of a citation or of backquotes, or
 * in marks behind words, is only spoken of. JSON at the very end, in a fence or not, is
 * taken for a call, since many models write them so. Behind words it may be a quotation
 * all the same, of a file for example, which the caller has to consider.
 */
#ifndef POSEDGE_STRAY_CALL_H
#define POSEDGE_STRAY_CALL_H

#include <stdbool.h>
#include <stddef.h>

#define STRAY_CALLS_MAX 64u

struct stray_reader {
	/* The schema of the arguments of that tool, as JSON; NULL: it is not offered.
	 * Borrowed until the next call. */
	const char *(*schema)(void *ctx, const char *name);
	/* One call; args is a JSON object. maybe_quoted: words precede it, and no mark of
	 * a template says that it is meant. */
	void (*call)(void *ctx, const char *name, const char *args, size_t len, bool maybe_quoted);
	void *ctx;
};

/* Calls r->call() for each in order and returns their number. *start, which may be NULL, is
 * then the bytes of text before them. */
size_t stray_calls(const char *text, size_t len, const struct stray_reader *r, size_t *start);

#endif
