/* The shell script of an attempt, and the parser of its marks. Each step is announced
 * on standard error after a mark that is random per run, so that no output of a tool or
 * a design can pass for it. Every word is quoted: words are argv elements, never shell
 * code.
 *
 * The simulation runs in the background while a second process reads standard input:
 * a line there makes it send SIGTERM, the only way to reach into the sandbox's pid
 * namespace (launch.c does all this by itself). XFSZ is ignored, so a simulation
 * whose dump reaches the size limit continues without it.
 */
#include "config.h"

#include "sim/engine/script.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "session/base/mem.h"
#include "sim/sandbox/launch.h"

/* A simulation whose file exceeds the limit continues without it instead of being
 * killed with its buffered output. */
#define IGNORE_FILE_LIMIT "trap '' XFSZ\n"

/* Where a launcher hands the product over: in the sandbox's own memory. */
#define HELD "/tmp/posedge.vvp"

void script_init(struct script *s)
{
	uint64_t drawn[2] = { 0 };

	memset(s, 0, sizeof(*s));
	if (getrandom(drawn, sizeof(drawn), 0) < 0)
		drawn[0] = (uint64_t)(uintptr_t)s;
	snprintf(s->mark, sizeof(s->mark), "@%016llx%016llx", (unsigned long long)drawn[0],
		 (unsigned long long)drawn[1]);
	str_addf(&s->text, "mark=%s\n", s->mark);
}

void script_fini(struct script *s)
{
	str_free(&s->text);
	strv_free(&s->steps);
	strv_free(&s->tools);
	strv_free(&s->from);
	strv_free(&s->to);
	strv_free(&s->run);
	free(s->product);
	free(s->start);
}

void script_quote(const char *word, struct str *out)
{
	str_addc(out, '\'');
	for (const char *p = word; *p; p++) {
		if (*p == '\'')
			str_adds(out, "'\\''");
		else
			str_addc(out, *p);
	}
	str_addc(out, '\'');
}

static void add_words(struct str *out, const struct strv *argv)
{
	for (size_t i = 0; i < argv->n; i++) {
		script_quote(argv->v[i], out);
		str_addc(out, ' ');
	}
}

void script_step(struct script *s, const char *name, const char *tool, const struct strv *argv,
		 const struct strv *first)
{
	s->odd = true;
	str_addf(&s->text, "echo \"$mark step %zu\" >&2\n", s->steps.n);
	if (first) {
		str_adds(&s->text, "{ { said=$(");
		add_words(&s->text, first);
		str_adds(&s->text, "2>&1 </dev/null); } 2>/dev/null && "
				   "{ [ -z \"$said\" ] || printf '%s\\n' \"$said\" >&2; }; } || ");
	}
	add_words(&s->text, argv);
	str_adds(&s->text, ">&2 </dev/null || { echo \"$mark end $?\" >&2; exit 1; }\n");
	strv_add(&s->steps, name);
	strv_add(&s->tools, tool);
}

void script_pipe(struct script *s, const char *name, const char *tool, const struct strv *from,
		 const struct strv *to)
{
	str_addf(&s->text, "echo \"$mark step %zu\" >&2\n", s->steps.n);
	add_words(&s->text, from);
	str_adds(&s->text, "</dev/null | ");
	add_words(&s->text, to);
	str_adds(&s->text, ">&2 || { echo \"$mark end $?\" >&2; exit 1; }\n");
	s->odd = s->odd || s->from.n;
	strv_addall(&s->from, from);
	strv_addall(&s->to, to);
	strv_add(&s->steps, name);
	strv_add(&s->tools, tool);
}

void script_product(struct script *s, const char *path)
{
	s->odd = s->odd || s->product;
	if (!s->product)
		s->product = mem_strdup(path);
	str_adds(&s->text, "[ -f ");
	script_quote(path, &s->text);
	str_adds(&s->text, " ] || { echo \"$mark end 1\" >&2; exit 1; }\n");
}

void script_line(struct script *s, const char *line)
{
	s->odd = true;
	str_addf(&s->text, "%s\n", line);
}

/* A background process has no stdin, so the listener gets it as another descriptor;
 * no other process has that. */
void script_simulate(struct script *s, const char *start, const struct strv *argv)
{
	str_adds(&s->text, IGNORE_FILE_LIMIT);
	if (s->file_size) /* fails only if a lower limit is set already */
		str_addf(&s->text, "ulimit -f %llu 2>/dev/null\n",
			 (unsigned long long)(s->file_size / SCRIPT_BLOCK));
	str_adds(&s->text, "cd ");
	script_quote(start, &s->text);
	str_adds(&s->text, " || exit 1\necho \"$mark run\" >&2\nexec 3<&0\n");
	add_words(&s->text, argv);
	str_adds(&s->text, "3<&- &\nrunning=$!\n"
			   "{ read -r word && kill -TERM $running; } <&3 >/dev/null 2>&1 &\n"
			   "exec 3<&- 2>/dev/null\nwait $running\n");
	strv_add(&s->steps, "running");
	strv_add(&s->tools, "the simulation");
}

void script_simulate_held(struct script *s, const char *start, const struct strv *argv, size_t held)
{
	script_simulate(s, start, argv);
	s->held = held;
	strv_addall(&s->run, argv);
	s->start = mem_strdup(start);
}

void script_become(struct script *s, const char *start, const struct strv *argv)
{
	str_adds(&s->text, "cd ");
	script_quote(start, &s->text);
	str_adds(&s->text, " || exit 1\nexec ");
	add_words(&s->text, argv);
	str_adds(&s->text, "</dev/null\n");
}

/* Jobs --------------------------------------------------------------------------------- */

static void add_word(struct str *out, const char *word)
{
	str_add(out, word, strlen(word) + 1);
}

static void add_number(struct str *out, unsigned long long n)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", n);
	add_word(out, text);
}

static void add_list(struct str *out, const struct strv *argv, size_t held, const char *instead)
{
	add_number(out, argv->n);
	for (size_t i = 0; i < argv->n; i++)
		add_word(out, instead && i == held ? instead : argv->v[i]);
}

/* The words of the job as launch.h has them. */
static void add_job(const struct str *job, struct str *out)
{
	str_addf(out, "%0*zx", LAUNCH_DIGITS, job->len);
	str_add(out, job->data, job->len);
}

bool script_job(const struct script *s, bool yields, struct str *out)
{
	struct str job = STR_INIT;
	bool fits;

	if (s->odd || !s->from.n || !s->product || !s->start)
		return false;
	add_word(&job, "pipe");
	add_word(&job, s->mark);
	add_number(&job, yields);
	add_word(&job, s->product);
	add_word(&job, HELD);
	add_word(&job, s->start);
	add_number(&job, s->file_size / SCRIPT_BLOCK * SCRIPT_BLOCK);
	add_list(&job, &s->from, 0, NULL);
	add_list(&job, &s->to, 0, NULL);
	add_list(&job, &s->run, s->held, HELD);
	fits = job.len <= LAUNCH_JOB_MAX && s->from.n + s->to.n + s->run.n + 3 <= LAUNCH_WORDS_MAX;
	if (fits)
		add_job(&job, out);
	str_free(&job);
	return fits;
}

void script_exec_job(const char *const *argv, struct str *out)
{
	struct strv words = STRV_INIT;
	struct str job = STR_INIT;

	strv_addv(&words, argv);
	add_word(&job, "exec");
	add_list(&job, &words, 0, NULL);
	add_job(&job, out);
	strv_free(&words);
	str_free(&job);
}

/* Its marks ---------------------------------------------------------------------------- */

static int number(const char *s, const char *end)
{
	int n = 0;

	for (; s < end && *s >= '0' && *s <= '9' && n < 100000; s++)
		n = n * 10 + (*s - '0');
	return n;
}

enum script_said script_read(const struct script *s, const char *line, size_t len, int *n)
{
	size_t mark = strlen(s->mark);
	const char *end = line + len;

	if (len <= mark || memcmp(line, s->mark, mark) != 0 || line[mark] != ' ')
		return SCRIPT_MESSAGE;
	line += mark + 1;
	if (end - line > 5 && memcmp(line, "step ", 5) == 0) {
		*n = number(line + 5, end);
		return (size_t)*n < s->steps.n ? SCRIPT_STEP : SCRIPT_MESSAGE;
	}
	if (end - line > 4 && memcmp(line, "end ", 4) == 0) {
		*n = number(line + 4, end);
		return SCRIPT_END;
	}
	if (end - line == 3 && memcmp(line, "run", 3) == 0) {
		*n = (int)s->steps.n - 1;
		return SCRIPT_RUN;
	}
	return SCRIPT_MESSAGE;
}
