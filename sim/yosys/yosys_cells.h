/* yosys_cells.h - the cells of a netlist as yosys writes it (`write_json`): their pins,
 * the numbers of their nets, and what kind they are.
 *
 * Pure. A net is a number from 1 to YNET_BITS_MAX - 1; 0 is a constant, or invalid.
 */
#ifndef POSEDGE_YOSYS_CELLS_H
#define POSEDGE_YOSYS_CELLS_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#define YNET_BITS_MAX (4u << 20) /* nets per netlist */

int ycell_net(const cJSON *bit);
const cJSON *ycell_pin(const cJSON *cell, const char *name); /* NULL: it has none */
int ycell_pin_net(const cJSON *cell, const char *name);	     /* 0 unless it has one bit */
bool ycell_is_one(const cJSON *cell, const char *parameter); /* its lowest bit is 1 */
bool ycell_is_output(const cJSON *cell, const char *pin);    /* the cell drives that pin */
bool ycell_is_register(const cJSON *cell);		     /* it waits for an edge at CLK */
bool ycell_is_latch(const char *type);

#endif
