/* differ_run.h - runs two versions of a module next to each other. For session/flow only. */
#ifndef POSEDGE_DIFFER_RUN_H
#define POSEDGE_DIFFER_RUN_H

#include "session/flow/flow_kit.h"

struct vmodule;

/* The file of the first version in a run; its lines are those of its text. */
#define DIFFER_PATH_A "posedge_differ_a.sv"

struct differ_pair { /* a zeroed one is empty */
	struct str text[2];
	const struct vmodule *m; /* the ports, the same for both; borrowed */
	char *module[2];	 /* names with the suffix of each version */
	struct strv numbers;	 /* numbers in both texts */
	struct strv edges;	 /* edge names in both texts */
};

/* The result of a run. */
struct differ_found {
	bool found;
	unsigned long cycle;
	char *port, *value[2]; /* "1", "8'h1f", "4'b1x0z" */
	char *cycles;	       /* if nothing differs, the number of cycles run */
};

/* Borrows both modules, which must belong to the texts and outlive p. Fails as
 * differ_fit() does: ERR_CONFLICT, ERR_PARSE. */
bool differ_pair_set(struct differ_pair *p, const struct vmodule *a, const struct vmodule *b,
		     struct err *err);
void differ_pair_fini(struct differ_pair *p);

/* Runs in a task. out gets the output of the testbench from differ.h, wave the path
 * of the waves; wave NULL: none are written. ERR_TOOL: the two do not build together. */
bool differ_run(struct flow *f, const struct differ_pair *p, unsigned cycles, unsigned show,
		struct str *out, struct str *wave, struct err *err);

/* Runs the pair until the first difference. ERR_TOOL: the run reached neither a
 * difference nor its end. */
bool differ_look(struct flow *f, const struct differ_pair *p, struct differ_found *found,
		 struct err *err);
void differ_found_fini(struct differ_found *found);

#endif
