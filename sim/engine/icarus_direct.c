/* Starts ivlpp and ivl directly, without the iverilog driver.
 *
 * What the driver passes to the two programs is learned from the driver itself. It runs
 * with -B naming a folder of ours, where ivlpp and ivl are scripts that record their
 * arguments and files. The words passed to it are markers, one of each kind, so the
 * record is a template: the line of a marker is repeated for each word of that kind.
 * Two more runs, one with several unusual words and one with none, must match the
 * expanded template byte for byte. If they do not, as with a version that behaves
 * differently, the result is stored as unknown, and iverilog is used.
 *
 * Templates are cached by the flags and by the identity of iverilog and the programs it
 * starts, so another installation gets its own.
 */
#include "config.h"

#include "sim/engine/icarus_direct.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "sim/engine/engine.h"
#include "sim/engine/tool_says.h"

#define RECIPE	 "1"
#define ASK_MS	 10000u
#define SAID_MAX (64u << 10)
#define FORM_MAX (256u << 10)
#define UNKNOWN	 "unknown"

/* In the stage, relative to the mirror. */
#define DEFINES_FILE "ivl.defines"
#define FILES_FILE   "ivl.files"
#define MACROS_FILE  "ivl.macros" /* written by ivlpp */
#define CONFIG_FILE  "ivl.config"

enum kind { ROOTS, INCLUDES, DEFINES, PARAMETERS, OUTPUT, SOURCES, N_KINDS };

/* How a word of a kind is written in a file, and its marker. */
static const struct {
	const char *before, *marker;
} kinds[N_KINDS] = {
	[ROOTS] = { "root:", "PosedgeRoot" },	 [INCLUDES] = { "I:", "PosedgeInclude" },
	[DEFINES] = { "D:", "PosedgeDefine=1" }, [PARAMETERS] = { "defparam:", "PosedgeRoot.P=1" },
	[OUTPUT] = { "out:", "PosedgeOutput" },	 [SOURCES] = { "", "PosedgeSource" },
};

struct call {
	struct strv flags, words[N_KINDS];
};

/* The programs' arguments and files; those of a template contain markers. */
struct form {
	struct strv pp, ivl;
	struct str defines, files, config;
};

static void call_fini(struct call *c)
{
	strv_free(&c->flags);
	for (int k = 0; k < N_KINDS; k++)
		strv_free(&c->words[k]);
}

static void form_fini(struct form *f)
{
	strv_free(&f->pp);
	strv_free(&f->ivl);
	str_free(&f->defines);
	str_free(&f->files);
	str_free(&f->config);
}

static bool plain(const char *word)
{
	return *word && !strpbrk(word, "\n\r\f");
}

/* Of a word that is not the value of -s or -o. */
static enum kind kind_of(const char *word)
{
	if (word[0] != '-')
		return SOURCES;
	switch (word[1]) {
	case 's':
		return word[2] ? N_KINDS : ROOTS;
	case 'o':
		return word[2] ? N_KINDS : OUTPUT;
	case 'I':
		return INCLUDES;
	case 'D':
		return DEFINES;
	case 'P':
		return PARAMETERS;
	default:
		return N_KINDS;
	}
}

/* False: a word is of no known kind. */
static bool call_read(struct call *c, const struct strv *argv)
{
	for (size_t i = 1; i < argv->n; i++) {
		const char *word = argv->v[i], *value = word;
		enum kind k = kind_of(word);

		if (k == N_KINDS && word[1] != 'g' && word[1] != 'W')
			return false;
		if (k == ROOTS || k == OUTPUT) {
			if (++i == argv->n)
				return false;
			value = argv->v[i];
		} else if (k == INCLUDES || k == DEFINES || k == PARAMETERS) {
			value = word + 2;
		}
		if (!plain(value))
			return false;
		strv_add(k == N_KINDS ? &c->flags : &c->words[k], value);
	}
	return c->words[OUTPUT].n == 1 && c->words[SOURCES].n > 0;
}

/* Querying the driver ----------------------------------------------------------- */

/* Records one word per line, and a copy of each file that a word names. */
static const char stand_in[] =
	"#!/bin/sh\nd=${0%/*}\nme=${0##*/}\nprintf '%s\\n' \"$0\" \"$@\" >\"$d/$me.argv\"\n"
	"for w; do case $me$w in ivlpp-[Ff]/tmp/ivrl*|ivl-C/tmp/ivrl*) cat \"${w#-?}\" "
	">\"$d/$me${w%%/*}\" ;; "
	"esac; done\n";

static bool put_stand_in(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	bool ok = file_save(path, stand_in, sizeof(stand_in) - 1, 0700, NULL);

	free(path);
	return ok;
}

static bool run_driver(const struct engine_job *j, const struct strv *argv, struct str *said)
{
	static const char *const env[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8",
					   NULL };
	struct child_spec spec = { .argv = (const char *const *)argv->v,
				   .cwd = "/",
				   .env = env,
				   .wall_ms = ASK_MS,
				   .output_limit = SAID_MAX };
	struct child_result r = { .status = -1 };

	return child_run(j->loop, &spec, SAID_MAX, said, said, &r, NULL) && !r.signal;
}

static char *driver(void)
{
	char *path = child_which("iverilog"), *real = path ? realpath(path, NULL) : NULL;

	free(path);
	return real;
}

/* The folder of the driver's programs; the caller frees it. NULL: not reported. */
static char *ask_base(const struct engine_job *j, const char *iverilog)
{
	static const char before[] = "translate: ", after[] = "/ivlpp ";
	struct strv argv = STRV_INIT;
	struct str said = STR_INIT;
	const char *at, *end;
	char *base = NULL;

	strv_add(&argv, iverilog);
	strv_addv(&argv, (const char *const[]){ "-v", "-t", "null", "-o", "/dev/null", "/dev/null",
						NULL });
	if (run_driver(j, &argv, &said) && (at = strstr(str_cstr(&said), before)) &&
	    (end = strstr(at, after)) && at[sizeof(before) - 1] == '/')
		base = mem_strndup(at + sizeof(before) - 1,
				   (size_t)(end - at) - (sizeof(before) - 1));
	strv_free(&argv);
	str_free(&said);
	return base;
}

static bool take(const char *dir, const char *name, struct str *out)
{
	char *path = path_join(dir, name);
	bool ok = file_read(path, SAID_MAX, out, NULL) && strlen(str_cstr(out)) == out->len;

	unlink(path);
	free(path);
	return ok;
}

static void lines(const struct str *text, struct strv *out)
{
	for (const char *p = str_cstr(text); *p;) {
		size_t n = strcspn(p, "\n");

		strv_addn(out, p, n);
		p += n + (p[n] == '\n');
	}
}

static void replace(struct str *text, const char *what, const char *by)
{
	struct str out = STR_INIT;
	const char *p = str_cstr(text), *at;

	for (; (at = strstr(p, what)); p = at + strlen(what)) {
		str_add(&out, p, (size_t)(at - p));
		str_adds(&out, by);
	}
	str_adds(&out, p);
	str_free(text);
	*text = out;
}

/* Renames a file to ours in the one word of argv that begins with `begin`, and in
 * the config. False: there is not exactly one such word. */
static bool rename_file(struct strv *argv, const char *begin, const char *name, struct str *config)
{
	size_t found = argv->n;

	for (size_t i = 0; i < argv->n; i++)
		if (str_starts(argv->v[i], begin)) {
			if (found < argv->n)
				return false;
			found = i;
		}
	if (found == argv->n)
		return false;
	if (config)
		replace(config, argv->v[found] + 2, name);
	free(argv->v[found]);
	argv->v[found] = str_fmt("%.2s%s", begin, name);
	return true;
}

/* Runs the driver for c and records what it does; dir has the stand-ins. */
static bool ask(const struct engine_job *j, const char *iverilog, const char *dir, const char *base,
		const struct call *c, struct form *out)
{
	static const char *const option[N_KINDS] = { "-s", "-I", "-D", "-P", "-o", "" };
	struct strv argv = STRV_INIT;
	struct str said = STR_INIT, pp = STR_INIT, ivl = STR_INIT;
	bool ok;

	*out = (struct form){ .pp = STRV_INIT };
	strv_add(&argv, iverilog);
	strv_addf(&argv, "-B%s", dir);
	strv_addv(&argv, (const char *const *)c->flags.v);
	for (int k = 0; k < N_KINDS; k++)
		for (size_t i = 0; i < c->words[k].n; i++)
			if (k == ROOTS || k == OUTPUT) {
				strv_add(&argv, option[k]);
				strv_add(&argv, c->words[k].v[i]);
			} else {
				strv_addf(&argv, "%s%s", option[k], c->words[k].v[i]);
			}
	ok = run_driver(j, &argv, &said) && take(dir, "ivlpp.argv", &pp) &&
	     take(dir, "ivl.argv", &ivl) && take(dir, "ivlpp-F", &out->defines) &&
	     take(dir, "ivlpp-f", &out->files) && take(dir, "ivl-C", &out->config);
	if (ok) {
		replace(&pp, dir, base);
		replace(&ivl, dir, base);
		lines(&pp, &out->pp);
		lines(&ivl, &out->ivl);
		ok = rename_file(&out->pp, "-F/tmp/ivrl", STAGE_UP "/" DEFINES_FILE,
				 &out->config) &&
		     rename_file(&out->pp, "-p/tmp/ivrl", STAGE_UP "/" MACROS_FILE, &out->config) &&
		     rename_file(&out->pp, "-f/tmp/ivrl", STAGE_UP "/" FILES_FILE, NULL) &&
		     rename_file(&out->ivl, "-C/tmp/ivrl", STAGE_UP "/" CONFIG_FILE, NULL);
		replace(&out->defines, dir, base);
		replace(&out->config, dir, base);
	}
	strv_free(&argv);
	str_free(&said);
	str_free(&pp);
	str_free(&ivl);
	return ok;
}

/* The template ------------------------------------------------------------------ */

static void fill(const struct str *form, const struct call *c, struct str *out)
{
	const char *p = str_cstr(form);

	while (*p) {
		size_t n = strcspn(p, "\n") + (p[strcspn(p, "\n")] == '\n');
		int k = 0;

		for (; k < N_KINDS; k++) {
			size_t before = strlen(kinds[k].before), marker = strlen(kinds[k].marker);

			if (n == before + marker + 1 && memcmp(p, kinds[k].before, before) == 0 &&
			    memcmp(p + before, kinds[k].marker, marker) == 0)
				break;
		}
		for (size_t i = 0; k < N_KINDS && i < c->words[k].n; i++)
			str_addf(out, "%s%s\n", kinds[k].before, c->words[k].v[i]);
		if (k == N_KINDS)
			str_add(out, p, n);
		p += n;
	}
}

static bool fills(const struct str *form, const struct call *c, const struct str *want)
{
	struct str got = STR_INIT;
	bool same;

	fill(form, c, &got);
	same = strcmp(str_cstr(&got), str_cstr(want)) == 0;
	str_free(&got);
	return same;
}

/* True if the driver's output for these words matches the template. */
static bool holds(const struct engine_job *j, const char *iverilog, const char *dir,
		  const char *base, const struct form *f, const struct strv *flags,
		  const char *const *words[N_KINDS])
{
	struct call c = { .flags = *flags };
	struct form said;
	bool ok;

	for (int k = 0; k < N_KINDS; k++)
		strv_addv(&c.words[k], words[k]);
	ok = ask(j, iverilog, dir, base, &c, &said) && strv_equal(&f->pp, &said.pp) &&
	     strv_equal(&f->ivl, &said.ivl) && fills(&f->defines, &c, &said.defines) &&
	     fills(&f->files, &c, &said.files) && fills(&f->config, &c, &said.config);
	form_fini(&said);
	c.flags = (struct strv)STRV_INIT;
	call_fini(&c);
	return ok;
}

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static bool learn_in(const struct engine_job *j, const char *iverilog, const char *dir,
		     const char *base, const struct strv *flags, struct form *out)
{
	static const char *const none[] = { NULL };
	const char *const *odd[N_KINDS] = {
		[ROOTS] = WORDS("a", "\\b+c "),
		[INCLUDES] = WORDS(".", "x y/z$(1)", "q\"'\\\\"),
		[DEFINES] = WORDS("A", "B=\"x y\"", "C='h1f;$"),
		[PARAMETERS] = WORDS("a.W=8", "a.S=\"b c\""),
		[OUTPUT] = WORDS("../../o p.vvp"),
		[SOURCES] = WORDS("r/a.v", "b c.sv", "d\"$.v"),
	};
	const char *const *few[N_KINDS] = { none, none, none, none, WORDS("o"), WORDS("a.v") };
	struct call one = { .flags = *flags };
	bool ok;

	for (int k = 0; k < N_KINDS; k++)
		strv_add(&one.words[k], kinds[k].marker);
	ok = put_stand_in(dir, "ivlpp") && put_stand_in(dir, "ivl") &&
	     ask(j, iverilog, dir, base, &one, out) &&
	     holds(j, iverilog, dir, base, out, flags, odd) &&
	     holds(j, iverilog, dir, base, out, flags, few);
	one.flags = (struct strv)STRV_INIT;
	call_fini(&one);
	return ok;
}

/* Caching ----------------------------------------------------------------------- */

/* Identifies the programs and files that the driver uses. False: one is missing. */
static bool identify(const char *iverilog, const char *base, struct str *out)
{
	static const char *const parts[] = { "ivlpp", "ivl", "vvp.conf", "vvp.tgt" };
	bool ok = tool_says_file(iverilog, out);

	for (size_t i = 0; ok && i < sizeof(parts) / sizeof(*parts); i++) {
		char *path = path_join(base, parts[i]);

		ok = tool_says_file(path, out);
		free(path);
	}
	return ok;
}

/* CACHE/ivl-HASH of the flags; NULL: there is no cache. */
static char *place(const struct strv *flags, const char *iverilog)
{
	struct str key = STR_INIT;
	char hex[HASH_HEX + 1], name[32];

	str_addf(&key, RECIPE "\n%s\n", iverilog);
	for (size_t i = 0; i < flags->n; i++)
		str_addf(&key, "%s\n", flags->v[i]);
	hash_text(str_cstr(&key), key.len, hex);
	snprintf(name, sizeof(name), "ivl-%.16s", hex);
	str_free(&key);
	return path_user_cache(name);
}

static void add_lines(const struct strv *words, struct str *out)
{
	for (size_t i = 0; i < words->n; i++)
		str_addf(out, "%s\n", words->v[i]);
	str_addc(out, '\f');
}

/* Stores base, identity and template, separated by form feeds. f NULL: unknown. */
static void keep(const char *path, const char *base, const struct str *who, const struct form *f)
{
	struct str text = STR_INIT;

	str_addf(&text, "%s\f%s\f", base, str_cstr(who));
	if (f) {
		add_lines(&f->pp, &text);
		add_lines(&f->ivl, &text);
		str_addf(&text, "%s\f%s\f%s\f", str_cstr(&f->defines), str_cstr(&f->files),
			 str_cstr(&f->config));
	} else {
		str_adds(&text, UNKNOWN "\f");
	}
	file_put(path, text.data, text.len, 0600, NULL);
	str_free(&text);
}

static bool next_part(const char **p, struct str *out)
{
	size_t n = strcspn(*p, "\f");

	str_clear(out);
	if (!(*p)[n])
		return false;
	str_add(out, *p, n);
	*p += n + 1;
	return true;
}

enum kept { KEPT_NOT, KEPT_UNKNOWN, KEPT_FORM };

static bool read_form(const char *p, struct form *out)
{
	struct str part = STR_INIT;
	bool ok = next_part(&p, &part);

	lines(&part, &out->pp);
	ok = ok && next_part(&p, &part);
	lines(&part, &out->ivl);
	ok = ok && next_part(&p, &out->defines) && next_part(&p, &out->files) &&
	     next_part(&p, &out->config) && !*p && out->pp.n && out->ivl.n;
	str_free(&part);
	return ok;
}

static enum kept recall(const char *path, const char *iverilog, struct form *out)
{
	struct str text = STR_INIT, base = STR_INIT, who = STR_INIT, now = STR_INIT;
	enum kept kept = KEPT_NOT;
	const char *p;

	if (file_read(path, FORM_MAX, &text, NULL) && strlen(str_cstr(&text)) == text.len) {
		p = text.data;
		if (next_part(&p, &base) && next_part(&p, &who) &&
		    identify(iverilog, str_cstr(&base), &now) &&
		    strcmp(str_cstr(&who), str_cstr(&now)) == 0)
			kept = strcmp(p, UNKNOWN "\f") == 0 ? KEPT_UNKNOWN
			       : read_form(p, out)	    ? KEPT_FORM
							    : KEPT_NOT;
	}
	str_free(&text);
	str_free(&base);
	str_free(&who);
	str_free(&now);
	return kept;
}

static bool learn(const struct engine_job *j, const char *path, const char *iverilog,
		  const struct strv *flags, struct form *out)
{
	char *cache = path_user_cache(NULL), *dir = path_user_cache("ask-XXXXXX");
	bool made = file_make_dirs(cache, 0700, NULL) && mkdtemp(dir);
	char *base = made ? ask_base(j, iverilog) : NULL;
	struct str who = STR_INIT;
	bool ok = base && identify(iverilog, base, &who);

	if (ok) {
		struct form f = { .pp = STRV_INIT };

		ok = learn_in(j, iverilog, dir, base, flags, &f);
		log_line("sim", "iverilog's own steps are %s", ok ? "learned" : "not known");
		keep(path, base, &who, ok ? &f : NULL);
		if (ok)
			*out = f;
		else
			form_fini(&f);
	}
	if (made)
		file_remove_tree(dir, NULL);
	str_free(&who);
	free(base);
	free(dir);
	free(cache);
	return ok;
}

static bool find_form(const struct engine_job *j, const struct strv *flags, struct form *out)
{
	char *iverilog = driver(), *path = iverilog ? place(flags, iverilog) : NULL;
	enum kept kept = path ? recall(path, iverilog, out) : KEPT_UNKNOWN;
	bool ok = kept == KEPT_FORM;

	if (kept == KEPT_NOT) {
		form_fini(out);
		*out = (struct form){ .pp = STRV_INIT };
		ok = learn(j, path, iverilog, flags, out);
	}
	free(path);
	free(iverilog);
	return ok;
}

static bool write_filled(const struct engine_job *j, const char *name, const struct str *form,
			 const struct call *c)
{
	struct str text = STR_INIT;
	bool ok;

	fill(form, c, &text);
	ok = stage_write(&j->stage, name, str_cstr(&text), text.len, NULL);
	str_free(&text);
	return ok;
}

bool icarus_direct(const struct engine_job *j, const struct strv *argv, struct strv *pp,
		   struct strv *ivl)
{
	struct call c = { .flags = STRV_INIT };
	struct form f = { .pp = STRV_INIT };
	bool ok = call_read(&c, argv) && find_form(j, &c.flags, &f) &&
		  write_filled(j, DEFINES_FILE, &f.defines, &c) &&
		  write_filled(j, FILES_FILE, &f.files, &c) &&
		  write_filled(j, CONFIG_FILE, &f.config, &c) &&
		  stage_write(&j->stage, MACROS_FILE, "", 0, NULL);

	if (ok) {
		strv_addv(pp, (const char *const *)f.pp.v);
		strv_addv(ivl, (const char *const *)f.ivl.v);
	}
	form_fini(&f);
	call_fini(&c);
	return ok;
}
