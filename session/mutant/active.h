/* active.h - which tokens of a design's files a compiler reads.
 *
 * The files of a job in its order, one after the other as one unit: macros of one
 * hold in the next. Knows texts alone.
 */
#ifndef POSEDGE_ACTIVE_H
#define POSEDGE_ACTIVE_H

#include <stdbool.h>
#include <stddef.h>

struct sim_job;
struct vmacros;

/* Of one file. */
struct active {
	size_t *v; /* where tokens begin, in bytes, ascending */
	size_t n;
	/* Nothing was left open: no file that is included and not there, no limit, no
	 * question for what one of the tools defines by itself. */
	bool certain;
};

/* The text of a source; NULL: it cannot be read. Borrowed until the files are read. */
typedef const char *active_text_fn(void *ctx, size_t source, size_t *len);

struct actives {
	const struct sim_job *job;
	active_text_fn *text;
	void *ctx;
	struct vmacros *macros; /* that hold before the next file */
	bool certain;		/* so far */
};

void actives_init(struct actives *a, const struct sim_job *job, active_text_fn *text, void *ctx);
void actives_fini(struct actives *a);

/* The next source that is not only included; out: to be freed with active_fini(). */
void actives_read(struct actives *a, size_t source, struct active *out);
void active_fini(struct active *a);

bool active_has(const struct active *a, size_t off);

#endif
