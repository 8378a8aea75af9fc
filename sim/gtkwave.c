#include "config.h"
#include "sim/sim.h"
static bool av(char **v, struct err *err) { *v = 0; return false; }
const struct viewer_ops viewer_gtkwave = { .name = "gtkwave", .needs = "gtkwave", .available = av };
