/* The stimuli: a driver for each input according to its kind, in epochs in which values are
 * held, counted up, taken from the numbers in both texts, or mixed.
 *
 * Random numbers come from a generator inside the testbench with a fixed seed, so a
 * difference can be reproduced.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/flow/differ_inner.h"

#define QUIET	    512u /* cycles; timeouts of a byte pass in it */
#define QUIET_MAX   ((DIFFER_CYCLES_MAX - DIFFER_CYCLES) / QUIET / 2) /* pairs of such phases */
#define NUMBER_BITS 64						      /* of a number, at least */

/* Marsaglia's xorshift: $random(seed) is not the same in all simulators, and Verilator's
 * goes through powers of two. */
static const char draw[] = "  task draw;\n    begin\n"
			   "      seed = seed ^ (seed << 13);\n"
			   "      seed = seed ^ (seed >> 17);\n"
			   "      seed = seed ^ (seed << 5);\n"
			   "      r = seed;\n    end\n  endtask\n";

/* Draws all bits of a pin, 32 at a time. */
static void random_bits(const struct bench *b, const struct pin *p)
{
	for (long at = 0; at < p->width; at += 32) {
		long last = at + 31 < p->width ? at + 31 : p->width - 1;

		str_addf(b->out, "%sdraw; %s[%ld:%ld] = r[%ld:0];", at ? " " : "", p->name, last,
			 at, last - at);
	}
}

static const struct pin *other_of_width(const struct bench *b, size_t i)
{
	for (size_t k = 1; k < b->n; k++) {
		const struct pin *p = &b->v[(i + k) % b->n];

		if (pin_is_vector(p) && p->width == b->v[i].width)
			return p;
	}
	return NULL;
}

static void drive_vector(const struct bench *b, size_t i)
{
	const struct pin *p = &b->v[i], *other = other_of_width(b, i);
	const char *n = p->name;

	str_addf(b->out,
		 "      draw;\n"
		 "      if (!still || left == %u)\n"
		 "      case (hold ? 3 : count ? 2 : words ? 4 : r[3:0])\n"
		 "        0: %s = 0;\n"
		 "        1: %s = ~%s ^ %s;\n"
		 "        2: %s = %s + 1;\n"
		 "        3: if (r[7:4] == 0) begin ",
		 QUIET - 1, n, n, n, n, n, n);
	random_bits(b, p);
	str_addf(b->out,
		 " end\n"
		 "        4, 5: %s = number(r[31:8]);\n"
		 "        6: %s = number(r[31:8]) + (r[4] ? 1 : -1);\n"
		 "        7: begin %s = 0; %s[r[31:8] %% %ld] = 1; end\n"
		 "        8: %s = r[6:4];\n"
		 "        9: %s = %s;\n"
		 "        10: %s = %s - 1;\n"
		 "        default: begin ",
		 n, n, n, n, p->width, n, n, other ? other->name : n, n, n);
	random_bits(b, p);
	str_adds(b->out, " end\n      endcase\n");
}

/* Length of the prefix, plus 1, that a valid input shares with a ready output; 0:
 * there is no such pair. *ready: the ready's name; the caller frees it. */
static size_t handshake(const struct bench *b, size_t i, char **ready)
{
	const char *n = b->v[i].port, *at = strstr(n, "valid");

	*ready = NULL;
	if (!pin_is_bit(&b->v[i]) || !at)
		return 0;
	*ready = str_fmt("%.*sready%s", (int)(at - n), n, at + strlen("valid"));
	for (size_t k = 0; k < b->n; k++)
		if (b->v[k].role == PORT_OUTPUT && b->v[k].width == 1 &&
		    strcmp(b->v[k].port, *ready) == 0)
			return (size_t)(at - n) + 1;
	free(*ready);
	*ready = NULL;
	return 0;
}

/* The condition in which an input must not change: "polite && v && !r"; "": none. */
static void stall_of(const struct bench *b, size_t i, struct str *out)
{
	for (size_t k = 0; k < b->n && out->len == 0; k++) {
		char *ready;
		size_t prefix = handshake(b, k, &ready);

		if (prefix && (k == i || (pin_is_vector(&b->v[i]) &&
					  strncmp(b->v[i].port, b->v[k].port, prefix - 1) == 0)))
			str_addf(out, "polite && %s && !out_%s_of_a", b->v[k].name, ready);
		free(ready);
	}
}

static void drive_all(const struct bench *b)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct pin *p = &b->v[i];
		struct str stall = STR_INIT;

		if (p->role == PORT_CLOCK && b->apart)
			str_addf(b->out,
				 "      draw;\n"
				 "      ticks_%s = !apart || cycle < 3 || resets > 0 || r[8];\n",
				 p->name);

		stall_of(b, i, &stall);
		if (stall.len && pin_is_data(p))
			str_addf(b->out, "      if (!(%s)) begin\n", str_cstr(&stall));
		if (pin_is_bit(p))
			str_addf(b->out, "      draw;\n      %s = r[11:8] < weight_of_%s;\n",
				 p->name, p->name);
		else if (pin_is_vector(p))
			drive_vector(b, i);
		else if (p->role == PORT_RESET_HIGH || p->role == PORT_RESET_LOW)
			str_addf(b->out,
				 "      draw;\n"
				 "      %s = %s(cycle < 3 || resets > 0 || (shaky && r[12:8] == "
				 "0));\n",
				 p->name, p->role == PORT_RESET_HIGH ? "" : "!");
		if (stall.len && pin_is_data(p))
			str_adds(b->out, "      end\n");
		str_free(&stall);
	}
}

static unsigned quiet_phases(const struct bench *b)
{
	unsigned n = b->clocked;

	for (size_t i = 0; i < b->n && b->clocked; i++)
		n += n < QUIET_MAX && pin_is_bit(&b->v[i]);
	return n;
}

/* In the last phases all bits are 0, then each alone is 1, long enough for a timeout, a
 * debouncer or a counter to come to its end. Words change in the first half of each and stay
 * in the second, for designs that begin anew with each value. These phases follow the others,
 * which do not depend on the number of inputs. */
static void quiet(const struct bench *b)
{
	unsigned from = DIFFER_CYCLES, k = 0;

	str_addf(b->out,
		 "    if (cycle >= %u && (cycle - %u) %% %u == 0) begin\n"
		 "      left = %u;\n      hold = 0;\n      count = 0;\n      words = 0;\n"
		 "      polite = 0;\n      shaky = 0;\n%s"
		 "      resets = 2;\n"
		 "      still = (cycle - %u) / %u %% 2;\n",
		 from, from, QUIET, QUIET, b->apart ? "      apart = 0;\n" : "", from, QUIET);
	for (size_t i = 0; i < b->n; i++)
		if (pin_is_bit(&b->v[i]))
			str_addf(b->out, "      weight_of_%s = (cycle - %u) / %u == %u ? 16 : 0;\n",
				 b->v[i].name, from, 2 * QUIET, ++k);
	str_adds(b->out, "    end\n");
}

static void new_epoch(const struct bench *b)
{
	str_adds(b->out, "    if (left == 0) begin\n"
			 "      draw;\n"
			 "      left = 16 << (r[10:8] % 7);\n"
			 "      hold = r[14:12] == 0;\n"
			 "      count = r[17:15] == 0;\n"
			 "      words = r[27:25] == 0;\n"
			 "      polite = r[18];\n"
			 "      shaky = r[21:19] == 0;\n"
			 "      resets = r[23:22] == 0 ? 1 + r[24] : 0;\n");
	if (b->apart) /* a reset that only one clock sees would make any two designs differ */
		str_adds(b->out, "      apart = r[28] && !shaky;\n");
	for (size_t i = 0; i < b->n; i++)
		if (pin_is_bit(&b->v[i]))
			str_addf(b->out,
				 "      draw;\n"
				 "      case (r[10:8])\n"
				 "        0: weight_of_%s = 0;\n        1: weight_of_%s = 1;\n"
				 "        2: weight_of_%s = 16;\n        3, 4: weight_of_%s = 15;\n"
				 "        5: weight_of_%s = 12;\n        6: weight_of_%s = 4;\n"
				 "        default: weight_of_%s = 8;\n      endcase\n",
				 b->v[i].name, b->v[i].name, b->v[i].name, b->v[i].name,
				 b->v[i].name, b->v[i].name, b->v[i].name);
	str_adds(b->out, "    end\n");
	if (b->clocked)
		quiet(b);
	str_adds(b->out, "    left = left - 1;\n    if (resets > 0) resets = resets - 1;\n");
}

/* Drives corner cases in the first cycles: all 0, all 1, then one input at a time all ones. */
static void corners(const struct bench *b)
{
	size_t at = 3;

	str_adds(b->out, "    case (cycle)\n");
	for (int ones = 0; ones < 2; ones++) {
		str_addf(b->out, "      %zu, %zu: begin", at, at + 1);
		at += 2;
		for (size_t i = 0; i < b->n; i++)
			if (pin_is_data(&b->v[i]))
				str_addf(b->out, " %s = %s0;", b->v[i].name, ones ? "~" : "");
		str_adds(b->out, " end\n");
	}
	for (size_t one = 0; one < b->n; one++) {
		if (!pin_is_data(&b->v[one]))
			continue;
		str_addf(b->out, "      %zu, %zu: begin", at, at + 1);
		at += 2;
		for (size_t i = 0; i < b->n; i++)
			if (pin_is_data(&b->v[i]))
				str_addf(b->out, " %s = %s0;", b->v[i].name, i == one ? "~" : "");
		str_adds(b->out, " end\n");
	}
	str_adds(b->out, "      default: ;\n    endcase\n");
}

static void numbers(const struct bench *b)
{
	const struct strv *v = b->d->numbers;

	long width = NUMBER_BITS;

	for (size_t i = 0; i < b->n; i++)
		if (pin_is_vector(&b->v[i]) && b->v[i].width > width)
			width = b->v[i].width;
	str_addf(b->out,
		 "  function [%ld:0] number;\n    input [23:0] which;\n"
		 "    case (which %% %zu)\n",
		 width - 1, v->n + 1);
	for (size_t i = 0; i < v->n; i++)
		str_addf(b->out, "      %zu: number = %s;\n", i, v->v[i]);
	str_adds(b->out, "      default: number = 1;\n    endcase\n  endfunction\n");
}

void differ_functions(const struct bench *b)
{
	numbers(b);
	str_adds(b->out, draw);
}

void differ_drive(const struct bench *b)
{
	new_epoch(b);
	drive_all(b);
	corners(b);
}

unsigned differ_quiet_cycles(const struct bench *b)
{
	return quiet_phases(b) * 2 * QUIET;
}
