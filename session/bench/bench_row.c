/* A judged answer as one line of JSON. All members are always present, with null for
 * unknown values, so one program can read rows of different suites and years. The
 * suite's own figures are under `figures`.
 */
#include "config.h"

#include "session/bench/bench_row.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "session/base/json.h"
#include "session/bench/suite.h"
#include "session/verdict/run.h"

bool bench_row_passes(const struct bench_row *r)
{
	return r->class_ == '.';
}

bool bench_row_strict(const struct bench_row *r)
{
	return verdict_is(r->verdict, VERDICT_PASS);
}

static void add_text(struct str *out, const char *name, const char *value)
{
	str_addf(out, ",\"%s\":", name);
	json_quote(out, value ? value : "", value ? strlen(value) : 0);
}

static void add_number(struct str *out, const char *name, long value)
{
	if (value >= 0)
		str_addf(out, ",\"%s\":%ld", name, value);
	else
		str_addf(out, ",\"%s\":null", name);
}

static void add_first(struct str *out, const struct bench_row *r)
{
	str_adds(out, ",\"first\":{\"text\":");
	json_quote(out, r->first ? r->first : "", r->first ? strlen(r->first) : 0);
	add_text(out, "path", r->first_path);
	str_addf(out, ",\"line\":%d}", r->first_line);
}

/* Written only for suites that have figures. */
static void add_figures(struct str *out, const struct bench_row *r)
{
	const struct suite *s = suite_named(r->suite ? r->suite : "");

	if (!s || !s->figures[0].name)
		return;
	str_adds(out, ",\"figures\":{");
	for (size_t i = 0; i < SUITE_FIGURES && s->figures[i].name; i++) {
		str_addf(out, "%s\"%s\":", i ? "," : "", s->figures[i].name);
		if (r->figures[i] < 0)
			str_adds(out, "null");
		else
			str_addf(out, "%.6g", r->figures[i]);
	}
	str_addc(out, '}');
}

void bench_row_print(const struct bench_row *r, struct str *out)
{
	str_adds(out, "{\"suite\":");
	json_quote(out, r->suite ? r->suite : "", r->suite ? strlen(r->suite) : 0);
	add_text(out, "task", r->task);
	add_text(out, "problem", r->problem);
	add_text(out, "category", r->category);
	str_addf(out, ",\"sample\":%u,\"class\":\"%c\",\"kind\":\"%c\"", r->sample, r->class_,
		 suite_class_kind(r->class_));
	add_text(out, "verdict", r->verdict);
	add_number(out, "checks", r->checks);
	add_number(out, "failures", r->failures);
	add_number(out, "mismatches", r->mismatches);
	add_number(out, "samples", r->samples);
	add_figures(out, r);
	add_first(out, r);
	add_text(out, "beside", r->beside);
	add_text(out, "stage", r->stage);
	str_addf(out, ",\"seconds\":{\"ask\":%.3f,\"build\":%.3f,\"run\":%.3f}", r->ask_s,
		 r->build_s, r->run_s);
	str_adds(out, ",\"tokens\":{\"in\":");
	r->tokens_in < 0 ? str_adds(out, "null") : str_addf(out, "%ld", r->tokens_in);
	add_number(out, "out", r->tokens_out);
	add_number(out, "cached", r->tokens_cached);
	str_addc(out, '}');
	if (r->cost >= 0)
		str_addf(out, ",\"cost\":%.6f", r->cost);
	else
		str_adds(out, ",\"cost\":null");
	str_addf(out, ",\"rounds\":%u,\"cut\":%s,\"code\":%s", r->rounds, r->cut ? "true" : "false",
		 r->code ? "true" : "false");
	add_text(out, "backend", r->backend);
	add_text(out, "model", r->model);
	add_text(out, "setup", r->setup);
	if (r->seed)
		str_addf(out, ",\"seed\":%llu", (unsigned long long)r->seed);
	else
		str_adds(out, ",\"seed\":null");
	add_text(out, "request_hash", r->request_hash);
	add_text(out, "answer_hash", r->answer_hash);
	add_text(out, "code_hash", r->code_hash);
	add_text(out, "answer_path", r->answer_path);
	add_text(out, "question_path", r->question_path);
	add_text(out, "wave_path", r->wave_path);
	add_text(out, "tools", r->tools);
	add_text(out, "error", r->error);
	str_adds(out, "}\n");
}
