/* Prints the output of the preprocessor and the outline line by line, for comparison
 * with that of the tools.
 *
 *	hdl_dump tokens FILE [-DNAME=VALUE] [-IFOLDER]	one token per line
 *	hdl_dump outline FILE... [-D...] [-I...]	modules, ports, instances
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vmacros.h"
#include "session/verilog/vpp.h"

struct dump {
	struct vmacros *macros;
	struct strv folders, files, kept;
};

static bool bring(void *ctx, const char *from, const char *name, bool angle, const char **path,
		  const char **text, size_t *len)
{
	struct dump *d = ctx;

	for (size_t i = 0; i <= d->folders.n; i++) {
		char *at = i < d->folders.n ? path_join(d->folders.v[i], name) : mem_strdup(name);
		struct str s = STR_INIT;

		if (file_read(at, 0, &s, NULL)) {
			*len = s.len;
			strv_give(&d->kept, str_take(&s));
			*text = d->kept.v[d->kept.n - 1] ? d->kept.v[d->kept.n - 1] : "";
			strv_give(&d->kept, at);
			*path = at;
			return true;
		}
		free(at);
	}
	return false;
}

static void tokens(const char *path, const char *text, size_t len, const struct vpp_env *env)
{
	struct vpp *p = vpp_new(path, text, len, env);
	struct vpp_token t;

	while (vpp_next(p, &t))
		if (t.kind != VTOKEN_DIRECTIVE)
			printf("%.*s\n", (int)t.len, t.s);
	vpp_free(p);
}

static void outline(const char *path, const char *text, size_t len, const struct vpp_env *env)
{
	static const char *const dirs[] = { "input", "output", "inout", "ref", "interface" };
	struct voutline o;

	voutline_read(&o, path, text, len, env);
	for (size_t i = 0; i < o.n; i++) {
		const struct vmodule *m = &o.modules[i];
		const char *name = vname_plain(m->name);

		if (m->kind != VUNIT_MODULE)
			continue;
		printf("module %s\n", name);
		for (size_t k = 0; k < m->n_ports; k++)
			if (m->ports[k].dir != VPORT_INTERFACE)
				printf("port %s %zu %s %s\n", name, k + 1,
				       vname_plain(m->ports[k].name), dirs[m->ports[k].dir]);
		for (size_t k = 0; k < m->n_instances; k++)
			printf("instance %s %s %s\n", name, vname_plain(m->instances[k].module),
			       vname_plain(m->instances[k].name));
	}
	voutline_fini(&o);
}

int main(int argc, char **argv)
{
	struct dump d = { .macros = vmacros_new() };
	struct vpp_env env = { d.macros, bring, &d };
	struct err err;
	bool is_outline = argc > 1 && strcmp(argv[1], "outline") == 0;

	for (int i = 2; i < argc; i++) {
		if (str_starts(argv[i], "-I"))
			strv_add(&d.folders, argv[i] + 2);
		else if (!str_starts(argv[i], "-D"))
			strv_add(&d.files, argv[i]);
		else if (!vmacros_define(d.macros, argv[i] + 2, &err))
			fprintf(stderr, "%s\n", err.text);
	}
	for (size_t i = 0; i < d.files.n; i++) {
		struct str text = STR_INIT;

		if (!file_read(d.files.v[i], 0, &text, &err)) {
			fprintf(stderr, "%s\n", err.text);
			return 1;
		}
		(is_outline ? outline : tokens)(d.files.v[i], str_cstr(&text), text.len, &env);
		str_free(&text);
	}
	strv_free(&d.kept);
	strv_free(&d.files);
	strv_free(&d.folders);
	vmacros_free(d.macros);
	return 0;
}
