/* err.h - a failure as a finished sentence.
 *
 * Whatever the user or the world can cause is reported through one of these,
 * filled by the function that failed: what was tried, on what, why. Lower
 * layers fill it, they never print. What only a bug can cause is an assert.
 */
#ifndef POSEDGE_ERR_H
#define POSEDGE_ERR_H

#include <stdbool.h>
#include <stddef.h>

enum err_code {
	ERR_NONE,
	ERR_IO,	       /* a file, pipe or disk said no */
	ERR_LIMIT,     /* larger, longer or more than we take */
	ERR_PARSE,     /* text from outside that does not follow its format */
	ERR_CANCELLED, /* somebody asked for it to stop */
	ERR_USAGE,     /* the command or option was wrong */
	ERR_TOOL,      /* a program we started is missing, crashed, or said no */
	ERR_NET,       /* no connection, or one that broke */
	ERR_AUTH,      /* a server wants another key, or money */
	ERR_BUSY,      /* somebody else holds it, or is overloaded */
	ERR_CONFLICT,  /* it changed underneath, or does not anchor uniquely */
	ERR_NOT_FOUND,
	ERR_TIMEOUT,
	ERR_NO_TOOLS, /* a server takes no tools for this model */
	ERR_CONSENT,  /* a person has to agree first, and nobody could be asked */
};

/* The longest sentence in bytes; a longer one is cut at a character and ends
 * in "...". */
#define ERR_TEXT_MAX 600

struct err {
	enum err_code code;
	char text[ERR_TEXT_MAX + 1]; /* one line, valid UTF-8, no control bytes */
};

/* Fills err (NULL is fine: the caller does not want to know) and returns
 * false, so that a failure is one line: return err_set(err, ...). Control
 * bytes and invalid UTF-8 in the result become '?'. */
bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts "fmt: " in front of what err says already; keeps the code. Returns false. */
bool err_prefix(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The analyzer looks into one file at a time, and does not see that these return false. */
#ifdef __clang_analyzer__
#define err_set(...)	(err_set(__VA_ARGS__), false)
#define err_prefix(...) (err_prefix(__VA_ARGS__), false)
#endif

#endif
