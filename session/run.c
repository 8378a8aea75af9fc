#include "config.h"

#include "session/run.h"

#include <ctype.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/claim.h"

#define LINE_MAX_READ (64 * 1024)
#define FIRST_MAX 400	/* bytes kept of the first failing line */

struct run_reader {
	bool can_fail;
	bool finished, stopped;
	bool claims_pass;
	long told;		/* failures that the simulator reported */
	long said;		/* lines in which the testbench says so */
	long passed, failed, total;	/* largest counts of summaries; -1 none */
	bool has_first;
	struct told_time time;
	int line;
	bool time_follows;	/* Icarus prints it below the message */
	struct str first, path, broken;
	struct str plain;	/* a line without its colours */
};

static const char *const names[] = {
	[VERDICT_NONE] = "none",
	[VERDICT_PASS] = "pass",
	[VERDICT_FAIL] = "fail",
	[VERDICT_BROKEN] = "broken",
};

void run_result_fini(struct run_result *r)
{
	free(r->first);
	free(r->first_path);
	memset(r, 0, sizeof(*r));
}

const char *verdict_name(enum verdict v)
{
	return names[v];
}

bool verdict_parse(const char *name, enum verdict *v)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(names[i], name) == 0) {
			*v = (enum verdict)i;
			return true;
		}
	}
	return false;
}

/* "FAIL: q is 3" is printed behind a FAIL of ours. */
static const char *without_word(const char *s)
{
	static const char *const words[] = { "FAIL:", "FAIL ", "FAILED:", "FAILED ", "[FAIL]" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (str_starts(s, words[i])) {
			const char *rest = s + strlen(words[i]);

			while (*rest == ' ')
				rest++;
			return *rest ? rest : s;
		}
	}
	return s;
}

void run_result_print(const struct run_result *r, const char *tb, struct str *out)
{
	switch (r->verdict) {
	case VERDICT_PASS:
		if (r->checks >= 0)
			str_addf(out, "PASS %ld check%s", r->checks, r->checks == 1 ? "" : "s");
		else
			str_adds(out, "PASS (the testbench says so, not counted)");
		return;
	case VERDICT_FAIL:
		str_adds(out, "FAIL");
		if (r->first_path && *r->first_path) {
			str_addf(out, " %s", r->first_path);
			if (r->first_line > 0)
				str_addf(out, ":%d", r->first_line);
		}
		if (r->first && *r->first)
			str_addf(out, " %s", without_word(r->first));
		return;
	case VERDICT_BROKEN:
		str_addf(out, "did not run: %s", r->first && *r->first ? r->first : "nobody knows why");
		return;
	case VERDICT_NONE:
		str_addf(out, "no verdict: %s prints but checks nothing", tb && *tb ? tb : "the testbench");
		return;
	}
}

struct run_reader *run_reader_new(bool can_fail)
{
	struct run_reader *r = mem_zalloc(sizeof(*r));

	r->can_fail = can_fail;
	r->passed = r->failed = r->total = -1;
	r->first.limit = r->path.limit = r->broken.limit = FIRST_MAX;
	return r;
}

/* Adds the line up to to's limit, without what could steer a terminal. */
static void add_clean(struct str *to, const char *s, size_t len)
{
	while (len && !to->full) {
		unsigned cp;
		size_t n = utf8_decode(s, len, &cp);

		if (n == 0 || utf8_is_control(cp)) {
			str_addc(to, *s == '\t' ? ' ' : '?');
			n = n ? n : 1;
		} else if (to->len + n <= to->limit) {
			str_add(to, s, n);
		} else {
			return;
		}
		s += n;
		len -= n;
	}
}

static void trim(const char **s, size_t *len)
{
	while (*len && isspace((unsigned char)**s)) {
		++*s;
		--*len;
	}
	while (*len && isspace((unsigned char)(*s)[*len - 1]))
		--*len;
}

static bool skip(const char **s, size_t *len, const char *prefix)
{
	size_t n = strlen(prefix);

	if (*len < n || memcmp(*s, prefix, n) != 0)
		return false;
	*s += n;
	*len -= n;
	return true;
}

static bool skip_number(const char **s, size_t *len, uint64_t *n)
{
	size_t i = 0;

	for (*n = 0; i < *len && isdigit((unsigned char)(*s)[i]); i++) {
		if (*n > (UINT64_MAX - 9) / 10)
			return false;
		*n = *n * 10 + (uint64_t)((*s)[i] - '0');
	}
	*s += i;
	*len -= i;
	return i > 0;
}

/* "tb.sv:9: rest": moves to the rest. */
static bool skip_place(const char **s, size_t *len, const char **path, size_t *path_len, int *line)
{
	for (size_t i = 1; i + 1 < *len; i++) {
		const char *p = *s + i + 1;
		size_t left = *len - i - 1;
		uint64_t n;

		if ((*s)[i] != ':' || !skip_number(&p, &left, &n) || left == 0 || *p != ':')
			continue;
		*path = *s;
		*path_len = i;
		*line = n < 100000000 ? (int)n : 0;
		*s = p + 1;
		*len = left - 1;
		return true;
	}
	return false;
}

/* The time of Verilator's own lines, which they print as %t: "[12]", and after
 * $timeformat(-9, 2, " ns", 0) "[12.00 ns]". */
static bool skip_time(const char **s, size_t *len, struct told_time *t)
{
	const char *close = memchr(*s, ']', *len);
	size_t n;

	while (*len && **s == ' ') {
		++*s;
		--*len;
	}
	n = told_time_number(*s, *len, t);
	if (!n || !close || close - *s > 64)
		return false;
	t->unit = TOLD_FORMAT;
	t->sure = true;
	*len -= (size_t)(close - *s);
	*s = close;
	return true;
}

static bool find(const char *s, size_t len, const char *part)
{
	return memmem(s, len, part, strlen(part));
}

static void keep_first(struct run_reader *r, const char *text, size_t len)
{
	r->has_first = true;
	trim(&text, &len);
	add_clean(&r->first, text, len);
}

/* A failure that the simulator itself reported: text "tb.sv:9: why". */
static void tool_failure(struct run_reader *r, const char *text, size_t len)
{
	const char *path, *colon;
	size_t path_len;
	int line;

	r->told++;
	if (r->has_first)
		return;
	if (skip_place(&text, &len, &path, &path_len, &line)) {
		add_clean(&r->path, path, path_len);
		r->line = line;
	}
	trim(&text, &len);
	/* "Assertion failed in TOP.tb: why", of which why says it all, unless
	 * there is none. */
	colon = memmem(text, len, ": ", 2);
	if (colon && find(text, (size_t)(colon - text), "Assertion failed in ") &&
	    !find(colon, len - (size_t)(colon - text), "'assert' failed")) {
		len -= (size_t)(colon + 2 - text);
		text = colon + 2;
	}
	if (len)
		keep_first(r, text, len);
	else
		keep_first(r, "assertion failed", 16);
}

/* "[12000] %Error: a.sv:9: Assertion failed in TOP.tb: q is 1, not 3",
 * "%Error: a.sv:9: Verilog $stop", "- a.sv:15: Verilog $finish",
 * "-Info: a.sv:9: Verilog $stop, ignored ...". False: none of these. */
static bool verilator_line(struct run_reader *r, const char *s, size_t len)
{
	const char *at = s;
	size_t left = len;
	struct told_time time = { TOLD_NOTHING };
	bool timed = skip(&at, &left, "[") && skip_time(&at, &left, &time) && skip(&at, &left, "] ");

	if (!timed) {
		at = s;
		left = len;
	}
	if (!timed && skip(&at, &left, "- ") && find(at, left, ": Verilog $")) {
		r->finished = true;
		r->stopped = r->stopped || find(at, left, ": Verilog $stop");
		return true;
	}
	if (skip(&at, &left, "%Warning: ") || skip(&at, &left, "-Info: "))
		return true;
	if (!skip(&at, &left, "%Error: ") && !skip(&at, &left, "%Fatal: "))
		return !timed && len == strlen("Aborting...") && memcmp(s, "Aborting...", len) == 0;
	if (find(at, left, ": Verilog $stop")) {
		r->finished = r->stopped = true;
		return true;
	}
	if (!timed && !find(at, left, "Assertion failed")) {
		/* The model itself gave up: "did not converge" */
		if (r->broken.len == 0)
			add_clean(&r->broken, at, left);
		return true;
	}
	if (!r->has_first)
		r->time = time;
	tool_failure(r, at, left);
	return true;
}

/* "ERROR: rt.sv:3: value 3", then "       Time: 5000 Scope: tb". */
static bool icarus_line(struct run_reader *r, const char *s, size_t len)
{
	const char *at = s, *path;
	size_t left = len, path_len;
	int line;

	if (r->time_follows) {
		uint64_t time;

		r->time_follows = false;
		trim(&at, &left);
		if (at > s && skip(&at, &left, "Time: ") && skip_number(&at, &left, &time)) {
			r->time = (struct told_time){ .unit = TOLD_STEP, .n = time, .sure = true };
			return true;
		}
		at = s;
		left = len;
	}
	if (skip(&at, &left, "VCD info: ") || skip(&at, &left, "VCD warning: "))
		return true;
	if (skip(&at, &left, "WARNING: ") || skip(&at, &left, "INFO: "))
		return skip_place(&at, &left, &path, &path_len, &line);
	if (find(s, len, "$finish called at ") || find(s, len, "$stop called at ")) {
		r->finished = true;
		r->stopped = r->stopped || find(s, len, "$stop called at ");
		return true;
	}
	if (skip(&at, &left, "ERROR: ") || skip(&at, &left, "FATAL: ")) {
		s = at;
		len = left;
		if (!skip_place(&at, &left, &path, &path_len, &line))
			return false;	/* the testbench's own word */
		r->time_follows = !r->has_first;
		tool_failure(r, s, len);
		return true;
	}
	return false;
}

static void most(long *to, long n)
{
	if (n > *to)
		*to = n;
}

static void testbench_line(struct run_reader *r, const char *s, size_t len)
{
	struct claim c;

	claim_read(s, len, &c);
	most(&r->passed, c.passed);
	most(&r->failed, c.failed);
	most(&r->total, c.total);
	r->claims_pass = r->claims_pass || c.pass;
	if (!c.fail)
		return;
	if (c.failed < 0)
		r->said++;
	if (r->has_first)
		return;
	keep_first(r, s, len);
	r->time = c.time;
}

/* ESC [ ... m and its like: a coloured FAIL is one, too. */
static void strip_colours(struct str *out, const char *s, size_t len)
{
	size_t i = 0;

	str_clear(out);
	while (i < len) {
		if (s[i] == '\033' && i + 1 < len && s[i + 1] == '[') {
			for (i += 2; i < len && s[i] >= 0x20 && s[i] < 0x40; i++)
				;
			i++;
		} else {
			str_addc(out, s[i++]);
		}
	}
}

void run_reader_line(struct run_reader *r, const char *line, size_t len)
{
	if (len > LINE_MAX_READ)
		len = LINE_MAX_READ;
	if (len && line[len - 1] == '\r')
		len--;
	if (memchr(line, '\033', len)) {
		strip_colours(&r->plain, line, len);
		line = str_cstr(&r->plain);
		len = r->plain.len;
	}
	if (!verilator_line(r, line, len) && !icarus_line(r, line, len))
		testbench_line(r, line, len);
}

/* Why nothing can be said about the design; NULL: it ended as it should. The
 * caller frees. A model that Verilator built aborts at $stop. */
static char *why_broken(const struct run_reader *r, const struct run_end *end)
{
	if (end->cancelled)
		return mem_strdup("cancelled");
	if (end->limit && *end->limit)
		return str_fmt("it ran out of a limit: %s", end->limit);
	if (end->timed_out)
		return mem_strdup("it ran out of time");
	if (end->flooded)
		return mem_strdup("it printed more than the limit");
	if (r->broken.len)
		return mem_strdup(str_cstr(&r->broken));
	if (r->stopped && (end->signal == SIGABRT || end->status == 128 + SIGABRT))
		return NULL;
	if (end->signal)
		return str_fmt("it crashed with signal %d (%s)", end->signal, strsignal(end->signal));
	if (end->status != 0)
		return str_fmt("it ended with status %d", end->status);
	return NULL;
}

static long failures(const struct run_reader *r)
{
	long n = r->told;

	most(&n, r->said);
	most(&n, r->failed);
	return n;
}

/* -1: not counted. */
static long checks(const struct run_reader *r)
{
	if (r->passed >= 0)
		return r->passed + (r->failed > 0 ? r->failed : 0);
	return r->total;
}

static enum verdict judge(const struct run_reader *r, long counted)
{
	if (counted == 0)
		return VERDICT_NONE;
	if (counted > 0 && (r->claims_pass || r->can_fail))
		return VERDICT_PASS;
	/* Who only prints PASS has checked nothing; and who stops instead of
	 * finishing has often seen something. */
	if (r->can_fail && (r->claims_pass || !r->stopped))
		return VERDICT_PASS;
	return VERDICT_NONE;
}

void run_reader_end(struct run_reader *r, const struct run_end *end, struct run_result *out)
{
	char *why = why_broken(r, end);

	memset(out, 0, sizeof(*out));
	out->failures = failures(r);
	out->checks = checks(r);
	/* Neither engine ends well but by $finish, $stop or having nothing left
	 * to do; Icarus 11 does not say which. */
	out->finished = r->finished || !why;
	if (out->failures > 0) {
		out->verdict = VERDICT_FAIL;
		out->first = str_take(&r->first);
		out->first_path = str_take(&r->path);
		out->first_line = r->line;
		out->told = r->time;
		out->has_time = r->time.unit != TOLD_NOTHING && r->time.unit != TOLD_SECONDS && r->time.decimals == 0;
		out->first_time = out->has_time ? r->time.n : 0;
		if (out->checks >= 0 && out->checks < out->failures)
			out->checks = out->failures;
	} else if (why) {
		out->verdict = VERDICT_BROKEN;
		out->first = why;
		why = NULL;
	} else {
		out->verdict = judge(r, out->checks);
	}
	if (!out->first)
		out->first = mem_strdup("");
	if (!out->first_path)
		out->first_path = mem_strdup("");
	free(why);
	str_free(&r->first);
	str_free(&r->path);
	str_free(&r->broken);
	str_free(&r->plain);
	free(r);
}
