/* Reads lines of output as they arrive and sorts them into evidence.
 *
 * A line is one of three things: the simulator's own report (in the wording of
 * Verilator or Icarus, with place and time), a complaint about a data file, or
 * the testbench's words, which claim.h reads. Only a small, fixed amount is kept:
 * counts, the first failing line, the last summary. Nothing is decided here;
 * run_judge.c weighs the evidence at the end.
 */
#include "config.h"

#include "session/verdict/run.h"

#include <ctype.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/output/claim.h"
#include "session/verdict/run_inner.h"

#define LINE_MAX_READ (64 * 1024)
#define FIRST_MAX     400 /* bytes kept of the first failing line */
#define BESIDE_MAX    1000
#define NO_NAME	      "'s file name argument ("
#define NO_FILE	      "invalid file descriptor"

struct run_reader *run_reader_new(const struct checks_facts *facts)
{
	struct run_reader *r = mem_zalloc(sizeof(*r));

	r->has_facts = facts != NULL;
	if (facts)
		r->facts = *facts;
	r->passed = r->failed = r->most_failed = r->mismatches = r->samples = -1;
	r->first.limit = r->abroad.limit = r->path.limit = r->broken.limit = r->missing.limit =
		r->watchdog.limit = FIRST_MAX;
	r->beside.limit = BESIDE_MAX;
	return r;
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

/* Parses "tb.sv:9: rest" and moves to the rest. */
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

/* Parses the time in Verilator's own lines, which is printed as %t: "[12]", or
 * "[12.00 ns]" after $timeformat(-9, 2, " ns", 0). */
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
	told_time_trim(&text, &len);
	utf8_clean(text, len, &r->first);
}

/* Records a failure reported by the simulator: text "tb.sv:9: why". */
static void tool_failure(struct run_reader *r, const char *text, size_t len)
{
	const char *path, *colon;
	size_t path_len;
	int line;
	bool placed = skip_place(&text, &len, &path, &path_len, &line);

	if (r->told++ == 0 && placed) {
		utf8_clean(path, path_len, &r->told_path);
		r->told_line = line;
	}
	if (r->has_first)
		return;
	if (placed) {
		utf8_clean(path, path_len, &r->path);
		r->line = line;
	}
	told_time_trim(&text, &len);
	/* In "Assertion failed in TOP.tb: why", why is sufficient, unless it is empty. */
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

/* Records which file a system task could not open. Without a place, as Verilator
 * reports it for the file. */
static void keep_missing(struct run_reader *r, const char *text, size_t len, const char *path,
			 size_t path_len, int line)
{
	const char *open = memmem(text, len, "Unable to open ", 15), *end = text + len;

	if (line) {
		utf8_clean(path, path_len, &r->missing);
		str_addf(&r->missing, ":%d ", line);
	}
	if (open) {
		const char *name = open + 15,
			   *last = memmem(open, (size_t)(end - open), " for ", 5);

		str_adds(&r->missing, "cannot open ");
		utf8_clean(name, (size_t)((last ? last : end) - name), &r->missing);
	} else if (find(text, len, "file not found") && path_len) {
		str_adds(&r->missing, "cannot open ");
		utf8_clean(path, path_len, &r->missing);
	} else if (find(text, len, "file not found")) {
		str_adds(&r->missing, "$readmem is given no file's name");
	} else if (find(text, len, NO_NAME)) {
		const char *task = memchr(text, '\'', len);

		utf8_clean(text, task ? (size_t)(task - text) : 0, &r->missing);
		str_adds(&r->missing, " is given no file's name");
	} else {
		utf8_clean(text, len, &r->missing);
	}
}

/* Messages of system tasks about a file. Icarus 11: "rom.v:2: $readmemh: Unable
 * to open a.hex for reading."; for an empty name "rom.v:2: $readmemh's file name
 * argument (vpiParameter) is not a valid string."; "tb.v:31: $readmemh(a.txt):
 * Not enough words in the file for the requested range [0:31]."; for a file that
 * is read but was not opened "tb.v:9: invalid file descriptor (0x0) given to
 * $fscanf." Verilator 5.006: "a.hex:0: $readmem file not found", without a place
 * if the name is empty; "a.hex:3: $readmem file ended before specified final
 * address (IEEE 2017 21.4)". Any other error from a system task is the tool's as
 * well; after a mere warning the run has continued properly. */
static bool data_file(struct run_reader *r, const char *text, size_t len, bool warns)
{
	const char *path = text;
	size_t path_len = 0;
	bool missing, bad_handle;
	int line = 0;

	if (!skip_place(&text, &len, &path, &path_len, &line))
		path_len = 0;
	told_time_trim(&text, &len);
	bad_handle =
		!warns && path_len && find(text, len, NO_FILE) && find(text, len, " given to $");
	if (!len || (*text != '$' && !bad_handle))
		return false;
	missing = find(text, len, "Unable to open ") || find(text, len, "file not found") ||
		  find(text, len, NO_NAME);
	/* "$readmemh: Standard inconsistency, following 1364-2005." is printed
	 * for each memory declared as [255:0]. */
	if (warns && find(text, len, "Standard inconsistency"))
		return true;
	if (!missing && !path_len)
		return false;
	if ((warns && !missing) || find(text, len, "Not enough words")) {
		if (r->beside.len)
			str_addc(&r->beside, '\n');
		utf8_clean(path, path_len, &r->beside);
		str_addf(&r->beside, ":%d ", line);
		utf8_clean(text, len, &r->beside);
		return true;
	}
	if (r->missing.len)
		return true;
	r->failed_before = r->told > 0 || r->said > 0;
	keep_missing(r, text, len, path, path_len, line);
	return true;
}

/* Handles "[12000] %Error: a.sv:9: Assertion failed in TOP.tb: q is 1, not 3",
 * "%Error: a.sv:9: Verilog $stop", "- a.sv:15: Verilog $finish", "-Info: a.sv:9:
 * Verilog $stop, ignored ...". False if it is none of these. */
static bool verilator_line(struct run_reader *r, const char *s, size_t len)
{
	const char *at = s;
	size_t left = len;
	struct told_time time = { TOLD_NOTHING };
	bool timed =
		skip(&at, &left, "[") && skip_time(&at, &left, &time) && skip(&at, &left, "] ");

	if (!timed) {
		at = s;
		left = len;
	}
	if (!timed && skip(&at, &left, "- ") && find(at, left, ": Verilog $")) {
		r->finished = true;
		r->stopped = r->stopped || find(at, left, ": Verilog $stop");
		return true;
	}
	if (skip(&at, &left, "%Warning: ")) {
		data_file(r, at, left, true);
		return true;
	}
	if (skip(&at, &left, "-Info: "))
		return true;
	if (!skip(&at, &left, "%Error: ") && !skip(&at, &left, "%Fatal: "))
		return !timed && len == strlen("Aborting...") && memcmp(s, "Aborting...", len) == 0;
	if (find(at, left, ": Verilog $stop")) {
		r->finished = r->stopped = true;
		return true;
	}
	if (!timed && !find(at, left, "Assertion failed")) {
		/* The model gave up: "did not converge" */
		if (r->broken.len == 0)
			utf8_clean(at, left, &r->broken);
		return true;
	}
	if (!r->has_first)
		r->time = time;
	tool_failure(r, at, left);
	return true;
}

/* Handles "VCD info: dumpfile a.vcd opened for output." and "VCD Error: tb.v:2:
 * Unable to open /x/a.vcd for output.", which ends the run. */
static bool dumper_line(struct run_reader *r, const char *s, size_t len)
{
	static const char *const dumpers[] = { "VCD ", "FST ", "LXT2 ", "LXT ", "SDF " };
	static const char *const remarks[] = { "info: ", "warning: ", "Warning: ", "WARNING: ",
					       "sorry: " };
	bool dumper = false;

	for (size_t i = 0; !dumper && i < sizeof(dumpers) / sizeof(*dumpers); i++)
		dumper = skip(&s, &len, dumpers[i]);
	for (size_t i = 0; dumper && i < sizeof(remarks) / sizeof(*remarks); i++)
		if (skip(&s, &len, remarks[i]))
			return true;
	if (!dumper || !(skip(&s, &len, "Error: ") || skip(&s, &len, "ERROR: ")))
		return false;
	if (r->broken.len == 0)
		utf8_clean(s, len, &r->broken);
	return true;
}

static bool starts(const char *s, size_t len, const char *prefix)
{
	return skip(&s, &len, prefix);
}

/* True for a line of vvp about itself: a call of a $name that it does not have, "vvp:
 * vthread.cc:3692: void do_join(vthread_t, vthread_t): Assertion `child->parent == thr'
 * failed.", and before such a one "internal error: 10resolv_tri: recv_real(0.000000) not
 * implemented". */
static bool is_of_vvp(const char *s, size_t len)
{
	return find(s, len, " is not defined by any module.") ||
	       find(s, len, ": Program not runnable, ") ||
	       (starts(s, len, "vvp: ") && find(s, len, ": Assertion `")) ||
	       (starts(s, len, "internal error: ") && find(s, len, " not implemented"));
}

/* Handles "ERROR: rt.sv:3: value 3", then "       Time: 5000 Scope: tb". */
static bool icarus_line(struct run_reader *r, const char *s, size_t len)
{
	const char *at = s, *path;
	size_t left = len, path_len;
	int line;

	if (r->time_follows) {
		uint64_t time;

		r->time_follows = false;
		told_time_trim(&at, &left);
		if (at > s && skip(&at, &left, "Time: ") && skip_number(&at, &left, &time)) {
			r->time = (struct told_time){ .unit = TOLD_STEP, .n = time, .sure = true };
			return true;
		}
		at = s;
		left = len;
	}
	if (is_of_vvp(s, len)) {
		if (r->broken.len == 0)
			utf8_clean(s, len, &r->broken);
		return true;
	}
	/* "SORRY: tb.v:2: currently only simple signals ... may be passed to $strobe." */
	if (skip(&at, &left, "SORRY: ")) {
		if (r->broken.len == 0)
			utf8_clean(at, left, &r->broken);
		return true;
	}
	at = s;
	left = len;
	if (dumper_line(r, s, len))
		return true;
	if (skip(&at, &left, "WARNING: ")) {
		data_file(r, at, left, true);
		return skip_place(&at, &left, &path, &path_len, &line);
	}
	if (skip(&at, &left, "INFO: "))
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
			return false; /* printed by the testbench */
		if (data_file(r, s, len, false))
			return true;
		r->time_follows = !r->has_first;
		tool_failure(r, s, len);
		return true;
	}
	return false;
}

static void raise_to(long *to, long n)
{
	if (n > *to)
		*to = n;
}

/* True for "Hint: Output 'q' has 92 mismatches", which is not the verdict,
 * whatever it says. */
static bool is_hint(const char *s, size_t len)
{
	static const char *const words[] = { "hint", "note", "info", "warning", "debug" };

	while (len && !isalpha((unsigned char)*s)) {
		s++;
		len--;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t n = strlen(words[i]);

		if (len > n && strncasecmp(s, words[i], n) == 0 && !isalpha((unsigned char)s[n]))
			return true;
	}
	return false;
}

static void note_count(struct run_reader *r, const struct claim *c)
{
	r->total = c->failed >= 0 && c->total >= 0;
	raise_to(&r->passed, c->passed);
	if (c->failed >= 0)
		r->failed = c->failed;
	raise_to(&r->most_failed, c->failed);
	if (c->total >= 0 && c->failed >= 0) {
		r->mismatches = c->failed;
		r->samples = c->total;
	}
}

/* True for "TIMEOUT" and "ERROR: simulation timed out at 5000", which only say
 * that it took too long, but not for "TIMEOUT flag is 1", which is about the
 * design. */
static bool is_watchdog(const char *s, size_t len)
{
	static const char *const words[] = {
		"timeout", "timed",    "time",	    "out", "error",	 "fatal", "fail",
		"failed",  "test",     "testbench", "tb",  "simulation", "sim",	  "at",
		"after",   "the",      "has",	    "ns",  "ps",	 "us",	  "cycles",
		"reached", "exceeded", "limit",	    NULL
	};
	bool found = false;

	while (len) {
		size_t n = 0, k = 0;

		while (n < len && isalpha((unsigned char)s[n]))
			n++;
		while (n && words[k] &&
		       !(strlen(words[k]) == n && strncasecmp(s, words[k], n) == 0))
			k++;
		if (n && !words[k])
			return false;
		found = found || (n && k < 2);
		s += n ? n : 1;
		len -= n ? n : 1;
	}
	return found;
}

static void testbench_line(struct run_reader *r, const char *s, size_t len)
{
	bool hint = is_hint(s, len);
	struct claim c;

	claim_read(s, len, &c);
	if (!hint && !c.fail && !c.pass && !r->has_first && !r->abroad.len &&
	    checks_line_abroad(s, len))
		utf8_clean(s, len, &r->abroad);
	if (hint || (!c.fail && !c.pass && c.passed < 0 && c.failed < 0) ||
	    (c.fail && r->facts.checks && checks_line_is_heading(r->facts.checks, s, len)))
		return;
	r->total = false;
	r->partial = c.pass && c.passed >= 0 && c.failed < 0;
	if (c.passed >= 0 || c.failed >= 0)
		note_count(r, &c);
	if (c.fail || c.pass)
		r->last = c.fail ? LAST_FAIL : LAST_PASS;
	if (r->last == LAST_PASS && c.pass) {
		str_clear(&r->word);
		str_add(&r->word, s, len);
	}
	if (!c.fail)
		return;
	if (is_watchdog(s, len)) {
		str_clear(&r->watchdog);
		utf8_clean(s, len, &r->watchdog);
	}
	if (c.failed < 0)
		r->said++;
	if (r->has_first)
		return;
	keep_first(r, s, len);
	r->first_counts = c.failed >= 0;
	r->time = c.time;
}

/* Removes ESC [ ... m and the like, so that a coloured FAIL is recognised. */
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
	if (!verilator_line(r, line, len) && !icarus_line(r, line, len)) {
		r->printed |= len > 0;
		testbench_line(r, line, len);
	}
}
