#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "session/base/str.h"
#include "tests/lib/dice.h"
#include "tests/lib/wave.h"
#include "session/trace/trace.h"
#include "sim/trace/trace_vcd.h"
#include "sim/trace/trace_vcd_index.h"
#include "tests/lib/slow_vcd.h"

static int file_of(const char *text, size_t len)
{
	int fd = memfd_create("dump", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), len);
	return fd;
}

static void read_all(struct trace *t)
{
	bool any = true;
	struct err err;

	while (any)
		assert_true(trace_more(t, TRACE_STEP, &any, &err));
}

static struct trace *indexed(const char *text, size_t len, size_t block)
{
	struct trace *t = trace_vcd_new(file_of(text, len), "dump");

	if (block)
		trace_vcd_block_size(t, block);
	read_all(t);
	return t;
}

/* The slow way: the whole file in memory. NULL: it is not a dump. */
static struct trace *in_memory(const char *text, size_t len)
{
	struct wave *w = slow_vcd_text(text, len, 0);

	return w ? trace_of_wave(w) : NULL;
}

static const struct {
	const char *type;
	int width;
	const char *id;
} nets[] = {
	{ "wire", 1, "!" },  { "reg", 8, "\"" },     { "wire", 70, "#" },  { "real", 64, "$" },
	{ "event", 1, "%" }, { "wire", 8, "abcde" }, { "string", 1, "&" }, { "reg", 3, "0" },
};

#define NETS (sizeof(nets) / sizeof(*nets))

static void add_value(struct str *s, size_t net)
{
	static const char states[] = "0011xzXZ";
	static const char *const texts[] = { "idle", "busy", "\"\"" };

	if (strcmp(nets[net].type, "real") == 0) {
		str_addf(s, "r%u.%u %s\n", roll(3), roll(2), nets[net].id);
	} else if (strcmp(nets[net].type, "string") == 0) {
		str_addf(s, "s%s %s\n", texts[roll(3)], nets[net].id);
	} else if (nets[net].width == 1) {
		str_addf(s, "%c%s\n", states[roll(8)], nets[net].id);
	} else {
		unsigned n = 1 + roll((unsigned)nets[net].width + 2);

		str_addc(s, roll(9) ? 'b' : 'B');
		for (unsigned i = 0; i < n; i++)
			str_addc(s, states[roll(roll(3) ? 2 : 8)]);
		str_addf(s, " %s\n", nets[net].id);
	}
}

/* Its $end may come late or not at all; until then there are no changes. */
static void end_of_header(struct str *s)
{
	static const char *const ends[] = { "", " $\n#3\n1!\nb101 \"\n$end", "\n1!\n$end $end" };

	if (roll(9))
		str_addf(s, "$enddefinitions%s\n", roll(4) ? " $end" : ends[roll(3)]);
}

/* A dump with repeated values and times, times that go back, sections between the
 * changes, and invalid lines. */
static void random_dump(struct str *s)
{
	unsigned time = roll(3) ? 0 : roll(1000), steps = roll(60);

	str_adds(s, "$timescale 10 ps $end\n$scope module tb $end\n");
	for (size_t i = 0; i < NETS; i++) {
		if (i == 4)
			str_adds(s, "$scope module dut $end\n");
		str_addf(s, "$var %s %d %s n%zu $end\n", nets[i].type, nets[i].width, nets[i].id,
			 i);
	}
	str_adds(s, "$var wire 8 \" alias $end\n$var parameter 3 0 P $end\n$upscope $end\n$upscope "
		    "$end\n");
	end_of_header(s);
	if (roll(2)) {
		str_addf(s, "#%u\n$dumpvars\n", time);
		for (size_t i = 0; i < NETS; i++)
			add_value(s, i);
		str_adds(s, "$end\n");
	}
	for (unsigned i = 0; i < steps; i++) {
		if (roll(5))
			time += roll(20);
		if (roll(30) == 0)
			time = time > 15 ? time - 15 : 0;
		str_addf(s, "#%u\n", time);
		for (unsigned k = roll(5); k > 0; k--)
			add_value(s, roll(NETS));
		if (roll(20) == 0)
			str_adds(s, "$comment\n#5\n1!\n$end\n");
		if (roll(20) == 0)
			str_adds(s, "nonsense\nb1 nobody\n");
	}
}

static void says(const char *what, bool got, const struct trace_point *p, bool want,
		 const struct trace_point *q, size_t signal, uint64_t time, const struct str *dump)
{
	if (got == want && (!got || (p->time == q->time && p->len == q->len &&
				     memcmp(p->value, q->value, p->len) == 0)))
		return;
	fail_msg("%s of %zu at %llu: %d %llu %.*s, not %d %llu %.*s\n%s", what, signal,
		 (unsigned long long)time, got, got ? (unsigned long long)p->time : 0,
		 got ? (int)p->len : 0, got ? p->value : "", want,
		 want ? (unsigned long long)q->time : 0, want ? (int)q->len : 0,
		 want ? q->value : "", str_cstr(dump));
}

static bool note(void *ctx, size_t which, const struct trace_point *p)
{
	str_addf(ctx, "%llu:%zu=%.*s ", (unsigned long long)p->time, which, (int)p->len, p->value);
	return true;
}

static void agree(struct trace *a, struct trace *b, const struct str *dump)
{
	size_t n = trace_signals(b), all[NETS + 2];
	uint64_t end = trace_end(b), from = roll((unsigned)end + 2), to = from + roll(300);
	struct str x = STR_INIT, y = STR_INIT;

	assert_int_equal(trace_signals(a), n);
	assert_int_equal(trace_end(a), end);
	assert_int_equal(trace_scopes(a), trace_scopes(b));
	for (unsigned i = 0; i < 60; i++) {
		size_t s = roll((unsigned)n);
		uint64_t time = roll((unsigned)end + 3);
		struct trace_point p, q;
		bool got = trace_at(a, s, time, &p), want = trace_at(b, s, time, &q);

		says("value", got, &p, want, &q, s, time, dump);
		got = trace_next(a, s, time, &p);
		want = trace_next(b, s, time, &q);
		says("next", got, &p, want, &q, s, time, dump);
		got = trace_prev(a, s, time, &p);
		want = trace_prev(b, s, time, &q);
		says("prev", got, &p, want, &q, s, time, dump);
	}
	for (size_t i = 0; i < n; i++)
		all[i] = i;
	trace_walk(a, all, n, from, to, note, &x);
	trace_walk(b, all, n, from, to, note, &y);
	if (strcmp(str_cstr(&x), str_cstr(&y)) != 0)
		fail_msg("walk %llu to %llu\n%s\nnot\n%s\n%s", (unsigned long long)from,
			 (unsigned long long)to, str_cstr(&x), str_cstr(&y), str_cstr(dump));
	str_free(&x);
	str_free(&y);
}

/* Cut anywhere, in blocks of any size. */
CASE(as_the_one_in_memory)
{
	int rounds = getenv("TRACE_ROUNDS") ? atoi(getenv("TRACE_ROUNDS")) : 1500;

	for (int i = 0; i < rounds; i++) {
		struct str dump = STR_INIT;
		struct trace *a, *b;
		size_t len;

		seed = (unsigned)i;
		random_dump(&dump);
		len = roll(3) ? dump.len : roll((unsigned)dump.len);
		b = in_memory(dump.data, len);
		a = indexed(dump.data, len, roll(4) ? 1 + roll(200) : 0);
		assert_int_equal(trace_vcd_is_dump(a), b != NULL);
		if (b) {
			str_cut(&dump, len);
			agree(a, b, &dump);
		}
		trace_close(a);
		trace_close(b);
		str_free(&dump);
	}
}

/* Values that differ in their first character and their length, each in a block of its
 * own: mistaking one for the other would lose the change. */
CASE(a_value_of_another_length_is_another)
{
	static const char *const values[][2] = {
		{ "b0x", "b1xx" }, { "bx", "bzxx" },	      { "b0xzz10", "b1xzzz10" },
		{ "b1", "b11" },   { "r0.3333", "r1.33333" }, { "sa", "scc" },
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		struct str dump = STR_INIT;
		struct trace_point p;
		struct trace *t;

		str_addf(&dump,
			 "$var %s 64 ! q $end\n$enddefinitions $end\n#0\n%s !\n#2\n#3\n#5\n%s "
			 "!\n#9\n",
			 values[i][0][0] == 'b' ? "wire" : "real", values[i][0], values[i][1]);
		t = indexed(dump.data, dump.len, 1);
		if (!trace_next(t, 0, 0, &p) || p.time != 5)
			fail_msg("no change from %s to %s", values[i][0], values[i][1]);
		trace_close(t);
		str_free(&dump);
	}
}

CASE(a_file_that_grows_is_read_on)
{
	for (int i = 0; i < 200; i++) {
		struct str dump = STR_INIT;
		struct trace *a, *b;
		size_t cut;
		int fd;

		seed = 100000 + (unsigned)i;
		random_dump(&dump);
		cut = dump.len / 2 + roll((unsigned)dump.len / 2);
		fd = file_of(dump.data, cut);
		a = trace_vcd_new(fd, "dump");
		trace_vcd_block_size(a, 50);
		read_all(a);
		b = in_memory(dump.data, cut);
		if (b)
			agree(a, b, &dump);
		trace_close(b);
		/* In pieces of any size, and in steps of any. */
		while (cut < dump.len) {
			size_t n = 1 + roll((unsigned)(dump.len - cut));
			bool any = true;

			assert_int_equal(pwrite(fd, dump.data + cut, n, (off_t)cut), n);
			cut += n;
			while (any)
				assert_true(trace_more(a, 1 + roll(300), &any, NULL));
		}
		b = in_memory(dump.data, dump.len);
		if (b)
			agree(a, b, &dump);
		trace_close(a);
		trace_close(b);
		str_free(&dump);
	}
}

CASE(what_is_wrong_is_said)
{
	static const char head[] = "$var wire 1 ! q $end\n$enddefinitions $end\n#0\n0!\n#5\n1!\n";
	struct trace *t = indexed(head, sizeof(head) - 1, 0);
	struct trace_point p;

	assert_null(trace_problem(t));
	trace_close(t);
	t = indexed(head, sizeof(head) - 2, 0);
	assert_non_null(strstr(trace_problem(t), "ends in the middle"));
	assert_true(trace_at(t, 0, 5, &p));
	assert_int_equal(p.value[0], '0');
	trace_close(t);
	t = indexed("no dump", 7, 0);
	assert_false(trace_vcd_is_dump(t));
	assert_int_equal(trace_signals(t), 0);
	trace_close(t);
}

/* A block that is read again after the file became shorter has no values. */
CASE(a_file_that_shrinks_is_no_crash)
{
	static const char head[] = "$var wire 1 ! q $end\n$enddefinitions $end\n#0\n0!\n#5\n1!\n";
	int fd = file_of(head, sizeof(head) - 1);
	struct trace *t = trace_vcd_new(fd, "dump");
	struct trace_point p;

	read_all(t);
	assert_int_equal(ftruncate(fd, 10), 0);
	assert_false(trace_at(t, 0, 5, &p));
	assert_non_null(strstr(trace_problem(t), "shorter"));
	trace_close(t);
}

/* A different file in the same place, or none, is not a continuation. */
CASE(a_file_written_anew_is_noticed)
{
	static const char head[] = "$date today $end\n$var wire 1 ! q $end\n"
				   "$enddefinitions $end\n#0\n0!\n#5\n1!\n";
	static const struct {
		const char *text;
		size_t at;
	} anew[] = { { "$date later", 0 }, { "#6\n1!\n#7\n0!\n", sizeof(head) - 7 } };
	struct err err;
	bool any;

	for (size_t i = 0; i < 3; i++) {
		int fd = file_of(head, sizeof(head) - 1);
		struct trace *t = trace_vcd_new(fd, "dump");

		read_all(t);
		if (i == 2)
			assert_int_equal(ftruncate(fd, sizeof(head) - 2), 0);
		else
			assert_int_equal(
				pwrite(fd, anew[i].text, strlen(anew[i].text), (off_t)anew[i].at),
				strlen(anew[i].text));
		assert_false(trace_more(t, TRACE_STEP, &any, &err));
		assert_int_equal(err.code, ERR_CONFLICT);
		trace_close(t);
	}
}

/* A stored index gives the same answers as a new one; a damaged one, or one of another
 * file, is ignored. */
CASE(a_kept_index_is_the_same)
{
	for (int i = 0; i < 300; i++) {
		struct str dump = STR_INIT, kept = STR_INIT;
		struct trace *a, *b, *c;
		struct trace_vcd_key key, other;

		seed = 200000 + (unsigned)i;
		random_dump(&dump);
		b = in_memory(dump.data, dump.len);
		a = indexed(dump.data, dump.len, 1 + roll(200));
		key = (struct trace_vcd_key){ .size = dump.len, .parts = 7 };
		other = key;
		other.ns++;
		if (b && trace_vcd_index_write(a, &key, 1u << 20, &kept)) {
			size_t at = roll((unsigned)kept.len);

			assert_true(trace_vcd_index_fits(kept.data, kept.len, &key));
			assert_false(trace_vcd_index_fits(kept.data, kept.len, &other));
			assert_false(trace_vcd_index_fits(kept.data, at, &key));
			c = trace_vcd_new(file_of(dump.data, dump.len), "dump");
			assert_true(trace_vcd_index_read(c, kept.data, kept.len));
			read_all(c);
			agree(c, b, &dump);
			trace_close(c);
			kept.data[at] ^= (char)(1 + roll(255));
			assert_false(trace_vcd_index_fits(kept.data, kept.len, &key));
			/* As if somebody had corrected its checksum, following its head. */
			c = trace_vcd_new(file_of(dump.data, dump.len), "dump");
			if (at >= 128 && trace_vcd_index_read(c, kept.data, kept.len)) {
				struct trace_point p;

				for (size_t k = 0; k < trace_signals(c); k++)
					trace_at(c, k, trace_end(c), &p);
			}
			trace_close(c);
		}
		trace_close(a);
		trace_close(b);
		str_free(&dump);
		str_free(&kept);
	}
}

#define NET_A "$timescale 1ns $end\n$scope module t $end\n$var wire 1 ! a $end\n"
#define ENDED "$upscope $end\n$enddefinitions $end\n"

/* Invalid constructs are read as far as possible and reported, also when the file's
 * index was stored. */
CASE(what_is_odd_is_said)
{
	static const struct {
		const char *dump, *said;
	} odd[] = {
		{ NET_A ENDED "#0\n0!\n#5\n1!\n#5\n0!\n#7.5\n1!\n", NULL },
		{ NET_A ENDED "#0\n0!\n#10\n1!\n#5\n0!\n#20\n1!\n", "time goes back" },
		{ NET_A ENDED "#0\n0!\n#99999999999999999999999\n1!\n",
		  "no numbers, or too large" },
		{ NET_A ENDED "#-5\n0!\n#5\n1!\n", "no numbers, or too large" },
		{ NET_A "$var wire 8 ! c $end\n" ENDED "#0\n0!\n", "have one identifier" },
		{ NET_A "$var wire 1 ! c $end\n" ENDED "#0\n0!\n", NULL },
		{ "#0\n1!\n" NET_A ENDED "#0\n0!\n", "before its declarations" },
		{ NET_A "$enddefinitions $\n#0\n$dumpvars\n0!\n$end\n#5\n1!\n",
		  "before its declarations" },
		{ NET_A ENDED "#0\n0!\n1%\nb101 %%\n", "without a signal" },
		{ NET_A ENDED "#0\n0!\n1 !\n", "without a signal" },
		{ NET_A "$var wire 70000 # w $end\n" ENDED "#0\n0!\n", "more than 65536" },
		{ NET_A "$var wire 4294967297 # w $end\n" ENDED "#0\n0!\n", "more than 65536" },
	};
	const struct trace_vcd_key key = { 0 };

	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		size_t len = strlen(odd[i].dump);
		struct trace_vcd_key own = key;
		struct trace *t = indexed(odd[i].dump, len, 0), *back;
		struct str kept = STR_INIT;

		own.size = len;
		assert_true(trace_vcd_index_write(t, &own, 1u << 20, &kept));
		back = trace_vcd_new(file_of(odd[i].dump, len), "dump");
		assert_true(trace_vcd_index_read(back, kept.data, kept.len));
		for (int k = 0; k < 2; k++) {
			const char *said = trace_problem(k ? back : t);

			if (!odd[i].said)
				assert_null(said);
			else if (!said || !strstr(said, odd[i].said))
				fail_msg("of dump %zu it says %s", i, said ? said : "nothing");
		}
		trace_close(t);
		trace_close(back);
		str_free(&kept);
	}
}
