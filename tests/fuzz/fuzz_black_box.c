/* From instances of any form, the black box is a module that has their ports. */
#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "session/project/black_box_scan.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vpp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool capital(void *ctx, const char *module, size_t len)
{
	return len > 0 && module[0] >= 'A' && module[0] <= 'Z';
}

static void on_instance(void *ctx, const struct box_instance *in)
{
	const struct box_shape *s = &in->shape;
	struct str text = STR_INIT;
	struct voutline o;
	size_t ports = s->ports.n > s->n_ports ? s->ports.n : s->n_ports,
	       params = s->params.n > s->n_params ? s->params.n : s->n_params;

	assert(in->last >= in->first &&
	       (in->first > 0 || (s->params.n + s->nets.n == 1 && s->ports.n + s->n_ports == 0)));
	++*(size_t *)ctx;
	box_shape_print(s, &s->params, &text);
	voutline_init(&o, str_cstr(&text), text.len);
	/* The outline has its own limits. */
	assert(o.n == 1 && (o.modules[0].n_ports == ports || ports > 4000));
	assert(o.modules[0].n_params == params || params > 4000);
	voutline_fini(&o);
	str_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct vpp *p = vpp_new("first", (const char *)data, size, NULL);
	size_t n = 0;

	box_scan_tokens(p, capital, on_instance, &n);
	vpp_free(p);
	return 0;
}
