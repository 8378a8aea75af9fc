/* Accessors and simple queries. */
#include "config.h"

#include "session/project/project_inner.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/manifest/foreign.h"
#include "session/manifest/manifest.h"
#include "session/verilog/lang.h"

#define MODULES_MAX   (64u << 10) /* bytes of .gitmodules */
#define MODULES_LINES 2000

const char *project_root(const struct project *p)
{
	return p->root;
}

size_t project_files(const struct project *p)
{
	project_settle(p);
	return p->n_files;
}

const struct project_file *project_file(const struct project *p, size_t i)
{
	project_settle(p);
	assert(i < p->n_files);
	return &p->files[i]->file;
}

const struct project_file *project_find(const struct project *p, const char *path)
{
	size_t i;

	project_settle(p);
	return project_place_of(p, path, &i) ? &p->files[i]->file : NULL;
}

bool project_index_of(const struct project *p, const char *path, size_t *i)
{
	project_settle(p);
	return project_place_of(p, path, i);
}

const struct project_left *project_left_out(const struct project *p, size_t *n)
{
	*n = p->look->n_left;
	return p->look->left;
}

const char *project_why_left(const struct project *p, const char *path)
{
	for (size_t i = 0; i < p->look->n_left; i++)
		if (strcmp(p->look->left[i].path, path) == 0)
			return p->look->left[i].why;
	return NULL;
}

const char *const *project_tree(const struct project *p, size_t *n)
{
	*n = p->look->folder.paths.n;
	return (const char *const *)p->look->folder.paths.v;
}

bool project_has(const struct project *p, const char *path)
{
	return tree_has(&p->look->folder.tree, path);
}

const struct manifest *project_manifest(const struct project *p)
{
	return &p->look->said->m;
}

void project_missing(const struct project *p, struct strv *notes)
{
	const struct strv *said = &project_manifest(p)->notes;

	for (size_t i = 0; i < said->n; i++)
		if (str_ends(said->v[i], ": there is no such file"))
			strv_add(notes, said->v[i]);
}

static bool has_files(const struct project *p, const char *folder)
{
	size_t n, len = strlen(folder);
	const char *const *paths = project_tree(p, &n);

	for (size_t i = 0; i < n; i++)
		if (strncmp(paths[i], folder, len) == 0 && paths[i][len] == '/')
			return true;
	return false;
}

char *project_empty_submodule(const struct project *p, size_t *others)
{
	char *path = path_join(p->root, ".gitmodules"), *found = NULL;
	struct str text = STR_INIT;
	size_t lines = 0;

	*others = 0;
	if (!file_read(path, MODULES_MAX, &text, NULL))
		str_clear(&text);
	for (const char *s = str_cstr(&text); *s && lines < MODULES_LINES; lines++) {
		size_t n = strcspn(s, "\r\n");
		const char *line = s + strspn(s, " \t"), *value = line + 4;
		char *folder;

		s += n + strspn(s + n, "\r\n");
		if (!str_starts(line, "path"))
			continue;
		value += strspn(value, " \t");
		if (*value++ != '=')
			continue;
		value += strspn(value, " \t");
		folder = mem_strndup(value, strcspn(value, " \t\r\n"));
		if (folder[0] && !has_files(p, folder) && found)
			++*others;
		else if (folder[0] && !has_files(p, folder))
			found = mem_strdup(folder);
		free(folder);
	}
	str_free(&text);
	free(path);
	return found;
}

char *project_cocotb_of(const struct project *p, const char *module)
{
	struct tree_folder folder = { .root = NULL };
	struct foreign_list l = { 0 };
	char *found = NULL;

	if (!tree_folder_open(&folder, p->root, NULL))
		return NULL;
	foreign_find(&l, &folder.tree);
	for (size_t i = 0; !found && i < l.n; i++)
		if (l.v[i].kind == FOREIGN_COCOTB &&
		    (!l.v[i].top[0] || strcmp(l.v[i].top, module) == 0))
			found = mem_strdup(l.v[i].sentence);
	foreign_list_fini(&l);
	tree_folder_close(&folder);
	return found;
}

static size_t name_len(const char *define)
{
	return strcspn(define, "=");
}

static void put_define(struct strv *out, const char *define)
{
	for (size_t i = 0; i < out->n; i++) {
		if (name_len(out->v[i]) == name_len(define) &&
		    strncmp(out->v[i], define, name_len(define)) == 0) {
			free(out->v[i]);
			out->v[i] = mem_strdup(define);
			return;
		}
	}
	strv_add(out, define);
}

void project_defines(const struct project *p, struct strv *out)
{
	const struct strv *said[] = { &p->look->said->m.defines, &p->settings.defines };

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < said[k]->n; i++)
			put_define(out, said[k]->v[i]);
}

enum lang project_lang(const struct project *p)
{
	project_settle(p);
	return p->lang;
}

const char *project_extension(const struct project *p, enum lang lang)
{
	size_t sv = 0, v = 0;

	project_settle(p);
	for (size_t i = 0; i < p->n_files; i++) {
		sv += lang_file(p->files[i]->file.path) == LANG_FILE_SV;
		v += lang_file(p->files[i]->file.path) == LANG_FILE_V;
	}
	return v > sv || (v + sv == 0 && lang != LANG_SV2017) ? ".v" : ".sv";
}

const char *project_rtl_dir(const struct project *p)
{
	return p->rtl_dir;
}

const char *project_tb_dir(const struct project *p)
{
	return p->tb_dir;
}
