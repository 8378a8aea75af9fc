/* circuit_pins.h - which port a connection by position in Verilator's XML means.
 *
 * Of "counter u(clk, rst, q);" it names the connections __pinNumber1 and so on, and gives each
 * port of a module its number. An instance may stand before its module, so both are noted and
 * laid on each other when the design has ended.
 */
#ifndef POSEDGE_CIRCUIT_PINS_H
#define POSEDGE_CIRCUIT_PINS_H

#include <stddef.h>
#include <stdint.h>

struct circuit;

struct circuit_pins {
	struct pin_port *ports;
	size_t n_ports, cap_ports;
	struct pin_use *uses;
	size_t n_uses, cap_uses;
};

void circuit_pins_fini(struct circuit_pins *p);

/* Variable var of module is its port of this number, from 1; another text: it is not one. */
void circuit_pins_port(struct circuit_pins *p, uint32_t module, uint32_t var, const char *number);
/* The PORT node of a child is called name; any but one by position is left out. */
void circuit_pins_use(struct circuit_pins *p, uint32_t child, uint32_t node, const char *name);

/* After circuit_finish(): the nodes get the names of their ports. One of a module without a
 * source, or that has no such port, keeps its number. */
void circuit_pins_end(struct circuit_pins *p, struct circuit *c);

#endif
