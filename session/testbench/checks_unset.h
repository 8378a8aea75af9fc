/* checks_unset.h - what the design may read before it has set it. */
#ifndef POSEDGE_CHECKS_UNSET_H
#define POSEDGE_CHECKS_UNSET_H

enum checks_unset {
	UNSET_UNKNOWN,	/* nothing, several kinds, or not known */
	UNSET_REGISTER, /* has neither a reset nor an initial value */
	UNSET_MEMORY,	/* words without an initial value; all registers have one */
};

#endif
