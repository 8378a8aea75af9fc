/* edalize's description of one design for one tool: NAME.eda.yml.
 *
 *   name: blinky_1.0
 *   toplevel: blinky
 *   files:
 *     - {name: src/blinky.v, file_type: verilogSource}
 *     - {name: src/config.vh, file_type: verilogSource, is_include_file: true}
 *   parameters:
 *     WIDTH: {datatype: int, default: 8, paramtype: vlogdefine}
 *
 * Source: edalize.readthedocs.io, "EDA Metadata".
 */
#include "config.h"

#include "session/base/json.h"
#include "session/manifest/manifest_core.h"
#include "session/manifest/manifest_inner.h"
#include "session/text/yaml.h"

bool manifest_read_edam(struct reading *r, const char *text, size_t len, struct err *err)
{
	cJSON *all = yaml_parse(text, len, err);
	const char *top = json_string(all, "toplevel");
	const cJSON *v;

	if (!all)
		return err_prefix(err, "%s", r->path);
	reading_from_folder(r);
	cJSON_ArrayForEach(v, json_get(all, "files")) {
		const char *name = json_string(v, "name");
		struct core_file f = { 0 };

		core_file_read(&f, v);
		if (name)
			core_add_file(r, name, &f);
	}
	cJSON_ArrayForEach(v, json_get(all, "parameters"))
		core_add_parameter(r, all, v->string);
	if (top)
		reading_add_top(r, top);
	cJSON_Delete(all);
	return true;
}
