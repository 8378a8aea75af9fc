/* Lint previews of a review: findings for the texts as they would be after a
 * decision. The same texts recur with each undo, and several tasks may ask for
 * them at once. So results are cached by the hash of the texts, and a task that
 * asks for a result being computed waits for it. A result computed while the
 * cache was cleared, because a file changed, is dropped (text_memo_generation).
 */
#include "config.h"

#include "session/lint/lint_memo.h"

#include "session/base/log.h"
#include "session/lint/flow_lint.h"
#include "session/output/diag.h"

static void free_found(void *found)
{
	diag_list_free(found);
}

struct text_memo *lint_memo_new(void)
{
	return text_memo_new(LINT_MEMO_SIZE, free_found);
}

const struct diag_list *lint_memo_ask(struct text_memo *m, struct workbench *w,
				      const struct overlay *v, size_t n)
{
	const struct diag_list *found;
	char key[HASH_HEX + 1];
	unsigned age;
	bool ok;

	text_memo_key(v, n, key);
	do {
		found = text_memo_get(m, key);
		if (found) {
			log_line("cache", "preview of %.12s is known", key);
			return found;
		}
	} while (!text_memo_make(m, key));
	age = text_memo_generation(m);
	ok = flow_lint_if(w, v, n, &found, NULL);
	text_memo_made(m, key);
	if (ok && age != text_memo_generation(m))
		ok = false; /* a file changed while it was linted */
	if (!ok) {
		diag_list_free(found);
		return NULL;
	}
	text_memo_put(m, key, (void *)found);
	return found;
}
