/* design_macros.h - macros that a design uses and none of its files defines. */
#ifndef POSEDGE_DESIGN_MACROS_H
#define POSEDGE_DESIGN_MACROS_H

struct design;
struct project;

/* Gives a value to each that has an obvious one, by adding it to d->defines: one that
 * only names the file of a $dumpfile, since a run's waves have a place of their own,
 * one that the project's description sets where the file's own is silent, and, with a
 * note, one that only another description sets, in the file's folder or above. Adds a note
 * for each other one, with the setting that gives it a value. d->defines must be complete
 * otherwise. */
void design_macros(struct design *d, const struct project *p);

#endif
