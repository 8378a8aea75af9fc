/* ddmin.h - the smallest set of parts with which a test still passes.
 *
 * Delta debugging (Zeller, Hildebrandt, "Simplifying and isolating failure-
 * inducing input", 2002), with "passes" where they have "fails": the result is
 * 1-minimal, that is, without any one of its parts the test does not pass. A
 * smaller set may exist where parts help only together. Each set is tested
 * once. Knows no test.
 */
#ifndef POSEDGE_DDMIN_H
#define POSEDGE_DDMIN_H

#include <stdbool.h>
#include <stddef.h>

enum ddmin_answer { DDMIN_FAILS, DDMIN_PASSES, DDMIN_STOP };

/* set[i]: part i of n is in. May wait, in a task. */
typedef enum ddmin_answer ddmin_test(void *ctx, const bool *set, size_t n);

/* set: n flags, those of the parts to start from, with which the test is known
 * to pass; the smallest found is left there, also when the test said STOP:
 * false then. */
bool ddmin(bool *set, size_t n, ddmin_test *test, void *ctx);

#endif
