/* Arguments of a call that a tool's schema also wants as headers:
 *
 *	"properties": { "region": { "type": "string", "x-mcp-header": "Region" } }
 *
 * becomes "Mcp-Param-Region: eu" beside {"region": "eu"}, so that a program in between can
 * sort the calls. Only single values below `properties` alone can be such.
 */
#include "config.h"

#include "backends/hosted/mcp_headers.h"

#include <math.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"

#define DEPTH_MAX 16 /* of properties within properties */
#define SAFE_MAX  9007199254740991.0

static bool is_token(const char *s)
{
	return s[0] &&
	       strspn(s, "!#$%&'*+-.^_`|~0123456789"
			 "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") == strlen(s);
}

/* False: it is not a single value that can be written. */
static bool value_of(const cJSON *v, struct str *out)
{
	if (cJSON_IsString(v))
		str_adds(out, v->valuestring);
	else if (cJSON_IsBool(v))
		str_adds(out, cJSON_IsTrue(v) ? "true" : "false");
	else if (cJSON_IsNumber(v) && floor(v->valuedouble) == v->valuedouble &&
		 fabs(v->valuedouble) <= SAFE_MAX)
		str_addf(out, "%.0f", v->valuedouble);
	else
		return false;
	return true;
}

static void add_params(const cJSON *schema, const cJSON *args, int depth, struct strv *out)
{
	const cJSON *all = json_object(schema, "properties");

	for (const cJSON *p = all ? all->child : NULL; p && depth < DEPTH_MAX; p = p->next) {
		const char *header = json_string(p, "x-mcp-header");
		const cJSON *v = json_get(args, p->string);
		struct str value = STR_INIT, name = STR_INIT;

		if (header && is_token(header) && value_of(v, &value)) {
			str_addf(&name, "Mcp-Param-%s", header);
			mcp_header(str_cstr(&name), str_cstr(&value), out);
		}
		if (cJSON_IsObject(v))
			add_params(p, v, depth + 1, out);
		str_free(&name);
		str_free(&value);
	}
}

void mcp_params(const cJSON *schema, const cJSON *args, struct strv *out)
{
	add_params(schema, args, 0, out);
}
