/* CI workflows: which commands they run, and where. */
#include "config.h"

#include "tests/lib/test.h"

#include "tests/lib/manifest.h"

#define FILES                                                    \
	{ "lab/a.v", "" }, { "lab/b.v", "" }, { "lab/c.v", "" }, \
	{                                                        \
		0                                                \
	}

static void github_s_steps_are_read(void **state)
{
	const struct table_file f[] = {
		{ ".github/workflows/sim.yml",
		  "name: sim\non: [push]\nenv:\n  run: lab/c.v\njobs:\n  one:\n"
		  "    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n        w: [4, 8]\n"
		  "    steps:\n      - uses: actions/checkout@v4\n"
		  "      - run: verilator --lint-only -GW=${{ matrix.w }} --top-module m lab/a.v\n"
		  "      - name: simulate\n        working-directory: lab\n        run: |\n"
		  "          # iverilog c.v\n          iverilog -g2012 -o t \\\n            a.v "
		  "b.v\n"
		  "          vvp t\n" },
		FILES,
	};

	says(f, ".github/workflows/sim.yml",
	     "lab/a.v\nlab/b.v\ntop m\nsystemverilog\n"
	     ".github/workflows/sim.yml, one: the parameter W has a value that is known only when "
	     "it runs, and is left out\n");
}

static void a_default_folder_holds_for_its_job(void **state)
{
	const struct table_file f[] = {
		{ ".github/workflows/sim.yaml",
		  "defaults: {run: {working-directory: lab}}\njobs:\n"
		  "  a: {steps: [{run: iverilog a.v}]}\n"
		  "  b:\n    defaults: {run: {working-directory: .}}\n"
		  "    steps: [{run: iverilog lab/b.v}]\n" },
		FILES,
	};

	says(f, ".github/workflows/sim.yaml", "lab/a.v\nlab/b.v\n");
}

static void other_servers_are_read_too(void **state)
{
	const struct table_file gitlab[] = {
		{ ".gitlab-ci.yml",
		  ".sim: &sim\n  - cd lab\nsim:\n  before_script: *sim\n  script:\n"
		  "    - iverilog a.v\n    - - iverilog b.v\n" },
		FILES,
	};
	const struct table_file task[] = {
		{ "Taskfile.yml", "version: '3'\ntasks:\n  sim:\n    dir: lab\n    cmds:\n"
				  "      - iverilog -o {{.OUT}} a.v b.v\n      - task: clean\n" },
		FILES,
	};
	const struct table_file circle[] = {
		{ ".circleci/config.yml",
		  "jobs:\n  sim:\n    steps:\n      - checkout\n      - run: iverilog lab/a.v\n"
		  "      - run:\n          name: b\n          working_directory: lab\n"
		  "          command: iverilog b.v\n" },
		FILES,
	};

	says(task, "Taskfile.yml", "lab/a.v\nlab/b.v\n");
	says(gitlab, ".gitlab-ci.yml", "lab/a.v\nlab/b.v\n");
	says(circle, ".circleci/config.yml", "lab/a.v\nlab/b.v\n");
}

static void tasks_of_an_editor_are_read(void **state)
{
	const struct table_file f[] = {
		{ ".vscode/tasks.json",
		  "{\n  // build\n  \"version\": \"2.0.0\",\n  \"tasks\": [\n"
		  "    { \"label\": \"build\", \"type\": \"shell\",\n"
		  "      \"command\": \"iverilog -DW=4 -o out lab/a.v && vvp out\" },\n"
		  "    { \"label\": \"lint\", \"type\": \"process\", \"command\": \"verilator\",\n"
		  "      \"args\": [\"--lint-only\", \"-DW=4\", \"${workspaceFolder}/lab/b.v\",\n"
		  "        { \"value\": \"${file}\", \"quoting\": \"strong\" }] },\n"
		  "    { \"command\": \"iverilog\", \"args\": [\"my dir/c.v\"],\n"
		  "      \"options\": { \"cwd\": \"${workspaceFolder}/lab\" } },\n"
		  "    { \"command\": { \"value\": 1 }, \"args\": \"lab/d.v\" },\n"
		  "  ],\n}\n" },
		{ "lab/a.v", "" },
		{ "lab/b.v", "" },
		{ "lab/d.v", "" },
		{ "lab/my dir/c.v", "" },
		{ 0 },
	};

	says(f, ".vscode/tasks.json",
	     "lab/a.v\nlab/b.v\nlab/my dir/c.v\n"
	     ".vscode/tasks.json: the define W=4 is for some of its runs only and is left "
	     "out\n");
}

static void other_yaml_says_nothing(void **state)
{
	const struct table_file f[] = {
		{ ".github/workflows/bad.yml", "a: [b\n" },
		{ ".github/workflows/list.yml", "- 1\n- run\n" },
		{ ".github/workflows/odd.yml",
		  "run: {run: {command: [1, {script: 2}]}}\nscript: 3\n" },
		FILES,
	};

	says(f, ".github/workflows/bad.yml",
	     "!.github/workflows/bad.yml: line 2: a bracket is not closed\n");
	says(f, ".github/workflows/list.yml", "");
	says(f, ".github/workflows/odd.yml", "");
	assert_int_equal(manifest_kind("x/.github/workflows/a.yml"), MANIFEST_CI);
	assert_int_equal(manifest_kind("x.github/workflows/a.yml"), MANIFEST_NONE);
	assert_int_equal(manifest_kind(".github/a.yml"), MANIFEST_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(github_s_steps_are_read),
		cmocka_unit_test(a_default_folder_holds_for_its_job),
		cmocka_unit_test(other_servers_are_read_too),
		cmocka_unit_test(tasks_of_an_editor_are_read),
		cmocka_unit_test(other_yaml_says_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
