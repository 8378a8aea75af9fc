/* Resolves the names in a description.
 *
 * A file list says `rtl/cpu.v` without saying relative to what: the tool runs in
 * some folder that the list does not know. It is one of the folders from the
 * list's own up to the root, and the same for all names of a list. So the first
 * name that exists somewhere decides for the rest, and a name that does not exist
 * there is still looked up in the others.
 *
 * `$RTL/cpu.v` with a variable that nobody sets is resolved in the same way: the
 * folder below which the rest exists becomes the value of the variable, also
 * where it is used alone later. $RTL_DIR is rtl/ if the rest exists there.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/manifest/manifest_inner.h"
#include "session/manifest/shell.h"
#include "session/verilog/lang.h"

#define MAX_VALUES 2000 /* include folders, defines and the like, of each kind */

typedef bool exists_fn(const struct tree *t, const char *path);

/* Descriptions inside descriptions ------------------------------------------------- */

bool reading_begin(struct reading *in, const struct tree *t, struct manifest *out, const char *path,
		   struct reading *above, bool *again, struct err *err)
{
	int depth = 0;

	for (const struct reading *r = above; r; r = r->above) {
		if (strcmp(r->path, path) == 0)
			return err_set(err, ERR_PARSE, "%s includes itself", path);
		if (++depth >= MANIFEST_MAX_DEPTH)
			return err_set(
				err, ERR_LIMIT,
				"%s is not read: more than %d descriptions include each other",
				path, MANIFEST_MAX_DEPTH);
	}
	if (out->reads >= MANIFEST_MAX_READ)
		return err_set(err, ERR_LIMIT,
			       "%s is not read: there are more than %d descriptions", path,
			       MANIFEST_MAX_READ);
	*again = strv_has(&out->read, path);
	if (!*again) {
		out->reads++;
		strv_add(&out->read, path);
	}
	*in = (struct reading){
		.tree = t, .out = out, .path = path, .folder = path_dir(path), .above = above
	};
	if (above) {
		in->test = above->test;
		in->sv = above->sv;
		in->quiet = above->quiet;
	}
	return true;
}

void reading_end(struct reading *in)
{
	free((char *)in->folder);
	free(in->base);
	vars_fini(&in->guesses);
}

void reading_include(struct reading *above, const char *path, enum manifest_kind kind,
		     const char *base)
{
	struct err err;

	if (!above->include(above, path, kind, base, &err))
		reading_note(above, "%s", err.text);
}

static char *where(const struct reading *r)
{
	if (r->part)
		return str_fmt("%s, %s", r->path, r->part);
	return r->line ? str_fmt("%s:%d", r->path, r->line) : mem_strdup(r->path);
}

void reading_note(struct reading *r, const char *fmt, ...)
{
	struct str s = STR_LIMIT(500);
	char *place = where(r);
	va_list ap;

	str_addf(&s, "%s: ", place);
	va_start(ap, fmt);
	str_vaddf(&s, fmt, ap);
	va_end(ap);
	free(place);
	if (r->out->notes.n < MANIFEST_MAX_NOTES && !strv_has(&r->out->notes, str_cstr(&s)))
		strv_add(&r->out->notes, str_cstr(&s));
	str_free(&s);
}

/* Names ------------------------------------------------------------------------------ */

/* base/name, clean and without links; NULL if it leads out of the project. */
static char *joined(const struct tree *t, const char *base, const char *name)
{
	char *both = strcmp(base, ".") == 0 ? mem_strdup(name) : str_fmt("%s/%s", base, name);
	char *clean = NULL, *plain = NULL;

	if (path_clean(both, &clean, NULL))
		plain = tree_plain(t, clean);
	free(clean);
	free(both);
	return plain;
}

/* Tries the base, then the description's folder and those above it. */
static char *look(struct reading *r, const char *name, exists_fn *exists, bool *outside)
{
	char *folder = mem_strdup(r->folder), *path = NULL;
	bool up = true;

	*outside = false;
	if (r->base) {
		path = joined(r->tree, r->base, name);
		*outside = !path;
	}
	while (up && !(path && exists(r->tree, path))) {
		free(path);
		path = joined(r->tree, folder, name);
		if (path && exists(r->tree, path)) {
			if (!r->base)
				r->base = mem_strdup(folder);
			break;
		}
		*outside = *outside || (!r->base && !path && strcmp(folder, r->folder) == 0);
		up = strcmp(folder, ".") != 0;
		if (up) {
			char *above = path_dir(folder);

			free(folder);
			folder = above;
		}
	}
	free(folder);
	if (path && !exists(r->tree, path)) {
		free(path);
		path = NULL;
	}
	return path;
}

/* Length of the drive of an absolute name of Windows, "C:"; 0 if there is none. */
static size_t drive_of(const char *name)
{
	return isalpha((unsigned char)name[0]) && name[1] == ':' && name[2] == '/' ? 2 : 0;
}

/* For an absolute name from another machine: the existing path that matches its
 * longest tail, of at least a folder and a file. */
static char *look_absolute(struct reading *r, const char *name, exists_fn *exists)
{
	const char *root = r->tree->root;
	size_t n = root ? strlen(root) : 0;

	if (n && strncmp(name, root, n) == 0 && name[n] == '/') {
		char *path = joined(r->tree, ".", name + n + 1);

		if (path && exists(r->tree, path))
			return path;
		free(path);
	}
	for (const char *p = name + drive_of(name) + 1; (p = strchr(p, '/')); p++) {
		char *path = joined(r->tree, ".", p + 1);

		if (path && strchr(path, '/') && exists(r->tree, path)) {
			reading_note(r, "%s is outside the project; %s is taken for it", name,
				     path);
			return path;
		}
		free(path);
	}
	return NULL;
}

/* Parses `$NAME`, `${NAME}`, `$(NAME)` or `${NAME(INDEX)}`, an element of a Tcl array, at s.
 * Returns its length; 0 if there is none. */
static size_t variable(const char *s, const char **name, size_t *len)
{
	char close = s[1] == '{' ? '}' : s[1] == '(' ? ')' : '\0';

	if (s[0] != '$')
		return 0;
	*name = s + 1 + (close != '\0');
	for (*len = 0; isalnum((unsigned char)(*name)[*len]) || (*name)[*len] == '_';)
		(*len)++;
	if (close == '}' && (*name)[*len] == '(')
		*len += strcspn(*name + *len, ")") + 1;
	if (*len == 0 || (close && (*name)[*len] != close))
		return 0;
	return 1 + *len + (close ? 2 : 0);
}

/* The value that a description around this one, or a guess, gives the variable; the
 * caller frees. NULL: none, or one that only a run can tell. */
static char *value_of(struct reading *r, const char *name, size_t len)
{
	char *var = mem_strndup(name, len), *value = NULL;

	for (struct reading *a = r; a && !value; a = a->above) {
		const char *guess = vars_get(&a->guesses, name, len);

		if (!guess && a->variable)
			value = a->variable(a->variables, var);
		if (guess)
			value = mem_strdup(guess);
	}
	if (value && (!value[0] || shell_unknown(value))) {
		free(value);
		value = NULL;
	}
	free(var);
	return value;
}

/* The name with known variables expanded and forward slashes. If it starts with a
 * variable that nobody set, *unknown is that variable and the result is the text
 * after it. NULL if another variable is unknown, which is noted. */
static char *expanded(struct reading *r, const char *name, char **unknown)
{
	struct str s = STR_INIT;
	const char *var;
	size_t len, n;

	*unknown = NULL;
	for (const char *p = name; *p; p += n ? n : 1) {
		char *value = NULL;

		n = variable(p, &var, &len);
		if (n)
			value = value_of(r, var, len);
		if (!n) {
			str_addc(&s, *p == '\\' ? '/' : *p);
		} else if (value) {
			str_adds(&s, value);
			free(value);
		} else if (p == name && (p[n] == '\0' || p[n] == '/' || p[n] == '\\')) {
			*unknown = mem_strndup(var, len);
			n += p[n] != '\0';
		} else {
			reading_note(r, "%s: $%.*s is not known", name, (int)len, var);
			str_free(&s);
			free(*unknown);
			*unknown = NULL;
			return NULL;
		}
	}
	return str_take(&s);
}

static void learn(struct reading *r, const char *var, const char *path, const char *rest)
{
	size_t n = strlen(path), m = strlen(rest);
	char *folder;

	if (m == 0 || n < m || strcmp(path + n - m, rest) != 0)
		return;
	folder = n == m ? mem_strdup(".") : mem_strndup(path, n - m - 1);
	vars_set(&r->guesses, var, folder);
	reading_note(r, "$%s is not set here; it is taken for %s, where %s lies", var,
		     n == m ? "the project's folder" : folder, rest);
	free(folder);
}

/* True if a word of var, as RTL of RTL_DIR or env(RTL), is the name of that length. */
static bool has_word(const char *var, const char *name, size_t len)
{
	for (size_t n; *var; var += n + (var[n] != '\0')) {
		n = strcspn(var, "_()");
		if (n == len && strncasecmp(var, name, len) == 0)
			return true;
	}
	return false;
}

/* The only file of that name in a folder that the variable is named after, or NULL. */
static const char *in_named_folder(const struct tree *t, const char *var, const char *rest)
{
	const char *found = NULL;
	size_t n = strlen(rest);

	for (size_t i = 0; i < t->n; i++) {
		const char *p = t->paths[i];
		size_t len = strlen(p), from;

		if (len < n + 2 || strcmp(p + len - n, rest) != 0 || p[len - n - 1] != '/')
			continue;
		for (from = len - n - 1; from > 0 && p[from - 1] != '/'; from--)
			;
		if (!has_word(var, p + from, len - n - 1 - from))
			continue;
		if (found)
			return NULL;
		found = p;
	}
	return found;
}

/* Finds the path after an unknown variable in any folder, and learns the variable
 * from that. */
static char *look_below(struct reading *r, const char *var, const char *rest, exists_fn *exists,
			bool *outside)
{
	const char *named =
		rest[0] && exists == tree_has ? in_named_folder(r->tree, var, rest) : NULL;
	char *path = named ? mem_strdup(named) : rest[0] ? look(r, rest, exists, outside) : NULL;

	if (!path && rest[0] && exists == tree_has && tree_ending(r->tree, rest))
		path = mem_strdup(tree_ending(r->tree, rest));
	if (path)
		learn(r, var, path, rest);
	return path;
}

static char *find(struct reading *r, const char *name, exists_fn *exists, const char *what)
{
	bool outside = false;
	char *var, *text = shell_unknown(name) ? NULL : expanded(r, name, &var), *path = NULL;
	bool absolute;

	if (!text || (!text[0] && !var)) { /* "" is what only the tool can make up */
		free(text);
		return NULL;
	}
	absolute = text[drive_of(text)] == '/';
	if (var)
		path = look_below(r, var, text, exists, &outside);
	else if (absolute)
		path = look_absolute(r, text, exists);
	else if (text[0])
		path = look(r, text, exists, &outside);
	if (!path && var && !r->quiet)
		reading_note(r, "%s: $%s is not known here", name, var);
	else if (!path && (outside || absolute))
		reading_note(r, "%s is outside the project", name);
	else if (!path && !r->quiet)
		reading_note(r, "%s: there is no such %s", name, what);
	free(var);
	free(text);
	return path;
}

char *reading_file(struct reading *r, const char *name)
{
	return find(r, name, tree_has, "file");
}

char *reading_dir(struct reading *r, const char *name)
{
	return find(r, name, tree_has_dir, "folder");
}

static bool glob_hits(const struct tree *t, const char *pattern)
{
	struct strv hits = STRV_INIT;
	bool any = tree_glob(t, pattern, &hits) > 0;

	strv_free(&hits);
	return any;
}

void reading_glob(struct reading *r, const char *pattern, struct strv *paths)
{
	char *clean = find(r, pattern, glob_hits, "file");

	if (clean)
		tree_glob(r->tree, clean, paths);
	free(clean);
}

/* The files that name, possibly a glob, matches; false if there are none, which is noted. */
static bool reading_files(struct reading *r, const char *name, struct strv *paths)
{
	size_t before = paths->n;

	if (strpbrk(name, "*?")) {
		reading_glob(r, name, paths);
	} else {
		char *path = find(r, name, tree_has, "file");

		if (path)
			strv_give(paths, path);
	}
	return paths->n > before;
}

/* Adding -------------------------------------------------------------------------- */

static bool ends_in(const char *name, const char *const *endings)
{
	for (; *endings; endings++)
		if (str_ends(name, *endings))
			return true;
	return false;
}

/* MANIFEST_SOURCE for other endings, too: a list may name a source of any. */
enum manifest_role reading_role(const char *name)
{
	static const char *const headers[] = { ".h", ".inc", NULL };
	static const char *const data[] = { ".hex", ".mem", ".mif",  ".coe", ".bin",
					    ".dat", ".txt", ".vmem", NULL };
	enum lang_file f = lang_file(name);

	if (f == LANG_FILE_VHDL)
		return MANIFEST_VHDL;
	if (f == LANG_FILE_VH || f == LANG_FILE_SVH || ends_in(name, headers))
		return MANIFEST_HEADER;
	return ends_in(name, data) ? MANIFEST_DATA : MANIFEST_SOURCE;
}

bool reading_is_hdl(const char *name)
{
	static const char *const cells[] = { ".vo", ".vp", ".svp", ".vlib", NULL };

	return lang_file(name) != LANG_FILE_OTHER || ends_in(name, cells);
}

void reading_add_path(struct reading *r, const char *path, enum manifest_role role)
{
	struct manifest *m = r->out;
	struct manifest_file f = { .role = role, .test = r->test, .sv = r->sv };
	size_t i;

	f.given = role == MANIFEST_HEADER && r->given;

	if (name_map_get(&m->by_path, path, strlen(path), &i)) {
		m->files[i].test = m->files[i].test && r->test;
		m->files[i].sv = m->files[i].sv || r->sv;
		m->files[i].given = m->files[i].given || f.given;
		return;
	}
	if (m->n_files == MANIFEST_MAX_FILES) {
		reading_note(r, "more than %d files are named: the rest is left out",
			     MANIFEST_MAX_FILES);
		return;
	}
	f.path = mem_strdup(path);
	f.where = where(r);
	MEM_ROOM(m->files, m->n_files, m->cap_files);
	m->files[m->n_files] = f;
	name_map_put(&m->by_path, f.path, strlen(f.path), m->n_files++);
}

void reading_add(struct reading *r, const char *name, enum manifest_role role)
{
	struct strv paths = STRV_INIT;

	if (reading_files(r, name, &paths))
		for (size_t i = 0; i < paths.n; i++)
			reading_add_path(r, paths.v[i], role);
	strv_free(&paths);
}

void reading_add_once(struct reading *r, struct strv *l, const char *text, size_t len)
{
	char *copy = mem_strndup(text, len);

	if (l->n < MAX_VALUES && len > 0 && !strv_has(l, copy))
		strv_add(l, copy);
	else if (l->n >= MAX_VALUES)
		reading_note(r, "%s is left out: there are more than %d of its kind", copy,
			     MAX_VALUES);
	free(copy);
}

void reading_add_include(struct reading *r, const char *name)
{
	char *path = reading_dir(r, name);

	if (path)
		reading_add_once(r, &r->out->include_dirs, path, strlen(path));
	free(path);
}

void reading_add_folder(struct reading *r, const char *name, size_t len)
{
	char *folder = mem_strndup(name, len);

	reading_add_include(r, folder);
	free(folder);
}

void reading_each(struct reading *r, const char *text, const char *separators,
		  void (*fn)(struct reading *r, const char *text, size_t len))
{
	while (text && *(text += strspn(text, separators))) {
		size_t n = strcspn(text, separators);

		fn(r, text, n);
		text += n;
	}
}

void reading_from_folder(struct reading *r)
{
	free(r->base);
	r->base = mem_strdup(r->folder);
}

/* True if text starts with an identifier, as a macro or parameter must. */
static bool named(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && (isalnum((unsigned char)text[n]) || text[n] == '_' || text[n] == '$'))
		n++;
	return n > 0 && !isdigit((unsigned char)text[0]) && (n == len || text[n] == '=');
}

/* False for "$2", "${name}", "$(command)", which are only known when it runs. */
static bool is_known(const char *text, size_t len)
{
	if (memchr(text, SHELL_UNKNOWN, len))
		return false;
	for (size_t i = 0; i + 1 < len; i++)
		if (text[i] == '$' &&
		    (isdigit((unsigned char)text[i + 1]) || strchr("{(@*#?", text[i + 1])))
			return false;
	return true;
}

/* A later value replaces an earlier one of the same name. */
static void add_value(struct reading *r, struct strv *l, const char *text, size_t len,
		      const char *what)
{
	const char *eq = memchr(text, '=', len);
	size_t n = eq ? (size_t)(eq - text) : len;

	if (memchr(text, SHELL_UNKNOWN, n))
		return;
	if (!named(text, len)) {
		reading_note(r, "'%.*s' is not a %s", (int)(len < 60 ? len : 60), text, what);
		return;
	}
	if (!is_known(text, len)) {
		reading_note(
			r,
			"the %s %.*s has a value that is known only when it runs, and is left out",
			what, (int)(n < 60 ? n : 60), text);
		return;
	}
	for (size_t i = 0; i < l->n; i++) {
		if (strncmp(l->v[i], text, n) == 0 && (l->v[i][n] == '=' || l->v[i][n] == '\0')) {
			free(l->v[i]);
			l->v[i] = mem_strndup(text, len);
			return;
		}
	}
	reading_add_once(r, l, text, len);
}

void reading_add_define(struct reading *r, const char *text, size_t len)
{
	add_value(r, &r->out->defines, text, len, "macro");
}

void reading_add_parameter(struct reading *r, const char *text, size_t len)
{
	add_value(r, &r->out->parameters, text, len, "parameter");
}

void reading_add_top(struct reading *r, const char *name)
{
	if (shell_unknown(name))
		return;
	if (named(name, strlen(name)) && !strchr(name, '='))
		reading_add_once(r, r->test ? &r->out->test_tops : &r->out->tops, name,
				 strlen(name));
	else
		reading_note(r, "'%s' is not a module's name", name);
}
