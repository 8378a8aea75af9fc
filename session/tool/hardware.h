/* hardware.h - what a design is as hardware: the modules and what they are made
 * of, as a tool elaborated them; and what differs between two of them.
 *
 * Plain data that owns its strings. A module with other parameters is another
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
	uint64_t bits;	/* of one element; 0 = not known */
	uint64_t words; /* elements of an array; 0 = no array */
};

/* Each begins with its name, by which two designs are compared. */
struct hw_port {
	char *name;
	enum hw_direction direction;
	struct hw_size size;
};

struct hw_parameter {
	char *name, *value; /* value: as a person would write it */
};

struct hw_register {
	char *name; /* with the generate blocks it is in: "lane[0].count" */
	struct hw_size size;
	char *clock; /* "clk rising" */
	enum hw_reset reset;
	char *reset_by; /* "rst_n low"; "" without reset */
};

struct hw_instance {
	char *name, *module; /* module: as in hw_module.name */
};

struct hw_name { /* of a latch; of a clock, "clk rising" */
	char *name;
};

struct hw_module {
	char *name;   /* "fifo__W4" */
	char *source; /* as the source calls it: "fifo" */
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

/* Strings are copied. The module is borrowed until the next one is added. */
struct hw_module *hardware_module(struct hardware *h, const char *name, const char *source);
void hw_module_port(struct hw_module *m, const char *name, enum hw_direction d,
		    struct hw_size size);
void hw_module_parameter(struct hw_module *m, const char *name, const char *value);
void hw_module_register(struct hw_module *m, const struct hw_register *r); /* its clock, too */
void hw_module_instance(struct hw_module *m, const char *name, const char *module);
void hw_module_latch(struct hw_module *m, const char *name);

const struct hw_module *hardware_find(const struct hardware *h, const char *name); /* NULL: none */
void hardware_drop(struct hardware *h, size_t i);

/* Adds copies of those modules of from that into does not have. */
void hardware_merge(struct hardware *into, const struct hardware *from);

/* One line for each difference, "counter: port en added (input, 1 bit)", those
 * that matter most first: latches, modules, ports, parameters, clocks,
 * registers, instances; the same for the same two designs, whatever order they
 * were built in. Nothing differs: one line that says so, and false. */
bool hardware_compare(const struct hardware *base, const struct hardware *now, struct strv *lines);

#endif
