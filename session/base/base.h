/* base.h - the map of this folder; nothing to include.
 *
 * Map of session/base: what any C program needs. Knows only itself: no text
 * format of posedge, no design, no session.
 *
 *   mem own               memory that is always there; small owners
 *   str utf8 base64 json  strings, characters, encodings
 *   err log crash         failures as sentences, decisions and why, the last things before the end
 *   file remove_tree      files read whole and saved atomically, folders made and removed
 *   path sweep tar        paths, left-overs, archives
 *   hash                  SHA-256
 *   loop task child       the one thread's loop, code that waits, other programs
 *   last_words            how another program ended
 *   jsonrpc peer          messages of JSON-RPC; a program that is talked to in them
 */
#ifndef POSEDGE_BASE_H
#define POSEDGE_BASE_H
#endif
