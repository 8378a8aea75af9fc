/* A malformed dump is read as far as it makes sense, and nothing in it is guessed. The
 * user must be told, because the screen then does not show everything in the file.
 */
#include "config.h"

#include "sim/trace/vcd_words.h"

#include <string.h>

#include "session/base/str.h"
#include "sim/trace/vcd_scan.h"

void vcd_port_states(struct str *value, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (strchr("DdLl0", s[i]))
			str_addc(value, '0');
		else if (strchr("UuHh1", s[i]))
			str_addc(value, '1');
		else
			str_addc(value, strchr("ZTFf", s[i]) ? 'z' : 'x');
	}
}

const char *vcd_odd_sentence(unsigned odd)
{
	static const struct {
		unsigned odd;
		const char *text;
	} sentences[] = {
		{ VCD_ODD_MANY,
		  "the file has more than a million signals; the others are left out" },
		{ VCD_ODD_BACK, "time goes back in the file: what changes there is shown at the "
				"latest time before" },
		{ VCD_ODD_TIME,
		  "the file has times that are no numbers, or too large: what changes "
		  "there is shown at the time before" },
		{ VCD_ODD_REUSED, "signals of different widths have one identifier in the file: "
				  "only the first of them has values" },
		{ VCD_ODD_EARLY, "the file has values before its declarations end: they are left "
				 "out" },
		{ VCD_ODD_UNDECLARED,
		  "the file has values without a signal that it declares: they are "
		  "left out" },
		{ VCD_ODD_WIDE, "the file has signals of more than 65536 bits: their upper bits "
				"are left out" },
	};

	for (size_t i = 0; i < sizeof(sentences) / sizeof(*sentences); i++)
		if (odd & sentences[i].odd)
			return sentences[i].text;
	return NULL;
}
