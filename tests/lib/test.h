/* test.h - what every cmocka test includes, in the order cmocka wants it. */
#ifndef POSEDGE_TEST_H
#define POSEDGE_TEST_H

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#endif
