/* ddmin.h - finds the smallest set of parts with which a test still passes.
 *
 * Delta debugging (Zeller, Hildebrandt, "Simplifying and isolating
 * failure-inducing input", 2002), with "passes" for their "fails". The result is
 * 1-minimal: the test fails if any single part is removed. A smaller set may
 * exist if parts only work together. Each set is tested once. Knows nothing about
 * the test.
 */
#ifndef POSEDGE_DDMIN_H
#define POSEDGE_DDMIN_H

#include <stdbool.h>
#include <stddef.h>

enum ddmin_answer { DDMIN_FAILS, DDMIN_PASSES, DDMIN_STOP };

/* set[i]: part i of n is included. May wait, in a task. */
typedef enum ddmin_answer ddmin_test(void *ctx, const bool *set, size_t n);

/* set: n flags, on entry a set that is known to pass, on return the smallest one
 * found. False if the test returned DDMIN_STOP; set is valid then, too. */
bool ddmin(bool *set, size_t n, ddmin_test *test, void *ctx);

#endif
