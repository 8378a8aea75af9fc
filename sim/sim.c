#include "config.h"

#include "sim/sim.h"

#include <stddef.h>

#include "sim/viewer/gtkwave.h"
#include "sim/viewer/surfer.h"

const struct simulator_ops *const simulator_table[] = {
	&simulator_verilator, &simulator_icarus, &simulator_fake, &simulator_command, NULL,
};

const struct viewer_ops *const viewer_table[] = { &viewer_gtkwave, &viewer_surfer, NULL };
