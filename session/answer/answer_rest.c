/* An answer of which nothing was taken must not end in silence: what was in it that
 * a person may have wanted is named, with what would help. A table, a drawing, what
 * a tool printed and commands to run are no files, and are not.
 */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <string.h>

#include "session/answer/answer_name.h"
#include "session/answer/answer_shell.h"

/* Languages that files are written in; others are drawings and the like. */
static bool writes_files(const char *language)
{
	static const char *const names[] = {
		"python",     "py",	    "tcl",  "sdc",	 "xdc",	  "vhdl",	"vhd",
		"makefile",   "make",	    "c",    "cpp",	 "c++",	  "h",		"hpp",
		"yaml",	      "yml",	    "toml", "perl",	 "ruby",  "rust",	"lua",
		"cmake",      "dockerfile", "asm",  "assembly",	 "scala", "chisel",	"bluespec",
		"matlab",     "octave",	    "ed",   "haskell",	 "java",  "javascript", "js",
		"typescript", "ts",	    "html", "css",	 "ini",	  "csv",	"gtkw",
		"lef",	      "upf",	    "qsf",  "ucf",	 "pcf",	  "lpf",	"jsonc",
		"systemc",    "psl",	    "sby",  "tool_code",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(language, names[i]) == 0)
			return true;
	return false;
}

/* The file that the last line above part i names; empty: none, or several. */
static struct slice named_above(const struct placer *p, size_t i)
{
	struct slice s = { NULL, 0 }, line = s, path = s;

	if (i == 0 || p->parts->v[i - 1].kind != PART_PROSE)
		return path;
	s = slice_trim(part_text(&p->parts->v[i - 1]));
	while (s.n)
		line = slice_line(&s);
	return name_from_line(line, &path) == NAME_NONE ? (struct slice){ NULL, 0 } : path;
}

static bool tell_block(struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];
	const char *how = shell_changes(part_text(part));
	struct slice path = named_above(p, i);
	bool shell = part->language && shell_language(slice_of(part->language));

	if (how && (shell || (part->language && writes_files(part->language))))
		placer_refuse(p, i,
			      "the answer has commands that would change files (%s), and posedge "
			      "runs none: ask for the "
			      "whole file or a diff",
			      how);
	else if (shell)
		return false;
	else if (part->language && writes_files(part->language))
		placer_refuse(p, i, "a block of %s that names no file: --file PATH takes it as one",
			      part->language);
	else if (path.n && !part_is_foreign(part) && !name_is_verilog(path))
		placer_refuse(p, i, "a block that may be %.*s: --file %.*s takes it as that",
			      (int)path.n, path.p, (int)path.n, path.p);
	else
		return false;
	return true;
}

/* "Replace `a` with `b` in `x.sv`." */
static bool tells_change(struct slice prose)
{
	static const char *const words[] = { "eplace ", "hange ",  "rsetze ",
					     "emplace", "eemplaz", "ostitui" };
	bool said = false, named = false;
	struct slice path;

	while (prose.n) {
		struct slice line = slice_line(&prose);
		size_t ticks = 0;
		bool word = false;

		for (size_t i = 0; i < line.n && line.n < 2000; i++)
			ticks += line.p[i] == '`';
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			word |= slice_find(line, words[i]) < line.n;
		word |= slice_starts(slice_trim(line), "|") || slice_find(line, "~~") < line.n ||
			slice_find(line, "\xe2\x86\x92") < line.n;
		said |= word && ticks >= 4;
		named |= name_from_line(line, &path) != NAME_NONE;
		if (word && ticks >= 4 && name_from_line(line, &path) != NAME_NONE)
			return true;
	}
	return said && named;
}

/* Thoughts, and nothing behind them but blanks. */
static bool only_thoughts(const struct answer_parts *parts)
{
	bool any = false;

	for (size_t i = 0; i < parts->n; i++) {
		any |= parts->v[i].kind == PART_REASONING;
		if (parts->v[i].kind != PART_REASONING && !slice_blank(part_text(&parts->v[i])))
			return false;
	}
	return any;
}

/* Blocks, and nothing in any of them, nor a sentence around. */
static bool only_empty(const struct placer *p)
{
	bool any = false;

	for (size_t i = 0; i < p->parts->n; i++) {
		any |= p->parts->v[i].kind == PART_CODE;
		if (!slice_blank(part_text(&p->parts->v[i])))
			return false;
	}
	return any;
}

void answer_rest(struct placer *p)
{
	if (only_thoughts(p->parts)) {
		placer_refuse(p, 0,
			      "the answer is only reasoning, with nothing after it: ask again");
		return;
	}
	if (only_empty(p)) {
		placer_refuse(p, 0, "the answer has a block with nothing in it: ask again");
		return;
	}
	for (size_t i = 0; i < p->parts->n; i++) {
		const struct answer_part *part = &p->parts->v[i];

		if (part->kind == PART_CODE && !p->shapes[i].blank && tell_block(p, i))
			return; /* one of them is enough */
		if (part->kind == PART_PROSE && tells_change(part_text(part))) {
			placer_refuse(p, i,
				      "the answer tells a change in a sentence: ask for a diff, or "
				      "for the whole file");
			return;
		}
		if (part->kind == PART_PROSE &&
		    (slice_find(part_text(part), "`sed -i") < part->len ||
		     slice_find(part_text(part), "`perl -") < part->len)) {
			placer_refuse(p, i,
				      "the answer has a command that would change files, and "
				      "posedge runs none: ask for the whole file or a diff");
			return;
		}
		if (part->kind == PART_PROSE &&
		    slice_find(part_text(part), "endmodule`") < part->len) {
			placer_refuse(p, i,
				      "a module stands within a sentence: ask for it in a block");
			return;
		}
	}
}
