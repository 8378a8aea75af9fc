/* flow_seal.h - signs the session as it is, with the design's files as they are on
 * disk.
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
	uint64_t n;		      /* number of the seal's event; all earlier events are
				       * signed */
	char sum[HASH_HEX + 1];	      /* of the seal's line */
	char code[SEAL_CODE_LEN + 1]; /* short code of sum */
	struct str files;	      /* one line per file: hash, two blanks, path */
	struct strv paths;	      /* the same files, relative to the root */
	struct strv left_out;	      /* a sentence for each file that is not sealed */
};

/* Bytes of a file that is sealed at most: who verifies a hand-in has to unpack it. */
#define SEALED_MOST (64u << 20)

/* In a task. The files are the sources of the project, spec.md, and documents of
 * the session, as far as they exist on disk, are not hidden (a hand-in is refused if
 * it holds hidden files) and not above SEALED_MOST. */
bool flow_seal(struct workbench *w, struct sealed *out, struct err *err);
void sealed_fini(struct sealed *s);

#endif
