/* hardware.h - a design as hardware: its modules and what they consist of, as
 * elaborated by a tool; and the differences between two designs.
 *
 * Plain data that owns its strings. A module with other parameters is a separate
 * module (fifo, fifo__W4). Knows no tool, no file format and no screen.
 */
#ifndef POSEDGE_HARDWARE_H
#define POSEDGE_HARDWARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct strv;

enum hw_direction { HW_INPUT, HW_OUTPUT, HW_INOUT, HW_INTERFACE };
enum hw_reset { HW_RESET_NONE, HW_RESET_SYNCHRONOUS, HW_RESET_ASYNCHRONOUS };

struct hw_size {
	uint64_t bits;	/* of one element; 0: unknown */
	uint64_t words; /* elements of an array; 0: not an array */
};

/* Each begins with its name; designs are compared by name. */
struct hw_port {
	char *name;
	enum hw_direction direction;
	struct hw_size size;
};

struct hw_parameter {
	char *name, *value; /* value: as a person would write it */
};

struct hw_register {
	char *name; /* with its generate blocks: "lane[0].count" */
	struct hw_size size;
	char *clock; /* "clk rising" */
	enum hw_reset reset;
	char *reset_by; /* "rst_n low"; "" without reset */
};

struct hw_instance {
	char *name, *module; /* module: a hw_module.name */
};

struct hw_name { /* name of a latch, or of a clock: "clk rising" */
	char *name;
};

struct hw_module {
	char *name;   /* "fifo__W4" */
	char *source; /* its name in the source: "fifo" */
	struct hw_port *ports;
	struct hw_parameter *parameters;
	struct hw_register *registers;
	struct hw_instance *instances;
	struct hw_name *latches, *clocks;
	size_t n_ports, n_parameters, n_registers, n_instances, n_latches, n_clocks;
	size_t cap_ports, cap_parameters, cap_registers, cap_instances, cap_latches, cap_clocks;
};

struct hardware {
	struct hw_module *modules;
	size_t n, cap;
};

#define HARDWARE_INIT ((struct hardware){ 0 })

void hardware_fini(struct hardware *h); /* back to empty */

/* Copies the strings. The module is borrowed until the next one is added. */
struct hw_module *hardware_module(struct hardware *h, const char *name, const char *source);
void hw_module_port(struct hw_module *m, const char *name, enum hw_direction d,
		    struct hw_size size);
void hw_module_parameter(struct hw_module *m, const char *name, const char *value);
/* adds its clock too */
void hw_module_register(struct hw_module *m, const struct hw_register *r);
void hw_module_instance(struct hw_module *m, const char *name, const char *module);
void hw_module_latch(struct hw_module *m, const char *name);

const struct hw_module *hardware_find(const struct hardware *h, const char *name); /* NULL: none */
void hardware_drop(struct hardware *h, size_t i);

/* Adds copies of the modules that only from has. */
void hardware_merge(struct hardware *into, const struct hardware *from);

/* Appends one line per difference, "counter: port en added (input, 1 bit)", the
 * most important first: latches, modules, ports, parameters, clocks, registers,
 * instances. The result does not depend on the order in which the designs were
 * built. If they are equal: false, and one line that says so. */
bool hardware_compare(const struct hardware *base, const struct hardware *now, struct strv *lines);

#endif
