/* Newer Verilator splits WIDTH into WIDTHTRUNC and WIDTHEXPAND; 5.006 knows neither and
 * rejects pragmas with these names. So the codes in a source's pragmas are collected
 * and passed to the tool, and a WIDTH finding is dropped if a pragma with its later
 * name is in force on its line. The text of the finding shows which of the two it would
 * be: it generates more bits than expected, or fewer.
 */
#include "config.h"

#include "sim/stage/pragmas.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/slice.h"
#include "session/output/diag.h"

#define MAX_FINDINGS 5000u
#define MAX_TEXT     (8u << 20) /* bytes of a source that are searched */
#define MAX_CODE     40u

/* The next "lint_off CODE" or "lint_on CODE" in *rest; moves *rest past it. */
static bool next_pragma(struct slice *rest, bool *off, struct slice *code)
{
	const char *at;

	while (rest->n && (at = memmem(rest->p, rest->n, "lint_o", 6))) {
		*rest = slice_from(*rest, (size_t)(at - rest->p) + 6);
		*off = slice_starts(*rest, "ff");
		*rest = slice_from(*rest, *off ? 2 : 1);
		while (rest->n && (*rest->p == ' ' || *rest->p == '\t'))
			*rest = slice_from(*rest, 1);
		*code = (struct slice){ rest->p, 0 };
		while (code->n < rest->n &&
		       (isupper((unsigned char)code->p[code->n]) ||
			isdigit((unsigned char)code->p[code->n]) || code->p[code->n] == '_'))
			code->n++;
		*rest = slice_from(*rest, code->n);
		if (code->n && code->n <= MAX_CODE)
			return true;
	}
	return false;
}

void pragmas_read(const char *text, size_t len, struct strv *codes)
{
	struct slice rest = { text, len }, code;
	bool off;

	while (codes->n < PRAGMAS_MAX && next_pragma(&rest, &off, &code)) {
		char *word = mem_strndup(code.p, code.n);

		strv_add_once(codes, word);
		free(word);
	}
}

/* The later name of "Operator ASSIGNW expects 3 bits on the Assign RHS, but Assign
 * RHS's VARREF 'a' generates 4 bits.". */
static const char *later_name(const char *text)
{
	const char *expects = strstr(text, "expects "), *makes = strstr(text, "generates ");

	if (!expects || !makes)
		return "WIDTH";
	return strtol(makes + 10, NULL, 10) > strtol(expects + 8, NULL, 10) ? "WIDTHTRUNC"
									    : "WIDTHEXPAND";
}

static bool is_waived(const char *folder, const struct diag *d)
{
	char *path = path_join(folder, d->path);
	const char *name = later_name(d->text);
	struct str text = STR_INIT;
	bool waived = false, off;
	struct slice upto, code;

	if (file_read(path, MAX_TEXT, &text, NULL)) {
		struct slice rest = { text.data, text.len };

		for (int line = 0; line < d->line && rest.n; line++)
			slice_line(&rest);
		upto = (struct slice){ text.data, text.len - rest.n };
		while (next_pragma(&upto, &off, &code))
			if (slice_is(code, name))
				waived = off;
	}
	str_free(&text);
	free(path);
	return waived;
}

void pragmas_waive(const char *folder, const struct strv *codes, struct diag_list **found)
{
	struct diag_list *all;

	if (!strv_has(codes, "WIDTHTRUNC") && !strv_has(codes, "WIDTHEXPAND"))
		return;
	all = diag_list_new(MAX_FINDINGS);
	for (size_t i = 0; i < diag_list_len(*found); i++) {
		const struct diag *d = diag_list_at(*found, i);

		if (strcmp(d->code, "WIDTH") != 0 || !is_waived(folder, d))
			diag_list_keep(all, *found, i);
	}
	diag_list_free(*found);
	*found = all;
}
