/* The simplest simulator: its lint reports POSEDGE_FAKE_LINT (a message in
 * Verilator's format) and its runs print POSEDGE_FAKE_RUN. Its hardware has the
 * modules and ports of the texts' outlines, each one bit wide; or elaboration fails
 * for the reason in POSEDGE_FAKE_ELABORATE. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/tool/hardware.h"
#include "session/output/diag.h"
#include "session/verdict/run.h"
#include "session/verilog/verilog.h"
#include "sim/sim.h"
#include "sim/engine/verilator_diag.h"

struct fake {
	struct simulator base;
};

static const char *setting(const char *variable)
{
	const char *text = getenv(variable);

	return text ? text : "";
}

static struct simulator *open_fake(struct loop *l, struct err *err)
{
	struct fake *f = mem_zalloc(sizeof(*f));

	f->base.ops = &simulator_fake;
	return &f->base;
}

static void close_fake(struct simulator *s)
{
	free(s);
}

static bool lint(struct simulator *s, const struct sim_job *j, struct diag_list **found,
		 enum lang *as, struct err *err)
{
	const char *text = setting("POSEDGE_FAKE_LINT");

	*as = j->lang;
	*found = diag_list_new(100);
	if (!task_rest(err))
		return false;
	verilator_diag_parse(text, strlen(text), *found);
	return true;
}

static void outline(const char *root, const struct source *src, struct hardware *out)
{
	struct str disk = STR_INIT;
	struct voutline o;

	source_read(src, root, 0, &disk, NULL);
	voutline_init(&o, str_cstr(&disk), disk.len);
	for (size_t i = 0; i < o.n; i++) {
		struct hw_module *m = hardware_module(out, o.modules[i].name, o.modules[i].name);

		for (size_t k = 0; k < o.modules[i].n_ports; k++)
			hw_module_port(m, o.modules[i].ports[k].name,
				       o.modules[i].ports[k].dir == VPORT_INPUT ? HW_INPUT
										: HW_OUTPUT,
				       (struct hw_size){ 1, 0 });
	}
	voutline_fini(&o);
	str_free(&disk);
}

static bool elaborate(struct simulator *s, const struct sim_job *j, struct hardware *out,
		      struct err *err)
{
	const char *why = setting("POSEDGE_FAKE_ELABORATE");

	if (!task_rest(err))
		return false;
	if (*why)
		return err_set(err, ERR_TOOL, "%s", why);
	for (size_t i = 0; i < j->n; i++)
		outline(j->root, &j->sources[i], out);
	return true;
}

static void print(const char *text, const struct run_listener *to, struct run_reader *r)
{
	for (const char *p = text; *p;) {
		size_t n = strcspn(p, "\n");

		run_reader_line(r, p, n);
		if (to && to->line)
			to->line(to->ctx, p, n);
		p += n + (p[n] == '\n');
	}
}

static bool run(struct simulator *s, const struct run_job *j, const struct run_listener *to,
		struct run_report *out, struct err *err)
{
	const char *text = setting("POSEDGE_FAKE_RUN");
	struct run_reader *r;

	memset(out, 0, sizeof(*out));
	if (!task_rest(err))
		return false;
	r = run_reader_new(NULL);
	print(text, to, r);
	run_reader_end(r, &(struct run_end){ 0 }, &out->result);
	out->found = diag_list_new(1);
	out->output_path = path_join(j->out_dir, "output.txt");
	out->output_len = strlen(text);
	out->lang = j->design.lang;
	run_report_complete(out);
	if (file_save(out->output_path, text, strlen(text), 0600, err))
		return true;
	run_report_fini(out);
	return false;
}

static bool available(char **where, struct err *err)
{
	*where = NULL;
	return true;
}

const struct simulator_ops simulator_fake = {
	.name = "fake",
	.kind = SIMULATOR_FAKE,
	.needs = "",
	.available = available,
	.open = open_fake,
	.close = close_fake,
	.lint = lint,
	.elaborate = elaborate,
	.run = run,
};
