#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "session/output/diag.h"
#include "sim/engine/verilator_diag.h"
#include "tests/lib/findings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any output of Verilator becomes findings that are safe to show. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct diag_list *l = diag_list_new(200);

	verilator_diag_parse((const char *)data, size, l);
	assert(findings_are_safe(l));
	diag_list_free(l);
	return 0;
}
