/* Detects that a server refuses a request because its model does not support tools.
 *
 * The request is then repeated without tools, so a message that merely has the word in
 * it is not enough: "tool_use ids were found without tool_result" is our mistake, and
 * "the model called a tool that does not exist" the model's. If the error names the
 * member it objects to (`param`, FastAPI's `loc`) or a code, that decides; a path into
 * one tool is about that tool. Otherwise the text is searched for the sentences that
 * servers use for it.
 */
#include "config.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <string.h>

#include "backends/wire/wire.h"
#include "session/base/json.h"
#include "session/base/str.h"
#include "session/base/word_table.h"

#define LOOKED_AT 2000u /* bytes searched of a message */

enum says { SAYS_NOTHING, SAYS_NO_TOOLS, SAYS_OTHER };

static enum says by_member(const char *name)
{
	static const char *const ours[] = { "tools", "tool_choice", "functions", NULL };

	return !name || !name[0]			    ? SAYS_NOTHING
	       : words_has_nocase(ours, name, strlen(name)) ? SAYS_NO_TOOLS
							    : SAYS_OTHER;
}

/* {"detail": [{"loc": ["body", "tools"], ...}]} */
static enum says by_detail(const cJSON *o)
{
	const cJSON *loc = json_array(cJSON_GetArrayItem(json_array(o, "detail"), 0), "loc");
	const cJSON *second = cJSON_GetArrayItem(loc, 1);
	const char *first = cJSON_GetStringValue(cJSON_GetArrayItem(loc, 0));

	if (!first || strcmp(first, "body") != 0 || !cJSON_IsString(second))
		return SAYS_NOTHING;
	return cJSON_GetArraySize(loc) == 2 ? by_member(second->valuestring) : SAYS_OTHER;
}

/* Only codes that are certainly about tools, or certainly not. */
static enum says by_code(const char *code)
{
	static const char *const none[] = { "tools_not_supported", "tool_use_not_supported",
					    "tool_calling_not_supported",
					    "function_calling_not_supported", NULL };
	static const char *const other[] = { "tool_use_failed", "context_length_exceeded",
					     "model_not_found", "invalid_function_parameters",
					     NULL };

	return !code || !code[0]			     ? SAYS_NOTHING
	       : words_has_nocase(none, code, strlen(code))  ? SAYS_NO_TOOLS
	       : words_has_nocase(other, code, strlen(code)) ? SAYS_OTHER
							     : SAYS_NOTHING;
}

/* Lower case, without quotes of any kind. */
static void plain(const char *text, struct str *out)
{
	for (size_t i = 0; i < LOOKED_AT && text[i]; i++)
		if (!strchr("'\"`", text[i]))
			str_addc(out, (char)tolower((unsigned char)text[i]));
}

/* Phrases of Ollama, OpenRouter, Bedrock, DeepSeek; Groq; Gemini; llama-server, older
 * and newest; vLLM. */
static bool by_words(const char *text)
{
	static const char *const sentences[] = {
		"not support tool",
		"doesnt support tool",
		"not support function calling",
		"doesnt support function calling",
		"endpoints found that support tool use",
		"tools are not supported",
		"tools is not supported",
		"tool use is not supported",
		"tool calling is not supported",
		"function calling is not supported",
		"function calling is not enabled",
		"cannot use tools with stream",
		"tools param requires",
		"tool choice requires --enable-auto-tool-choice",
	};
	struct str s = STR_INIT;
	bool yes = false;

	plain(text, &s);
	for (size_t i = 0; !yes && i < sizeof(sentences) / sizeof(*sentences); i++)
		yes = strstr(str_cstr(&s), sentences[i]) != NULL;
	str_free(&s);
	return yes;
}

bool wire_takes_no_tools(const cJSON *o, const char *text)
{
	const cJSON *e = json_object(cJSON_IsArray(o) ? cJSON_GetArrayItem(o, 0) : o, "error");
	enum says says;

	if (!e)
		e = o;
	says = by_member(json_string(e, "param"));
	if (says == SAYS_NOTHING)
		says = by_detail(o);
	if (says == SAYS_NOTHING)
		says = by_code(json_string(e, "code"));
	return says == SAYS_NO_TOOLS || (says == SAYS_NOTHING && by_words(text));
}
