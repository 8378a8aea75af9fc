// Neighbours in Gray code differ in one bit. Writes what it found as JUnit's XML.
#include <cstdio>
#include <fstream>
#include "Vgray.h"
#include "verilated.h"
#include "verilated_vcd_c.h"

int main(int argc, char **argv)
{
	VerilatedContext context;
	context.commandArgs(argc, argv);
	context.traceEverOn(true);
	Vgray top{&context};
	VerilatedVcdC vcd;
	top.trace(&vcd, 9);
	vcd.open("gray.vcd");
	std::ofstream xml("results.xml");
	int last = 0, failed = 0;

	xml << "<testsuite name=\"gray\">\n";
	for (int i = 0; i < 17; i++) {
		top.bin = i % 16;
		top.eval();
		vcd.dump(10 * i);
		bool ok = i == 0 || __builtin_popcount(last ^ top.code) == 1;
		if (i > 0 && ok)
			xml << "<testcase classname=\"gray\" name=\"step" << i << "\"/>\n";
		else if (i > 0)
			xml << "<testcase classname=\"gray\" name=\"step" << i << "\"><failure message=\"test/main.cpp:32 " << last << " and "
			    << int(top.code) << " differ in more than one bit\"/></testcase>\n", failed++;
		last = top.code;
	}
	xml << "</testsuite>\n";
	vcd.close();
	std::printf("%d of 16 steps failed\n", failed);
	return failed != 0;
}
