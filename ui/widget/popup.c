/* One struct for all kinds: rows with a label and a command, and an input line. Input
 * filters the rows by letters that occur in this order; the best match is chosen.
 */
#include "config.h"

#include "ui/widget/popup.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/text/words.h"
#include "ui/look/wrap.h"
#include "ui/terminal/keys.h"

void popup_init(struct popup *p)
{
	memset(p, 0, sizeof(*p));
	line_edit_init(&p->input, false);
	log_list_init(&p->text);
}

void popup_empty(struct popup *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->v[i].label);
		free(p->v[i].detail);
		free(p->v[i].command);
	}
	p->n = p->n_match = p->chosen = p->top = 0;
}

void popup_close(struct popup *p)
{
	popup_empty(p);
	p->kind = POPUP_NONE;
	p->free_text = p->offered = false;
	line_edit_set(&p->input, "");
	log_list_clear(&p->text);
	log_list_filter(&p->text, NULL);
}

void popup_fini(struct popup *p)
{
	popup_close(p);
	free(p->v);
	free(p->match);
	str_free(&p->title);
	str_free(&p->command);
	line_edit_fini(&p->input);
	log_list_fini(&p->text);
}

void popup_open(struct popup *p, enum popup_kind kind, const char *title)
{
	popup_close(p);
	p->kind = kind;
	str_clear(&p->title);
	str_adds(&p->title, title);
}

void popup_add(struct popup *p, const char *label, const char *detail, const char *command)
{
	MEM_PUSH(p->v, p->n, p->cap,
		 (struct pick){ mem_strdup(label), mem_strdup(detail), mem_strdup(command) });
}

void popup_add_file(struct popup *p, const char *label, const char *path, const char *command)
{
	popup_add(p, label, path, command);
	p->v[p->n - 1].is_path = true;
}

void popup_add_path(struct popup *p, const char *path, const char *detail, const char *command)
{
	popup_add(p, path, detail, command);
	p->v[p->n - 1].names_path = true;
}

void popup_prompt(struct popup *p, const char *title, const char *command, const char *text)
{
	popup_open(p, POPUP_PROMPT, title);
	str_clear(&p->command);
	str_adds(&p->command, command);
	line_edit_set(&p->input, text);
}

void popup_offer(struct popup *p, const char *title, const char *command, const char *text)
{
	popup_prompt(p, title, command, text);
	p->offered = text[0] != '\0';
}

void popup_text(struct popup *p, const char *title, const char *text)
{
	popup_open(p, POPUP_PAGER, title);
	log_list_puts(&p->text, 0, text);
	p->text.follow = false;
}

/* Matching ------------------------------------------------------------------- */

/* Score of text if the letters of word occur in it in order, else 0. Runs of letters
 * and starts of words score higher. */
static int fuzzy_score(const char *text, const char *word)
{
	int score = 1, run = 0;
	const char *p = text;

	for (; *word; word++) {
		if (*word == ' ')
			continue;
		while (*p && tolower((unsigned char)*p) != tolower((unsigned char)*word)) {
			p++;
			run = 0;
		}
		if (!*p)
			return 0;
		run++;
		score += run * 4;
		if (p == text || !isalnum((unsigned char)p[-1]))
			score += 8;
		p++;
	}
	return score * 64 / (int)(strlen(text) + 16) + 1;
}

static int by_score(const void *a, const void *b, void *ctx)
{
	const struct popup *p = ctx;
	size_t i = *(const size_t *)a, k = *(const size_t *)b;

	if (p->v[i].score != p->v[k].score)
		return p->v[k].score - p->v[i].score;
	return i < k ? -1 : i > k;
}

/* The manual writes commands as ":why"; the colon may be typed, too. */
static const char *typed(const struct popup *p)
{
	const char *text = str_cstr(&p->input.text);

	return text + (p->free_text && text[0] == ':');
}

/* The filter in a palette is the first word; the rest are arguments. */
static void first_word(const char *text, struct str *out)
{
	str_add(out, text, strcspn(text, " "));
}

void popup_match(struct popup *p)
{
	const char *text = typed(p);
	struct str word = STR_INIT;

	if (p->free_text)
		first_word(text, &word);
	else
		str_adds(&word, text);
	free(p->match);
	p->match = mem_calloc(p->n, sizeof(*p->match));
	p->n_match = p->chosen = p->top = 0;
	p->clicked = false;
	for (size_t i = 0; i < p->n && !popup_line(p); i++) {
		int detail = word.len > 2 && strcasestr(p->v[i].detail, str_cstr(&word)) ? 1 : 0;

		p->v[i].score = word.len ? fuzzy_score(p->v[i].label, str_cstr(&word)) : 1;
		if (strcmp(p->v[i].label, str_cstr(&word)) == 0)
			p->v[i].score += 10000;
		if (p->v[i].score == 0)
			p->v[i].score = detail;
		if (p->v[i].score)
			p->match[p->n_match++] = i;
	}
	qsort_r(p->match, p->n_match, sizeof(*p->match), by_score, p);
	str_free(&word);
}

bool popup_line(const struct popup *p)
{
	return p->free_text && isdigit((unsigned char)typed(p)[0]);
}

/* Keys -------------------------------------------------------------------------- */

static void split_into(const char *line, struct strv *argv)
{
	if (!words_split(line, strlen(line), argv, NULL))
		strv_add(argv, line);
}

static enum popup_result pick_it(struct popup *p, struct strv *argv)
{
	const char *line = typed(p), *rest = line + strcspn(line, " ");
	enum popup_result result = p->free_text ? POPUP_LINE : POPUP_RUN;

	if (p->n_match == 0 && (!p->free_text || !line[0]))
		return POPUP_STAYS;
	if (!p->free_text)
		split_into(p->v[p->match[p->chosen]].command, argv);
	else if (p->n_match == 0)
		strv_give(argv, str_fmt("%s%s", popup_line(p) ? "goto " : "", line));
	else
		strv_give(argv, str_fmt("%s%s", p->v[p->match[p->chosen]].command, rest));
	popup_close(p);
	return result;
}

/* Rows that a key moves the choice by. */
static long step_of(enum key_code code, int rows)
{
	switch (code) {
	case KEY_UP:
		return -1;
	case KEY_DOWN:
		return 1;
	case KEY_PAGE_UP:
		return -(long)rows;
	case KEY_PAGE_DOWN:
		return rows;
	case KEY_WHEEL_UP:
		return -3;
	case KEY_WHEEL_DOWN:
		return 3;
	default:
		return 0;
	}
}

static void move_by(struct popup *p, long step)
{
	long at = (long)p->chosen + step, last = (long)p->n_match - 1;

	p->chosen = (size_t)(at < 0 || last < 0 ? 0 : at > last ? last : at);
}

static void complete(struct popup *p)
{
	char *text = str_fmt("%s%s", p->v[p->match[p->chosen]].label, p->free_text ? " " : "");

	line_edit_set(&p->input, text);
	free(text);
}

static enum popup_result picker_key(struct popup *p, const struct key *k, int rows,
				    struct strv *argv)
{
	long step = step_of(k->code, rows);

	if (step) {
		move_by(p, step);
		return POPUP_STAYS;
	}
	if (k->code == KEY_ENTER)
		return pick_it(p, argv);
	if (k->code == KEY_TAB && p->n_match)
		complete(p);
	else if (!line_edit_key(&p->input, k))
		return POPUP_STAYS;
	popup_match(p);
	return POPUP_TYPED;
}

static enum popup_result prompt_key(struct popup *p, const struct key *k, struct strv *argv)
{
	bool replaces = k->code == KEY_BACKSPACE || k->code == KEY_PASTE ||
			(k->code == KEY_CHAR && !(k->mods & (KEY_CTRL | KEY_ALT)));

	if (p->offered && replaces)
		line_edit_set(&p->input, "");
	if (p->offered && k->code == KEY_BACKSPACE) {
		p->offered = false;
		return POPUP_TYPED;
	}
	p->offered = false;
	if (k->code == KEY_ENTER) {
		char *text = line_edit_enter(&p->input);

		split_into(str_cstr(&p->command), argv);
		strv_give(argv, text);
		popup_close(p);
		return POPUP_RUN;
	}
	return line_edit_key(&p->input, k) ? POPUP_TYPED : POPUP_STAYS;
}

static enum popup_result run_item(struct popup *p, size_t i, struct strv *argv)
{
	split_into(p->v[i].command, argv);
	popup_close(p);
	return POPUP_RUN;
}

static enum popup_result letter_key(struct popup *p, const struct key *k, struct strv *argv)
{
	for (size_t i = 0; i < p->n; i++) {
		/* The user may still hold Ctrl down after Ctrl-O. */
		bool same = k->code == KEY_CHAR && k->len == 1 && p->v[i].label[0] == k->text[0] &&
			    !p->v[i].label[1];

		if (same && !(k->mods & KEY_ALT))
			return run_item(p, i, argv);
	}
	if (p->kind == POPUP_MENU) {
		popup_close(p);
		return POPUP_CLOSED;
	}
	return POPUP_STAYS;
}

/* The first line of the last page; a line may take several rows. */
static long last_page(const struct popup *p, int rows, int cols)
{
	long top = (long)log_list_shown(&p->text);

	while (top > 0) {
		const char *line = log_list_at(&p->text, (size_t)top - 1)->text;

		rows -= wrap_indented_rows(line, strlen(line), cols);
		if (rows < 0)
			break;
		top--;
	}
	return top;
}

/* The position that a line begins with, as in "   rtl/q.sv:12  q <= d"; "" if none. */
static void place_of(const char *line, struct str *out)
{
	const char *at = line + strspn(line, " \t");
	size_t n = strcspn(at, " \t");
	const char *colon = memchr(at, ':', n), *dot = memchr(at, '.', n);

	if (!colon || !dot || dot > colon || colon + 1 == at + n ||
	    strspn(colon + 1, "0123456789:") != (size_t)(at + n - colon - 1))
		return;
	str_add(out, at, n);
}

/* Enter opens the first position on the page, if there is one. */
static enum popup_result pager_enter(struct popup *p, int rows, struct strv *argv)
{
	struct str place = STR_INIT;

	for (size_t i = p->text.top, n = log_list_shown(&p->text);
	     i < n && i < p->text.top + (size_t)rows && !place.len; i++)
		place_of(log_list_at(&p->text, i)->text, &place);
	if (place.len) {
		strv_add(argv, "open");
		strv_add(argv, str_cstr(&place));
	}
	popup_close(p);
	str_free(&place);
	return argv->n ? POPUP_RUN : POPUP_CLOSED;
}

/* A / in front may be typed, as in other programs that show a text; with it a search can
 * begin with q. */
static const char *searched(const struct popup *p)
{
	const char *text = str_cstr(&p->input.text);

	return text + (*text == '/');
}

static enum popup_result pager_key(struct popup *p, const struct key *k, int rows, int cols,
				   struct strv *argv)
{
	long top = (long)p->text.top, last;

	if (k->code == KEY_CHAR && !k->mods && k->text[0] == 'q' && !p->input.text.len) {
		popup_close(p);
		return POPUP_CLOSED;
	}
	switch (k->code) {
	case KEY_UP:
		top--;
		break;
	case KEY_DOWN:
		top++;
		break;
	case KEY_PAGE_UP:
		top -= rows;
		break;
	case KEY_PAGE_DOWN:
		top += rows;
		break;
	case KEY_WHEEL_UP:
		top -= 3;
		break;
	case KEY_WHEEL_DOWN:
		top += 3;
		break;
	case KEY_HOME:
		top = 0;
		break;
	case KEY_END:
		top = (long)log_list_shown(&p->text);
		break;
	case KEY_ENTER:
		return pager_enter(p, rows, argv);
	default:
		if (!line_edit_key(&p->input, k))
			return POPUP_STAYS;
		log_list_filter(&p->text, searched(p));
		p->text.follow = false;
		return POPUP_TYPED;
	}
	last = last_page(p, rows, cols);
	p->text.top = (size_t)(top < 0 ? 0 : top > last ? last : top);
	p->text.chosen = p->text.top;
	return POPUP_STAYS;
}

enum popup_result popup_click(struct popup *p, size_t i, struct strv *argv)
{
	static const struct key enter = { .code = KEY_ENTER };

	if (p->kind == POPUP_PICKER && i < p->n_match) {
		if (i == p->chosen && p->clicked)
			return picker_key(p, &enter, 1, argv);
		p->chosen = i;
		p->clicked = true;
		return POPUP_STAYS;
	}
	if (p->kind != POPUP_MENU && p->kind != POPUP_CHOICE)
		return POPUP_STAYS;
	if (i < p->n)
		return run_item(p, i, argv);
	popup_close(p);
	return POPUP_CLOSED;
}

enum popup_result popup_key(struct popup *p, const struct key *k, int rows, int cols,
			    struct strv *argv)
{
	bool leave = k->code == KEY_ESCAPE ||
		     (k->code == KEY_CHAR && k->mods == KEY_CTRL && k->text[0] == 'c');

	p->clicked = false;
	if (leave) {
		popup_close(p);
		return POPUP_CLOSED;
	}
	switch (p->kind) {
	case POPUP_PICKER:
		return picker_key(p, k, rows, argv);
	case POPUP_PROMPT:
		return prompt_key(p, k, argv);
	case POPUP_PAGER:
		return pager_key(p, k, rows, cols, argv);
	case POPUP_MENU:
	case POPUP_CHOICE:
		return letter_key(p, k, argv);
	case POPUP_NONE:
		break;
	}
	return POPUP_STAYS;
}
