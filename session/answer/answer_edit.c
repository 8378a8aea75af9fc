/* Edits in the formats that models know from tools.
 *
 *	<<<<<<< SEARCH		Aider, Roo, Cline (with dashes and pluses)
 *	old lines
 *	=======
 *	new lines
 *	>>>>>>> REPLACE
 *
 *	--- a/x.v		unified diffs, also context and normal ones
 *	+++ b/x.v
 *	@@ -1,3 +1,4 @@
 *
 * The difficulty of a diff in prose is to find its end. The counts of a hunk
 * announce how many lines follow, but models count badly. So a line that cannot be
 * part of a diff ends it, even if lines are missing; and a line that can continues
 * it, unless no lines are missing and an empty line came between.
 */
#include "config.h"

#include "session/answer/answer_edit.h"

#include <string.h>

#include "session/answer/answer_fence.h"
#include "session/text/patch.h"
#include "session/text/patch_form.h"

#define MOST_MARKS 20 /* of one line */

/* Search/replace blocks */

static bool marker(struct slice line, char c, const char *word, const char *other)
{
	struct slice s = slice_trim(line);
	size_t n = slice_run(s, c);

	if (n < 3 || n > MOST_MARKS)
		return false;
	s = slice_trim(slice_from(s, n));
	if (n < 5) /* "--- SEARCH" may name a file, "  <<< SEARCH" shift */
		return strchr("<>", c) && line.p[0] == c &&
		       (slice_is(s, word) || slice_is(s, other));
	return slice_starts(s, word) || slice_starts(s, other);
}

/* Seven marks at the start of a line, as merge tools write them. */
static bool conflict_mark(struct slice line, char c)
{
	line = slice_chomp(line);
	return slice_run(line, c) == 7 && (line.n == 7 || line.p[7] == ' ');
}

bool edit_conflict_starts(struct slice line)
{
	return conflict_mark(line, '<') && !marker(line, '<', "SEARCH", "ORIGINAL");
}

/* The markers of Aider and Roo, and Cline's dashes and pluses. */
bool edit_starts(struct slice line)
{
	return edit_conflict_starts(line) || marker(line, '<', "SEARCH", "ORIGINAL") ||
	       marker(line, '-', "SEARCH", "SEARCH");
}

/* width: number of marks in the opening line. */
static bool edit_divides(struct slice line, size_t width)
{
	struct slice s = slice_trim(line);

	return ((s.n >= 5 && s.n <= 9) || s.n == width) && slice_run(s, '=') == s.n;
}

static bool edit_ends(struct slice line)
{
	return conflict_mark(line, '>') || marker(line, '>', "REPLACE", "UPDATED") ||
	       marker(line, '+', "REPLACE", "REPLACE");
}

bool edit_is_mark(struct slice line)
{
	return edit_starts(line) || edit_divides(line, 7) || edit_ends(line);
}

static bool is_line_number(struct slice line)
{
	size_t word = slice_starts(line, ":start_line") ? 11
		      : slice_starts(line, ":end_line") ? 9
							: 0;

	return word && word < line.n && strchr(":=> ", line.p[word]);
}

/* Roo puts ":start_line:7" and then "-------" above the quoted lines; models put it above the new
 * ones, too. */
static void skip_line_numbers(struct slice *rest)
{
	struct slice ahead = *rest, line = slice_trim(slice_line(&ahead));
	size_t n = 0;

	while (is_line_number(line)) {
		*rest = ahead;
		line = slice_trim(slice_line(&ahead));
		n++;
	}
	if (n && line.n >= 5 && slice_run(line, '-') == line.n)
		*rest = ahead;
}

/* Takes the fence around a side off; false: there is none. */
static bool unfence(struct slice *side, struct slice *fence)
{
	struct slice rest = *side, body, line = { side->p, 0 };
	struct fence f;

	*fence = slice_line(&rest);
	body = (struct slice){ rest.p, 0 };
	if (!fence_opens(*fence, &f))
		return false;
	while (rest.n) {
		line = slice_line(&rest);
		if (fence_closes(line, &f) && slice_blank(rest))
			break;
		body.n += line.n;
		line.n = 0;
	}
	*side = line.n ? body : *side;
	return line.n > 0;
}

/* Removes the fences if each side has its own and they are alike: they are hardly part of the
 * file. */
static void unfence_both(struct edit *e)
{
	struct slice search = e->search, text = e->text, one, other;

	if (!e->cut && unfence(&search, &one) && unfence(&text, &other) &&
	    slice_equal(slice_trim(one), slice_trim(other))) {
		e->search = search;
		e->text = text;
	}
}

struct edit edit_read(struct slice open, struct slice *rest)
{
	struct edit e = { .cut = true };
	struct slice *side = &e.search, marks = slice_trim(open);
	size_t width = marks.n ? slice_run(marks, marks.p[0]) : 0;

	skip_line_numbers(rest);
	e.search = (struct slice){ rest->p, 0 };
	while (rest->n) {
		struct slice ahead = *rest;
		struct slice line = slice_line(&ahead);

		if (edit_starts(line))
			return e;
		*rest = ahead;
		if (edit_ends(line)) {
			e.cut = side == &e.search;
			unfence_both(&e);
			return e;
		}
		/* the common base of both sides */
		if (side == &e.search && conflict_mark(line, '|')) {
			while (rest->n &&
			       !edit_divides(slice_line(&(struct slice){ rest->p, rest->n }), 7))
				slice_line(rest);
			continue;
		}
		if (side == &e.search && edit_divides(line, width)) {
			side = &e.text;
			skip_line_numbers(rest);
			e.text = (struct slice){ rest->p, 0 };
		} else {
			side->n += line.n;
		}
	}
	return e;
}

/* Unified diffs */

static bool starts_after(struct slice *rest, const char *prefix)
{
	return slice_starts(slice_line(rest), prefix);
}

static bool git_head(struct slice line)
{
	return slice_starts(line, "diff --git ") || slice_starts(line, "diff --cc ") ||
	       slice_starts(line, "diff --combined ");
}

/* Called for each line of an answer; nearly none can start a diff, so check the
 * first byte. */
bool diff_starts(struct slice rest)
{
	struct slice s = slice_from(rest, slice_indent(rest));

	if (!s.n || !s.p[0] || !strchr("d*-0123456789\r", s.p[0]))
		return false;
	return git_head(rest) || patch_context_starts(rest) || patch_normal_starts(rest) ||
	       (starts_after(&rest, "--- ") && starts_after(&rest, "+++ "));
}

static struct slice path_after(struct slice line, size_t word);
static bool names_file(struct slice path);

/* True if the two lines name one file; *rest: what follows them. */
static bool same_names(struct slice *rest)
{
	struct slice a = slice_line(rest), b = slice_line(rest);
	struct slice was = path_after(a, 4), now = path_after(b, 4);

	if (slice_starts(was, "a/") && slice_starts(now, "b/")) {
		was = slice_from(was, 2);
		now = slice_from(now, 2);
	}
	return names_file(was) && was.n == now.n && memcmp(was.p, now.p, was.n) == 0;
}

/* The lines that svn and cvs put above the names. */
static bool index_head(struct slice rest)
{
	return slice_starts(slice_line(&rest), "Index: ") && slice_starts(rest, "====");
}

/* Stricter, for between hunks, where "--- a" may be a removed line "-- a": an @@ line
 * follows, or both lines name the same file. */
static bool next_file(struct slice rest)
{
	struct slice here = rest;
	bool names = starts_after(&rest, "--- ") && starts_after(&rest, "+++ ");

	return git_head(here) || index_head(here) || patch_context_starts(here) ||
	       (names && (slice_starts(rest, "@@") || same_names(&here)));
}

/* The diff starts here, whatever precedes it: the header of a mail, or "Index:". */
struct slice diff_within(struct slice block)
{
	struct slice rest = block;

	while (rest.n) {
		struct slice ahead = rest;

		if (next_file(rest))
			return rest;
		slice_line(&ahead);
		rest = ahead;
	}
	return (struct slice){ block.p, 0 };
}

bool diff_is(struct slice block)
{
	while (block.n) {
		struct slice ahead = block;

		if (!slice_blank(slice_line(&ahead)))
			return diff_starts(block) || slice_starts(block, "@@ -") ||
			       slice_starts(block, "@@@");
		block = ahead;
	}
	return false;
}

static bool head_line(struct slice line)
{
	static const char *const starts[] = {
		"diff --",	"index ",    "Index: ",		 "====",
		"--- ",		"+++ ",	     "new file mode",	 "deleted file mode",
		"old mode",	"new mode",  "similarity index", "dissimilarity index",
		"rename from",	"rename to", "copy from",	 "copy to",
		"Binary files", NULL
	};

	return slice_starts_any(line, starts);
}

/* Lines that a hunk's counts announce and that are still missing. */
struct owed {
	bool hunk;
	size_t old_n, new_n;
};

static void pay(struct owed *o, char tag)
{
	if (tag != '+' && o->old_n)
		o->old_n--;
	if (tag != '-' && o->new_n)
		o->new_n--;
}

static bool body_line(struct slice line, struct owed *o, bool after_space)
{
	bool paid = o->old_n == 0 && o->new_n == 0;

	if (line.p[0] != ' ' && line.p[0] != '+' && line.p[0] != '-' && line.p[0] != '\\')
		return false;
	if (paid && after_space)
		return false;
	if (line.p[0] != '\\')
		pay(o, line.p[0]);
	return true;
}

static struct slice take_unified(struct slice *rest, bool *cut)
{
	struct slice taken = { rest->p, 0 }, r = *rest;
	struct owed owed = { 0 };
	bool after_space = false, moves = false; /* a rename may have no hunk */
	bool dash = false;			 /* the last line may grow into a signature's "--
						  * " */

	while (r.n) {
		struct slice here = r, line = slice_line(&r);
		bool empty = slice_chomp(line).n == 0;

		if (next_file(here) || (!owed.hunk && head_line(line))) {
			owed = (struct owed){ 0 };
			moves = slice_starts(line, "rename to ") ||
				slice_starts(line, "copy to ") || (moves && !next_file(here));
		} else if (slice_starts(line, "@@")) {
			owed = (struct owed){ .hunk = true };
			patch_hunk_counts(line.p, line.n, &owed.old_n, &owed.new_n);
		} else if (empty && owed.old_n) {
			pay(&owed, ' ');
		} else if (empty) {
			after_space = true;
			continue;
		} else if (owed.hunk && owed.old_n == 0 && owed.new_n == 0 &&
			   (slice_is(slice_chomp(line), "-- ") ||
			    slice_is(slice_chomp(line), "--"))) {
			break; /* a mail's signature */
		} else if (!owed.hunk || !body_line(line, &owed, after_space)) {
			break;
		}
		after_space = false;
		dash = r.n == 0 && (slice_is(line, "-") || slice_is(line, "--"));
		taken.n = (size_t)(line.p + line.n - taken.p);
	}
	*rest = slice_from(*rest, taken.n);
	/* If more text follows, the counts are simply wrong; "@" may become "@@",
	 * and a name at the very end a longer one. */
	*cut = dash || (!owed.hunk && !(moves && taken.p[taken.n - 1] == '\n')) ||
	       slice_is(*rest, "@") || (slice_blank(*rest) && (owed.old_n || owed.new_n));
	return taken;
}

/* Context and normal diffs: takes them up to a line that does not belong. */
static struct slice take_other(struct slice *rest, bool context, bool *cut)
{
	static const char *const starts[2][9] = {
		{ "< ", "> ", "---", "\\", "<\n", ">\n", NULL },
		{ "*** ", "--- ", "***", "  ", "! ", "+ ", "- ", "\\", NULL },
	};
	struct slice taken = { rest->p, 0 }, r = *rest;

	while (r.n) {
		struct slice here = r, line = slice_line(&r);
		bool ours = !context && patch_normal_starts(here);

		for (size_t i = 0; starts[context][i] && !ours; i++)
			ours = slice_starts(line, starts[context][i]);
		if (ours)
			taken.n = (size_t)(line.p + line.n - taken.p);
		else if (!slice_blank(line) || !context)
			break;
	}
	*rest = slice_from(*rest, taken.n);
	*cut = slice_blank(*rest) && !patch_form_is_complete(taken);
	return taken;
}

struct slice diff_take(struct slice *rest, bool *cut)
{
	if (patch_context_starts(*rest) || patch_normal_starts(*rest))
		return take_other(rest, patch_context_starts(*rest), cut);
	return take_unified(rest, cut);
}

bool diff_is_complete(struct slice diff)
{
	bool cut;

	if (patch_form(diff) != FORM_UNIFIED)
		return patch_form_is_complete(diff);
	diff_take(&diff, &cut);
	return !cut && slice_blank(diff);
}

struct slice diff_take_file(struct slice *diffs)
{
	struct slice all = *diffs;
	bool hunk = false, names = false;

	while (diffs->n) {
		struct slice ahead = *diffs, line = slice_line(&ahead);
		bool git = git_head(line), stars = patch_context_starts(*diffs);

		if (diffs->p > all.p && ((git && (hunk || names)) || (hunk && next_file(*diffs))))
			break;
		hunk |= stars || slice_starts(line, "@@") || (names && !git && !head_line(line));
		names |= git || (!hunk && slice_starts(line, "+++ "));
		*diffs = ahead;
	}
	all.n -= diffs->n;
	return all;
}

/* The lines before the first hunk. */
struct head {
	struct slice old_path, new_path; /* empty: not given */
	struct slice from, to;		 /* of a rename or a copy, from git's header */
	bool git, moves, copies;
};

/* "2024-05-01", or "Wed May  1" as some diffs write it. */
static bool date_starts(struct slice s)
{
	static const char *const days[] = { "Mon ", "Tue ", "Wed ", "Thu ",
					    "Fri ", "Sat ", "Sun ", NULL };
	static const char shape[] = "dddd-dd-dd";
	size_t n = 0;

	if (slice_starts_any(s, days))
		return true;
	while (n < s.n && n < sizeof(shape) - 1 &&
	       (shape[n] == 'd' ? s.p[n] >= '0' && s.p[n] <= '9' : s.p[n] == '-'))
		n++;
	return n == sizeof(shape) - 1;
}

/* Removes what follows a name: "(modified)", "(revision 12)", a date, a comment. The
 * name before it must have an extension. */
static struct slice without_remark(struct slice s)
{
	for (size_t i = 1; i + 1 < s.n; i++) {
		struct slice after = slice_from(s, i + 1), name = { s.p, i };
		bool remark = s.p[i] == ' ' &&
			      ((after.p[0] == '(' && s.p[s.n - 1] == ')') || date_starts(after) ||
			       slice_starts(after, "#") || slice_starts(after, "//"));

		if (remark && memchr(name.p, '.', name.n))
			return slice_trim(name);
	}
	return s;
}

static struct slice path_after(struct slice line, size_t word)
{
	struct slice s = slice_chomp(slice_from(line, word));
	const char *tab = s.n ? memchr(s.p, '\t', s.n) : NULL;

	if (tab)
		s.n = (size_t)(tab - s.p);
	s = without_remark(slice_trim(s));
	if (s.n > 1 && s.p[0] == '"' && s.p[s.n - 1] == '"')
		s = (struct slice){ s.p + 1, s.n - 2 };
	return s;
}

static bool nothing(struct slice path)
{
	return slice_is(path, "/dev/null");
}

static bool names_file(struct slice path)
{
	return path.n && !nothing(path) &&
	       (memchr(path.p, '.', path.n) || memchr(path.p, '/', path.n) ||
		memchr(path.p, '\\', path.n) || slice_is_nocase(path, "makefile"));
}

/* A diff without git's header renames nothing: "x.v.orig" and "x.v.new" beside "x.v"
 * are that file. */
static void drop_backup(struct slice *longer, struct slice shorter)
{
	static const char *const ends[] = { ".orig", ".old", ".bak", ".new", "~" };
	size_t skip = slice_starts(shorter, "a/") || slice_starts(shorter, "b/") ? 2 : 0;
	struct slice name = slice_from(shorter, skip), end;

	if (longer->n <= shorter.n || name.n == 0 || memcmp(longer->p + skip, name.p, name.n) != 0)
		return;
	end = slice_from(*longer, shorter.n);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (slice_is(end, ends[i]))
			longer->n = shorter.n;
}

/* svn's word for /dev/null. */
static struct slice side_path(struct slice line)
{
	bool none = slice_find(line, "\t(nonexistent)") < line.n;

	return none ? slice_of("/dev/null") : path_after(line, 4);
}

/* True if the hunk that begins here takes lines away, whatever its counts say. */
static bool takes_away(struct slice hunk)
{
	while (hunk.n) {
		struct slice line = slice_line(&hunk);

		if (slice_starts(line, "@@"))
			return false;
		if (slice_starts(line, "-"))
			return true;
	}
	return false;
}

static struct head read_head(struct slice diff)
{
	struct head h = { 0 };

	while (diff.n) {
		bool context = patch_context_starts(diff);
		struct slice line = slice_line(&diff);

		if (context) { /* "*** old", "--- new" */
			h.old_path = path_after(line, 4);
			h.new_path = path_after(slice_line(&diff), 4);
			break;
		}
		if (slice_starts(line, "@@ -0,0 ") && !h.git && h.new_path.n && !takes_away(diff))
			h.old_path = slice_of("/dev/null");
		if (slice_starts(line, "@@"))
			break;
		if (slice_starts(line, "--- "))
			h.old_path = side_path(line);
		else if (slice_starts(line, "+++ "))
			h.new_path = side_path(line);
		else if (git_head(line))
			h.git = true;
		else if (slice_starts(line, "rename from ") || slice_starts(line, "copy from "))
			h.from = path_after(line, slice_starts(line, "rename") ? 12 : 10);
		else if (slice_starts(line, "rename to ") || slice_starts(line, "copy to "))
			h.to = path_after(line, slice_starts(line, "rename") ? 10 : 8);
		h.copies |= slice_starts(line, "copy to ");
	}
	h.moves = h.from.n && h.to.n;
	drop_backup(&h.old_path, h.new_path);
	drop_backup(&h.new_path, h.old_path);
	return h;
}

static bool prefixed(const struct head *h)
{
	return (slice_starts(h->old_path, "a/") || slice_starts(h->old_path, "a\\") ||
		nothing(h->old_path)) &&
	       (slice_starts(h->new_path, "b/") || slice_starts(h->new_path, "b\\") ||
		nothing(h->new_path));
}

struct slice diff_path(struct slice diff)
{
	struct head h = read_head(diff);
	struct slice path = names_file(h.new_path) ? h.new_path : h.old_path;

	if (h.moves)
		return h.to;
	if (!names_file(path))
		return slice_from(path, path.n);
	return prefixed(&h) ? slice_from(path, 2) : path;
}

struct slice diff_old_path(struct slice diff)
{
	struct head h = read_head(diff);

	if (h.moves)
		return h.from;
	if (!names_file(h.old_path) || !names_file(h.new_path))
		return slice_from(h.old_path, h.old_path.n);
	return prefixed(&h) ? slice_from(h.old_path, 2) : h.old_path;
}

bool diff_only_adds(struct slice diff)
{
	struct head h = read_head(diff);
	bool adds = false, hunk = false;

	if (h.old_path.n || h.git)
		return false;
	while (diff.n) {
		struct slice line = slice_line(&diff);

		if (slice_starts(line, "@@")) {
			if (adds || hunk ||
			    (slice_starts(line, "@@ -") && !slice_starts(line, "@@ -0,0 ")))
				return false;
			hunk = true;
		} else if (slice_starts(line, "+") && !slice_starts(line, "+++ ")) {
			adds = true;
		} else if (!slice_blank(line) && !slice_starts(line, "\\") && !head_line(line)) {
			return false;
		}
	}
	return adds;
}

enum diff_purpose diff_purpose(struct slice diff)
{
	struct head h = read_head(diff);

	if (h.moves)
		return h.copies ? DIFF_COPIES : DIFF_RENAMES;
	if (nothing(h.new_path))
		return DIFF_DELETES;
	return nothing(h.old_path) ? DIFF_CREATES : DIFF_CHANGES;
}
