/* vcd_words.h - what single words of a value change dump mean, and what is said of odd ones. */
#ifndef POSEDGE_VCD_WORDS_H
#define POSEDGE_VCD_WORDS_H

#include <stddef.h>

struct str;

/* Appends the states of extended VCD's ports, whoever drives them, as 0, 1, x and z. */
void vcd_port_states(struct str *value, const char *s, size_t len);

/* A sentence on the gravest of VCD_ODD_*; NULL: nothing was odd. */
const char *vcd_odd_sentence(unsigned odd);

#endif
