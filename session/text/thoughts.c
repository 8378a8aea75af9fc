#include "config.h"

#include "session/text/thoughts.h"

#include <stddef.h>

const struct thoughts thoughts[] = {
	{ "<think>", "</think>", true, true },
	{ "<thinking>", "</thinking>", true, true },
	{ "<thought>", "</thought>", true, true },
	{ "<thoughts>", "</thoughts>", true, true },
	{ "<reasoning>", "</reasoning>", true, true },
	{ "<seed:think>", "</seed:think>", true, true },
	{ "<mm:think>", "</mm:think>", true, true },
	{ "<antThinking>", "</antThinking>", true, true },
	{ "[THINK]", "[/THINK]", true, true },
	{ "\xe2\x97\x81think\xe2\x96\xb7", "\xe2\x97\x81/think\xe2\x96\xb7", true, true },
	{ "<|begin_of_thought|>", "<|end_of_thought|>", true, true },
	{ "<|START_THINKING|>", "<|END_THINKING|>", true, true },
	{ "<|channel|>analysis<|message|>", "<|end|>", true, false },
	{ "<|channel>thought", "<channel|>", true, false },
	{ "<analysis>", "</analysis>", false, false },
	{ "<reflection>", "</reflection>", false, false },
	{ "<scratchpad>", "</scratchpad>", false, false },
	{ "<thought_process>", "</thought_process>", false, false },
	{ "<inner_monologue>", "</inner_monologue>", false, false },
	{ NULL, NULL, false, false },
};

const char thoughts_answer[] = "<|start|>assistant<|channel|>final<|message|>";
