#include "config.h"

#include "session/lint_memo.h"

#include "session/diag.h"

static void free_found(void *found)
{
	diag_list_free(found);
}

struct text_memo *lint_memo_new(void)
{
	return text_memo_new(LINT_MEMO_SIZE, free_found);
}

const struct diag_list *lint_memo_ask(struct text_memo *m, struct workbench *w, const struct text_if *v, size_t n,
				      struct err *err)
{
	struct diag_list *found;
	char key[HASH_HEX + 1];
	unsigned age = text_memo_age(m);

	text_memo_key(v, n, key);
	found = text_memo_get(m, key);
	if (found)
		return found;
	if (!flow_lint_if(w, v, n, &found, err) || age != text_memo_age(m)) {
		diag_list_free(found);
		if (age != text_memo_age(m))
			err_set(err, ERR_CONFLICT, "a file changed while it was linted");
		return NULL;
	}
	text_memo_put(m, key, found);
	return found;
}
