/* Which file a part without a name fits: the only one that contains the lines
 * quoted by an edit, or the module that a fragment ends. Files are read for this,
 * at most MAX_SEARCHES per answer. All files are searched for exact matches before
 * any match that ignores blanks.
 *
 * A block may also not be code, or quote lines that a file has: then it proposes
 * nothing, and reporting that it cannot be placed would only be noise.
 */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_merge.h"
#include "session/base/mem.h"
#include "session/base/word_table.h"
#include "session/text/patch.h"

/* Files read for all parts of an answer together. */
#define MAX_SEARCHES 2000

static bool fits(const struct answer_part *part, struct slice text, bool strict)
{
	enum patch_how how = PATCH_AS_IS;
	struct str out = STR_INIT;
	bool ok;

	if (text.n == 0)
		return false; /* it has none of the lines, and takes any that are added */
	if (part->kind == PART_CODE)
		ok = answer_continues(text, part_text(part));
	else if (part->kind == PART_EDIT)
		ok = part->search_len &&
		     patch_replace(text.p, text.n, part->search, part->search_len, part->text,
				   part->len, &out, &how, NULL);
	else
		ok = patch_apply(text.p, text.n, part->text, part->len, &out, &how, NULL);
	str_free(&out);
	return ok && (!strict || how == PATCH_AS_IS);
}

/* The only project file that the part fits; strict: without ignoring blanks. NULL:
 * none, or several. The caller frees. */
static char *fitting(struct placer *p, size_t i, bool strict, bool *several)
{
	const struct answer_project *project = p->project;
	const char *path;
	char *found = NULL;
	struct str text = STR_INIT;

	for (size_t k = 0; project->file_at && (path = project->file_at(project->ctx, k)) != NULL;
	     k++) {
		if (p->searches++ >= MAX_SEARCHES)
			goto several;
		str_clear(&text);
		if (!project->read(project->ctx, path, &text) ||
		    !fits(&p->parts->v[i], (struct slice){ str_cstr(&text), text.len }, strict))
			continue;
		if (found)
			goto several;
		found = mem_strdup(path);
	}
	str_free(&text);
	return found;
several:
	*several = true;
	free(found);
	str_free(&text);
	return NULL;
}

char *placer_fitting_file(struct placer *p, size_t i)
{
	bool several = false;
	char *path = fitting(p, i, true, &several);

	return path || several ? path : fitting(p, i, false, &several);
}

bool part_is_like_code(const struct answer_part *part)
{
	static const char *const words[] = { "module",	"endmodule", "assign", "always", "begin",
					     "initial", "wire",	     "reg",    "logic",	 NULL };
	struct slice text = part_text(part);
	bool plain = !part->language || strcmp(part->language, "text") == 0 ||
		     strcmp(part->language, "txt") == 0 || strcmp(part->language, "plaintext") == 0;

	if (!plain)
		return true;
	while (text.n) {
		struct slice s = slice_trim(slice_line(&text)), w = { s.p, slice_word(s) };

		if (s.n && s.p[s.n - 1] == ';')
			return true;
		if (words_has_n(words, w.p, w.n) && s.n > w.n && s.p[w.n] == ' ')
			return true;
	}
	return false;
}

bool part_holds_edits(const struct answer_part *part)
{
	static const char *const words[] = { "old_str",	   "new_str",	  "oldText",
					     "newText",	   "old_text",	  "new_text",
					     "\"search\"", "\"replace\"", NULL };

	return slice_finds_any(part_text(part), words);
}

bool placer_quotes(struct placer *p, size_t i)
{
	const struct answer_project *project = p->project;
	struct slice wanted = slice_trim(part_text(&p->parts->v[i]));
	char *lines = slice_dup(wanted);
	struct str text = STR_INIT;
	const char *path;
	bool yes = false;

	for (size_t k = 0;
	     !yes && project->file_at && (path = project->file_at(project->ctx, k)) != NULL; k++) {
		str_clear(&text);
		if (p->searches++ >= MAX_SEARCHES)
			break;
		yes = project->read(project->ctx, path, &text) &&
		      memchr(wanted.p, '\n', wanted.n) && strstr(str_cstr(&text), lines) != NULL;
	}
	str_free(&text);
	free(lines);
	return yes;
}
