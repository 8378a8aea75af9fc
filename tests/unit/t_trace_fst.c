/* Queries on FST files. The oracle is fst2vcd, whose output is read slowly and
 * completely into memory. */
#include "config.h"

#include "tests/lib/case.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "tests/lib/dice.h"
#include "tests/lib/wave.h"
#include "session/trace/trace.h"
#include "sim/trace/fst_unpack.h"
#include "sim/trace/trace_fst.h"
#include "tests/lib/slow_vcd.h"
#include "tests/lib/folder.h"

#define FILE_MAX (64u << 20)

/* In the folder of the test. False: it failed. */
static bool run(const char *const *argv, const char *out)
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		int null = open(out ? out : "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0600);

		dup2(null, 1);
		dup2(open("/dev/null", O_WRONLY), 2);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

#define RUN(out, ...) run((const char *const[]){ __VA_ARGS__, NULL }, out)

static void need(const char *tool)
{
	char *at = child_which(tool);
	bool there = at != NULL;

	free(at);
	if (!there)
		skip();
}

static char *in_folder(const char *name)
{
	return str_fmt("%s/%s", folder, name);
}

static struct trace *by_fst2vcd(const char *fst)
{
	char *vcd = in_folder("back.vcd");
	struct wave *w;

	assert_true(RUN(vcd, "fst2vcd", "-f", fst));
	w = slow_vcd_file(vcd);
	assert_non_null(w);
	free(vcd);
	return trace_of_wave(w);
}

static struct trace *opened(const char *fst)
{
	int fd = open(fst, O_RDONLY | O_CLOEXEC);
	struct err err;
	struct trace *t;

	assert_true(fd >= 0);
	t = trace_fst_new(fd, fst, &err);
	if (!t)
		fail_msg("%s", err.text);
	return t;
}

static bool note(void *ctx, size_t which, const struct trace_point *p)
{
	str_addf(ctx, "%llu:%zu=%.*s ", (unsigned long long)p->time, which, (int)p->len, p->value);
	return true;
}

static void says(const char *what, bool got, const struct trace_point *p, bool want,
		 const struct trace_point *q, size_t signal, uint64_t time)
{
	if (got == want && (!got || (p->time == q->time && p->len == q->len &&
				     memcmp(p->value, q->value, p->len) == 0)))
		return;
	fail_msg("seed %lu: %s of %zu at %llu: %d %llu %.*s, not %d %llu %.*s", seed, what, signal,
		 (unsigned long long)time, got, got ? (unsigned long long)p->time : 0,
		 got ? (int)p->len : 0, got ? p->value : "", want,
		 want ? (unsigned long long)q->time : 0, want ? (int)q->len : 0,
		 want ? q->value : "");
}

static void agree(struct trace *a, struct trace *b)
{
	size_t n = trace_signals(b), *all = mem_calloc(n + 1, sizeof(*all));
	uint64_t end = trace_end(b);
	struct str x = STR_INIT, y = STR_INIT;

	assert_int_equal(trace_signals(a), n);
	assert_int_equal(trace_scopes(a), trace_scopes(b));
	for (size_t i = 0; i < n; i++) {
		all[i] = i;
		trace_full_name(a, i, &x);
		trace_full_name(b, i, &y);
		assert_string_equal(str_cstr(&x), str_cstr(&y));
		assert_int_equal(trace_signal_at(a, i)->kind, trace_signal_at(b, i)->kind);
		assert_int_equal(trace_signal_at(a, i)->width, trace_signal_at(b, i)->width);
		assert_int_equal(trace_signal_at(a, i)->has_range,
				 trace_signal_at(b, i)->has_range);
		str_clear(&x);
		str_clear(&y);
	}
	for (unsigned i = 0; n && i < 300; i++) {
		size_t s = roll((unsigned)n);
		uint64_t time = roll((unsigned)end + 3);
		struct trace_point p, q;
		bool got, want;

		if (time > end) /* the converter may end at the last change */
			continue;
		got = trace_at(a, s, time, &p);
		want = trace_at(b, s, time, &q);
		says("value", got, &p, want, &q, s, time);
		got = trace_next(a, s, time, &p);
		want = trace_next(b, s, time, &q);
		says("next", got, &p, want, &q, s, time);
		got = trace_prev(a, s, time, &p);
		want = trace_prev(b, s, time, &q);
		says("prev", got, &p, want, &q, s, time);
	}
	trace_walk(a, all, n, 0, end, note, &x);
	trace_walk(b, all, n, 0, end, note, &y);
	if (strcmp(str_cstr(&x), str_cstr(&y)) != 0)
		fail_msg("seed %lu\n%s\nnot\n%s", seed, str_cstr(&x), str_cstr(&y));
	str_free(&x);
	str_free(&y);
	free(all);
}

static const struct {
	const char *type;
	int width;
} nets[] = {
	{ "wire", 1 }, { "reg", 8 }, { "wire", 70 }, { "real", 64 },	{ "event", 1 },
	{ "reg", 3 },  { "reg", 1 }, { "wire", 64 }, { "integer", 32 }, { "wire", 300 },
};

#define NETS (sizeof(nets) / sizeof(*nets))

static void add_value(struct str *s, size_t net)
{
	if (nets[net].width == 1) {
		str_addf(s, "%c%c\n", nets[net].type[0] == 'e' ? '1' : "0011xz"[roll(6)],
			 (int)('A' + net));
	} else if (nets[net].type[0] == 'r' && nets[net].type[2] == 'a') {
		str_addf(s, "r%u.%u %c\n", roll(3), roll(2), (int)('A' + net));
	} else {
		bool states = roll(3) == 0;

		str_addc(s, 'b');
		for (int i = 0; i < nets[net].width; i++)
			str_addc(s, "01xz"[roll(states ? 4 : 2)]);
		str_addf(s, " %c\n", (int)('A' + net));
	}
}

static void random_dump(struct str *s, unsigned steps)
{
	unsigned time = roll(2) ? 0 : roll(100);

	str_adds(s, "$timescale 10 ps $end\n$scope module tb $end\n");
	for (size_t i = 0; i < NETS; i++) {
		if (i == 4)
			str_adds(s, "$scope module dut $end\n");
		str_addf(s, "$var %s %d %c n%zu $end\n", nets[i].type, nets[i].width,
			 (int)('A' + i), i);
	}
	str_adds(s,
		 "$var reg 8 B alias $end\n$upscope $end\n$upscope $end\n$enddefinitions $end\n");
	str_addf(s, "#%u\n$dumpvars\n", time);
	for (size_t i = 0; i < NETS; i++)
		if (nets[i].type[0] != 'e')
			add_value(s, i);
	str_adds(s, "$end\n");
	for (unsigned i = 0; i < steps; i++) {
		time += 1 + roll(20);
		str_addf(s, "#%u\n", time);
		for (unsigned k = 1 + roll(4); k > 0; k--)
			add_value(s, roll(roll(4) ? 3 : NETS));
	}
}

/* Each compression, short and long, read in parts of any size. */
CASE(as_fst2vcd_reads_it)
{
	static const char *const packings[] = { "-Z", "-F", "-4" };
	char *vcd = in_folder("a.vcd"), *fst = in_folder("a.fst");

	need("vcd2fst");
	need("fst2vcd");
	for (unsigned i = 0; i < 45; i++) {
		struct str dump = STR_INIT;
		struct trace *a, *b;

		seed = i;
		random_dump(&dump, i % 9 == 0 ? 3000 : roll(60));
		assert_true(file_put(vcd, dump.data, dump.len, 0600, NULL));
		assert_true(RUN(NULL, "vcd2fst", packings[i % 3], "-v", vcd, "-f", fst));
		a = opened(fst);
		if (roll(2))
			trace_fst_part(a, 1 + roll(200));
		b = by_fst2vcd(fst);
		agree(a, b);
		assert_null(trace_problem(a));
		trace_close(a);
		trace_close(b);
		str_free(&dump);
	}
	free(vcd);
	free(fst);
}

/* Each $dumpflush ends a section. */
static const char flushing[] =
	"`timescale 1ns/1ps\n"
	"module t; reg clk = 0; reg [7:0] q = 0; reg [99:0] w; reg late; real r = 0.5;\n"
	"  parameter P = 3; event e; integer i; string s; wire [7:0] same = q;\n"
	"  always #5 clk = ~clk;\n"
	"  always @(posedge clk) begin q <= q + 1; r = r * 1.5; if (q[1:0] == 0) -> e; end\n"
	"  initial begin $dumpfile(\"t.fst\"); $dumpvars(0, t); s = \"a b\";\n"
	"    for (i = 0; i < 40; i = i + 1) begin #17 if (i == 33) late = 1;\n"
	"      if (i % 5 == 0) w = {4{q, 17'bx}}; if (i % 7 == 0) s = \"x\\n\"; $dumpflush; end\n"
	"    $finish; end\nendmodule\n";

CASE(sections_are_one_run)
{
	char *source = in_folder("t.sv"), *program = in_folder("t.vvp"), *fst = in_folder("t.fst");
	struct trace *a, *b;
	struct trace_point p;
	struct err err;
	size_t late, same;

	need("iverilog");
	need("fst2vcd");
	assert_true(file_put(source, flushing, sizeof(flushing) - 1, 0600, NULL));
	assert_true(RUN(NULL, "iverilog", "-g2012", "-o", program, source));
	assert_true(RUN(NULL, "sh", "-c", "cd \"$1\" && vvp -n t.vvp -fst", "sh", folder));
	for (unsigned part = 1; part < 5; part++) {
		seed = part;
		a = opened(fst);
		trace_fst_part(a, part == 4 ? 1000 : part);
		b = by_fst2vcd(fst);
		agree(a, b);
		assert_true(trace_find_by_end(a, "t.late", &late, &err));
		assert_true(trace_at(a, late, trace_end(a), &p));
		assert_int_equal(p.value[0], '1');
		assert_int_equal(p.time, 34 * 17000);
		/* One net with two names. */
		assert_true(trace_find_by_end(a, "t.same", &same, &err));
		trace_close(a);
		trace_close(b);
	}
	free(source);
	free(program);
	free(fst);
}

/* All queries on a truncated file or one with a wrong byte: any answer is fine; valgrind
 * and the sanitizers watch. */
static void ask(struct trace *t)
{
	struct str s = STR_LIMIT(100000);
	size_t n = trace_signals(t);
	size_t *all = mem_calloc(n + 1, sizeof(*all));

	for (size_t i = 0; i < n; i++) {
		struct trace_point p;

		all[i] = i;
		trace_at(t, i, trace_end(t), &p);
		trace_next(t, i, 0, &p);
	}
	trace_walk(t, all, n < 20 ? n : 20, 0, UINT64_MAX, note, &s);
	str_free(&s);
	free(all);
}

CASE(damage_is_no_crash)
{
	char *vcd = in_folder("b.vcd"), *fst = in_folder("b.fst"), *bad = in_folder("c.fst");
	struct str dump = STR_INIT, file = STR_INIT;
	struct err err;
	unsigned refused = 0, read = 0;

	need("vcd2fst");
	seed = 7;
	random_dump(&dump, 200);
	assert_true(file_put(vcd, dump.data, dump.len, 0600, NULL));
	assert_true(RUN(NULL, "vcd2fst", "-4", "-v", vcd, "-f", fst));
	assert_true(file_read(fst, FILE_MAX, &file, NULL));
	for (unsigned i = 0; i < 600; i++) {
		char *copy = mem_dup(file.data, file.len);
		size_t len = i % 3 ? file.len : roll((unsigned)file.len);
		struct trace *t;
		int fd;

		for (unsigned k = i % 3 * 2; k > 0; k--)
			copy[roll((unsigned)file.len)] ^= (char)(1 + roll(255));
		assert_true(file_put(bad, copy, len, 0600, NULL));
		fd = open(bad, O_RDONLY | O_CLOEXEC);
		t = trace_fst_new(fd, bad, &err);
		if (t) {
			read++;
			ask(t);
		} else {
			refused++;
			assert_int_equal(err.code, ERR_PARSE);
		}
		trace_close(t);
		free(copy);
	}
	assert_true(read > 50 && refused > 50);
	str_free(&dump);
	str_free(&file);
	free(vcd);
	free(fst);
	free(bad);
}

/* By hand, from the descriptions of the formats. */
CASE(compressions)
{
	static const unsigned char lz4[] = { 0x35, 'a', 'b', 'c', 3, 0, 0x10, '!' };
	static const unsigned char fast[] = { 2, 'a', 'b', 'c', 0xe0, 0, 2, 0, '!' };
	unsigned char out[64];

	assert_true(fst_unpack(FST_LZ4, lz4, sizeof(lz4), out, 13));
	assert_memory_equal(out, "abcabcabcabc!", 13);
	assert_false(fst_unpack(FST_LZ4, lz4, sizeof(lz4), out, 12));
	assert_false(fst_unpack(FST_LZ4, lz4, sizeof(lz4) - 1, out, 13));
	assert_true(fst_unpack(FST_FASTLZ, fast, sizeof(fast), out, 13));
	assert_memory_equal(out, "abcabcabcabc!", 13);
	assert_false(fst_unpack(FST_FASTLZ, fast, sizeof(fast), out, 14));
	/* A piece that begins before the start. */
	assert_false(fst_unpack(FST_LZ4, (const unsigned char *)"\x10z\x02\x00", 4, out, 5));
}

CASES_WITHIN(make_folder, remove_folder)
