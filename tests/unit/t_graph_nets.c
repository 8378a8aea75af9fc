#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/graph/graph.h"
#include "session/graph/graph_nets.h"
#include "tests/lib/graph_text.h"

static const char design[] =
	"module timer (input clk, input [7:0] limit, output expired, output busy);\n"
	"  reg [7:0] left; reg done;\n"
	"  assign expired = done;\n"
	"  assign busy = left != limit;\n"
	"  always @(posedge clk) begin left <= left - 1; done <= left == 0; end\n"
	"endmodule\n"
	"module cell_of (input d, output q); assign q = d; endmodule\n"
	"module star (input clk, input limit, output ready); assign ready = clk & limit; "
	"endmodule\n"
	"module top (input clk, input [7:0] limit, output a, output b);\n"
	"  wire over, x, y, ready;\n"
	"  timer t (.clk(clk), .limit(limit & 8'h7f), .expired(over), .busy());\n"
	"  cell_of c0 (.d(over), .q(x));\n"
	"  cell_of c1 (x, y);\n"
	"  star s (.*);\n"
	"  assign a = y; assign b = over | x;\n"
	"endmodule\n";

struct world {
	struct graph *g;
	struct graph_nets nets;
};

static int set_up(void **state)
{
	struct world *w = test_calloc(1, sizeof(*w));
	struct graph_facts f;
	struct err err;

	w->g = graph_open(NULL, &err);
	assert_non_null(w->g);
	read_facts(design, strlen(design), &f);
	assert_true(graph_put(w->g, "a.sv", "stamp", &f, &err));
	graph_facts_fini(&f);
	assert_true(graph_nets_read(w->g, NULL, &w->nets, &err));
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;

	graph_nets_fini(&w->nets);
	graph_close(w->g);
	test_free(w);
	return 0;
}

static int64_t id_of(const struct world *w, const char *path)
{
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct graph_hits h;
	struct err err;
	int64_t id;

	assert_true(graph_find(w->g, path, GRAPH_HIT_SIGNAL, &ask, &h, &err));
	assert_true(h.n > 0);
	id = h.v[0].id;
	graph_hits_fini(&h);
	return id;
}

static void made_at(const struct world *w, const char *path, const char *source)
{
	if (graph_nets_source(&w->nets, id_of(w, path)) != id_of(w, source))
		fail_msg("%s does not lead to %s", path, source);
}

CASE_WITH(a_wire_leads_to_the_register_behind_the_port, set_up, tear_down)
{
	made_at(*state, "top.over", "timer.done");
	made_at(*state, "timer.expired", "timer.done");
	made_at(*state, "timer.clk", "top.clk");
}

CASE_WITH(an_expression_is_no_copy, set_up, tear_down)
{
	made_at(*state, "timer.busy", "timer.busy");
	made_at(*state, "top.b", "top.b");
}

/* A masked value is still one name; the value is attributed to its origin. */
CASE_WITH(a_masked_name_is_one, set_up, tear_down)
{
	made_at(*state, "timer.limit", "top.limit");
}

CASE_WITH(a_module_with_two_instances_copies_nothing, set_up, tear_down)
{
	made_at(*state, "cell_of.d", "cell_of.d");
	made_at(*state, "top.x", "top.x");
	made_at(*state, "top.a", "top.y");
}

CASE_WITH(star_connects_by_name, set_up, tear_down)
{
	made_at(*state, "top.ready", "star.ready");
	made_at(*state, "star.clk", "top.clk");
}

static bool allow(void *ctx, struct err *err)
{
	unsigned *left = ctx;

	return *left ? --*left, true : err_set(err, ERR_CANCELLED, "enough");
}

/* Each of the four tables has at least one pause, and reading may end at each. */
CASE_WITH(each_pause_can_end_it, set_up, tear_down)
{
	const struct world *w = *state;
	unsigned allowed = 0, left;
	struct graph_nets nets;
	struct err err;

	for (bool read = false; !read; allowed++) {
		left = allowed;
		read = graph_nets_read(w->g, &(struct graph_rest){ allow, &left }, &nets, &err);
		assert_int_equal(nets.n, read ? w->nets.n : 0);
		assert_true(read || err.code == ERR_CANCELLED);
		graph_nets_fini(&nets);
	}
	assert_int_equal(allowed - 1, 4);
}
