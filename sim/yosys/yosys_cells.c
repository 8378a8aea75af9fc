#include "config.h"

#include "sim/yosys/yosys_cells.h"

#include <string.h>

#include "session/base/json.h"

int ycell_net(const cJSON *bit)
{
	if (!cJSON_IsNumber(bit) || bit->valuedouble < 1 || bit->valuedouble >= YNET_BITS_MAX)
		return 0;
	return (int)bit->valuedouble;
}

bool ycell_is_one(const cJSON *cell, const char *parameter)
{
	const cJSON *v = json_get(json_object(cell, "parameters"), parameter);
	size_t n;

	if (cJSON_IsNumber(v))
		return v->valuedouble != 0;
	n = cJSON_IsString(v) ? strlen(v->valuestring) : 0;
	return n && v->valuestring[n - 1] == '1';
}

const cJSON *ycell_pin(const cJSON *cell, const char *name)
{
	return json_array(json_object(cell, "connections"), name);
}

int ycell_pin_net(const cJSON *cell, const char *name)
{
	const cJSON *bits = ycell_pin(cell, name);

	return bits && bits->child && !bits->child->next ? ycell_net(bits->child) : 0;
}

bool ycell_is_output(const cJSON *cell, const char *pin)
{
	const char *way = json_string(json_object(cell, "port_directions"), pin);

	return way && strcmp(way, "output") == 0;
}

bool ycell_is_register(const cJSON *cell)
{
	return ycell_pin(cell, "CLK") &&
	       json_get(json_object(cell, "parameters"), "CLK_POLARITY") != NULL;
}

bool ycell_is_latch(const char *type)
{
	return strstr(type, "latch") || strcmp(type, "$sr") == 0;
}
