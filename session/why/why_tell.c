/* Prints a step, and a chain, as text and as JSON. */
#include "config.h"

#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"
#include "session/why/why.h"

#define READS_SHOWN 8
#define WIDTH	    78 /* columns of a line, unless a name alone is longer */

static const char *const names[] = {
	[WHY_ASSIGNED] = "assigned",   [WHY_HELD] = "held",	      [WHY_CONSTANT] = "constant",
	[WHY_INPUT] = "input",	       [WHY_TESTBENCH] = "testbench", [WHY_INITIAL] = "initial",
	[WHY_NO_RESET] = "no reset",   [WHY_UNDRIVEN] = "undriven",   [WHY_CONFLICT] = "conflict",
	[WHY_BLACK_BOX] = "black box", [WHY_LOOP] = "loop",	      [WHY_UNKNOWN] = "unknown",
};

/* Up to 4 bits in binary, more in hexadecimal; a digit with mixed bits is x. */
static void add_value(const char *bits, struct str *out)
{
	size_t n = strlen(bits), at = 0, start = out->len;

	if (n == 0) {
		str_adds(out, "?");
		return;
	}
	if (n <= 4) {
		str_adds(out, bits);
		return;
	}
	str_adds(out, "'h");
	while (at < n) {
		size_t digit = (n - at) % 4 ? (n - at) % 4 : 4;
		int value = 0;
		char odd = 0;

		for (size_t i = 0; i < digit; i++) {
			char c = bits[at + i];

			value = value * 2 + (c == '1');
			if (c != '0' && c != '1')
				odd = odd && odd != c ? 'x' : c;
		}
		str_addc(out, odd ? odd : "0123456789abcdef"[value]);
		at += digit;
		if (out->len - start > 400) {
			str_adds(out, "...");
			return;
		}
	}
}

static void add_time(uint64_t t, const struct why_unit *u, struct str *out)
{
	str_addf(out, "%.12g%s", (double)t * u->scale, u->unit);
}

static void add_read(const struct why_step *s, const struct why_read *r, const struct why_unit *u,
		     struct str *out)
{
	str_addf(out, "%s = ", r->signal);
	add_value(r->value, out);
	if (r->time != s->time) {
		str_adds(out, r->before ? " before " : " at ");
		add_time(r->time + r->before, u, out);
	}
	if (r->step != SIZE_MAX)
		str_addf(out, " (%zu)", r->step + 1);
}

/* Continues on a new line where the next one would end behind WIDTH columns. */
static void add_reads(const struct why_step *s, const struct why_unit *u, bool conditions,
		      struct str *out)
{
	size_t n = 0, line = out->len;

	for (size_t i = 0; i < s->n_reads; i++) {
		struct str read = STR_INIT;

		if (s->reads[i].condition != conditions || n++ >= READS_SHOWN)
			continue;
		add_read(s, &s->reads[i], u, &read);
		if (n == 1) {
			str_adds(out, conditions ? "      conditions: " : "      from: ");
		} else if (out->len - line + strlen(", ,") + read.len > WIDTH) {
			str_adds(out, ",\n");
			line = out->len;
			str_adds(out, "          ");
		} else {
			str_adds(out, ", ");
		}
		str_add(out, read.data, read.len);
		str_free(&read);
	}
	if (n > READS_SHOWN)
		str_addf(out, " and %zu more", n - READS_SHOWN);
	if (n)
		str_addc(out, '\n');
}

void why_print_step(const struct why_step *s, size_t number, const struct why_unit *u,
		    struct str *out)
{
	if (number)
		str_addf(out, "%2zu  ", number);
	str_addf(out, "%s = ", s->signal);
	add_value(s->value, out);
	str_adds(out, s->before ? " before " : " at ");
	add_time(s->time + s->before, u, out);
	if (s->kind != WHY_ASSIGNED)
		str_addf(out, ", %s", names[s->kind]);
	if (s->clocked && s->since != s->time) {
		str_adds(out, s->kind == WHY_HELD	? " since the edge at "
			      : s->kind == WHY_NO_RESET ? ", up to the edge at "
							: " by the edge at ");
		add_time(s->since, u, out);
	}
	str_addc(out, '\n');
	for (size_t i = 0; i < s->n_lines; i++)
		str_addf(out, "      %s:%u  %s\n", s->lines[i].path[0] ? s->lines[i].path : "?",
			 s->lines[i].line, s->lines[i].text);
	add_reads(s, u, false, out);
	add_reads(s, u, true, out);
	if (s->note[0])
		str_addf(out, "      %s\n", s->note);
}

void why_print(const struct why_chain *c, const struct why_unit *u, struct str *out)
{
	for (size_t i = 0; i < c->n; i++)
		why_print_step(&c->steps[i], i + 1, u, out);
	if (c->cut)
		str_adds(out, "it goes on: ask `why` of any signal above\n");
}

static void text_member(const char *name, const char *text, struct str *out)
{
	str_addf(out, ",\"%s\":", name);
	json_quote(out, text, strlen(text));
}

static void json_lines(const struct why_step *s, struct str *out)
{
	str_adds(out, ",\"lines\":[");
	for (size_t i = 0; i < s->n_lines; i++) {
		str_addf(out, "%s{\"line\":%u", i ? "," : "", s->lines[i].line);
		text_member("path", s->lines[i].path, out);
		text_member("text", s->lines[i].text, out);
		str_addc(out, '}');
	}
	str_addc(out, ']');
}

void why_json_step(const struct why_step *s, size_t number, struct str *out)
{
	str_addf(out, "{\"step\":%zu", number);
	if (s->from != SIZE_MAX)
		str_addf(out, ",\"for\":%zu", s->from + 1);
	text_member("kind", names[s->kind], out);
	text_member("signal", s->signal, out);
	text_member("driven", s->driven, out);
	text_member("value", s->value, out);
	str_addf(out, ",\"time\":%llu,\"since\":%llu,\"clocked\":%s,\"race\":%s,\"differs\":%s",
		 (unsigned long long)s->time, (unsigned long long)s->since,
		 s->clocked ? "true" : "false", s->race ? "true" : "false",
		 s->differs ? "true" : "false");
	json_lines(s, out);
	str_adds(out, ",\"reads\":[");
	for (size_t i = 0; i < s->n_reads; i++) {
		const struct why_read *r = &s->reads[i];

		str_addf(out, "%s{\"time\":%llu,\"condition\":%s", i ? "," : "",
			 (unsigned long long)r->time, r->condition ? "true" : "false");
		if (r->here)
			str_adds(out, ",\"here\":true");
		if (r->step != SIZE_MAX)
			str_addf(out, ",\"step\":%zu", r->step + 1);
		text_member("signal", r->signal, out);
		text_member("value", r->value, out);
		str_addc(out, '}');
	}
	str_addc(out, ']');
	if (s->note[0])
		text_member("note", s->note, out);
	str_addc(out, '}');
}
