#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/output/diag.h"
#include "sim/engine/verilator_diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any output of Verilator becomes findings that are safe to show. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct diag_list *l = diag_list_new(200);
	struct str s = STR_INIT;

	verilator_diag_parse((const char *)data, size, l);
	for (size_t i = 0; i < diag_list_len(l); i++)
		diag_print(diag_list_at(l, i), &s);
	assert(utf8_valid(str_cstr(&s), s.len));
	assert(!memchr(str_cstr(&s), '\033', s.len) && !memchr(str_cstr(&s), '\n', s.len));
	str_free(&s);
	diag_list_free(l);
	return 0;
}
