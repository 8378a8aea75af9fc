/* A section may have tens of millions of times, so it is queried in parts of a fixed
 * number of times. A block, in terms of trace_seek, is a part:
 *
 *	section 0              section 1          section 2
 *	| part 0 | part 1 | 2 | part 3 | part 4 | part 5 |
 *
 * The changes of a net in a part are cached as a trace_block of one net. A chain holds
 * the number of the section's times between two changes, so a part is decoded from the
 * start of the chain; the last few unpacked chains are cached for that. */
#include "config.h"

#include "sim/trace/trace_fst.h"

#include <stdlib.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/trace/scope_list.h"
#include "session/trace/trace.h"
#include "sim/trace/fst_enum.h"
#include "sim/trace/fst_file.h"
#include "sim/trace/fst_names.h"
#include "sim/trace/fst_value.h"
#include "sim/trace/trace_block.h"
#include "sim/trace/trace_held.h"
#include "sim/trace/vcd_scan.h"
#include "sim/trace/vcd_words.h"

#define PART	    (16u << 10) /* times */
#define KEPT	    512		/* cached parts of nets, */
#define KEPT_BYTES  (48u << 20) /* and their bytes */
#define OPEN	    4		/* sections */
#define OPEN_BYTES  (64u << 20)
#define CHAINS	    256 /* unpacked */
#define CHAIN_BYTES (48u << 20)
#define WIDTH_MAX   (1u << 20) /* bits; values of wider nets are not read */

struct kept {
	size_t block, net;
	uint64_t used; /* value of `uses` at the last use; 0: free */
	struct trace_block b;
};

struct opened {
	size_t section;
	uint64_t used;
	bool damaged;
	struct fst_open o;
};

/* For a part: offset of its first change in the chain; index of the previous change's time. */
struct mark {
	size_t offset;
	uint64_t at;
};

struct chain {
	size_t section, net;
	uint64_t used;
	unsigned char *data;
	size_t len;
	struct mark *marks; /* of parts 0 up to the last known one */
	size_t n_marks, cap_marks;
};

struct trace_fst {
	struct trace_held held; /* first */
	struct fst_file f;
	char *name;

	/* The net of each stream. A net with two kinds of names is two streams. */
	size_t *nets;
	bool *is_event;
	size_t n_streams, cap_streams;
	const struct fst_variable *now; /* while names are read */
	struct fst_enums enums;
	uint32_t *enum_of; /* per signal: number of its table; 0: none */
	size_t cap_enum_of;
	int magnitude, exponent;
	size_t *offsets; /* n_nets offsets of the nets' values in a frame */

	size_t part;   /* number of times in a part */
	size_t *first; /* first block of each section; one more at the end */

	struct kept kept[KEPT];
	struct opened open[OPEN];
	struct chain chains[CHAINS];
	uint64_t uses;
};

static struct trace_fst *self(const struct trace *t)
{
	return (struct trace_fst *)t;
}

static void complain(struct trace_fst *me, const char *what)
{
	str_clear(&me->held.problem);
	str_adds(&me->held.problem, what);
}

/* Names ------------------------------------------------------------------------------ */

static void on_timescale(void *ctx, int magnitude, int exponent)
{
}

static void no_change(void *ctx, size_t signal, uint64_t time, enum vcd_value kind,
		      const char *value, size_t len)
{
}

static size_t add_stream(struct trace_fst *me)
{
	size_t cap = me->cap_streams;

	mem_grow((void **)&me->is_event, cap, me->n_streams + 1, sizeof(*me->is_event));
	me->cap_streams = mem_grow((void **)&me->nets, cap, me->n_streams + 1, sizeof(*me->nets));
	me->nets[me->n_streams] = me->now->net;
	me->is_event[me->n_streams] = me->now->is_event;
	return me->n_streams++;
}

static void on_signal(void *ctx, const struct vcd_var *s, long same_as)
{
	struct trace_fst *me = ctx;
	const struct fst_variable *v = me->now;

	if (!v)
		return;
	MEM_ROOM(me->held.signals, me->held.n_signals, me->held.cap_signals);
	MEM_ROOM(me->enum_of, me->held.n_signals, me->cap_enum_of);
	me->enum_of[me->held.n_signals] = v->enums <= UINT32_MAX ? (uint32_t)v->enums : 0;
	me->held.signals[me->held.n_signals++] = (struct trace_signal){
		.name = mem_strdup(s->name),
		.scope = scope_list_of(&me->held.scopes, s->scope),
		.kind = v->is_event	       ? TRACE_EVENT
			: v->width == FST_REAL ? TRACE_REAL
			: v->width == FST_TEXT ? TRACE_TEXT
					       : TRACE_BITS,
		.width = s->width,
		.msb = s->msb,
		.lsb = s->lsb,
		.has_range = s->has_range,
		.vector = s->vector && !s->integer,
		.parameter = s->parameter,
		.integer = s->integer,
		.direction = v->direction,
		.stream = same_as >= 0 ? me->held.signals[same_as].stream : add_stream(me),
	};
}

struct reading {
	struct trace_fst *me;
	struct vcd_scan *scan;
	uint32_t *widths;
	size_t n, cap;
};

static bool on_name(void *ctx, const struct fst_variable *v, const char *text, size_t len)
{
	struct reading *r = ctx;

	if (v && !v->alias)
		MEM_PUSH(r->widths, r->n, r->cap, v->width);
	r->me->now = v;
	vcd_scan_feed(r->scan, text, len);
	return !(vcd_scan_odd(r->scan) & VCD_ODD_MANY);
}

static void read_names(struct trace_fst *me)
{
	struct vcd_events ev = { on_timescale, on_signal, no_change, me };
	struct reading r = { .me = me, .scan = vcd_scan_new(&ev) };

	if (!fst_names(me->f.names, me->f.names_len, &me->enums, on_name, &r))
		complain(me,
			 "the names in the file are damaged; those after the damage are left out");
	else if (vcd_scan_odd(r.scan) & VCD_ODD_MANY)
		complain(me, vcd_odd_sentence(VCD_ODD_MANY));
	me->now = NULL;
	vcd_scan_free(r.scan);
	if (me->f.widths)
		free(r.widths);
	else
		fst_file_set_widths(&me->f, r.widths, r.n);
	free(me->f.names);
	me->f.names = NULL;
}

static size_t bytes_of(uint32_t width)
{
	return width == FST_REAL ? 8 : width == FST_TEXT ? 0 : width;
}

static void place_values(struct trace_fst *me)
{
	size_t at = 0;

	me->offsets = mem_calloc(me->f.n_nets + 1, sizeof(*me->offsets));
	for (size_t i = 0; i < me->f.n_nets; i++) {
		me->offsets[i] = at;
		at += bytes_of(me->f.widths[i]);
	}
}

/* Caches ------------------------------------------------------------------------------ */

static const struct fst_open *open_section(struct trace_fst *me, size_t section)
{
	struct opened *oldest = &me->open[0];
	size_t bytes = 0;

	for (size_t i = 0; i < OPEN; i++) {
		struct opened *o = &me->open[i];

		if (o->used && o->section == section) {
			o->used = ++me->uses;
			return o->damaged ? NULL : &o->o;
		}
		if (o->used < oldest->used)
			oldest = o;
	}
	fst_section_close(&oldest->o);
	oldest->used = 0;
	oldest->section = section;
	oldest->damaged = !fst_section_open(&me->f, section, &oldest->o);
	if (oldest->damaged)
		complain(me, "a stretch of the file is damaged; no values are known there");
	oldest->used = ++me->uses;
	bytes = fst_section_bytes(&oldest->o);
	for (size_t i = 0; i < OPEN; i++) {
		struct opened *o = &me->open[i];

		if (o == oldest || !o->used)
			continue;
		bytes += fst_section_bytes(&o->o);
		if (bytes <= OPEN_BYTES)
			continue;
		bytes -= fst_section_bytes(&o->o);
		fst_section_close(&o->o);
		o->used = 0;
	}
	return oldest->damaged ? NULL : &oldest->o;
}

static void drop_chain(struct chain *c)
{
	free(c->data);
	free(c->marks);
	*c = (struct chain){ 0 };
}

static struct chain *get_chain(struct trace_fst *me, const struct fst_open *o, size_t section,
			       size_t net)
{
	struct chain *oldest = &me->chains[0];
	size_t bytes = 0;

	for (size_t i = 0; i < CHAINS; i++) {
		struct chain *c = &me->chains[i];

		if (c->used && c->section == section && c->net == net) {
			c->used = ++me->uses;
			return c;
		}
		if (c->used)
			bytes += c->len;
		if (c->used < oldest->used)
			oldest = c;
	}
	for (size_t i = 0; i < CHAINS && bytes > CHAIN_BYTES; i++) {
		bytes -= me->chains[i].used ? me->chains[i].len : 0;
		drop_chain(&me->chains[i]);
	}
	drop_chain(oldest);
	*oldest = (struct chain){ .section = section, .net = net, .used = ++me->uses };
	if (!fst_chain(&me->f, o, net, &oldest->data, &oldest->len))
		complain(me, "the values of a signal are damaged in a stretch of the file; they "
			     "are left out there");
	return oldest;
}

static struct trace_block *keep(struct trace_fst *me, size_t block, size_t net)
{
	struct kept *oldest = &me->kept[0];
	size_t bytes = 0;

	for (size_t i = 0; i < KEPT; i++) {
		struct kept *k = &me->kept[i];

		if (k->used)
			bytes += trace_block_bytes(&k->b);
		if (k->used < oldest->used)
			oldest = k;
	}
	for (size_t i = 0; i < KEPT && bytes > KEPT_BYTES; i++)
		if (me->kept[i].used && me->kept[i].used + KEPT / 2 < me->uses) {
			bytes -= trace_block_bytes(&me->kept[i].b);
			trace_block_free(&me->kept[i].b);
			me->kept[i].used = 0;
			oldest = &me->kept[i];
		}
	trace_block_free(&oldest->b);
	oldest->block = block;
	oldest->net = net;
	oldest->used = ++me->uses;
	return &oldest->b;
}

/* Values ----------------------------------------------------------------------------- */

/* The first section may begin before its first time: the frame has these values. */
static void add_frame(struct trace_fst *me, const struct fst_open *o, size_t net, bool event,
		      struct trace_block *b)
{
	uint32_t width = me->f.widths[net];
	struct str text = STR_INIT;
	const unsigned char *p;

	if (!o->frame || o->n_times == 0 || me->f.sections[0].begin == o->times[0] ||
	    width == FST_TEXT || event || me->offsets[net] + bytes_of(width) > o->frame_len)
		return;
	p = o->frame + me->offsets[net];
	if (width == FST_REAL)
		fst_add_real(me->f.swapped, &text, p);
	else
		fst_add_states(&text, p, width);
	trace_block_add(b, 0, me->f.sections[0].begin, text.data, text.len, false);
	str_free(&text);
}

static void mark(struct chain *c, size_t part, size_t offset, uint64_t at)
{
	while (c->n_marks <= part)
		MEM_PUSH(c->marks, c->n_marks, c->cap_marks, (struct mark){ offset, at });
}

/* Decodes the changes of a net in a part of a section. False: damaged. */
static bool decode(struct trace_fst *me, const struct fst_open *o, struct chain *c, bool event,
		   size_t part, struct trace_block *b)
{
	size_t from = part * me->part, to = from + me->part;
	uint32_t width = me->f.widths[c->net];
	const unsigned char *p, *end = c->data + c->len;
	struct str text = STR_INIT;
	uint64_t at;

	mark(c, 0, 0, 0);
	at = c->marks[part < c->n_marks ? part : c->n_marks - 1].at;
	p = c->data + c->marks[part < c->n_marks ? part : c->n_marks - 1].offset;
	while (p < end) {
		const unsigned char *start = p;
		uint64_t head, before = at;

		p = fst_number(p, end, &head);
		at += p ? head >> (width == 1 ? 2u << (head & 1) : 1u) : 0;
		if (!p || at >= o->n_times)
			goto damaged;
		mark(c, (size_t)at / me->part, (size_t)(start - c->data), before);
		if (at >= to)
			break;
		str_clear(&text);
		p = fst_value(me->f.swapped, width, head, p, end, at >= from ? &text : NULL);
		if (!p || (at >= from &&
			   !trace_block_add(b, 0, o->times[at], text.data, text.len, event)))
			goto damaged;
	}
	str_free(&text);
	return true;
damaged:
	str_free(&text);
	return false;
}

static size_t section_of_block(const struct trace_fst *me, size_t block)
{
	size_t low = 0, high = me->f.n_sections;

	while (low + 1 < high) {
		size_t mid = (low + high) / 2;

		if (me->first[mid] <= block)
			low = mid;
		else
			high = mid;
	}
	return low;
}

static void fill(struct trace_fst *me, size_t block, size_t stream, struct trace_block *b)
{
	size_t section = section_of_block(me, block), net = me->nets[stream];
	size_t part = block - me->first[section];
	const struct fst_open *o = open_section(me, section);
	bool event = me->is_event[stream];
	uint32_t width;

	if (!o || net >= me->f.n_nets)
		return;
	if (block == 0)
		add_frame(me, o, net, event, b);
	width = me->f.widths[net];
	if (net < o->n_chains && o->chains[net] && (width <= WIDTH_MAX || width == FST_TEXT)) {
		struct chain *c = get_chain(me, o, section, net);

		if (c->data && !decode(me, o, c, event, part, b))
			complain(me, "the values of a signal are damaged in a part of the file; "
				     "the values after the damage are left out there");
	}
}

/* Callbacks of trace_seek ------------------------------------------------------------- */

static size_t blocks(void *ctx)
{
	const struct trace_fst *me = ctx;

	return me->first[me->f.n_sections];
}

static uint64_t begin_of_block(void *ctx, size_t block)
{
	struct trace_fst *me = ctx;
	size_t section = section_of_block(me, block);
	size_t at = (block - me->first[section]) * me->part;
	const struct fst_open *o = at ? open_section(me, section) : NULL;

	return o && at < o->n_times ? o->times[at] : me->f.sections[section].begin;
}

static size_t section_at(const struct trace_fst *me, uint64_t time)
{
	size_t low = 0, high = me->f.n_sections;

	while (low + 1 < high) {
		size_t mid = (low + high) / 2;

		if (me->f.sections[mid].begin <= time)
			low = mid;
		else
			high = mid;
	}
	return low;
}

static size_t block_of(void *ctx, uint64_t time)
{
	struct trace_fst *me = ctx;
	size_t section = section_at(me, time), low = me->first[section];
	size_t high = me->first[section + 1];

	while (low + 1 < high) {
		size_t mid = (low + high) / 2;

		if (begin_of_block(me, mid) <= time)
			low = mid;
		else
			high = mid;
	}
	return low;
}

static bool has(void *ctx, size_t block, size_t stream)
{
	struct trace_fst *me = ctx;
	const struct fst_open *o;
	size_t net = me->nets[stream];

	if (block == 0)
		return true;
	o = open_section(me, section_of_block(me, block));
	return o && net < o->n_chains && o->chains[net];
}

static const struct trace_block *changes(void *ctx, size_t block, size_t stream, size_t *first,
					 size_t *n)
{
	struct trace_fst *me = ctx;
	struct trace_block *b = NULL;

	/* By stream, not by net: an event may share its net with something else. */
	for (size_t i = 0; i < KEPT && !b; i++)
		if (me->kept[i].used && me->kept[i].block == block && me->kept[i].net == stream) {
			me->kept[i].used = ++me->uses;
			b = &me->kept[i].b;
		}
	if (!b) {
		b = keep(me, block, stream);
		trace_block_begin(b, 1);
		fill(me, block, stream, b);
		trace_block_end(b);
	}
	*first = 0;
	*n = b->n;
	return b;
}

static bool fires(void *ctx, size_t stream)
{
	return ((struct trace_fst *)ctx)->is_event[stream];
}

static bool at(struct trace *t, size_t signal, uint64_t time, struct trace_point *out)
{
	struct trace_fst *me = self(t);

	return time <= me->f.end &&
	       trace_seek_at(&me->held.seek, &me->held.signals[signal], time, out);
}

/* Operations of struct trace ---------------------------------------------------------- */

static bool timescale(const struct trace *t, int *magnitude, int *exponent)
{
	*magnitude = self(t)->magnitude;
	*exponent = self(t)->exponent;
	return true;
}

static uint64_t begin_of(const struct trace *t)
{
	return self(t)->f.begin;
}

static uint64_t end_of(const struct trace *t)
{
	return self(t)->f.end;
}

static void close_fst(struct trace *t)
{
	struct trace_fst *me = self(t);
	int fd = me->f.fd;

	trace_held_fini(&me->held);
	for (size_t i = 0; i < KEPT; i++)
		trace_block_free(&me->kept[i].b);
	for (size_t i = 0; i < OPEN; i++)
		fst_section_close(&me->open[i].o);
	for (size_t i = 0; i < CHAINS; i++)
		drop_chain(&me->chains[i]);
	free(me->nets);
	free(me->is_event);
	free(me->offsets);
	free(me->first);
	free(me->enum_of);
	fst_enums_free(&me->enums);
	fst_file_fini(&me->f);
	close(fd);
	free(me);
}

static const char *name_of(const struct trace *t, size_t signal, const char *value, size_t len)
{
	const struct trace_fst *me = self(t);
	const struct fst_enum *table = fst_enums_find(&me->enums, me->enum_of[signal]);

	return table ? fst_enum_name(table, value, len) : NULL;
}

static const struct trace_ops ops = {
	.close = close_fst,
	.scopes = trace_held_scopes,
	.scope = trace_held_scope,
	.signals = trace_held_signals,
	.signal = trace_held_signal,
	.timescale = timescale,
	.begin = begin_of,
	.end = end_of,
	.at = at,
	.next = trace_held_next,
	.prev = trace_held_prev,
	.walk = trace_held_walk,
	.name_of = name_of,
	.problem = trace_held_problem,
};

void trace_fst_part(struct trace *t, size_t times)
{
	struct trace_fst *me = self(t);
	size_t n = 0;

	me->part = times;
	for (size_t i = 0; i < me->f.n_sections; i++) {
		me->first[i] = n;
		size_t of = me->f.sections[i].n_times;

		n += of ? (of - 1) / times + 1 : 1;
	}
	me->first[me->f.n_sections] = n;
}

struct trace *trace_fst_new(int fd, const char *name, struct err *err)
{
	struct fst_file f;
	struct trace_fst *me;

	if (!fst_file_read(&f, fd, name, err)) {
		close(fd);
		return NULL;
	}
	me = mem_zalloc(sizeof(*me));
	me->held.base.ops = &ops;
	me->f = f;
	if (f.unfinished)
		complain(me, "the FST file was not ended by its writer, or is cut; its whole "
			     "sections are shown");
	read_names(me);
	place_values(me);
	/* 10 and 100 of a unit are written as such. */
	me->magnitude = 1;
	for (me->exponent = f.exponent; me->exponent % 3 != 0; me->exponent--)
		me->magnitude *= 10;
	me->first = mem_calloc(me->f.n_sections + 1, sizeof(*me->first));
	trace_fst_part(&me->held.base, PART);
	me->held.seek = (struct trace_seek){ .blocks = blocks,
					     .block_of = block_of,
					     .begin = begin_of_block,
					     .has = has,
					     .changes = changes,
					     .fires = fires,
					     .ctx = me };
	return &me->held.base;
}
