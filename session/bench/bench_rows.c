/* Reads files of rows. A report over 100,000 rows has to be fast and small, so each
 * distinct string is stored once in a pool: suite, problem and tools repeat. */
#include "config.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/bench/bench_row.h"
#include "session/text/name_map.h"

#define FILE_MAX     (2ull << 30)
#define LINE_MOST    (1u << 20) /* bytes per row */
#define LINES_A_TURN 1024u	/* then yields, so signals and keys are handled */
#define PIECE	     (1u << 16) /* bytes read at a time */

/* The pool --------------------------------------------------------------------------- */

struct bench_pool {
	struct strv texts;
	struct name_map at; /* index in texts */
};

static const char *keep(struct bench_pool *p, const char *s)
{
	size_t i = p->texts.n;

	if (!s || !*s)
		return "";
	if (!name_map_get(&p->at, s, strlen(s), &i)) {
		strv_add(&p->texts, s);
		name_map_put(&p->at, p->texts.v[i], strlen(s), i);
	}
	return p->texts.v[i];
}

static void pool_free(struct bench_pool *p)
{
	if (!p)
		return;
	strv_free(&p->texts);
	name_map_fini(&p->at);
	free(p);
}

/* Rows ------------------------------------------------------------------------------- */

static long number(const cJSON *o, const char *key)
{
	double d = o ? json_number(o, key, -1) : -1;

	return d >= 0 && d < 1e15 ? (long)d : -1;
}

static double seconds(const cJSON *o, const char *key)
{
	double d = o ? json_number(o, key, 0) : 0;

	return d >= 0 && d < 1e9 ? d : 0;
}

static void copy_hash(char to[HASH_HEX + 1], const char *from)
{
	if (from && strlen(from) == HASH_HEX)
		memcpy(to, from, HASH_HEX + 1);
}

static void read_figures(const cJSON *o, struct bench_row *r)
{
	const struct suite *s = suite_named(r->suite);

	for (size_t i = 0; o && s && i < SUITE_FIGURES && s->figures[i].name; i++) {
		double d = json_number(o, s->figures[i].name, -1);

		r->figures[i] = d >= 0 && d < 1e9 ? d : -1;
	}
}

static bool read_row(const cJSON *o, struct bench_pool *p, struct bench_row *r)
{
	const cJSON *first = json_object(o, "first"), *s = json_object(o, "seconds"),
		    *t = json_object(o, "tokens");
	const char *class_ = json_string(o, "class"), *problem = json_string(o, "problem");
	unsigned long long sample = json_uint(o, "sample", 0);

	if (!class_ || strlen(class_) != 1 || !problem || !*problem || sample < 1 ||
	    sample > 1000000)
		return false;
	*r = BENCH_ROW_INIT;
	r->class_ = class_[0];
	r->sample = (unsigned)sample;
	r->problem = keep(p, problem);
	r->suite = keep(p, json_string(o, "suite"));
	r->task = keep(p, json_string(o, "task"));
	r->category = keep(p, json_string(o, "category"));
	r->verdict = keep(p, json_string(o, "verdict"));
	r->backend = keep(p, json_string(o, "backend"));
	r->model = keep(p, json_string(o, "model"));
	r->setup = keep(p, json_string(o, "setup"));
	r->stage = keep(p, json_string(o, "stage"));
	r->beside = keep(p, json_string(o, "beside"));
	r->tools = keep(p, json_string(o, "tools"));
	r->error = keep(p, json_string(o, "error"));
	r->answer_path = keep(p, json_string(o, "answer_path"));
	r->question_path = keep(p, json_string(o, "question_path"));
	r->wave_path = keep(p, json_string(o, "wave_path"));
	r->first = keep(p, first ? json_string(first, "text") : NULL);
	r->first_path = keep(p, first ? json_string(first, "path") : NULL);
	r->first_line = first ? (int)number(first, "line") : 0;
	r->checks = number(o, "checks");
	r->failures = number(o, "failures");
	r->mismatches = number(o, "mismatches");
	r->samples = number(o, "samples");
	read_figures(json_object(o, "figures"), r);
	r->ask_s = seconds(s, "ask");
	r->build_s = seconds(s, "build");
	r->run_s = seconds(s, "run");
	r->tokens_in = number(t, "in");
	r->tokens_out = number(t, "out");
	r->tokens_cached = number(t, "cached");
	r->cost = json_number(o, "cost", -1);
	r->rounds = (unsigned)json_uint(o, "rounds", 0);
	r->seed = json_uint(o, "seed", 0);
	r->cut = json_bool(o, "cut", false);
	r->code = json_bool(o, "code", false);
	copy_hash(r->request_hash, json_string(o, "request_hash"));
	copy_hash(r->answer_hash, json_string(o, "answer_hash"));
	copy_hash(r->code_hash, json_string(o, "code_hash"));
	return true;
}

static int order(const void *a, const void *b)
{
	const struct bench_row *x = a, *y = b;
	int d = strcmp(x->problem, y->problem);

	if (d == 0)
		d = (x->sample > y->sample) - (x->sample < y->sample);
	return d ? d : (x->class_ == '?') - (y->class_ == '?');
}

/* qsort() is not stable, so which of several equal rows is kept is arbitrary. They
 * differ only in their times: rows of one sample and set-up are otherwise equal. */
static void bench_rows_sort(struct bench_rows *l)
{
	size_t n = 0;

	if (!l->n)
		return;
	qsort(l->v, l->n, sizeof(*l->v), order);
	for (size_t i = 0; i < l->n; i++)
		if (!n || strcmp(l->v[n - 1].problem, l->v[i].problem) != 0 ||
		    l->v[n - 1].sample != l->v[i].sample)
			l->v[n++] = l->v[i];
	l->n = n;
}

const struct bench_row *bench_rows_find(const struct bench_rows *l, const char *problem,
					unsigned sample)
{
	struct bench_row key = { .problem = problem, .sample = sample };
	size_t from = 0, to = l->n;

	while (from < to) {
		size_t mid = (from + to) / 2;
		int d = strcmp(l->v[mid].problem, key.problem);

		if (d == 0)
			d = (l->v[mid].sample > sample) - (l->v[mid].sample < sample);
		if (d == 0)
			return &l->v[mid];
		if (d < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return NULL;
}

static bool add_line(struct bench_rows *l, const char *line, size_t len, size_t number_,
		     const char *path, struct err *err)
{
	cJSON *o = json_parse(line, len, err);
	struct bench_row r;
	bool ok;

	if (!l->pool)
		l->pool = mem_calloc(1, sizeof(*l->pool));
	ok = o && read_row(o, l->pool, &r);

	if (ok && l->n >= BENCH_ROWS_MAX) {
		ok = err_set(err, ERR_LIMIT, "%.200s: more than %u rows", path, BENCH_ROWS_MAX);
	} else if (ok) {
		MEM_PUSH(l->v, l->n, l->cap, r);
	} else {
		err_set(err, ERR_PARSE, "%.200s:%zu is not a row of a benchmark", path, number_);
	}
	cJSON_Delete(o);
	return ok;
}

/* Reads a file in pieces, so that memory does not hold the file and its rows at once. */
struct input {
	FILE *f;
	char *piece;
	size_t at, len; /* of piece: bytes consumed, and bytes read */
};

/* Appends the text before the next LF. False: there is no further LF, or the line is
 * too long. */
static bool add_up_to_lf(struct input *in, struct str *line)
{
	const char *lf = NULL;

	while (!lf && line->len <= LINE_MOST) {
		const char *from;
		size_t n;

		if (in->at == in->len) {
			in->at = 0;
			in->len = fread(in->piece, 1, PIECE, in->f);
			if (!in->len)
				return false;
		}
		from = in->piece + in->at;
		n = in->len - in->at;
		lf = memchr(from, '\n', n);
		if (lf)
			n = (size_t)(lf - from);
		str_add(line, from, n);
		in->at += n + (lf != NULL);
	}
	return line->len <= LINE_MOST;
}

/* Text after the last LF is not a row, because it was not written completely. */
static bool read_lines(struct bench_rows *l, FILE *f, const char *path, uint64_t *whole,
		       struct err *err)
{
	struct input in = { .f = f, .piece = mem_alloc(PIECE) };
	struct str line = STR_INIT;
	bool ok = true;
	size_t n = 1;

	while (ok && add_up_to_lf(&in, &line)) {
		*whole += line.len + 1;
		if (*whole > FILE_MAX)
			ok = err_set(err, ERR_LIMIT, "%.200s is larger than %llu bytes", path,
				     FILE_MAX);
		ok = ok && (!line.len || add_line(l, line.data, line.len, n, path, err));
		str_clear(&line);
		if (n++ % LINES_A_TURN == 0 && task_self())
			ok = ok && task_rest(err);
	}
	if (line.len > LINE_MOST)
		ok = err_set(err, ERR_LIMIT, "%.200s:%zu is longer than %u bytes", path, n,
			     LINE_MOST);
	str_free(&line);
	free(in.piece);
	return ok && (!ferror(f) || err_set(err, ERR_IO, "read %.200s: %s", path, strerror(errno)));
}

/* Refuses a pipe, where opening would wait for a writer. */
static FILE *open_regular(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	FILE *f;

	if (fd < 0) {
		err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "open %.200s: %s", path,
			strerror(errno));
		return NULL;
	}
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (f = fdopen(fd, "r")))
		return f;
	close(fd);
	err_set(err, ERR_IO, "%.200s is not a regular file", path);
	return NULL;
}

bool bench_rows_read(struct bench_rows *l, const char *path, uint64_t *whole, struct err *err)
{
	FILE *f = open_regular(path, err);
	uint64_t bytes = 0;
	bool ok = f && read_lines(l, f, path, &bytes, err);

	if (f)
		fclose(f);
	if (whole)
		*whole = bytes;
	if (ok)
		bench_rows_sort(l);
	return ok;
}

void bench_rows_fini(struct bench_rows *l)
{
	free(l->v);
	pool_free(l->pool);
	*l = (struct bench_rows){ 0 };
}
