/* gtkwave_elsewhere.h - how to view waves from a machine without a display. */
#ifndef POSEDGE_GTKWAVE_ELSEWHERE_H
#define POSEDGE_GTKWAVE_ELSEWHERE_H

struct view_request;

/* "WHY: on your own machine run  scp ...": command lines to copy. The caller frees
 * it. */
char *gtkwave_elsewhere(const struct view_request *r, const char *why);

#endif
