#include "config.h"

#include "session/text/md_row.h"

struct slice md_plain(struct slice s)
{
	s = slice_trim(s);
	while (s.n > 1 && strchr("`*", s.p[0]) && s.p[s.n - 1] == s.p[0])
		s = slice_trim((struct slice){ s.p + 1, s.n - 2 });
	return s;
}

bool md_cell(struct slice *row, struct slice *cell)
{
	const char *bar = row->n ? memchr(row->p, '|', row->n) : NULL;
	size_t len = bar ? (size_t)(bar - row->p) : row->n;

	*cell = md_plain((struct slice){ row->p, len });
	*row = slice_from(*row, bar ? len + 1 : len);
	return bar || cell->n;
}

bool md_is_rule(struct slice row)
{
	return slice_only(row, "|-: ");
}
