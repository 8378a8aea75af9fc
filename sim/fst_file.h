/* fst_file.h - an FST file as GTKWave's library writes it: what is where in it.
 *
 * The format is a list of blocks, each with its kind and its length: one header,
 * the widths of all nets, the names, and sections with the changes of a stretch of
 * time. Within a section each net has a chain of its own, compressed, so that
 * those of a few nets can be read without the others. (Source: the writer in
 * fstapi.c, which comes with Verilator and GTKWave.)
 *
 * Nets are handles, counted from 0. Input is hostile. Limits: 4 million nets,
 * 65536 sections, 1 GB of names, 256 MB of one chain, 64 million times in a section.
 */
#ifndef POSEDGE_FST_FILE_H
#define POSEDGE_FST_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

#define FST_TEXT UINT32_MAX /* width of a net whose values are strings of any length */
#define FST_REAL 0	    /* and of one whose values are reals */

struct fst_section {
	uint64_t offset, len; /* of what follows its length in the file */
	uint64_t begin, end;  /* times */
	unsigned char kind;
	size_t n_times;
};

struct fst_file {
	int fd;
	uint64_t size;
	uint64_t begin, end; /* times */
	int exponent;	     /* of the unit of time: 10^exponent seconds */
	bool swapped;	     /* reals have their bytes the other way round */
	bool unfinished;     /* its writer did not get to the end */
	uint32_t *widths;    /* bits, FST_REAL or FST_TEXT; n_nets of them */
	size_t n_nets;
	unsigned char *names; /* see fst_names.h */
	size_t names_len;
	struct fst_section *sections;
	size_t n_sections;
};

/* Reads all but the sections' contents; fd stays the caller's. name: for sentences,
 * and names that an unfinished file has beside it are looked for as NAME.hier.
 * ERR_PARSE, ERR_LIMIT, ERR_IO: in a sentence why not; f is empty then. */
bool fst_file_read(struct fst_file *f, int fd, const char *name, struct err *err);
void fst_file_fini(struct fst_file *f);

/* For files that name no widths: they follow from the names. */
void fst_file_set_widths(struct fst_file *f, uint32_t *take, size_t n);

/* A section that was opened. */
struct fst_open {
	uint64_t *times; /* never going down */
	size_t n_times;
	uint64_t *chains; /* where each net's begins in the file; 0: it has none */
	uint32_t *lengths;
	size_t n_chains;
	unsigned char
		*frame; /* every net's value before the section, one after the other; or NULL */
	size_t frame_len;
	unsigned char packing; /* '4', 'F' or any other for zlib */
};

/* False: it is damaged; *o is empty. */
bool fst_section_open(const struct fst_file *f, size_t section, struct fst_open *o);
void fst_section_close(struct fst_open *o);
size_t fst_section_bytes(const struct fst_open *o); /* of memory */

/* The chain of a net that has one, unpacked; the caller frees *out. */
bool fst_chain(const struct fst_file *f, const struct fst_open *o, size_t net, unsigned char **out,
	       size_t *len);

/* A number of seven bits a byte, the low ones first; NULL: it does not end before
 * end, or is too large. */
const unsigned char *fst_number(const unsigned char *p, const unsigned char *end, uint64_t *out);

#endif
