/* Trusted servers: a file of hashes, each over the name, the command or address, and the list of
 * tools as the server describes them. A server that changes a description has another
 * hash, and must be trusted again.
 */
#include "config.h"

#include "session/servers/server_trust.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/json.h"
#include "session/base/str.h"
#include "session/servers/server_entry.h"

#define LIST_MAX (1u << 20)

static char *list_path(void)
{
	return path_user_data("trusted-servers");
}

static void fingerprint(const struct server_entry *e, const cJSON *tools, char hex[HASH_HEX + 1])
{
	struct hash *h = hash_new();
	struct str said = STR_INIT;

	hash_adds(h, e->name);
	for (size_t i = 0; i < e->argv.n; i++)
		hash_adds(h, e->argv.v[i]);
	if (e->url)
		hash_adds(h, e->url);
	json_print(&said, tools);
	hash_add(h, str_cstr(&said), said.len);
	hash_end(h, hex);
	str_free(&said);
}

static bool read_list(const char *path, struct str *out)
{
	return path && file_read(path, LIST_MAX, out, NULL);
}

bool server_trusted(const struct server_entry *e, const cJSON *tools)
{
	char *path = list_path(), hex[HASH_HEX + 1];
	struct str known = STR_INIT;
	bool yes = false;

	if (read_list(path, &known)) {
		fingerprint(e, tools, hex);
		yes = strstr(str_cstr(&known), hex) != NULL;
	}
	str_free(&known);
	free(path);
	return yes;
}

bool server_trust(const struct server_entry *e, const cJSON *tools, struct err *err)
{
	char *path = list_path(), *dir = path ? path_dir(path) : NULL, hex[HASH_HEX + 1];
	struct str known = STR_INIT;
	bool ok = path || err_set(err, ERR_IO, "there is no home folder to note the trust in");

	if (ok && !server_trusted(e, tools)) {
		read_list(path, &known);
		fingerprint(e, tools, hex);
		str_addf(&known, "%s\n", hex);
		ok = file_make_dirs(dir, 0700, err) &&
		     file_save(path, known.data, known.len, 0600, err);
	}
	str_free(&known);
	free(dir);
	free(path);
	return ok;
}
