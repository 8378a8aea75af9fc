/* A request is read as words. Phrases of properties mark the words they explain, then
 * bit patterns and numbers do; a remaining significant word that the card never uses is
 * a difference of its own. "not", "without" and "no" before a phrase negate it.
 */
#include "config.h"

#include "backends/cookbook/cookbook_differs.h"

#include <stdlib.h>
#include <string.h>

#include "backends/cookbook/cookbook_card.h"
#include "backends/cookbook/cookbook_filler.h"
#include "backends/cookbook/cookbook_words.h"
#include "session/base/mem.h"
#include "session/base/str.h"

/* phrases: separated by ";". A phrase that contains a shorter one of the list is redundant. */
static const struct property {
	const char *name, *says, *phrases;
} properties[] = {
	{ "mealy", "a Mealy machine", "mealy" },
	{ "moore", "a Moore machine", "moore" },
	{ "one-hot", "one-hot coded states", "one hot; onehot; 1 hot" },
	{ "no-overlap", "occurrences that do not overlap",
	  "non overlapping; nonoverlapping; not overlapping; without overlap; without overlapping; "
	  "no overlap; no "
	  "overlapping; ohne ueberlappung; nicht ueberlappend; sans recouvrement; sans "
	  "chevauchement; non overlap; "
	  "sin solapamiento; nicht ueberlappende" },
	{ "async-reset", "an asynchronous reset",
	  "async reset; asynchronous reset; asynchronous active low reset; async active low reset; "
	  "asynchronous low active "
	  "reset; active low async reset; active low asynchronous reset; reset asynchronous; reset "
	  "async; asynchronously "
	  "reset; resets asynchronously; reset asynchronously; asynchronous active high reset; "
	  "asynchronous clear; async "
	  "clear; areset; arst; aclr; asynchroner reset; asynchronen reset; asynchronem reset; "
	  "asynchrones reset; "
	  "asynchronem ruecksetzen; asynchronen ruecksetzen; reset asynchron; reset asynchrone; "
	  "remise a zero asynchrone; reset asincrono" },
	{ "low-reset", "a reset that is active low",
	  "active low reset; low active reset; active low synchronous reset; active low sync "
	  "reset; active low "
	  "asynchronous reset; active low async reset; reset active low; reset is active low; "
	  "asynchronous active low; "
	  "synchronous active low; rst n; reset n; rstn; resetn; nrst; nreset; negative reset; "
	  "inverted reset; low aktiver "
	  "reset; low aktiven reset; low aktivem reset; reset actif bas; reset actif a l etat bas; "
	  "reset activo bajo" },
	{ "falling-edge", "the falling edge",
	  "falling edge; falling clock edge; negative edge; negedge; negative clock edge; fallende "
	  "flanke; fallenden "
	  "flanke; fallender flanke; front descendant; flanco descendente; flanco de bajada" },
	{ "both-edges", "both edges of the clock",
	  "both clock edges; both edges of the clock; double data rate; ddr" },
	{ "low-outputs", "outputs that are active low",
	  "active low output; active low outputs; low active outputs; inverted outputs; inverted "
	  "output; outputs active "
	  "low; outputs are active low; low aktive ausgaenge; low aktiven ausgaengen; invertierte "
	  "ausgaenge; invertierten "
	  "ausgaengen; sorties actives a l etat bas; sorties inversees; sorties actives bas; "
	  "salidas activas en bajo" },
	{ "common-anode", "a display with a common anode",
	  "common anode; gemeinsame anode; gemeinsamer anode; gemeinsamen anode; anode commune; "
	  "anodo comun" },
	{ "hex", "hexadecimal digits", "hex; hexadecimal; hexadezimal; a to f; 0 to f" },
	{ "digits", "several digits",
	  "2 digits; 2 digit; 3 digits; 3 digit; 4 digits; 4 digit; 6 digit; 8 digit; 8 digits; "
	  "multi digit; multiplexed; "
	  "zweistellig; zweistelliger; vierstellig; vierstellige; 2 stellen; 4 stellen; 4 "
	  "chiffres; 2 chiffres; deux "
	  "chiffres; dos digitos; 4 digitos; multiplexee; cascaded" },
	{ "signed", "signed numbers",
	  "signed; 2 s complement; twos complement; negative numbers; vorzeichen; "
	  "vorzeichenbehaftet; vorzeichenbehaftete; "
	  "vorzeichenbehafteter; zweierkomplement; signe; signes; complement a 2; complement a "
	  "deux; con signo; complemento a dos" },
	{ "float", "numbers that are no integers",
	  "floating point; float; fixed point; ieee 754; gleitkomma; festkomma; virgule flottante; "
	  "virgule fixe; coma flotante" },
	{ "pipelined", "a pipeline", "pipelined; pipeline; pipelining; fliessband" },
	{ "combinational", "a combinational circuit",
	  "combinational; combinatorial; single cycle; in one cycle; in one clock; without clock; "
	  "no clock; kombinatorisch; "
	  "kombinatorischer; combinatoire; combinacional; array multiplier" },
	{ "parity", "a parity bit", "parity; paritaet; paritaetsbit; parite; paridad" },
	{ "stop-bits", "another frame than 8N1",
	  "2 stop bits; 2 stop bit; 2 stopbits; 2 bits de stop; 7 data bits; 9 data bits; 7e1; "
	  "7n1; 8e1; 8o1; 8n2; 7o1; 9 bit frame" },
	{ "flow-control", "flow control", "flow control; rts; cts; xon; handshaking lines" },
	{ "almost", "flags almost full and almost empty",
	  "almost full; almost empty; almostfull; almostempty; nearly full; nearly empty; "
	  "programmable full; fast voll; "
	  "fast leer; presque plein; presque vide; presque pleine; casi lleno; casi llena; casi "
	  "vacia; watermark" },
	{ "fwft", "a first word that falls through",
	  "fwft; first word fall through; first word falls through; show ahead; lookahead; look "
	  "ahead" },
	{ "clocks", "two clocks",
	  "async clocks; asynchronous clocks; 2 clocks; different clocks; separate clocks; "
	  "independent clocks; clock domains; "
	  "2 clock domains; unterschiedliche takte; zwei takte; deux horloges; dos relojes" },
	{ "fifo", "a FIFO", "fifo; queue" },
	{ "down", "counting down",
	  "count down; counts down; counting down; down counter; countdown; down from; backwards; "
	  "rueckwaerts; abwaerts; "
	  "rueckwaertszaehler; abwaertszaehler; decompteur; decompte; descending; descendente; "
	  "decrementing; up and down; up down" },
	{ "saturate", "a count that stops at its end",
	  "saturate; saturates; saturating; stops at; stop at; stays at; holds at; halts at; stop "
	  "when; stops when; bleibt "
	  "stehen; saettigend; s arrete a; se detiene en" },
	{ "load", "a load input",
	  "load; loadable; preset; presettable; parallel load; preload; ladbar; ladbarer; "
	  "chargement; prechargeable; cargable; parallel laden" },
	{ "enable", "an enable input",
	  "with enable; enable input; clock enable; enable signal; and enable; an enable; en "
	  "input; freigabe; avec enable; mit enable; validation" },
	{ "right", "shifting or rotating to the other side",
	  "right shift; shift right; shifts right; shift left or right; left or right; left and "
	  "right; bidirectional shift; "
	  "universal; rechts; links und rechts; a droite; gauche droite; a la derecha; left "
	  "right" },
	{ "by-places", "a shift by several places, or one that keeps the sign",
	  "arithmetic shift; arithmetic right shift; arithmetic left shift; sra; barrel; barrel "
	  "shifter; shift amount; shift by n; "
	  "shamt; barrelshifter; decalage arithmetique; desplazamiento aritmetico" },
	{ "ring", "one 1 that goes round, or a Johnson counter",
	  "ring; ring counter; ringzaehler; johnson; johnsonzaehler; twisted ring; moebius; "
	  "compteur en anneau; contador en anillo" },
	{ "bits-counted", "a count of bits in a word",
	  "leading zero; leading zeros; leading one; trailing zero; trailing zeros; popcount; "
	  "population count; count ones; count the ones; "
	  "number of ones; clz; ctz; hamming weight" },
	{ "rotate", "a rotation",
	  "rotate; rotates; rotating; rotation; rotator; rotieren; rotierend" },
	{ "square", "a square wave or a divided clock as output",
	  "square wave; square; 50 duty; 50 % duty; duty cycle; toggle; toggles; toggling; blink; "
	  "blinks; blinking; rechteck; "
	  "rechtecksignal; signal carre; rapport cyclique; onda cuadrada; tastverhaeltnis" },
	{ "fraction", "a divisor that is no whole number",
	  "fractional; 1 5; 2 5; non integer; half integer" },
	{ "centred", "a centred pulse",
	  "center aligned; centre aligned; phase correct; centered; centred" },
	{ "complementary", "complementary outputs with dead time",
	  "complementary; dead time; deadtime; dead band; totzeit; h bridge" },
	{ "fixed-priority", "a fixed priority",
	  "fixed priority; static priority; feste prioritaet; fester prioritaet; priorite fixe; "
	  "prioridad fija; strict priority" },
	{ "weighted", "weights", "weighted; weights; weight; gewichtet; pondere" },
	{ "lowest", "the lowest bit that wins",
	  "lowest; lsb first; lowest bit; lowest index; niedrigste; niedrigstes; niederwertigste; "
	  "poids faible; menor; least significant; trailing" },
	{ "slave", "the slave's side", "slave; peripheral side; esclave; esclavo" },
	{ "spi-modes", "another mode than 0",
	  "mode 1; mode 2; mode 3; modus 1; modus 2; modus 3; cpol; cpha; all modes; all four "
	  "modes; all 4 modes" },
	{ "chip-selects", "several slaves",
	  "multiple slaves; several slaves; 2 slaves; 3 slaves; 4 slaves; multiple chip selects; "
	  "mehrere slaves; plusieurs esclaves" },
	{ "byte-enable", "enables for each byte",
	  "byte enable; byte enables; byte write; write mask; byte mask; write strobe; write "
	  "strobes; byte lanes" },
	{ "async-read", "a read without a clock edge",
	  "asynchronous read; async read; combinational read; reads asynchronously; lecture "
	  "asynchrone; asynchron lesen; asynchronem lesen; asynchrones lesen" },
	{ "true-dual", "two ports that both read and write",
	  "true dual; 2 write ports; both ports read and write; both ports write; 2 read write "
	  "ports; 2 rw ports; echtes dual" },
	{ "more-ports", "more read or write ports",
	  "3 read; 4 read; 3 read ports; 4 read ports; 2 write; 2 write ports; 3 write ports; "
	  "3r1w; 4r2w; 2w" },
	{ "bypass", "a written word that is read in the same cycle",
	  "bypass; forwarding; write through; write first; read during write; internal "
	  "forwarding" },
	{ "init-file", "contents from a file",
	  "initialized from; init file; hex file; preloaded; readmemh; initialised from; "
	  "initialise from; initialize from" },
	{ "ecc", "error correction", "ecc; error correction; hamming; crc; checksum" },
	{ "galois", "the Galois form", "galois" },
	{ "pedestrian", "a request of pedestrians",
	  "pedestrian; pedestrians; walk; walking; crosswalk; zebra; fussgaenger; "
	  "fussgaengertaste; fussgaengerampel; "
	  "fussgaengern; pieton; pietons; peaton; peatones; peatonal; don t walk" },
	{ "button", "a button",
	  "button; buttons; push button; pushbutton; taster; taste; knopf; bouton; poussoir; "
	  "boton; pulsador" },
	{ "debounced", "debouncing",
	  "debounced; debounce; debouncing; entprellt; entprellter; entprellten; antirebond; anti "
	  "rebond" },
	{ "left-turn", "a turn arrow or a sensor",
	  "left turn; turn arrow; arrow; sensor; sensors; emergency; night mode; linksabbieger; "
	  "capteur; blinking yellow; gelb blinken" },
	{ "one-street", "one street alone",
	  "single street; one street; only one light; single light; one light" },
	{ "display", "a display",
	  "display; 7 segment; 7seg; segment display; lcd; oled; vga; anzeige; afficheur; "
	  "pantalla" },
	{ "bus", "a bus interface",
	  "axi; axi4; axi lite; apb; ahb; wishbone; avalon; memory mapped; bus interface; amba" },
	{ "interrupt", "an interrupt", "interrupt; interrupts; irq; dma" },
	{ "divide-op", "a division", "division; divide; dividing; divides" },
	{ "multiply-op", "a multiplication", "multiply; multiplication; multiplies; mul" },
	{ "pulse-stretch", "a pulse of more than one clock",
	  "stretch; stretcher; pulse stretcher; longer pulse" },
	{ "converter", "a converter",
	  "converter; convert; converts; converting; conversion; konverter; wandler; "
	  "convertisseur; "
	  "conversion; convertidor; gray to binary; binary to gray; gray code to binary; binary to "
	  "gray code" },
	{ "multi-bit", "several bits at once", "multi bit; multibit" },
	{ "memory-controller", "a controller of a memory chip",
	  "sram controller; dram controller; sdram controller; ram controller; memory controller; "
	  "flash controller; speichercontroller; controleur memoire; controlador de memoria" },
	{ "vhdl", "a design in VHDL", "vhdl; chisel; spinalhdl; bluespec; amaranth" },
};

static bool same(const struct word *a, const struct word *b)
{
	if (a->number && b->number)
		return a->value == b->value;
	return strcmp(a->text, b->text) == 0 ||
	       strcmp(a->english ? a->english : a->text, b->english ? b->english : b->text) == 0;
}

static bool negated(const struct words *r, size_t k)
{
	return k > 0 &&
	       word_among(&r->v[k - 1], "no not without ohne kein keine keinen sin sans non");
}

/* True if the request has the phrase without a negation. Marks its words as used. */
static bool phrase_in(const struct words *r, const char *text, bool *used)
{
	struct words w;
	bool found = false;

	words_init(&w, text);
	for (size_t k = 0; w.n && k + w.n <= r->n; k++) {
		size_t i = 0;

		while (i < w.n && same(&w.v[i], &r->v[k + i]))
			i++;
		if (i < w.n)
			continue;
		memset(used + k, true, w.n * sizeof(*used));
		found = found || !negated(r, k);
	}
	words_fini(&w);
	return found;
}

static bool asked(const struct words *r, const struct property *p, bool *used)
{
	struct strv phrases = STRV_INIT;
	bool found = false;

	for (const char *s = p->phrases; *s; s += strspn(s, "; ")) {
		size_t n = strcspn(s, ";");

		strv_give(&phrases, mem_strndup(s, n));
		s += n;
	}
	for (size_t i = 0; i < phrases.n; i++)
		found = phrase_in(r, phrases.v[i], used) || found;
	strv_free(&phrases);
	return found;
}

static void differing_properties(const struct cookbook_card *card, const struct words *r,
				 bool *used, struct strv *out)
{
	for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); i++)
		if (asked(r, &properties[i], used) && !strv_has(&card->has, properties[i].name))
			strv_give(out,
				  str_fmt("you asked for %s; this design is or has no such thing.",
					  properties[i].says));
}

/* Bits ---------------------------------------------------------------------- */

static bool is_bits(const char *s)
{
	return *s && s[strspn(s, "01")] == '\0';
}

/* The first pattern of at least three bits: "110", "1 1 0", "1-1-0"; "" if there is none. */
static void asked_pattern(const struct words *r, bool *used, struct str *out)
{
	for (size_t k = 0, n; k < r->n && out->len < 3; k += n + 1) {
		str_clear(out);
		for (n = 0; k + n < r->n && is_bits(r->v[k + n].text); n++)
			str_adds(out, r->v[k + n].text);
		/* Skip the 0 and 1 of "from 0 to 1". */
		if (out->len >= 3)
			memset(used + k, true, n * sizeof(*used));
	}
	if (out->len < 3)
		str_clear(out);
}

static void differing_pattern(const struct cookbook_card *card, const struct words *r, bool *used,
			      struct strv *out)
{
	struct str bits = STR_INIT;

	if (card->pattern)
		asked_pattern(r, used, &bits);
	if (bits.len && strcmp(str_cstr(&bits), card->pattern) != 0)
		strv_give(out, str_fmt("you asked for the pattern %s; this design detects %s, and "
				       "its states must be "
				       "drawn anew for yours.",
				       str_cstr(&bits), card->pattern));
	str_free(&bits);
}

/* Numbers and words ----------------------------------------------------------- */

static bool fits(long number, long value)
{
	if (number == value || number == value - 1)
		return true;
	/* a power of two, as in "3 to 8", "8 to 3" */
	return (value < 31 && number == 1L << value) ||
	       (number < 31 && number >= 0 && value == 1L << number);
}

/* True if a parameter was set from the number, or a rule that uses rates and times applies. */
static bool became_parameter(const struct cookbook_card *card, const struct cookbook_value *values,
			     long number)
{
	for (size_t i = 0; i < card->n_params; i++)
		if (values[i].given &&
		    (fits(number, values[i].asked) || fits(number, values[i].value) ||
		     card->params[i].rule == COOKBOOK_BAUD ||
		     card->params[i].rule == COOKBOOK_TIME ||
		     card->params[i].rule == COOKBOOK_RATIO))
			return true;
	return false;
}

static void out_of_range(const struct cookbook_card *card, const struct cookbook_value *values,
			 struct strv *out)
{
	for (size_t i = 0; i < card->n_params; i++)
		if (values[i].given && values[i].asked != values[i].value)
			strv_give(out, str_fmt("you asked for %s = %ld; this design takes %ld to "
					       "%ld%s, so here it is %ld.",
					       card->params[i].name, values[i].asked,
					       card->params[i].least, card->params[i].most,
					       card->params[i].pow2 ? ", powers of 2" : "",
					       values[i].value));
}

/* The card's words about the design itself, without the sections on how it works and on
 * pitfalls, which mention other designs. */
static void self_description(const struct cookbook_card *c, struct words *out)
{
	struct str all = STR_INIT;

	str_addf(&all, "%s %s ", c->title, c->module);
	for (size_t i = 0; i < c->words.n; i++)
		str_addf(&all, "%s ", c->words.v[i]);
	for (size_t i = 0; i < c->n_params; i++)
		for (size_t k = 0; k < c->params[i].words.n; k++)
			str_addf(&all, "%s ", c->params[i].words.v[k]);
	cookbook_section(c, "In a sentence", &all);
	cookbook_section(c, "Ports", &all);
	words_init(out, str_cstr(&all));
	str_free(&all);
}

/* The design's other names. Numbers in them are only examples: a "4 to 16 decoder" says
 * nothing about the 16 in a request that got another size. */
static void names_of(const struct cookbook_card *c, struct words *out)
{
	struct str all = STR_INIT;

	for (size_t i = 0; i < c->names.n; i++)
		str_addf(&all, "%s ", c->names.v[i]);
	words_init(out, str_cstr(&all));
	str_free(&all);
}

/* True for the 8 of "3 to 8" if the design is "N bits to 2^N". */
static bool is_power_of(const struct cookbook_card *card, const struct cookbook_value *values,
			long number)
{
	for (size_t i = 0; strstr(card->title, "2^") && i < card->n_params; i++)
		if (values[i].value > 0 && values[i].value < 16 && number == 1L << values[i].value)
			return true;
	return false;
}

static bool holds(const struct words *w, const struct word *word)
{
	for (size_t i = 0; i < w->n; i++)
		if (word->number ? w->v[i].number && w->v[i].value == word->value
				 : words_alike(&w->v[i], word))
			return true;
	return false;
}

static void list(struct str *out, const char *word)
{
	str_addf(out, "%s%s", out->len ? ", " : "", word);
}

static void not_considered(const struct cookbook_card *card, const struct words *r,
			   const struct cookbook_value *values, const bool *used, struct strv *out)
{
	struct words own, names;
	struct str numbers = STR_INIT, words = STR_INIT;

	self_description(card, &own);
	names_of(card, &names);
	for (size_t k = 0; k < r->n; k++) {
		const struct word *w = &r->v[k];

		if (used[k] || holds(&own, w) ||
		    (w->number ? is_power_of(card, values, w->value) : holds(&names, w)))
			continue;
		/* A clock rate does not concern a design that measures no time. */
		if (w->number && k + 1 < r->n && word_among(w + 1, "hz khz mhz ghz"))
			continue;
		if (w->number && w->value > 1 && !became_parameter(card, values, w->value))
			list(&numbers, w->text);
		else if (!w->number && strlen(w->text) > 3 && !cookbook_common(w) &&
			 !cookbook_chatter(w))
			list(&words, w->text);
	}
	if (numbers.len)
		strv_give(out, str_fmt("these numbers of yours have no place in it: %s.",
				       str_cstr(&numbers)));
	if (words.len)
		strv_give(out, str_fmt("these words of yours mean nothing to the cookbook, so "
				       "check what they ask for: %s.",
				       str_cstr(&words)));
	str_free(&numbers);
	str_free(&words);
	words_fini(&names);
	words_fini(&own);
}

void cookbook_differs(const struct cookbook_card *card, const char *request,
		      const struct cookbook_value *values, struct strv *out)
{
	struct words r;
	bool *used;

	words_init(&r, request);
	used = mem_calloc(r.n + 1, sizeof(*used));
	differing_pattern(card, &r, used, out);
	differing_properties(card, &r, used, out);
	out_of_range(card, values, out);
	not_considered(card, &r, values, used, out);
	free(used);
	words_fini(&r);
}

bool cookbook_property(const char *name)
{
	for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); i++)
		if (strcmp(properties[i].name, name) == 0)
			return true;
	return false;
}
