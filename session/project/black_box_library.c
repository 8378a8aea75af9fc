/* Which library a module without a source comes from.
 *
 * A name such as SB_IO or sky130_fd_sc_hd__inv_2 belongs to one library alone. One such as
 * INV, DFF or SP is also what a student calls a module, and a forgotten file must not pass
 * for a cell: it counts only in a project that has files of that vendor's tools.
 */
#include "config.h"

#include "session/project/black_box_scan.h"

#include <stddef.h>
#include <string.h>

#include "session/base/str.h"
#include "session/manifest/tree.h"
#include "session/project/project.h"

#define MAX_OWN	    48u
#define MAX_COMMON  64u
#define MAX_MARKS   5u
#define MAX_GLOBALS 2u

struct library {
	const char *name;
	const char *marks[MAX_MARKS];	  /* endings of files that only its vendor's tools have */
	const char *own[MAX_OWN];	  /* patterns of names that nobody else uses */
	const char *common[MAX_COMMON];	  /* others; of projects with a marked file */
	const char *globals[MAX_GLOBALS]; /* modules that its models refer to, `glbl.GSR` */
};

/* clang-format off */
static const struct library libraries[] = {
	{ "Lattice iCE40", { ".pcf" }, { "SB_*", "ICESTORM_*" }, { "LogicCell40" } },
	{ "SkyWater sky130", .own = { "sky130_*" } },
	{ "GlobalFoundries gf180mcu", .own = { "gf180mcu_*" } },
	{ "IHP sg13g2", .own = { "sg13g2_*" } },
	{ "ASAP7", .own = { "*_ASAP7_75t_*" } },
	{ "Nangate 45", .own = {
		"INV_X?*", "BUF_X?*", "CLKBUF_X?", "CLKGATE*_X?", "DFF*_X?", "SDFF*_X?", "DL?_X?",
		"NAND?_X?", "NOR?_X?", "AND?_X?", "OR?_X?", "XOR2_X?", "XNOR2_X?", "AOI2*_X?",
		"OAI2*_X?", "OAI33_X1", "MUX2_X?", "FA_X1", "HA_X1", "TBUF_X?*", "TINV_X1",
		"TLAT_X1", "LOGIC?_X1", "FILLCELL_X?*", "ANTENNA_X1" } },
	{ "Lattice ECP5", { ".lpf", ".ldf" },
	  { "TRELLIS_*", "EHXPLL*", "DCCA", "DCSC", "OSCG", "?DDRX?F", "?DDRX2DQ?*", "?DDR71B",
	    "TSHX2DQ*", "OSHX2A", "DELAYF", "DELAYG", "DP16KD", "PDPW16KD", "DPR16X4C", "ALU54B",
	    "MULT18X18D", "CCU2C", "L6MUX21", "CLKDIVF", "DCUA", "DDRDLLA", "DLLDELD", "DQSBUFM",
	    "ECLKBRIDGECS", "ECLKSYNCB", "EXTREFB", "JTAGG", "PCSCLKDIV", "SGSR", "USRMCLK",
	    "PFUMX" },
	  { "INV", "LUT?", "DTR", "VHI", "VLO", "BB", "IB", "OB", "OBZ", "GSR", "PUR" },
	  { "GSR_INST", "PUR_INST" } },
	{ "Lattice MachXO", { ".lpf", ".ldf" },
	  { "FACADE_*", "OSCH", "OSCJ", "DP8KC", "PDPW8KC", "SP8KC", "FIFO8KB", "FD1P3?X",
	    "FD1S3?X", "FL1P3?X", "CCU2D", "DCMA", "ROM16X1A", "ROM32X1A", "ROM64X1A" },
	  { "EFB", "OSCE" } },
	{ "Lattice Nexus", { ".rdf" },
	  { "OXIDE_*", "OSCA", "SP16K", "DP16K", "PDP16K", "PDPSC16K", "SP512K", "DPSC512K",
	    "PDPSC512K", "FIFO16K", "?DDRX?", "SEIO18", "SEIO33", "DIFFIO18", "MULTADDSUB?*X*",
	    "MULTPREADD?*X*", "BNKREF18", "CONFIG_LMMI", "BFD1P3?X", "?FD1P3?X", "WIDEFN9",
	    "SGMIICDR", "I2CFIFO", "TSHX?DQ*", "?DDRX?DQ*", "OSHX?", "ECLKSYNC", "PCLKDIV*",
	    "DDRDLL", "DLLDEL", "?DDR71", "BB_I3C_A", "BB_ADC", "BB_CDR" },
	  { "ACC54", "ADC", "ALUREG", "CCU2", "DCC", "DCS", "DELAYA", "DELAYB", "DPHY", "DPR16X4",
	    "DQSBUF", "EBR", "ECLKDIV", "FBMUX", "HSE", "HSOSC", "LSOSC", "INV", "JTAG", "LRAM",
	    "LUT4", "M18X36", "MIPI", "MULT9", "MULT18", "MULT36", "MULT9X9", "MULT18X18",
	    "MULT18X36", "MULT36X36", "MULTIBOOT", "OSC", "PCIE", "PLL", "PREADD9", "PUR", "GSR",
	    "REFMUX", "REG18", "SEDC", "TSALLA", "VHI", "VLO", "WDT", "BB", "IB", "OB", "OBZ" },
	  { "GSR_INST", "PUR_INST" } },
	{ "Xilinx", { ".xdc", ".ucf", ".xpr", ".xise", ".xci" },
	  { "IBUF?*", "OBUF?*", "IOBUF?*", "BUFG*", "BUFR", "BUFH*", "BUFIO*", "BUFMR*", "BUFPLL*",
	    "MMCM*", "PLLE?_*", "RAMB?*", "URAM288*", "FIFO18?*", "FIFO36?*", "FD?E", "FD?E_1",
	    "FDCPE*", "FDRSE*", "DSP48*", "?DDR2", "?DDRE1", "?SERDES*", "?DELAYE?", "IDELAYCTRL",
	    "IODELAY*", "SRL16*", "SRLC16*", "SRLC32E", "XADC*", "SYSMON*", "STARTUP*", "ICAP*",
	    "BSCAN*", "DCM*", "CARRY?", "xpm_*", "GT?E?_*", "GT??_DUAL", "DNA_PORT*", "PS7", "PS8" },
	  { "AND2B1L", "OR2L", "CFGLUT5", "CRC32", "CRC64", "FE", "FIFO16", "FIFO18", "FIFO36",
	    "GND", "VCC", "IBUF", "OBUF", "IOBUF", "BUFT", "IDDR", "IDDR_2CLK", "ODDR", "IDELAY",
	    "INV", "IN_FIFO", "OUT_FIFO", "KEEPER", "LDCE", "LDPE", "LDCPE", "LUT1", "LUT2",
	    "LUT3", "LUT4", "LUT5", "LUT6", "LUT6_2", "MCB", "MULT_AND", "MULT18X18*", "MUXCY",
	    "MUXF?", "ORCY", "XORCY", "PULLDOWN", "PULLUP", "PLL_ADV", "PLL_BASE", "PMCD",
	    "RAM??X?S", "RAM??X?D", "RAM??X?S_1", "RAM??X?D_1", "RAM???X1?", "RAM128X1S_1",
	    "RAM32M*", "RAM64M*", "ROM??X1", "ROM???X1" },
	  { "glbl" } },
	/* The rest of them, and what its wizards write. */
	{ "Xilinx", { ".xdc", ".ucf", ".xpr", ".xise", ".xci" },
	  { "clk_wiz_*", "blk_mem_gen_*", "dist_mem_gen_*", "fifo_generator_*", "mult_gen_*",
	    "ila_?", "vio_?", "proc_sys_reset*", "xlconstant*", "axi_gpio_?", "CAPTURE_*",
	    "CAPTUREE2", "FRAME_ECC*", "GTM_DUAL", "GTP_DUAL", "GTPA1_DUAL", "GTX_DUAL", "GT11*", "GTXE1",
	    "HBM_*_INTF*", "IFDDR*", "OFDDR*", "FDDR*", "IODRP2*", "PHASER_*", "PPC4*", "USR_ACCESS*" },
	  { "BITSLICE_CONTROL", "CMAC", "CMACE4", "DCIRESET", "EFUSE_USR", "EMAC", "HARD_SYNC",
	    "HBM_REF_CLK", "HPIO_VREF", "HSADC", "HSDAC", "ILKN", "ILKNE4", "KEY_CLEAR",
	    "MASTER_JTAG", "PCIE??E4", "PCIE4CE4", "PCIE_?_?", "PCIE_A1", "PCIE_EP",
	    "PHY_CONTROL", "POST_CRC_INTERNAL", "RAM32X16DR8", "RAM64X8SW", "RFADC", "RFDAC",
	    "RIU_OR", "RXTX_BITSLICE", "RX_BITSLICE", "TX_BITSLICE*", "SPI_ACCESS",
	    "SUSPEND_SYNC", "TEMAC*", "VCU" } },
	{ "Intel", { ".qsf", ".qpf", ".qip" },
	  { "altpll*", "altsyncram*", "altera_*", "altddio_*", "altiobuf_*", "altlvds_*",
	    "altclkctrl*", "altclklock", "altdpram", "altqpram", "alt3pram", "alt2gxb*", "altgx*",
	    "altmult_*", "altmemmult", "altfp_*", "altshift_*", "altufm_*", "altremote_update*",
	    "altasmi_parallel*", "altint_osc*", "altsource_probe*", "altecc_*", "altaccumulate",
	    "altsqrt", "altparallel_flash_loader*", "altotp*", "alt_inbuf*", "alt_outbuf*",
	    "alt_iobuf*", "alt_bidir*", "alt_oct*", "alt_xcvr*", "alt_vip*", "lpm_*", "cyclone*_*",
	    "stratix*_*", "arria*_*", "max10_*", "maxii_*", "fiftyfivenm_*", "dcfifo*" },
	  { "parallel_add" } },
	{ "Intel", { ".qsf", ".qpf", ".qip" },
	  { "scfifo*", "twentynm_*", "tennm_*", "sld_virtual_jtag*", "sld_signaltap*" } },
	/* Gowin UG286 and UG289: memories, clocks, pins. */
	{ "Gowin", { ".gprj", ".cst" },
	  { "rPLL", "PLLVR", "Gowin_*", "OSCF", "OSCW", "OSCO", "OSCZ", "DHCEN*", "SPX9", "SDPB",
	    "SDPX9*", "DPB", "DPX9*", "pROM*", "RAM16S?", "RAM16SDP?", "OSER?", "OSER1?", "OVIDEO",
	    "IDES?", "IDES1?", "IVIDEO", "?LVDS_?BUF", "FLASH*K", "USERFLASH*", "__APICULA_*",
	    "MUX2_LUT?" },
	  { "ALU", "ALU54D", "DFF", "DFFE", "DFFS", "DFFSE", "DFFR", "DFFRE", "DFFP", "DFFPE",
	    "DFFC", "DFFCE", "DFFN", "DFFNE", "DFFN?", "DFFN?E", "DL", "DLE", "DLC", "DLCE", "DLP",
	    "DLPE", "DLN", "DLN?", "DP", "SDP", "SP", "GND", "VCC", "GSR", "IBUF", "OBUF", "IOBUF",
	    "TBUF", "LUT?", "MUX2", "MULT??X??", "MULT9X9", "ODDR", "ODDRC", "IDDR", "IDDRC",
	    "OSC", "OSCH", "CLKDIV", "CLKDIV2", "DQCE", "DCS", "ROM16", "IODELAY", "INV", "PLLA" },
	  { "GSR" } },
	{ "Efinix", { ".peri.xml" }, { "EFX_*" } },
	{ "Microchip", { ".prjx", ".pdc" },
	  { "CLKINT*", "CLKBUF_DIFF", "CLKBIBUF", "GCLKINT", "GCLKBUF*", "GCLKBIBUF", "RCLKINT",
	    "RGCLKINT", "BIBUF*", "TRIBUFF*", "INBUF*", "OUTBUF*", "RAM1K18*", "RAM1K20",
	    "RAM64x1?" },
	  { "AND?", "ARI1", "BUFD", "BUFF", "CFG1", "CFG2", "CFG3", "CFG4", "CLKBUF", "INV", "INVD",
	    "MX2", "MX4", "NAND?", "NOR?", "OR?", "XOR?", "SLE", "SYSRESET", "XTLOSC", "VCC",
	    "GND" } },
	{ "Anlogic", { ".adc" }, { "AL_MAP_*", "EG_LOGIC_*", "EG_PHY_*" } },
	{ "Cologne Chip", { ".ccf" },
	  { "CC_PLL*", "CC_BUFG", "CC_BRAM_?0K", "CC_FIFO_40K", "CC_USR_RSTN", "CC_SERDES",
	    "CC_LUT?", "CC_L2T?", "CC_CFG_CTRL" },
	  { "CC_*" } },
	{ "Yosys", .own = { "$?*" } },
};
/* clang-format on */

static const char *matching(const char *const *patterns, size_t max, const char *module)
{
	for (size_t i = 0; i < max && patterns[i]; i++)
		if (tree_matches(patterns[i], module))
			return patterns[i];
	return NULL;
}

static bool has_marked_file(const struct project *p, const struct library *l)
{
	size_t n;
	const char *const *paths = project_tree(p, &n);

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < MAX_MARKS && l->marks[k]; k++)
			if (str_ends(paths[i], l->marks[k]))
				return true;
	return false;
}

/* True if the project instantiates another cell of it, which only it has. */
static bool has_own_cell(const struct project *p, const struct library *l)
{
	for (size_t i = 0; i < project_files(p); i++) {
		const struct voutline *o = project_file(p, i)->outline;

		for (size_t u = 0; o && u < o->n; u++)
			for (size_t k = 0; k < o->modules[u].n_instances; k++)
				if (matching(l->own, MAX_OWN, o->modules[u].instances[k].module))
					return true;
	}
	return false;
}

const char *box_library(const struct project *p, const char *module, const char **pattern)
{
	const struct library *other = NULL;

	for (size_t i = 0; i < sizeof(libraries) / sizeof(*libraries); i++) {
		const struct library *l = &libraries[i];
		const char *own = matching(l->own, MAX_OWN, module),
			   *any = own ? own : matching(l->common, MAX_COMMON, module);

		/* Vendors use the names of each other. */
		if (any && has_marked_file(p, l)) {
			*pattern = any;
			return l->name;
		}
		if (!other && any && (own || has_own_cell(p, l))) {
			*pattern = any;
			other = l;
		}
	}
	return other ? other->name : NULL;
}

static const struct library *library_of_global(const char *name, const char **global)
{
	for (size_t i = 0; i < sizeof(libraries) / sizeof(*libraries); i++)
		for (size_t k = 0; k < MAX_GLOBALS && libraries[i].globals[k]; k++) {
			*global = libraries[i].globals[k];
			if (strcmp(*global, name) == 0)
				return &libraries[i];
		}
	return NULL;
}

const char *box_library_of_global(const char *name)
{
	const char *global;
	const struct library *l = library_of_global(name, &global);

	return l ? l->name : NULL;
}

const char *box_global(const char *name)
{
	const char *global;

	return library_of_global(name, &global) ? global : NULL;
}
