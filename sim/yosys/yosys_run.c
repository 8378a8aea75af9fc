/* Each query starts yosys anew, 30 ms and the reading of the previous result. So each
 * has its own limits, cancelling means ending a child, and a crash costs one answer.
 */
#include "config.h"

#include "sim/yosys/yosys_run.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/check/sva.h"
#include "session/verilog/lang.h"
#include "session/verilog/verilog.h"
#include "sim/yosys/yosys_text.h"

#define SCRIPT_NAME "posedge.ys"
#define PROCESSES   32

bool yosys_here(struct err *err)
{
	return engine_have("yosys", "yosys", err);
}

/* Blanks what yosys would misread; false: nothing was changed. */
static bool make_ready(char *text, size_t len)
{
	bool promised = yosys_text_promises(text, len), asserted = sva_take_out(text, len);

	return promised || asserted;
}

/* Writes to the mirror; unreadable sources are reported when yosys reads them. */
static bool lay_ready(struct yosys *y, const struct sim_job *job, struct err *err)
{
	const char *map = yosys_text_labels();
	bool ok = stage_write(&y->j.stage, YOSYS_LABELS, map, strlen(map), err);

	for (size_t i = 0; ok && i < job->n; i++) {
		struct str text = STR_INIT;

		if (file_read_in(y->j.stage.mirror, job->sources[i].path, YOSYS_FILE_MAX, &text,
				 NULL) &&
		    text.len && make_ready(text.data, text.len))
			ok = stage_replace(&y->j.stage, job->sources[i].path, text.data, text.len,
					   err);
		str_free(&text);
	}
	return ok;
}

bool yosys_begin(struct yosys *y, struct loop *l, const struct sim_job *job,
		 const struct prover_limits *limits, uint64_t until, struct err *err)
{
	memset(y, 0, sizeof(*y));
	if (!yosys_here(err) || !stage_init(&y->j.stage, job, NULL, err))
		return false;
	y->j.loop = l;
	y->j.lang = job->lang;
	y->j.yields = job->yields;
	y->j.limits = SIM_LIMITS_DEFAULT;
	y->j.limits.memory = limits->memory;
	y->j.limits.processes = PROCESSES;
	if (job->defines)
		strv_addv(&y->j.defines, job->defines);
	if (job->parameters)
		strv_addv(&y->j.parameters, job->parameters);
	y->j.box = sandbox_probe(l);
	y->root_top = job->top;
	y->until = until;
	y->ms = limits->ms;
	if (lay_ready(y, job, err))
		return true;
	yosys_end(y);
	return false;
}

void yosys_end(struct yosys *y)
{
	if (!y->j.loop)
		return;
	stage_fini(&y->j.stage);
	strv_free(&y->j.defines);
	strv_free(&y->j.parameters);
	memset(y, 0, sizeof(*y));
}

/* The sources --------------------------------------------------------------------- */

/* Appends a word in quotes, which it cannot contain; file names are patterns in
 * yosys. */
static bool add_word(struct str *script, const char *word, struct err *err)
{
	for (const char *p = word; *p; p++)
		if ((unsigned char)*p < ' ' || strchr("\"\\*?[]", *p))
			return err_set(err, ERR_USAGE, "yosys cannot be given the word %.200s",
				       word);
	str_addf(script, " \"%s\"", word);
	return true;
}

/* Appends a name without quotes, which yosys would take as part of it. */
static bool add_name(struct str *script, const char *name, struct err *err)
{
	for (const char *p = name; *p; p++)
		if (!isalnum((unsigned char)*p) && !strchr("_$.'-", *p))
			return err_set(err, ERR_USAGE, "yosys cannot be given the name %.200s",
				       name);
	str_addf(script, " %s", name);
	return true;
}

static bool reads_sv(const struct yosys *y, const char *path)
{
	return y->j.lang == LANG_SV2017 || lang_file(path) == LANG_FILE_SV;
}

static bool add_parameters(const struct yosys *y, struct str *script, struct err *err)
{
	for (size_t i = 0; i < y->j.parameters.n; i++) {
		const char *word = y->j.parameters.v[i], *equals = strchr(word, '=');
		char *name;
		bool ok;

		if (!equals)
			continue;
		name = mem_strndup(word, (size_t)(equals - word));
		str_adds(script, " -chparam");
		ok = add_name(script, name, err) && add_name(script, equals + 1, err);
		free(name);
		if (!ok)
			return false;
	}
	return true;
}

bool yosys_add_sources(const struct yosys *y, bool formal, struct str *script, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < y->j.stage.compile.n; i++) {
		const char *path = y->j.stage.compile.v[i];

		if (formal)
			str_adds(script, "tee -a " YOSYS_OUT YOSYS_READ_LOG " ");
		str_addf(script, "read_verilog%s %s", reads_sv(y, path) ? " -sv" : "",
			 formal ? "-formal" : "-nosynthesis -noassert -noassume");
		for (size_t k = 0; ok && k < y->j.stage.include.n; k++) {
			str_adds(script, " -I");
			ok = add_word(script, y->j.stage.include.v[k], err);
		}
		for (size_t k = 0; ok && k < y->j.defines.n; k++) {
			str_adds(script, " -D");
			ok = add_word(script, y->j.defines.v[k], err);
		}
		ok = ok && add_word(script, path, err);
		str_addc(script, '\n');
	}
	if (formal)
		str_adds(script, "tee -a " YOSYS_OUT YOSYS_READ_LOG " ");
	str_adds(script, "hierarchy -check");
	ok = ok && add_parameters(y, script, err);
	str_adds(script, " -top");
	ok = ok && add_name(script, vname_plain(y->root_top), err);
	str_addc(script, '\n');
	return ok;
}

/* Running ------------------------------------------------------------------------- */

/* The first error line, "FILE:LINE: ERROR: text" or "ERROR: text". */
static bool error_line(const struct yosys *y, const struct str *said, struct err *err)
{
	const char *text = str_cstr(said), *at = strstr(text, "ERROR: "), *from = at, *colon;
	size_t len;

	if (!at)
		return false;
	while (from > text && from[-1] != '\n')
		from--;
	len = strcspn(at + 7, "\n");
	colon = memchr(from, ':', (size_t)(at - from));
	if (colon) {
		char *path = mem_strndup(from, (size_t)(colon - from));
		unsigned long line = strtoul(colon + 1, NULL, 10);

		err_set(err, ERR_TOOL, "yosys does not read %s:%lu: %.*s",
			stage_true_path(&y->j.stage, path), line, (int)(len > 300 ? 300 : len),
			at + 7);
		free(path);
		return true;
	}
	err_set(err, ERR_TOOL, "yosys says: %.*s", (int)(len > 400 ? 400 : len), at + 7);
	return true;
}

static bool went_wrong(const struct yosys *y, const struct str *said, const struct child_result *r,
		       struct err *err)
{
	if (r->timed_out)
		return err_set(err, ERR_TIMEOUT, "yosys did not end within %llu s",
			       (unsigned long long)y->ms / 1000);
	if (r->flooded)
		return err_set(err, ERR_LIMIT, "yosys printed more than can be kept");
	if (engine_no_memory(said) || r->signal || r->status > 128)
		return engine_crashed("yosys", r->signal ? r->signal : r->status - 128, said,
				      y->j.limits.memory, err);
	if (error_line(y, said, err))
		return false;
	return err_set(err, ERR_TOOL, "yosys ended with status %d and said nothing", r->status);
}

bool yosys_run(struct yosys *y, const char *script, struct err *err)
{
	static const char *const argv[] = {
		"yosys", "-Q", "-T", "-s", YOSYS_OUT SCRIPT_NAME, NULL
	};
	struct str said = STR_INIT;
	struct child_result r = { 0 };
	uint64_t now = loop_now_ms(y->j.loop);
	bool ok;

	if (now >= y->until)
		return err_set(err, ERR_TIMEOUT, "yosys did not end within %llu s",
			       (unsigned long long)y->ms / 1000);
	y->j.limits.build_ms = y->until - now;
	ok = stage_write(&y->j.stage, SCRIPT_NAME, script, strlen(script), err) &&
	     engine_tool(&y->j, argv, &said, &r, err);
	if (ok && (r.status != 0 || r.signal || r.timed_out || r.flooded))
		ok = went_wrong(y, &said, &r, err);
	str_free(&said);
	return ok;
}

bool yosys_file(const struct yosys *y, const char *name, struct str *out, struct err *err)
{
	bool ok = file_read_in(y->j.stage.dir, name, YOSYS_FILE_MAX, out, NULL) ||
		  err_set(err, ERR_TOOL, "yosys did not write %s", name);

	return ok;
}

/* Reading ------------------------------------------------------------------------- */

bool yosys_says(const struct str *text, const char *line)
{
	size_t n = strlen(line);

	for (const char *p = str_cstr(text); *p;) {
		size_t len = strcspn(p, "\n");

		if (len == n && memcmp(p, line, n) == 0)
			return true;
		p += len + (p[len] == '\n');
	}
	return false;
}

unsigned yosys_counts(const struct str *text, const char *before, const char *after)
{
	size_t n = strlen(before);
	unsigned most = 0;

	for (const char *p = str_cstr(text); *p;) {
		size_t len = strcspn(p, "\n");
		char *end;

		if (len > n && strncmp(p, before, n) == 0 && p[n] >= '0' && p[n] <= '9') {
			unsigned long v = strtoul(p + n, &end, 10);

			if ((size_t)(p + len - end) == strlen(after) &&
			    memcmp(end, after, strlen(after)) == 0 && v < 1000000 && v > most)
				most = (unsigned)v;
		}
		p += len + (p[len] == '\n');
	}
	return most;
}
