/* fst_file.h - the structure of an FST file as written by GTKWave's library.
 *
 * The file is a list of blocks, each with a kind and a length: a header, the widths of
 * all nets, the names, and sections with the changes of a range of time. In a section
 * each net has its own compressed chain, so a few nets can be read without the others.
 * (Source: the writer in fstapi.c, which comes with Verilator and GTKWave.)
 *
 * Nets are handles, counted from 0. Input is hostile. Limits: 4 million nets, 65536
 * sections, 1 GB of names, 256 MB per chain, 64 million times per section.
 */
#ifndef POSEDGE_FST_FILE_H
#define POSEDGE_FST_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

#define FST_TEXT UINT32_MAX /* width of a net with string values of any length */
#define FST_REAL 0	    /* width of a net with real values */

struct fst_section {
	uint64_t offset, len; /* of the section's content after its length field */
	uint64_t begin, end;  /* times */
	unsigned char kind;
	size_t n_times;
};

struct fst_file {
	int fd;
	uint64_t size;
	uint64_t begin, end; /* times */
	int exponent;	     /* unit of time: 10^exponent seconds */
	bool swapped;	     /* reals have the opposite byte order */
	bool unfinished;     /* the writer did not finish it */
	uint32_t *widths;    /* n_nets widths: bits, FST_REAL or FST_TEXT */
	size_t n_nets;
	unsigned char *names; /* see fst_names.h */
	size_t names_len;
	struct fst_section *sections;
	size_t n_sections;
};

/* Reads everything but the sections' contents; fd remains the caller's. name: for
 * messages, and NAME.hier is where an unfinished file keeps its names. On ERR_PARSE,
 * ERR_LIMIT or ERR_IO f is empty. */
bool fst_file_read(struct fst_file *f, int fd, const char *name, struct err *err);
void fst_file_fini(struct fst_file *f);

/* Sets widths derived from the names, for a file without widths; takes ownership of
 * `take`. */
void fst_file_set_widths(struct fst_file *f, uint32_t *take, size_t n);

/* An open section. */
struct fst_open {
	uint64_t *times; /* ascending, possibly equal */
	size_t n_times;
	uint64_t *chains; /* offset of each net's chain in the file; 0: none */
	uint32_t *lengths;
	size_t n_chains;
	/* Concatenated values of all nets before the section; or NULL. */
	unsigned char *frame;
	size_t frame_len;
	unsigned char packing; /* '4' LZ4, 'F' FastLZ, else zlib */
};

/* False: damaged; *o is empty. */
bool fst_section_open(const struct fst_file *f, size_t section, struct fst_open *o);
void fst_section_close(struct fst_open *o);
size_t fst_section_bytes(const struct fst_open *o); /* of memory */

/* Unpacks the chain of a net that has one; the caller frees *out. */
bool fst_chain(const struct fst_file *f, const struct fst_open *o, size_t net, unsigned char **out,
	       size_t *len);

/* Reads a varint, seven bits per byte, low bits first; returns the byte after it.
 * NULL: truncated or too large. */
const unsigned char *fst_number(const unsigned char *p, const unsigned char *end, uint64_t *out);

#endif
