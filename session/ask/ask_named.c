/* A word that cannot be resolved is an error before anything is sent: a model would
 * answer without the file, and the user would not notice. */
#include "config.h"

#include "session/ask/ask_named.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/ask/ask_at.h"
#include "session/ask/ask_backend.h"
#include "session/ask/ask_context.h"
#include "session/ask/ask_fix.h"
#include "session/ask/ask_image.h"
#include "session/ask/asking.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/journal/doc.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/prompt.h"
#include "session/option/opt.h"
#include "session/text/slice.h"
#include "session/text/text.h"
#include "session/workbench/workbench.h"

#define FILE_LIMIT (1u << 20)

/* *rel: the file's name in the project, which the caller frees; also on failure. */
static bool read_text(struct workbench *w, const char *path, char **rel, struct str *out,
		      struct err *err)
{
	bool ok = workplace_name(&w->place, path, rel, err);
	struct doc *d = ok ? session_doc(w->session, *rel) : NULL;
	char *full = ok ? str_fmt("%s/%s", w->place.root, *rel) : NULL;
	struct err why;

	if (d && d->text && text_len(d->text) > FILE_LIMIT)
		ok = err_set(err, ERR_LIMIT, "@%s: larger than 1 MB; name some of its lines", path);
	else if (d && d->text)
		text_get_all(d->text, out);
	else if (ok && !file_read(full, FILE_LIMIT, out, &why))
		ok = why.code == ERR_NOT_FOUND ? err_set(err, ERR_NOT_FOUND,
							 "@%s: the project has no such file", path)
					       : err_set(err, why.code, "@%s: %s", path, why.text);
	if (ok && out->len && memchr(out->data, '\0', out->len))
		ok = err_set(err, ERR_USAGE, "@%s: no text: it has NUL bytes", path);
	free(full);
	return ok;
}

/* Takes ":10-40" off path. False: it has none. */
static bool take_lines(char *path, size_t *from, size_t *to)
{
	char *colon = strrchr(path, ':'), *end;

	if (!colon || !isdigit((unsigned char)colon[1]))
		return false;
	*from = *to = strtoul(colon + 1, &end, 10);
	if (*end == '-' && isdigit((unsigned char)end[1]))
		*to = strtoul(end + 1, &end, 10);
	if (*end)
		return false;
	*colon = '\0';
	return true;
}

/* ERR_USAGE: the lines do not exist. */
static bool check_lines(const char *word, const char *path, size_t from, size_t to, size_t n,
			struct err *err)
{
	if (n == 0)
		return err_set(err, ERR_USAGE, "@%s: %s is empty", word, path);
	if (from < 1 || from > n)
		return err_set(err, ERR_USAGE, "@%s: %s has the lines 1 to %zu", word, path, n);
	return to >= from ||
	       err_set(err, ERR_USAGE, "@%s: the first line comes before the last: @%s:%zu-%zu",
		       word, path, to, from);
}

static bool add_file(struct workbench *w, const char *word, struct ask_named *a, struct err *err)
{
	char *path = mem_strdup(word), *rel = NULL;
	struct str all = STR_INIT;
	size_t from = 1, to = 0;
	bool some = take_lines(path, &from, &to), ok = read_text(w, path, &rel, &all, err);
	struct slice text = { str_cstr(&all), all.len };
	size_t n = slice_lines(text);

	if (ok && (!some || check_lines(word, path, from, to, n, err))) {
		char *title = str_fmt("%s%s", rel, word + strlen(path)), *part;

		part = slice_dup(some ? slice_part(text, from, to < n ? to : n) : text);
		ask_named_add(a, title, part);
		free(part);
		free(title);
	} else {
		ok = false;
	}
	str_free(&all);
	free(rel);
	free(path);
	return ok;
}

static void add_findings(struct workbench *w, struct ask_named *a)
{
	size_t budget = ask_budget(w, ask_backend_name(w->options, NULL, true));
	struct str text = STR_INIT;

	if (!ask_findings(session_state(w->session)->found, w->options->lint_style,
			  ask_findings_max(budget), &text))
		str_adds(&text, "no findings");
	ask_named_add(a, "lint", str_cstr(&text));
	str_free(&text);
}

void ask_named_add(struct ask_named *a, const char *title, const char *text)
{
	MEM_ROOM(a->v, a->n, a->cap);
	strv_add(&a->texts, title);
	strv_add(&a->texts, text);
	a->v[a->n++] = (struct prompt_piece){ .title = a->texts.v[a->texts.n - 2],
					      .text = a->texts.v[a->texts.n - 1],
					      .len = strlen(text) };
}

/* A folder, say. */
static bool is_no_text(const struct workbench *w, const char *word)
{
	char *path = mem_strdup(word), *full;
	size_t from, to;
	struct stat st;
	bool yes;

	take_lines(path, &from, &to);
	full = str_fmt("%s/%s", w->place.root, path);
	yes = stat(full, &st) == 0 && !S_ISREG(st.st_mode);
	free(full);
	free(path);
	return yes;
}

bool ask_named_word(struct workbench *w, const char *word, struct ask_named *a, struct err *err)
{
	if (strcmp(word, "lint") == 0) {
		add_findings(w, a);
		return true;
	}
	if (ask_is_image(word) || add_file(w, word, a, err))
		return true;
	if (strpbrk(word, "./") || (err->code != ERR_NOT_FOUND && !is_no_text(w, word)))
		return false;
	report_note(&w->out, "@%s is not a file and is sent as a word", word);
	return true;
}

struct reader {
	struct workbench *w;
	struct ask_named *out;
};

static bool is_of_screen(const char *word)
{
	static const char *const words[] = { "sim",   "wave",	 "why",	    "coverage", "mutants",
					     "wave:", "module:", "signal:", "mcp:" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(word, words[i]) == 0 ||
		    (strchr(words[i], ':') && str_starts(word, words[i])))
			return true;
	return false;
}

static bool read_word(void *ctx, const char *word, struct err *err)
{
	struct reader *r = ctx;

	if (is_of_screen(word))
		return err_set(err, ERR_USAGE,
			       "@%s goes along with a question on the screen only; here @FILE, "
			       "@FILE:10-40 and @lint do",
			       word);
	return ask_named_word(r->w, word, r->out, err);
}

bool ask_named_read(struct workbench *w, const char *question, bool fresh, struct ask_named *out,
		    struct err *err)
{
	struct reader r = { w, out };

	memset(out, 0, sizeof(*out));
	return !strchr(question, '@') ||
	       (asking_session(w, fresh, err) && ask_at_words(question, read_word, &r, err));
}

void ask_named_fini(struct ask_named *a)
{
	free(a->v);
	strv_free(&a->texts);
	memset(a, 0, sizeof(*a));
}
