/* The module that lets one simulation process run many mutants: a VPI shared object for
 * Icarus, compiled once and kept in the user's cache under the hash of its source. It
 * is compiled in the stage before anything has run there, and copied from there: a
 * simulation never writes what a later one loads. Without gcc there is no batch, and
 * the log says why.
 */
#include "config.h"

#include "sim/engine/batch_module.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/log.h"
#include "session/base/str.h"
#include "sim/engine/batch.h"
#include "sim/engine/engine.h"

#define MODULE	   "batch.vpi"
#define MODULE_MAX (4u << 20)

static char *folder(void)
{
	char hex[HASH_HEX + 1], name[32];

	hash_text(batch_inside, strlen(batch_inside), hex);
	snprintf(name, sizeof(name), "batch-%.16s", hex);
	return path_user_cache(name);
}

/* Compiles in the stage before anything has run there, then copies to the cache: no
 * run ever writes what a later one loads. */
static bool compile(const struct engine_job *j, const char *path, struct err *err)
{
	static const char *const argv[] = { "gcc",
					    "-O1",
					    "-w",
					    "-shared",
					    "-fPIC",
					    "-DPOSEDGE_BATCH_VPI",
					    "-o",
					    STAGE_UP "/" MODULE,
					    STAGE_UP "/" BATCH_INSIDE,
					    NULL };
	char *made = path_join(j->stage.dir, MODULE);
	struct str messages = STR_INIT, module = STR_INIT;
	struct child_result r = { 0 };
	bool ok = stage_write(&j->stage, BATCH_INSIDE, batch_inside, strlen(batch_inside), err) &&
		  engine_tool(j, argv, &messages, &r, err);

	if (ok && r.status != 0)
		ok = err_set(err, ERR_TOOL, "gcc: %.300s", str_cstr(&messages));
	ok = ok && file_read(made, MODULE_MAX, &module, err) &&
	     file_save(path, module.data, module.len, 0600, err);
	unlink(made);
	free(made);
	str_free(&messages);
	str_free(&module);
	return ok;
}

char *batch_module(const struct engine_job *j)
{
	char *dir = folder(), *path = dir ? path_join(dir, MODULE) : NULL;
	struct err why = { 0 };
	bool ok = dir && (access(path, R_OK) == 0 ||
			  (engine_have("gcc", "gcc", &why) && file_make_dirs(dir, 0700, &why) &&
			   compile(j, path, &why)));

	if (!ok) {
		log_line("sim", "no batch: %s", why.text);
		free(dir);
		dir = NULL;
	}
	free(path);
	return dir;
}
