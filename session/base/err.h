/* err.h - a failure as a finished sentence.
 *
 * Failures that the user or the outside world can cause are reported through a
 * struct err, filled by the function that failed: what was tried, on what, and why
 * it failed. Lower layers fill it and never print. For failures that only a bug can
 * cause, use assert.
 */
#ifndef POSEDGE_ERR_H
#define POSEDGE_ERR_H

#include <stdbool.h>
#include <stddef.h>

enum err_code {
	ERR_NONE,
	ERR_IO,	       /* a file, pipe or disk operation failed */
	ERR_LIMIT,     /* larger, longer or more than we take */
	ERR_PARSE,     /* text from outside that does not follow its format */
	ERR_CANCELLED, /* somebody asked to stop */
	ERR_USAGE,     /* the command or option was wrong */
	ERR_TOOL,      /* a program we started is missing, crashed, or failed */
	ERR_NET,       /* no connection, or it broke */
	ERR_AUTH,      /* a server wants another key, or payment */
	ERR_BUSY,      /* locked by somebody else, or overloaded */
	ERR_CONFLICT,  /* changed meanwhile, or does not match at exactly one place */
	ERR_NOT_FOUND,
	ERR_TIMEOUT,
	ERR_NO_TOOLS, /* a server takes no tools for this model */
	ERR_CONSENT,  /* a person has to agree first, and nobody could be asked */
};

/* Longest sentence in bytes. A longer one has " ... " in place of its middle, so that it
 * still says what to do. */
#define ERR_TEXT_MAX 600

struct err {
	enum err_code code;
	char text[ERR_TEXT_MAX + 1]; /* one line, valid UTF-8, no control bytes */
};

/* Fills err (NULL is fine) and returns false, so that a failure is one line: return
 * err_set(err, ...). Control bytes and invalid UTF-8 in the text become '?'. */
bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Copies from, which says what failed, to err (NULL is fine). Returns false. */
bool err_copy(struct err *err, const struct err *from);

/* For work that goes on after most failures: true unless from is ERR_CANCELLED, which is
 * copied to err, since whoever stopped the work meant the whole of it. */
bool err_pass_cancel(struct err *err, const struct err *from);

/* Prepends "fmt: " to the text of err; keeps the code. Returns false. */
bool err_prefix(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Clang's analyzer sees one file at a time, so it is told here that these return
 * false. */
#ifdef __clang_analyzer__
#define err_set(...)	(err_set(__VA_ARGS__), false)
#define err_copy(...)	(err_copy(__VA_ARGS__), false)
#define err_prefix(...) (err_prefix(__VA_ARGS__), false)
#endif

#endif
