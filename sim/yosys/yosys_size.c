/* Maps a design to yosys' generic gates, flattened, and counts them.
 *
 * Cells are gates of at most three inputs and flip-flops; the path counts gates between
 * registers. So the numbers compare two versions of a module; they are not areas of a
 * chip. Formats: yosyshq.readthedocs.io, "stat" (-json: modules by name, each with
 * num_cells and num_cells_by_type) and "ltp" ("Longest topological path in NAME
 * (length=N):").
 */
#include "config.h"

#include "sim/yosys/yosys_size.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "sim/yosys/yosys_run.h"

#define TOP "posedge_sized"

/* Reads a count; false: missing or invalid. */
static bool number(const cJSON *object, const char *name, unsigned long *out)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(object, name);

	if (!cJSON_IsNumber(v) || !(v->valuedouble >= 0 && v->valuedouble < 1e9))
		return false;
	*out = (unsigned long)v->valuedouble;
	return true;
}

static void count_types(const cJSON *types, struct prover_size *out)
{
	const cJSON *t;

	cJSON_ArrayForEach(t, types) {
		unsigned long n = 0;

		if (!t->string || !number(types, t->string, &n))
			continue;
		if (strstr(t->string, "LATCH") || strstr(t->string, "_SR_"))
			out->latches += n;
		else if (t->string[0] == '$' && strstr(t->string, "FF"))
			out->flip_flops += n;
	}
}

static long path_in(const char *ltp)
{
	static const char mark[] = "(length=";
	const char *at = strstr(ltp, mark);
	char *end;
	long n;

	if (!at)
		return -1;
	n = strtol(at + strlen(mark), &end, 10);
	return *end == ')' && n >= 0 && n < 1000000000 ? n : -1;
}

bool yosys_size_read(const char *stat, size_t len, const char *ltp, struct prover_size *out,
		     struct err *err)
{
	cJSON *all = json_parse(stat, len, err);
	const cJSON *design = json_object(all, "design");
	bool ok = number(design, "num_cells", &out->cells) &&
		  number(design, "num_wires", &out->wires);

	out->path = -1;
	if (ok) {
		count_types(json_object(design, "num_cells_by_type"), out);
		out->path = path_in(ltp);
	} else {
		err_set(err, ERR_TOOL, "yosys counted no cells");
	}
	cJSON_Delete(all);
	return ok;
}

static bool read_result(struct yosys *y, struct prover_size *out, struct err *err)
{
	struct str stat = STR_INIT, ltp = STR_INIT;
	bool ok = yosys_file(y, "stat.json", &stat, err) && yosys_file(y, "ltp.txt", &ltp, err) &&
		  yosys_size_read(str_cstr(&stat), stat.len, str_cstr(&ltp), out, err);

	str_free(&stat);
	str_free(&ltp);
	return ok;
}

bool yosys_measure(struct loop *l, const struct sim_job *j, const struct prover_limits *limits,
		   struct prover_size *out, struct err *err)
{
	struct yosys y = { .root_top = NULL };
	struct str script = STR_INIT;
	bool ok;

	memset(out, 0, sizeof(*out));
	ok = yosys_begin(&y, l, j, limits, loop_now_ms(l) + limits->ms, err) &&
	     yosys_add_sources(&y, false, &script, err);
	str_adds(&script, "rename -top " TOP "\nsynth -flatten -top " TOP "\n"
			  "tee -q -o " YOSYS_OUT "stat.json stat -json\n"
			  "tee -q -o " YOSYS_OUT "ltp.txt ltp -noff\n");
	ok = ok && yosys_run(&y, str_cstr(&script), err) && read_result(&y, out, err);
	yosys_end(&y);
	str_free(&script);
	return ok;
}
