#include "config.h"

#include "sim/sim.h"

#include <stddef.h>

const struct simulator_ops *const simulator_table[] = {
	&simulator_verilator, &simulator_icarus, &simulator_fake, &simulator_command, NULL,
};
