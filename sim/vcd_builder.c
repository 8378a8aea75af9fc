/* A wave is built from the events of a dump. Rows before a time need only the
 * last changes before it, but which those are is known only at that time. So
 * when more than max_held changes are kept, the older half goes. Marks tell
 * where halves are: the time at which each eighth of the room was full.
 */
#include "config.h"

#include <string.h>

#include "sim/vcd_inner.h"

static void on_timescale(void *ctx, int magnitude, int exponent)
{
	struct vcd_builder *b = ctx;

	wave_set_timescale(b->w, magnitude, exponent);
}

static void on_signal(void *ctx, const struct wave_signal *s, long same_as)
{
	struct vcd_builder *b = ctx;

	wave_add_signal(b->w, s, same_as);
}

/* Drops the older half. */
static void make_room(struct vcd_builder *b, uint64_t time)
{
	uint64_t half = b->marks[VCD_MARKS / 2 - 1];

	if (half > wave_from(b->w) && half < time)
		wave_prune(b->w, half);
	else
		wave_prune(b->w, time); /* all of it is at a few times */
	memmove(b->marks, b->marks + VCD_MARKS / 2, VCD_MARKS / 2 * sizeof(*b->marks));
	b->next_mark = VCD_MARKS / 2;
}

static void on_change(void *ctx, size_t signal, uint64_t time, enum vcd_value kind,
		      const char *value, size_t len)
{
	struct vcd_builder *b = ctx;
	size_t held;

	if (time > b->until)
		return;
	if (b->max_held) {
		held = wave_held(b->w);
		if (b->next_mark < VCD_MARKS &&
		    held >= b->max_held / VCD_MARKS * (b->next_mark + 1))
			b->marks[b->next_mark++] = time;
		if (held >= b->max_held && time > wave_from(b->w))
			make_room(b, time);
	}
	if (kind == VCD_TEXT && !wave_signal_at(b->w, signal)->real)
		wave_make_real(b->w, signal);
	wave_change(b->w, signal, time, value, len);
}

struct vcd_events vcd_builder_events(struct vcd_builder *b)
{
	return (struct vcd_events){ on_timescale, on_signal, on_change, b };
}
