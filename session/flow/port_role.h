/* port_role.h - which ports of a module are clocks and resets, and how wide each port is. Pure.
 *
 * Names decide first: "pclk", "CLOCK_50" and "i_clk" are clocks, "clk_en", "clk_sel" and
 * "clk_rst_n" are not. If no input of one bit has the name of a clock, those with edges in the
 * text are clocks. A name can be misleading, so a role is a good guess, not a fact.
 */
#ifndef POSEDGE_PORT_ROLE_H
#define POSEDGE_PORT_ROLE_H

#include <stdbool.h>
#include <stddef.h>

struct strv;
struct vmodule;
struct vport;

#define PORT_WIDTH_MAX 4096 /* bits */

/* PORT_DATA: an input that is none of the others, of any width. Not an input: PORT_OUTPUT. */
enum port_role { PORT_DATA, PORT_CLOCK, PORT_RESET_HIGH, PORT_RESET_LOW, PORT_OUTPUT };

/* The role of each port, in order; the caller frees. edges: from port_edges(). */
enum port_role *port_roles(const struct vmodule *m, const struct strv *edges);

/* Bits of a port with the default parameters. 0: above PORT_WIDTH_MAX, or not plain bits. */
long port_width(const struct vmodule *m, const struct vport *port);

/* By name alone. */
bool port_is_clock(const char *name);
int port_is_reset(const char *name); /* 1 active high, -1 active low, 0 no reset */

/* Adds the names used in edge events in text, except resets, each once. */
void port_edges(const char *text, size_t len, struct strv *out);

#endif
