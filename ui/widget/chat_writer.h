/* chat_writer.h - wraps text into rows of the transcript; for ui/widget/chat_* only. */
#ifndef POSEDGE_CHAT_WRITER_H
#define POSEDGE_CHAT_WRITER_H

#include "ui/widget/chat_rows.h"

struct chat_writer {
	int cols, rows;
	int first;	 /* rows above this one are only counted */
	chat_row_fn *fn; /* NULL: all are */
	void *ctx;
	const char *mark; /* for the next row */
	uint8_t mark_style;
	bool goes_on; /* the next row does, see struct chat_row */
};

void chat_row_add(struct chat_writer *w, const char *text, size_t len, uint8_t style,
		  const uint8_t *styles);

/* Wraps one line of text into rows. */
void chat_line(struct chat_writer *w, const char *text, size_t len, uint8_t style,
	       const uint8_t *styles);
void chat_paragraph(struct chat_writer *w, const char *text, size_t len, uint8_t style);

#endif
