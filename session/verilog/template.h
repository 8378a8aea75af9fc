/* template.h - text generated from a module's ports: an instance, a testbench. Pure. */
#ifndef POSEDGE_TEMPLATE_H
#define POSEDGE_TEMPLATE_H

#include "session/verilog/lang.h"

struct str;
struct vmodule;

/* Adds "counter #(.WIDTH(WIDTH)) u_counter (.clk(clk), ...);" with one port per line. */
void template_instance(const struct vmodule *m, enum lang lang, struct str *out);

/* Adds a testbench NAME_tb with clock, reset, dump, time limit, and one check
 * that fails until the user completes it. It lints without errors and runs in
 * both engines. Clock and reset are recognised by name (clk, clock, ck; rst,
 * reset, active low with _n, n or _b); without a clock it drives inputs and
 * waits. */
void template_testbench(const struct vmodule *m, enum lang lang, struct str *out);

/* A new module NAME with its spec and testbench, for `posedge new`. */
void template_module(const char *name, enum lang lang, struct str *rtl);
void template_module_testbench(const char *name, enum lang lang, struct str *tb);
void template_spec(const char *name, struct str *out);

#endif
