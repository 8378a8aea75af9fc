/* Meanings of acronyms in names.
 *
 * Designs share a vocabulary that no comment repeats: an mmu translates addresses, a
 * csr is a register, mepc holds the program counter of an exception. The table
 * contains what is common to all companies, including architecture manuals, but
 * nothing that a single one made up.
 *
 * A letter in front says what it belongs to (icache, dmmu, mepc), one at the end
 * which half (mcycleh).
 */
#include "config.h"

#include "session/graph/graph_fit.h"

#include <stdlib.h>
#include <string.h>

struct acronym {
	const char *brief, *words;
};

static const struct acronym known[] = {
	{ "adc", "analog digital converter" },
	{ "adpcm", "adaptive delta pulse code modulation" },
	{ "aes", "encryption cipher" },
	{ "ahb", "bus" },
	{ "alu", "arithmetic logic unit" },
	{ "amo", "atomic memory operation" },
	{ "apb", "peripheral bus" },
	{ "asid", "address space identifier" },
	{ "axi", "bus" },
	{ "bcnt", "bit byte count" },
	{ "ber", "bit error rate" },
	{ "bht", "branch history table prediction" },
	{ "bist", "built self test" },
	{ "bpu", "branch prediction unit" },
	{ "btb", "branch target buffer prediction" },
	{ "cam", "content addressable memory" },
	{ "cause", "cause reason" },
	{ "ccm", "closely coupled memory" },
	{ "cdb", "common data bus" },
	{ "cdc", "clock domain crossing synchronizer" },
	{ "cg", "clock gate" },
	{ "clint", "core local interrupt controller timer" },
	{ "cordic", "rotate sine cosine" },
	{ "cpu", "processor core" },
	{ "crc", "cyclic redundancy" },
	{ "csr", "control status register" },
	{ "cycle", "cycle counter" },
	{ "dac", "digital analog converter" },
	{ "ddr", "double data rate" },
	{ "dds", "direct digital synthesis" },
	{ "dlc", "data length code" },
	{ "dm", "debug module" },
	{ "dma", "direct memory access" },
	{ "dmi", "debug module interface" },
	{ "dpram", "dual port memory" },
	{ "dsp", "digital signal processor multiply" },
	{ "dtm", "debug transport module" },
	{ "ecc", "error correction code" },
	{ "edeleg", "exception delegation" },
	{ "eof", "end frame" },
	{ "eoi", "end interrupt" },
	{ "eop", "end packet" },
	{ "epc", "exception program counter" },
	{ "exu", "execution unit" },
	{ "fcs", "frame check sequence" },
	{ "fft", "fourier transform" },
	{ "fifo", "queue" },
	{ "fir", "filter" },
	{ "fma", "fused multiply add" },
	{ "fpr", "floating point register" },
	{ "fpu", "floating point unit" },
	{ "fsm", "state machine" },
	{ "ghr", "global history register" },
	{ "gpio", "general purpose input output pin" },
	{ "gpr", "general purpose register file" },
	{ "hazard", "dependency" },
	{ "hblank", "horizontal blank" },
	{ "hsync", "horizontal synchronization" },
	{ "i2s", "serial audio" },
	{ "ialu", "integer arithmetic logic unit" },
	{ "ideleg", "interrupt delegation" },
	{ "idu", "instruction decode unit" },
	{ "ifg", "inter frame gap" },
	{ "ifu", "instruction fetch unit" },
	{ "iir", "filter" },
	{ "instret", "retired instruction counter" },
	{ "ipg", "inter packet gap" },
	{ "ir", "instruction register" },
	{ "isa", "instruction set" },
	{ "jtag", "test access port debug" },
	{ "lcd", "display" },
	{ "lfo", "low frequency oscillator" },
	{ "lfsr", "linear feedback shift register random" },
	{ "lru", "least recently used replacement eviction victim" },
	{ "lsu", "load store unit" },
	{ "lut", "lookup table" },
	{ "mac", "multiply accumulate media access" },
	{ "mar", "memory address register" },
	{ "mdio", "management data phy" },
	{ "mdr", "memory data register" },
	{ "mie", "machine interrupt enable" },
	{ "miim", "media independent interface management phy" },
	{ "mip", "machine interrupt pending" },
	{ "mmu", "memory management unit address translation" },
	{ "mshr", "miss status holding register" },
	{ "nan", "not number" },
	{ "nco", "numerically controlled oscillator" },
	{ "nmi", "non maskable interrupt" },
	{ "npc", "next program counter" },
	{ "osd", "screen display menu" },
	{ "pc", "program counter" },
	{ "pcm", "pulse code modulation audio" },
	{ "pcu", "performance counter unit" },
	{ "pfc", "priority flow control" },
	{ "phy", "physical layer" },
	{ "pic", "programmable interrupt controller" },
	{ "plic", "platform level interrupt controller" },
	{ "pll", "phase locked loop" },
	{ "pma", "physical memory attributes" },
	{ "pmp", "physical memory protection" },
	{ "pmu", "performance monitoring unit" },
	{ "ppn", "physical page number" },
	{ "pps", "pulse per second" },
	{ "psr", "processor status register" },
	{ "ptc", "pwm timer counter" },
	{ "pte", "page table entry" },
	{ "ptp", "precision time protocol" },
	{ "ptw", "page table walker" },
	{ "pwm", "pulse width modulation" },
	{ "raddr", "read address" },
	{ "ras", "return address stack" },
	{ "rdata", "read data" },
	{ "rf", "register file" },
	{ "rgmii", "gigabit media independent interface" },
	{ "rob", "reorder buffer" },
	{ "rptr", "read pointer" },
	{ "rs232", "serial" },
	{ "rtc", "real time clock" },
	{ "satp", "address translation page table" },
	{ "sck", "serial clock" },
	{ "scl", "serial clock" },
	{ "sclk", "serial clock" },
	{ "scratch", "scratch" },
	{ "sda", "serial data" },
	{ "sdram", "dynamic memory" },
	{ "serdes", "serializer deserializer" },
	{ "sha", "hash digest" },
	{ "soc", "system chip" },
	{ "sof", "start frame" },
	{ "sop", "start packet" },
	{ "sp", "stack pointer" },
	{ "spi", "serial peripheral interface" },
	{ "spr", "special purpose register" },
	{ "sram", "static memory" },
	{ "sreg", "shift register" },
	{ "sseg", "seven segment display" },
	{ "status", "status" },
	{ "tap", "test access port jtag" },
	{ "tcm", "tightly coupled memory" },
	{ "time", "timer" },
	{ "timecmp", "timer compare" },
	{ "tlb", "translation lookaside buffer address" },
	{ "tod", "time day" },
	{ "tval", "trap value" },
	{ "tvec", "trap vector base" },
	{ "uart", "serial receiver transmitter" },
	{ "usb", "universal serial bus" },
	{ "vblank", "vertical blank" },
	{ "vga", "video display" },
	{ "vpn", "virtual page number" },
	{ "vram", "video memory" },
	{ "vsync", "vertical synchronization" },
	{ "waddr", "write address" },
	{ "wdata", "write data" },
	{ "wdt", "watchdog timer" },
	{ "wfi", "wait interrupt" },
	{ "wptr", "write pointer" },
	{ "xgmii", "gigabit media independent interface" },
};

#define LETTERS_MAX 8u

static int compare(const void *key, const void *row)
{
	return strcmp(key, ((const struct acronym *)row)->brief);
}

static const char *words_of(const char *part, size_t n)
{
	char key[LETTERS_MAX];
	const struct acronym *a;

	if (n < 2 || n >= sizeof(key))
		return NULL;
	memcpy(key, part, n);
	key[n] = '\0';
	a = bsearch(key, known, sizeof(known) / sizeof(*known), sizeof(*known), compare);
	return a ? a->words : NULL;
}

static const char *of_letter(char c, bool behind)
{
	static const struct {
		char c;
		bool behind;
		const char *word;
	} letters[] = { { 'd', false, "data" },	   { 'i', false, "instruction" },
			{ 'm', false, "machine" }, { 's', false, "supervisor" },
			{ 'u', false, "user" },	   { 'h', true, "high" },
			{ 'l', true, "low" } };

	for (size_t i = 0; i < sizeof(letters) / sizeof(*letters); i++)
		if (letters[i].c == c && letters[i].behind == behind)
			return letters[i].word;
	return NULL;
}

/* Looks up the whole part, else the part without its first letter, its last, or both. */
void graph_acronym_read(struct graph_acronym *out, const char *part, size_t n)
{
	*out = (struct graph_acronym){ .words = words_of(part, n) };
	for (unsigned off = 1; !out->words && off < 4; off++) {
		size_t before = off & 1, behind = off >> 1;

		if (n < 3 + before + behind)
			continue;
		out->whose = before ? of_letter(part[0], false) : NULL;
		out->half = behind ? of_letter(part[n - 1], true) : NULL;
		if ((!before || out->whose) && (!behind || out->half))
			out->words = words_of(part + before, n - before - behind);
	}
}
