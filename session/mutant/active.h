/* active.h - which tokens of a design's files a compiler reads.
 *
 * Reads the files of a job in order as one compilation unit: macros of one file
 * are defined in the next. Knows only texts.
 */
#ifndef POSEDGE_ACTIVE_H
#define POSEDGE_ACTIVE_H

#include <stdbool.h>
#include <stddef.h>

struct sim_job;
struct vmacros;

/* Result for one file. */
struct active {
	size_t *v; /* offsets of tokens in bytes, ascending */
	size_t n;
	/* False after a missing include, a limit, or a test of a macro that one
	 * of the tools predefines. */
	bool certain;
};

/* The text of a source, or NULL if it cannot be read. Borrowed until all files are read. */
typedef const char *active_text_fn(void *ctx, size_t source, size_t *len);

struct actives {
	const struct sim_job *job;
	active_text_fn *text;
	void *ctx;
	struct vmacros *macros; /* defined before the next file */
	bool certain;		/* so far */
};

void actives_init(struct actives *a, const struct sim_job *job, active_text_fn *text, void *ctx);
void actives_fini(struct actives *a);

/* Reads the next source that is not just included. The caller frees out with
 * active_fini(). */
void actives_read(struct actives *a, size_t source, struct active *out);
void active_fini(struct active *a);

bool active_has(const struct active *a, size_t off);

#endif
