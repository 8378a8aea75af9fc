/* base.h - the map of this folder; declares nothing.
 *
 * Map of session/base: what any C program needs. It includes only its own headers
 * and knows no text format of posedge, no design and no session.
 *
 *   mem own               allocation that never returns NULL; files in folders we keep
 *   str utf8 base64       strings, characters, encodings
 *   count                 the ending of a noun behind a number
 *   word_table            whether a word stands in a table
 *   json json_doc         JSON; texts read into the same memory, such as events
 *   err log crash         failures as sentences, decisions and why, the crash handler
 *   file folder remove_tree  files read whole and saved atomically, folders made and removed
 *   path tar              paths, archives
 *   hash                  SHA-256
 *   loop task             the event loop, code that waits
 *   child spawn           other programs, and their start
 *   rest                  when to stop reading for a moment
 *   both                  two computations at once
 *   late                  libraries loaded when first needed
 *   stderr_tail           how another program ended
 *   jsonrpc peer          JSON-RPC messages; a program that speaks JSON-RPC
 *   peer_link peer_child  what carries them: the port, and a child's stdin and stdout
 */
#ifndef POSEDGE_BASE_H
#define POSEDGE_BASE_H
#endif
