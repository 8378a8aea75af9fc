/* differ_run.h - two versions of a module run side by side; for the flows of session/flow. */
#ifndef POSEDGE_DIFFER_RUN_H
#define POSEDGE_DIFFER_RUN_H

#include "session/flow/flow_kit.h"

struct vmodule;

struct differ_pair { /* a zeroed one is empty */
	struct str text[2];
	const struct vmodule *m; /* its ports, which are those of both; borrowed */
	char *module[2];	 /* the names, with the suffix of their side */
	struct strv numbers;	 /* of both texts */
	struct strv edges;	 /* of both, what they wait for */
};

/* What differs. */
struct differ_found {
	bool found;
	unsigned long cycle;
	char *port, *value[2]; /* in binary */
	char *cycles;	       /* where nothing differs: after how many */
};

/* Both are modules of the texts, which stay. ERR_CONFLICT, ERR_PARSE: as differ_fit(). */
bool differ_pair_set(struct differ_pair *p, const struct vmodule *a, const struct vmodule *b,
		     struct err *err);
void differ_pair_fini(struct differ_pair *p);

/* In a task: out gets what the testbench of differ.h printed; wave the path of the waves,
 * NULL: none are written. ERR_TOOL: the two do not build together. */
bool differ_run(struct flow *f, const struct differ_pair *p, unsigned cycles, unsigned show,
		struct str *out, struct str *wave, struct err *err);

/* The same for a difference. ERR_TOOL: it came to neither a difference nor its end. */
bool differ_look(struct flow *f, const struct differ_pair *p, struct differ_found *found,
		 struct err *err);
void differ_found_fini(struct differ_found *found);

#endif
