/* print_task.h - which system tasks print, in all their forms: $displayb, $fmonitorh.
 *
 * IEEE 1800-2017, 20.10 and 21.2 to 21.3. Knows the names, not the arguments. Pure.
 */
#ifndef POSEDGE_PRINT_TASK_H
#define POSEDGE_PRINT_TASK_H

#include <stddef.h>

enum print_task {
	PRINT_NONE,	/* it prints nothing */
	PRINT_OUT,	/* $display, $write, $strobe, $monitor */
	PRINT_SEVERITY, /* $info, $warning, $error, $fatal */
	PRINT_FILE,	/* $fdisplay and so on: the first argument is a file */
	PRINT_TEXT,	/* $swrite, $sformat: the first argument gets the text */
	PRINT_RESULT,	/* $sformatf: its value is the text */
};

enum print_task print_task(const char *name, size_t len); /* name: with its `$` */

#endif
