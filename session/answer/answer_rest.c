/* If nothing was taken from an answer, this says what in it the user may have
 * wanted, and what would help. Tables, drawings, tool output and commands to run
 * are not files and are not mentioned.
 */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_hidden.h"
#include "session/answer/answer_name.h"
#include "session/answer/answer_shell.h"
#include "session/base/word_table.h"

/* Languages of files; others are drawings and the like. */
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
		"systemc",    "psl",	    "sby",  "tool_code", "vim",	  "awk",	"sed",
		NULL
	};

	return words_has(names, language);
}

/* True for editors: their commands change the file they are given. */
static bool is_editor(const char *language)
{
	return strcmp(language, "vim") == 0 || strcmp(language, "ed") == 0 ||
	       strcmp(language, "sed") == 0;
}

/* The file named in the last line above part i; empty: none, or several. */
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

	if (!how && part->language && is_editor(part->language))
		how = part->language;
	if (how && (shell || !part->language || writes_files(part->language)))
		placer_refuse(p, i,
			      "the answer has commands that would change files (%.*s), and posedge "
			      "runs none: ask for the "
			      "whole file or a diff",
			      (int)slice_trim(slice_of(how)).n, how);
	else if (shell)
		return false;
	else if (part->language && writes_files(part->language))
		placer_refuse(p, i, "a block of %s that names no file: %s PATH takes it as one",
			      part->language, placer_file_option(p));
	else if (path.n && !part_is_foreign(part) && !name_is_verilog(path))
		placer_refuse(p, i, "a block that may be %.*s: %s %.*s takes it as that",
			      (int)path.n, path.p, placer_file_option(p), (int)path.n, path.p);
	else
		return false;
	return true;
}

/* "1. Replace": a line that begins with an instruction to change something. */
static bool orders_change(struct slice line)
{
	static const char *const words[] = { "Replace ", "Change ",   "Ersetze ",     "Remplace",
					     "Ändere ",	 "Reemplaza", "Sostituisci ", NULL };
	struct slice s = slice_trim(line);

	while (s.n && strchr("0123456789.-*) \t", s.p[0]))
		s = slice_from(s, 1);
	return slice_starts_any(s, words);
}

/* "Line 3 of x.sv should be `a;`": one piece of code, with words that require it. */
static bool wants_line(struct slice line, size_t ticks)
{
	static const char *const words[] = { "should be", "should read", "must be",
					     "must read", "becomes",	 "doit ",
					     "muss ",	  "sollte ",	 NULL };
	struct slice path;

	return ticks >= 2 && slice_find(line, ";`") < line.n &&
	       name_from_line(line, &path) != NAME_NONE && slice_finds_any(line, words);
}

/* "Replace `a` with `b` in `x.sv`." */
static bool tells_change(struct slice prose)
{
	static const char *const words[] = { "eplace ", "hange ", "rsetze ", "emplace", "eemplaz",
					     "ostitui", "~~",	  "→",	     "` -> `",	NULL };
	bool said = false, named = false, told = false;
	size_t pieces = 0;
	struct slice path;

	while (prose.n) {
		struct slice line = slice_line(&prose);
		bool word = slice_finds_any(line, words),
		     code = slice_indent(line) >= 4 && !slice_blank(line) &&
			    slice_trim(line).p[slice_trim(line).n - 1] == ';';
		size_t ticks = 0;

		for (size_t i = 0; i < line.n && line.n < 2000; i++)
			ticks += line.p[i] == '`';
		word |= slice_starts(slice_trim(line), "|");
		/* Two pieces of code, each in a paragraph of its own. */
		pieces += code;
		told |= word;
		said |= (word && ticks >= 4) || (told && pieces >= 2);
		named |= name_from_line(line, &path) != NAME_NONE;
		if (word && ticks >= 4 &&
		    (name_from_line(line, &path) != NAME_NONE || orders_change(line)))
			return true;
		if (wants_line(line, ticks))
			return true;
	}
	return said && named;
}

/* True if there are only thoughts and blanks. */
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

/* True if all blocks are empty and there is no sentence around them. */
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

/* True for a command outside of blocks. */
static bool has_command(struct slice prose)
{
	static const char *const words[] = {
		"sed -i", "perl -", "patch ", "git apply", "ed ", NULL
	};

	while (prose.n) {
		struct slice s = slice_trim(slice_line(&prose)), path;

		if (slice_starts(s, "$ "))
			s = slice_from(s, 2);
		if (slice_starts_any(s, words) && name_from_line(s, &path) != NAME_NONE)
			return true;
	}
	return false;
}

static bool is_example(const struct answer_part *part)
{
	return part->language && strcmp(part->language, "example") == 0;
}

/* Gemma 4 writes call:edit{path:<|"|>...}, which is not read. */
static bool calls_editor(struct slice text)
{
	size_t at = slice_find(text, "call:");
	struct slice name = slice_from(text, at < text.n ? at + 5 : at);
	size_t n = slice_word(name);

	return n && slice_starts(slice_from(name, n), "{") &&
	       (slice_find(name, "old_str") < name.n || slice_find(name, "content:") < name.n);
}

/* Reports code in a form that is not read. */
static bool tell_hidden(struct placer *p, size_t i)
{
	struct slice text = part_text(&p->parts->v[i]), module = hidden_module(text);
	enum hidden_json json = hidden_json(text);

	if (json == HIDDEN_CUT)
		placer_refuse(p, i,
			      "the answer has JSON that ends before it is complete: ask again");
	else if (json == HIDDEN_BROKEN)
		placer_refuse(p, i,
			      "the answer has a file in JSON that cannot be read: ask for it in a "
			      "block of code");
	else if (module.n)
		placer_refuse(p, i,
			      "the answer has a module %.*s in a form that is not read: ask for "
			      "it in a block of code",
			      (int)(module.n < 100 ? module.n : 100), module.p);
	else if (calls_editor(text))
		placer_refuse(
			p, i,
			"the answer calls a tool that changes a file, and posedge has none: ask "
			"for a diff, or for the whole file");
	else if (hidden_base64(text))
		placer_refuse(p, i,
			      "the answer has a file that is encoded: ask for it in a block of "
			      "code");
	else
		return false;
	return true;
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
			return; /* one report is enough */
		if (part->kind == PART_PROSE && tells_change(part_text(part))) {
			placer_refuse(
				p, i,
				"the answer describes a change in a sentence: ask for a diff, or "
				"for the whole file");
			return;
		}
		if (part->kind == PART_PROSE &&
		    (slice_find(part_text(part), "`sed -i") < part->len ||
		     slice_find(part_text(part), "`perl -") < part->len ||
		     has_command(part_text(part)))) {
			placer_refuse(p, i,
				      "the answer has a command that would change files, and "
				      "posedge runs none: ask for the whole file or a diff");
			return;
		}
	}
	for (size_t i = 0; i < p->parts->n; i++)
		if (p->parts->v[i].kind != PART_REASONING && !is_example(&p->parts->v[i]) &&
		    tell_hidden(p, i))
			return;
}

/* True if a placed file has a module of that name. */
static bool was_placed(const struct placer *p, struct slice name)
{
	char *words = str_fmt("module %.*s", (int)name.n, name.p);
	bool yes = false;

	for (size_t i = 0; i < p->out->n && !yes; i++)
		yes = p->out->v[i].proposed && strstr(p->out->v[i].proposed, words) != NULL;
	free(words);
	return yes;
}

void answer_note_unread(struct placer *p)
{
	for (size_t i = 0; i < p->parts->n; i++) {
		const struct answer_part *part = &p->parts->v[i];
		struct slice name = part->kind == PART_PROSE ? hidden_module(part_text(part))
							     : (struct slice){ NULL, 0 };

		if (name.n == 0 || name.n > 100 || was_placed(p, name))
			continue;
		placer_note(p,
			    "the answer also has a module %.*s in a form that is not read: ask for "
			    "it in a block of code",
			    (int)name.n, name.p);
		return;
	}
}

void answer_doubt_warned(struct placer *p)
{
	for (size_t k = 0; k < p->out->n; k++) {
		struct placed *f = &p->out->v[k];
		size_t i = p->parts->n;

		while (i > 0 && p->out->taken[p->origin[i - 1]] != f->path)
			i--;
		if (i == 0 || f->new_file || !answer_warns_of(p->parts, i - 1) ||
		    answer_says_mended(p->parts, i - 1))
			continue;
		f->thin = true;
		placer_note(p,
			    "%s: the answer says not to write it so: look whether it is only "
			    "an example; it is not applied unasked",
			    f->path);
	}
}

void answer_doubt_half(struct placer *p)
{
	for (size_t k = 0; k < p->out->n; k++) {
		struct placed *f = &p->out->v[k];

		if (!strv_has(&p->failed, f->path))
			continue;
		f->thin = true;
		placer_note(p,
			    "%s: only some of the changes to it could be placed; they are not "
			    "applied unasked",
			    f->path);
	}
}
