/* Accessors and simple queries. */
#include "config.h"

#include "session/project/project_inner.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/manifest/foreign.h"
#include "session/manifest/manifest.h"
#include "session/verilog/lang.h"

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

bool project_path_below(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return n == 0 || strcmp(folder, ".") == 0 ||
	       (strncmp(path, folder, n) == 0 && path[n] == '/');
}

bool project_file_defines(const struct project_file *f, const char *module)
{
	return f->outline && voutline_module(f->outline, module);
}

char *project_file_unread(const struct project_file *f)
{
	const char *why = f->outline ? voutline_unreadable(f->outline) : "cannot be read";

	if (!f->outline && f->size > PROJECT_MAX_OUTLINE)
		return str_fmt("too large (%.1f MB)", (double)f->size / (1 << 20));
	return why ? mem_strdup(why) : NULL;
}

bool project_no_module(const struct project *p, const char *path, struct err *err)
{
	const struct project_file *f = project_find(p, path);
	char *why = f ? project_file_unread(f) : NULL;

	err_set(err, ERR_NOT_FOUND, why ? "%s was not read: %s" : "%s has no module", path, why);
	free(why);
	return false;
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

void project_defines(const struct project *p, struct strv *out)
{
	const struct strv *said[] = { &p->look->said->m.defines, &p->settings.defines };

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < said[k]->n; i++)
			strv_set(out, said[k]->v[i]);
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
