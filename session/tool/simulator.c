#include "config.h"

#include "session/tool/simulator.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/output/diag.h"

bool source_read(const struct source *s, const char *root, size_t limit, struct str *out,
		 struct err *err)
{
	if (!s->text)
		return file_read_in(root, s->path, limit, out, err);
	str_clear(out);
	str_add(out, s->text, s->len);
	return true;
}

static void complete(char **text)
{
	if (!*text)
		*text = mem_strdup("");
}

void run_report_complete(struct run_report *r)
{
	complete(&r->result.first);
	complete(&r->result.first_path);
	complete(&r->result.beside);
	complete(&r->output_path);
	complete(&r->wave_path);
	complete(&r->unprotected);
	complete(&r->limit_step);
	complete(&r->log_path);
	complete(&r->coverage_path);
}

void run_report_fini(struct run_report *r)
{
	run_result_fini(&r->result);
	diag_list_free(r->found);
	free(r->output_path);
	free(r->wave_path);
	free(r->unprotected);
	free(r->log_path);
	free(r->coverage_path);
	free(r->limit_step);
	for (size_t i = 0; i < r->n_steps; i++)
		free(r->steps[i].name);
	free(r->steps);
	for (size_t i = 0; i < r->n_written; i++)
		free(r->written[i].path);
	free(r->written);
	strv_free(&r->notes);
	memset(r, 0, sizeof(*r));
}

bool simulator_available(const struct simulator_ops *row, char **where, struct err *err)
{
	return row->row_available ? row->row_available(row, where, err)
				  : row->available(where, err);
}

struct simulator *simulator_open(const struct simulator_ops *row, struct loop *l, struct err *err)
{
	return row->row_open ? row->row_open(row, l, err) : row->open(l, err);
}

char *simulator_says(struct simulator *s)
{
	char *line = NULL;
	struct err why;

	return s->ops->version && s->ops->version(s, &line, &why) ? line : mem_strdup(s->ops->name);
}
