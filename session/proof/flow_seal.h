/* flow_seal.h - the session signed as it is, with the design's files as they
 * are on disk.
 */
#ifndef POSEDGE_FLOW_SEAL_H
#define POSEDGE_FLOW_SEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/hash.h"
#include "session/base/str.h"
#include "session/proof/seal.h"

struct workbench;

struct sealed {
	uint64_t n;		      /* the seal's event; all before it are signed */
	char sum[HASH_HEX + 1];	      /* of its line */
	char code[SEAL_CODE_LEN + 1]; /* of that sum */
	struct str files;	      /* a line a file: hash, two blanks, path */
	struct strv paths;	      /* the same files, relative to the root */
};

/* In a task. Sources of the project, spec.md, and documents that the session
 * knows, as far as they are on disk. */
bool flow_seal(struct workbench *w, struct sealed *out, struct err *err);
void sealed_fini(struct sealed *s);

#endif
