/* cpp_texts.h - the files of cpp/, as the build embeds them (cpp_data): our parts of a
 * model that Verilator translates. */
#ifndef POSEDGE_CPP_TEXTS_H
#define POSEDGE_CPP_TEXTS_H

/* Our own main(): a failed check does not end the run, as in other simulators, or, if
 * it cannot be told from $stop, ends it normally instead of by abort(); the counts are
 * also written when a second $finish exits at once; a testbench without $dumpvars gets
 * waves as well; and SIGTERM lets it print buffered output: between two steps of the
 * model, or, if a step does not end, from the thread that waits for the signal. */
extern const char cpp_main[];

/* Two orderings of Verilator 5.006 differ from all other simulators, and testbenches
 * depend on theirs:
 *
 * Processes that wake at the same time are kept in a heap, so their order is
 * arbitrary; the one that waited first must resume first, since two processes may
 * set one signal. push_heap and pop_heap are replaced by a sort that keeps this
 * order.
 *
 * A process that starts waiting misses the change that logic makes right after: "a =
 * 0; wait (y == 1);" hangs if y follows a, and so does "a = 0; @(posedge y);".
 * Waking too early is harmless, since "wait" tests its condition again and an edge
 * caused by logic comes only after its cause. The copy of a source sets
 * posedge_waits to the line of such a statement (session/testbench/checks_mend.c), and
 * a process suspended there is ready at once.
 *
 * $sscanf of a vector begins with the zero bytes before its text, as after $fgets, and
 * finds nothing: they are left out. */
extern const char cpp_in_order[];

/* After it, for the model's code; the library uses Verilator's originals. */
extern const char cpp_in_models[];

/* Verilator 5.006 makes a trigger vector in each model; most have few triggers. */
extern const char cpp_in_use[];

/* A plugin of the compiler. 15 is PLUGIN_PRAGMAS. With at_eof the compiler settles which
 * functions are external at once, not at the end of the model. */
extern const char cpp_instances[];

/* A model that must link with what the header has made external, and its main(). */
extern const char cpp_probe[], cpp_probe_main[];

#endif
