/* circuit_pins.h - resolves connections by position in Verilator's XML.
 *
 * For "counter u(clk, rst, q);" it names the connections __pinNumber1 and so on, and
 * gives each port of a module its number. An instance may come before its module, so
 * both are recorded and matched at the end of the design.
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

/* Records that variable var is the module's port `number`, from 1; ignored if that
 * is not a number. */
void circuit_pins_port(struct circuit_pins *p, uint32_t module, uint32_t var, const char *number);
/* Records the name of a child's PORT node; ignored unless it is by position. */
void circuit_pins_use(struct circuit_pins *p, uint32_t child, uint32_t node, const char *name);

/* Call after circuit_finish(): gives the nodes the names of their ports. A node
 * keeps its number if the module has no source or no such port. */
void circuit_pins_end(struct circuit_pins *p, struct circuit *c);

#endif
