/* Build scripts in Python: calls, and the values of expressions. */
#include "config.h"

#include "tests/lib/case.h"

#include "session/manifest/python_value.h"
#include "tests/lib/manifest.h"

/* "b" or "[a b]" of the last name that the script sets. */
static char *value_of(const char *script)
{
	struct python p;
	struct python_value v = { .items = STRV_INIT };
	struct str out = STR_INIT;

	python_read(&p, script, strlen(script), "run.py");
	for (size_t i = 0; i + 1 < p.n; i++) {
		if (!python_is(&p, i + 1, "=") || (i && p.v[i - 1].kind != PYTHON_LINE))
			continue;
		python_eval(&p, i + 2, python_end(&p, i + 2), &v);
		if (i == 0 && strchr(script, '\n'))
			python_set(&p, &p.v[i], &v, false);
	}
	str_adds(&out, v.list || v.dict ? "[" : "");
	for (size_t i = 0; i < v.items.n; i++)
		str_addf(&out, "%s%s", i ? " " : "", v.items.v[i]);
	str_adds(&out, v.list || v.dict ? "]" : "");
	python_value_fini(&v);
	python_fini(&p);
	return str_take(&out);
}

static void is_value(const char *script, const char *want)
{
	char *got = value_of(script);

	assert_string_equal(got, want);
	free(got);
}

CASE(expressions_are_strings_or_lists)
{
	is_value("a = 'x'", "x");
	is_value("a = 'x' \"y\" + 'z'", "xyz");
	is_value("a = r'x\\y'", "x\\y");
	is_value("b = 1\na = '''x\ny'''", "x\ny");
	is_value("a = 'x' # 'y'", "x");
	is_value("a = ['x', \"y\",]", "[x y]");
	is_value("a = ['x'] + ['y']", "[x y]");
	is_value("a = ('x')", "x");
	is_value("a = ('x',)", "[x]");
	is_value("a = 'x y'.split()", "[x y]");
	is_value("a = 'x' if fast else 'y'", "x");
	is_value("a = 4", "4");
	is_value("a = []", "[]");
}

CASE(names_stand_for_what_was_set)
{
	is_value("r = 'rtl'\na = r + '/x.v'", "rtl/x.v");
	is_value("r = 'rtl'\na = f'{r}/x.v'", "rtl/x.v");
	is_value("a = f'{r}/{{x}}.v'", "${r}/{x}.v");
	is_value("l = ['x', 'y']\na = ['w', *l]", "[w x y]");
	is_value("a = RTL / 'x.v'", "${RTL}/x.v");
	is_value("a = unknown(1, 2)[3] @ x", "${x}");
}

CASE(paths_are_joined_and_go_up)
{
	is_value("a = os.path.join('x', 'y', 'z.v')", "x/y/z.v");
	is_value("a = os.path.dirname(os.path.abspath(__file__))", ".");
	is_value("a = os.path.join(os.path.dirname(__file__), '..', 'x.v')", "./../x.v");
	is_value("a = Path(__file__).resolve().parent / 'x.v'", "./x.v");
	is_value("a = Path(__file__).resolve().parent.parent / 'rtl'", "../rtl");
	is_value("a = Path(__file__).parents[2] / 'rtl'", "../../rtl");
	is_value("a = Path('x', 'y')", "x/y");
	is_value("a = Path('x') / 'y' / 'z.v'", "x/y/z.v");
	is_value("a = str(Path('x').joinpath('y'))", "x/y");
	is_value("a = glob.glob('rtl/*.v')", "[rtl/*.v]");
	is_value("a = sorted(Path('rtl').glob('*.v'))", "[rtl/*.v]");
	is_value("a = list(Path('rtl').rglob('*.v'))", "[rtl/**/*.v]");
	is_value("a = os.environ.get('SIM', 'icarus')", "icarus");
	is_value("a = os.getenv('SIM') or 'icarus'", "icarus");
}

CASE(texts_are_put_together)
{
	is_value("a = ' '.join(['x', 'y'])", "x y");
	is_value("s = ', '\na = s.join(f for f in ['x', 'y'])", "x, y");
	is_value("l = ['x', 'y']\na = f\"c {' '.join(l)} -o {o}\"", "c x y -o ${o}");
	is_value("a = '{} -o {0} {1}{{}}'.format('x', 'y')", "x -o x y{}");
	is_value("l = ['x', 'y']\na = 'c %s -j%d %s' % (' '.join(l), 4)", "c x y -j4 ${x}");
	is_value("a = '%s%%' % 5", "5%");
	is_value("a = shlex.split('x y')", "[x y]");
	is_value("a = shlex.join(['x', 'y'])", "x y");
}

/* The command that a script passes to a tool, in every common way. */
CASE(commands_are_found_wherever_they_are_made)
{
	static const char *const scripts[] = {
		("cmd = 'iverilog -DX'\nfor f in ['a.v', 'b.v']:\n    cmd += ' ' + "
		 "f\nos.system(cmd)"),
		"cmd = ['iverilog', '-DX']\ncmd.extend(['a.v', 'b.v'])\nsh.execute(cmd)",
		"os.system('iverilog -DX %s' % ' '.join(['a.v', 'b.v']))",
		"S = ['a.v', 'b.v']\nrun(f\"iverilog -DX {' '.join(S)}\")",
		"for f in ['a.v', 'b.v']:\n    os.system('iverilog -DX ' + f)",
		"os.chdir('sim')\nos.system('iverilog -DX ../a.v ../b.v')",
		"subprocess.run(['iverilog', '-DX', '../a.v', '../b.v'], cwd='sim')",
		"F = ['b.v']\nsession.run('iverilog', '-DX', 'a.v', *F, external=True)",
		"subprocess.run(args=['iverilog', '-DX', 'a.v', 'b.v'])",
	};

	for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts); i++) {
		const struct table_file f[] = { { "a.v", "" },
						{ "b.v", "" },
						{ "run.py", scripts[i] },
						{ "sim/a.v", "" },
						{ 0 } };

		says(f, "run.py", "a.v\nb.v\ndefine X\n");
	}
}

CASE(scons_gives_its_builders_sources)
{
	const struct table_file f[] = {
		{ "SConstruct",
		  "env = Environment()\nsrc = ['rtl/a.v', 'tb/b.v']\n"
		  "sim = env.Command('sim', src, 'iverilog -DX -s tb -o $TARGET $SOURCES')\n"
		  "env.Command('run', sim, 'vvp $SOURCE')\n" },
		{ "SConscript",
		  "iv = Builder(action='iverilog -o $TARGET $SOURCES')\n"
		  "env.IVerilog('sim', Glob('rtl/*.v') + ['tb/b.v'])\nprint('c.v', 'c.v')\n" },
		{ "c.v", "" },
		{ "rtl/a.v", "" },
		{ "tb/b.v", "" },
		{ 0 },
	};
	const struct table_file sorted[] = { f[1], f[0], f[2], f[3], f[4], { 0 } };

	says(sorted, "SConstruct", "rtl/a.v\ntb/b.v\ndefine X\ntop tb\n");
	says(sorted, "SConscript", "rtl/a.v\ntb/b.v\n");
}

CASE(meson_gives_its_targets_inputs)
{
	const struct table_file f[] = {
		{ "meson.build",
		  "project('t', 'c')\niv = find_program('iverilog')\nsubdir('rtl')\n"
		  "tb = files('tb/b.v')\nforeach t : ['one', 'two']\n"
		  "  custom_target(t, input: [rtl, tb], output: t,\n"
		  "    command: [iv, '-DX', '-o', '@OUTPUT@', '@INPUT@'])\nendforeach\n" },
		{ "rtl/a.v", "" },
		{ "rtl/c.v", "" },
		{ "rtl/meson.build", "rtl = files('a.v')\n" },
		{ "tb/b.v", "" },
		{ 0 },
	};

	says(f, "meson.build", "rtl/a.v\ntb/b.v\ndefine X\n");
}

CASE(loops_stand_for_all_of_a_list)
{
	is_value("a = [r / f for f in ['x.v', 'y.v'] if f]", "[${r}/x.v ${r}/y.v]");
	is_value("a = ['rtl/' + f + '.v' for f in ('x', 'y')]", "[rtl/x.v rtl/y.v]");
	is_value("a = [str(p) for p in Path('rtl').glob('*.v')]", "[rtl/*.v]");
	is_value("a = [f'rtl/{f}.v' for f in ('x', 'y')]", "[rtl/x.v rtl/y.v]");
	is_value("a = map(str, ['x', 'y'])", "[x y]");
}

CASE(dictionaries_are_settings_or_files)
{
	is_value("a = {'W': 8, \"FAST\": 1}", "[W=8 FAST=1]");
	is_value("a = [{'name': 'x.v', 'file_type': 'verilogSource'}, {'name': 'y.v', "
		 "'file_type': 'verilogSource'}]",
		 "[x.v y.v]");
	is_value("a = {'W': {'datatype': 'int', 'default': 8, 'paramtype': 'vlogparam'}, 'D': "
		 "{'default': 1, 'paramtype': 'cmdlinearg'}}",
		 "[W=8]");
}

CASE(a_broken_statement_spoils_only_itself)
{
	is_value("a = [(('x'", "[x]");
	is_value("a = ')x'", ")x");
	is_value("a = 'x", "x");
	is_value("a = {'x'}", "[]");
	is_value("a = {:}", "[]");
	is_value("a = for", "");
	is_value("a = [for for for]", "[${x}]");
	is_value("a = +", "${x}");
	is_value("a = ((((((((((((((((((((((((((((((((((((((((((((('x')))))))))))))))))))))))))))))"
		 "))))))))))))))))",
		 "");
}

/* The bytes that the last line of the script produces, including those dropped at once. */
static size_t made_by(const struct str *script)
{
	struct python p;
	struct python_value v;
	size_t from = 0, made;

	python_read(&p, str_cstr(script), script->len, "run.py");
	for (size_t i = 0; i + 1 < p.n; i++)
		if (i == 0 || p.v[i - 1].kind == PYTHON_LINE)
			from = i;
	/* "for f in [...]: x = f'...'" */
	if (python_is(&p, from, "for")) {
		python_eval(&p, from + 3, python_end(&p, from + 3), &v);
		v.each = true;
		python_set(&p, &p.v[from + 1], &v, false);
		from = python_end(&p, from + 3) + 1;
	}
	python_eval(&p, from + 2, python_end(&p, from + 2), &v);
	assert_true(v.items.n <= PYTHON_MAX_ITEMS);
	python_value_fini(&v);
	made = p.made;
	python_fini(&p);
	return made;
}

CASE(a_script_makes_no_more_than_the_limit)
{
	static const char *const steps[] = { ".parent", ".parents[20]", ".name" };
	const size_t most = PYTHON_MAX_MADE + 10000; /* the last one may go over it */
	struct str script = STR_INIT;

	for (size_t k = 0; k < sizeof(steps) / sizeof(*steps); k++) {
		str_adds(&script, "x = Path('..')");
		for (int i = 0; i < 40000; i++)
			str_adds(&script, steps[k]);
		assert_in_range(made_by(&script), 1, most);
		str_clear(&script);
	}
	str_adds(&script, "for f in [");
	for (int i = 0; i < 4000; i++)
		str_addf(&script, "'%d',", i);
	str_adds(&script, "]: x = f'{f}");
	for (int i = 0; i < 3000; i++)
		str_addc(&script, 'x');
	str_adds(&script, "'\n");
	assert_in_range(made_by(&script), PYTHON_MAX_MADE, most);
	str_free(&script);
}

CASE(the_runner_of_cocotb_tells_all)
{
	const struct table_file f[] = {
		{ "rtl/alu.sv", "" },
		{ "rtl/inc/w.svh", "" },
		{ "test/test_alu.py",
		  "from pathlib import Path\nfrom cocotb_tools.runner import get_runner\n\n"
		  "def test_alu():\n"
		  "    root = Path(__file__).resolve().parent.parent\n"
		  "    runner = get_runner(\"icarus\")\n"
		  "    runner.build(\n"
		  "        sources=[root / \"rtl\" / \"alu.sv\"],\n"
		  "        includes=[root / \"rtl/inc\"], defines={\"FAST\": 1, \"N\": n},\n"
		  "        parameters={\"W\": 8}, hdl_toplevel=\"alu\", build_args=[\"-DSIM\"],\n"
		  "    )\n"
		  "    runner.test(hdl_toplevel=\"alu\", test_module=\"test_alu\")\n" },
		{ 0 },
	};

	says(f, "test/test_alu.py",
	     "rtl/alu.sv\ninclude rtl/inc\ndefine FAST=1 SIM\nparameter W=8\ntop alu\n");
}

CASE(edalize_lists_files_in_dictionaries)
{
	const struct table_file f[] = {
		{ "build.py", "import os\nfrom edalize.edatool import get_edatool\n"
			      "work = 'build'\nfiles = [\n"
			      "  {'name': os.path.relpath('rtl/a.v', work), 'file_type': "
			      "'verilogSource'},\n"
			      "  {'name': os.path.relpath('pins.pcf', work), 'file_type': 'PCF'},\n"
			      "]\nfiles.append({'name': 'rtl/b.sv', 'file_type': "
			      "'systemVerilogSource'})\n"
			      "edam = {'files': files, 'name': 'x', 'toplevel': 'a',\n"
			      "        'parameters': {'W': {'datatype': 'int', 'default': 4, "
			      "'paramtype': 'vlogparam'}}}\n" },
		{ "pins.pcf", "" },
		{ "rtl/a.v", "" },
		{ "rtl/b.sv", "" },
		{ 0 },
	};

	says(f, "build.py", "rtl/a.v\nrtl/b.sv\nparameter W=4\ntop a\n");
}

CASE(edalize_says_what_a_parameter_is)
{
	const struct table_file f[] = {
		{ "build.py",
		  "from edalize.edatool import get_edatool\n"
		  "files = [{'name': 'rtl/a.v', 'file_type': 'verilogSource'}]\n"
		  "parameters = {'FAST': {'datatype': 'bool', 'default': True, "
		  "'paramtype': 'vlogdefine'},\n"
		  "  'SLOW': {'default': False, 'paramtype': 'vlogdefine'},\n"
		  "  'W': {'paramtype': 'vlogdefine', 'datatype': 'int', 'default': 4},\n"
		  "  'seed': {'paramtype': 'plusarg', 'default': 7}}\n"
		  "edam = {'files': files, 'toplevel': 'a', 'parameters': parameters}\n" },
		{ "rtl/a.v", "" },
		{ 0 },
	};

	says(f, "build.py", "rtl/a.v\ndefine FAST=1 W=4\ntop a\n");
}

CASE(a_tool_is_called_with_a_list_or_a_line)
{
	const struct table_file f[] = {
		{ "one.py", "import subprocess\nSRC = ['rtl/a.v']\nSRC += ['rtl/b.v']\n"
			    "subprocess.run(['iverilog', '-g2012', '-DFAST', '-o', str(out), *SRC, "
			    "'tb/t.v'], check=True)\n"
			    "subprocess.run(['vvp', str(out)])\n" },
		{ "other.py", "import os\nfor f in ['a', 'b']:\n    print(f)\n"
			      "os.system('verilator --lint-only -Irtl rtl/a.v > log')\n" },
		{ "rtl/a.v", "" },
		{ "rtl/b.v", "" },
		{ "tb/t.v", "" },
		{ "tool.py", "import sys\nnames = ['rtl/a.v']\nprint(names)\n" },
		{ "vunit.py", "from vunit import VUnit\nlib = VUnit.from_argv().library('l')\n"
			      "lib.add_source_files('rtl/*.v')\n"
			      "for t in ('t',):\n    lib.add_source_file(f'tb/{t}.v')\n" },
		{ 0 },
	};

	says(f, "one.py", "rtl/a.v\nrtl/b.v\ntb/t.v\ndefine FAST\nsystemverilog\n");
	says(f, "other.py", "rtl/a.v\ninclude rtl\n");
	says(f, "tool.py", "");
	says(f, "vunit.py", "rtl/a.v\nrtl/b.v\ntb/t.v\n");
}

CASE(hdlmake_s_manifest_has_no_call)
{
	const struct table_file f[] = {
		{ "rtl/a.v", "" },
		{ "tb/Manifest.py", "action = \"simulation\"\nsim_tool = \"modelsim\"\n"
				    "sim_top = \"a_tb\"\nfiles = [\n  \"../rtl/a.v\",\n]\n"
				    "files += ['a_tb.v', 'wave.do']\n" },
		{ "tb/a_tb.v", "" },
		{ 0 },
	};

	says(f, "tb/Manifest.py", "rtl/a.v\ntb/a_tb.v\ntest top a_tb\n");
}
