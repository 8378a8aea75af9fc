/* vcd_words.h - converts single words of a value change dump, and describes
 * oddities. */
#ifndef POSEDGE_VCD_WORDS_H
#define POSEDGE_VCD_WORDS_H

#include <stddef.h>

struct str;

/* Appends the states of extended VCD's ports as 0, 1, x and z, whoever drives them. */
void vcd_port_states(struct str *value, const char *s, size_t len);

/* A sentence on the most serious of VCD_ODD_*; NULL: none is set. */
const char *vcd_odd_sentence(unsigned odd);

#endif
