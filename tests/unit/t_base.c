#include "config.h"

#include "tests/lib/case.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/err.h"
#include "session/base/file.h"
#include "session/base/folder.h"
#include "session/base/hash.h"
#include "session/base/json.h"
#include "session/base/stderr_tail.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "tests/lib/tool.h"

/* err, utf8 */

CASE(a_sentence_has_no_control_bytes)
{
	struct err err;

	assert_false(err_set(&err, ERR_IO, "open %s: %s", "a\033[2Jb\xff", "no"));
	assert_string_equal(err.text, "open a?[2Jb?: no");
	assert_int_equal(err.code, ERR_IO);
}

/* Names with characters of two bytes, at every position. */
CASE(a_long_sentence_keeps_its_beginning_and_its_end)
{
	struct err err;
	char *text = malloc(2001);

	for (int i = 0; i < 1000; i++)
		memcpy(text + 2 * i, "\xc3\xa4", 2);
	text[2000] = '\0';
	for (int i = 0; i < 4; i++) {
		err_set(&err, ERR_IO, "%.*s is one of %s; name it%.*s", 1 + i / 2, "xx", text,
			i % 2, ".");
		assert_true(strlen(err.text) <= ERR_TEXT_MAX);
		assert_true(strlen(err.text) > ERR_TEXT_MAX - 8);
		assert_true(str_starts(err.text, i / 2 ? "xx is one of \xc3" : "x is one of \xc3"));
		assert_true(str_ends(err.text, i % 2 ? "; name it." : "; name it"));
		assert_non_null(strstr(err.text, "\xa4 ... \xc3"));
		assert_true(utf8_valid(err.text, strlen(err.text)));
	}
	err_prefix(&err, "y");
	assert_true(strlen(err.text) <= ERR_TEXT_MAX);
	assert_true(str_starts(err.text, "y: xx is one of "));
	assert_true(str_ends(err.text, "; name it."));
	free(text);
}

/* One byte less or more than there is room for. */
CASE(a_sentence_that_fits_stays_whole)
{
	struct err err;
	char text[ERR_TEXT_MAX + 2];

	memset(text, 'a', sizeof(text));
	text[ERR_TEXT_MAX] = '\0';
	err_set(&err, ERR_IO, "%s", text);
	assert_string_equal(err.text, text);
	err_set(&err, ERR_IO, "%sb", text);
	assert_int_equal(strlen(err.text), ERR_TEXT_MAX);
	assert_non_null(strstr(err.text, "a ... a"));
	assert_true(str_ends(err.text, "ab"));
}

CASE(a_prefix_keeps_the_code)
{
	struct err err;

	err_set(&err, ERR_PARSE, "no");
	err_prefix(&err, "line %d", 3);
	assert_string_equal(err.text, "line 3: no");
	assert_int_equal(err.code, ERR_PARSE);
}

CASE(utf8_is_strict)
{
	static const char *const bad[] = { "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
					   "\xf8",     "\x80",	       "\xe0\x80\x80",
					   "\xc3" };
	unsigned cp;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(utf8_decode(bad[i], strlen(bad[i]), &cp), 0);
	assert_int_equal(utf8_decode("\xf0\x9f\x98\x80", 4, &cp), 4);
	assert_int_equal(cp, 0x1f600);
	assert_int_equal(utf8_partial_tail("a\xf0\x9f\x98", 4), 3);
	assert_int_equal(utf8_partial_tail("a\xff", 2), 0);
	assert_int_equal(utf8_valid_prefix("0123456789\xc3\xa4\xff", 13), 12);
}

/* str */

CASE(a_limit_cuts_and_says_so)
{
	struct str s = STR_LIMIT(5);

	str_adds(&s, "abc");
	assert_false(s.full);
	str_adds(&s, "defg");
	assert_true(s.full);
	assert_string_equal(str_cstr(&s), "abcde");
	str_free(&s);
	assert_int_equal(s.limit, 5);
}

/* file */

CASE(saving_keeps_mode_and_follows_links)
{
	char *dir = tool_folder();
	char *file = path_join(dir, "a"), *link = path_join(dir, "l");
	struct str text = STR_INIT;
	struct stat st;
	struct err err;

	assert_true(file_save(file, "one", 3, 0600, &err));
	assert_int_equal(symlink("a", link), 0);
	assert_true(file_save(link, "two", 3, 0644, &err));
	assert_true(file_read(file, 0, &text, &err));
	assert_string_equal(str_cstr(&text), "two");
	assert_int_equal(access(file, X_OK), -1);
	/* A pipe or a device is not replaced. */
	assert_int_equal(unlink(file), 0);
	assert_int_equal(mkfifo(file, 0600), 0);
	assert_false(file_save(file, "three", 5, 0600, &err));
	assert_non_null(strstr(err.text, "not a regular file"));
	assert_false(file_save(link, "three", 5, 0600, &err));
	assert_int_equal(stat(file, &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	assert_true(file_remove_tree(dir, &err));
	str_free(&text);
	free(link);
	free(file);
	free(dir);
}

CASE(reading_has_limits_and_reasons)
{
	char *dir = tool_folder();
	char *file = path_join(dir, "a");
	struct str text = STR_INIT;
	struct err err;

	assert_false(file_read(file, 0, &text, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_true(file_save(file, "12345", 5, 0600, &err));
	assert_false(file_read(file, 4, &text, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_int_equal(text.len, 0);
	assert_false(file_read(dir, 0, &text, &err));
	assert_non_null(strstr(err.text, "folder"));
	file_remove_tree(dir, &err);
	str_free(&text);
	free(file);
	free(dir);
}

CASE(no_path_leaves_the_project)
{
	static const char *const bad[] = { "../x", "/etc/passwd", "a/../../x", "out/x",
					   "",	   "a\nb",	  "dangling/x" };
	char *dir = tool_folder();
	char *out = path_join(dir, "out"), *dangling = path_join(dir, "dangling");
	char *rel;
	struct err err;

	assert_int_equal(symlink("/usr", out), 0);
	assert_int_equal(symlink("/nowhere/at/all", dangling), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_false(path_inside(dir, bad[i], &rel, &err));
		assert_null(rel);
	}
	assert_true(path_inside(dir, "rtl/./new//../f.sv", &rel, &err));
	assert_string_equal(rel, "rtl/f.sv");
	free(rel);
	file_remove_tree(dir, &err);
	assert_true(file_exists("/usr"));
	free(out);
	free(dangling);
	free(dir);
}

/* hash, json */

CASE(the_hash_is_sha_256)
{
	char hex[HASH_HEX + 1], again[HASH_HEX + 1];
	struct hash *h = hash_new();

	hash_text("abc", 3, hex);
	assert_string_equal(hex,
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	hash_add(h, "a", 1);
	hash_add(h, "bc", 2);
	hash_end(h, again);
	assert_string_equal(hex, again);
}

/* cJSON prints 9007199254740991 as 9.00719925474099e+15. */
CASE(numbers_are_printed_as_they_were_read)
{
	uint64_t seed = 1;
	struct str in = STR_INIT, out = STR_INIT;

	for (int i = 0; i < 100000; i++) {
		cJSON *v;

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		str_clear(&in);
		str_clear(&out);
		str_addf(&in, "[%llu,-%llu]", (unsigned long long)(seed >> (11 + i % 50)),
			 (unsigned long long)(seed >> 12) + 1);
		v = json_parse(in.data, in.len, NULL);
		json_print(&out, v);
		assert_string_equal(str_cstr(&out), str_cstr(&in));
		cJSON_Delete(v);
	}
	for (int i = 0; i < 100000; i++) {
		double d = (double)(seed = seed * 6364136223846793005u + 1) * 1e-9;
		cJSON *v = cJSON_CreateNumber(d);

		str_clear(&out);
		json_print(&out, v);
		assert_true(strtod(str_cstr(&out), NULL) == d);
		cJSON_Delete(v);
	}
	str_free(&in);
	str_free(&out);
}

CASE(a_value_is_printed_on_one_line)
{
	static const char text[] =
		"{\"a\":[1,-2,0.5,1e+300,true,false,null,\"x\\n\\\"y\"],\"\":{},\"b\":[]}";
	struct str out = STR_INIT;
	cJSON *v = json_parse(text, sizeof(text) - 1, NULL);

	json_print(&out, v);
	assert_string_equal(str_cstr(&out), text);
	cJSON_Delete(v);
	str_free(&out);
}

CASE(values_that_cjson_mishandles_are_corrected)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "{\"a\":\"x\\ud83dy\"}", "x\xef\xbf\xbdy" },
		{ "{\"a\":\"x\\u0000y\"}", "x\xef\xbf\xbdy" },
		{ "{\"a\":\"\\ud83d\\ude00\"}", "\xf0\x9f\x98\x80" },
		{ "{\"a\":\"x\xffy\"}", "x\xef\xbf\xbdy" },
		{ "{\"A\":\"no\",\"a\":\"yes\"} \n", "yes" },
		{ "{\"a\":\"\\\\u0000\"}", "\\u0000" },
		{ "{\"b\":NaN,\"c\":[-Infinity,Infinity],\"a\":\"\\\"NaN\"}", "\"NaN" },
	};
	struct err err;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		cJSON *v = json_parse(cases[i].in, strlen(cases[i].in), &err);

		assert_non_null(v);
		assert_string_equal(json_string(v, "a"), cases[i].out);
		cJSON_Delete(v);
	}
	assert_null(json_parse("{\"a\":1} x", 9, &err));
	assert_null(json_parse("{\"a\":NaN} x", 11, &err));
	assert_null(json_parse_strict("{\"a\":NaN}", 9, &err));
	assert_null(json_parse("{\"a\":nan}", 9, &err));
	assert_null(json_parse("", 0, &err));
	assert_null(json_parse("{\"a\":", 5, &err));
}

CASE(nesting_is_limited)
{
	struct str s = STR_INIT;
	struct err err;

	for (int i = 0; i < 100000; i++)
		str_addc(&s, '[');
	assert_null(json_parse(s.data, s.len, &err));
	assert_non_null(strstr(err.text, "nested"));
	str_free(&s);
}

/* before, then `deep` lists in each other, alternating with objects, then after. */
static bool nests(int deep, const char *before, const char *behind)
{
	struct str s = STR_INIT;
	struct err err;
	cJSON *v;

	str_adds(&s, before);
	for (int i = 0; i < deep; i++)
		str_adds(&s, i % 2 ? "{\"a\":" : "[");
	str_adds(&s, "1");
	for (int i = deep; i-- > 0;)
		str_addc(&s, i % 2 ? '}' : ']');
	str_adds(&s, behind);
	v = json_parse(s.data, s.len, &err);
	assert_true(v || strstr(err.text, "nested deeper than 64"));
	cJSON_Delete(v);
	str_free(&s);
	return v;
}

/* Brackets beside each other, and those in strings, are no depth. */
CASE(only_nesting_counts)
{
	struct str wide = STR_INIT, text = STR_INIT;

	str_adds(&wide, "[");
	str_adds(&text, "[\"\\\"");
	for (int i = 0; i < 100; i++) {
		str_adds(&wide, "[],{},");
		str_adds(&text, "[{\\\\");
	}
	str_adds(&text, "\",");
	assert_true(nests(64, "", ""));
	assert_false(nests(65, "", ""));
	assert_true(nests(63, str_cstr(&wide), "]"));
	assert_false(nests(64, str_cstr(&wide), "]"));
	assert_true(nests(63, str_cstr(&text), "]"));
	assert_false(nests(64, str_cstr(&text), "]"));
	str_free(&wide);
	str_free(&text);
}

CASE(quoting_survives_the_way_back)
{
	static const char text[] = "a\"\\\n\t\x01\x7f \xc3\xa4\xf0\x9f\x98\x80";
	struct str s = STR_INIT;
	struct err err;
	cJSON *v;

	json_quote(&s, text, sizeof(text) - 1);
	v = json_parse(s.data, s.len, &err);
	assert_non_null(v);
	assert_string_equal(v->valuestring, text);
	cJSON_Delete(v);
	str_free(&s);
}

static bool there(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	bool yes = file_exists(path);

	free(path);
	return yes;
}

static void put(const char *dir, const char *name, time_t age_s)
{
	char *path = path_join(dir, name);
	struct timespec times[2] = { { .tv_sec = time(NULL) - age_s },
				     { .tv_sec = time(NULL) - age_s } };

	assert_true(file_save(path, "half", 4, 0600, NULL));
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	free(path);
}

/* Abandoned temporary files are removed, the user's files are not. */
CASE(half_written_files_are_swept)
{
	static const char *const stay[] = { "a.v",	  "a.backup",
					    "a.v.12345",  ".posedge-notes",
					    ".posedgerc", "b.json.Ab12Cd" };
	char *dir = tool_folder(), *path;
	struct err err;
	int fd;

	for (size_t i = 0; i < 6; i++)
		put(dir, stay[i], i < 5 ? 1000000 : 0);
	put(dir, ".posedge-Ab12Cd", 0);
	put(dir, ".posedge-zzzzzz", 0);
	put(dir, "c.json.Ab12Cd", 1000);
	path = path_join(dir, ".posedge-zzzzzz");
	fd = open(path, O_RDONLY);
	assert_int_equal(flock(fd, LOCK_EX), 0); /* like a writer */
	free(path);
	path = path_join(dir, ".posedge-link12");
	assert_int_equal(symlink("a.v", path), 0);
	free(path);
	file_sweep(dir, false);
	assert_false(there(dir, ".posedge-Ab12Cd"));
	assert_true(there(dir, ".posedge-zzzzzz"));
	assert_true(there(dir, ".posedge-link12"));
	assert_true(there(dir, "c.json.Ab12Cd"));
	file_sweep(dir, true);
	assert_false(there(dir, "c.json.Ab12Cd"));
	close(fd);
	file_sweep(dir, true);
	assert_false(there(dir, ".posedge-zzzzzz"));
	for (size_t i = 0; i < 6; i++)
		assert_true(there(dir, stay[i]));
	assert_true(file_remove_tree(dir, &err));
	free(dir);
}

/* As a simulation may leave it behind: deeper than a path can name, with links that lead
 * out of it and folders without permissions. */
CASE(a_tree_of_any_depth_is_removed)
{
	char *dir = tool_folder(), *outside = str_fmt("%s.kept", dir);
	struct err err;
	int fd, next;

	assert_true(file_save(outside, "kept", 4, 0600, &err));
	fd = open(dir, O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0);
	for (int i = 0; i < 5000; i++) {
		assert_int_equal(mkdirat(fd, "down", 0700), 0);
		if (i % 1000 == 0) {
			assert_int_equal(mkdirat(fd, "closed", 0), 0);
			assert_int_equal(symlinkat(outside, fd, "link"), 0);
			assert_int_equal(symlinkat("..", fd, "up"), 0);
		}
		next = openat(fd, "down", O_RDONLY | O_DIRECTORY);
		assert_true(next >= 0);
		if (i == 2500)
			assert_int_equal(fchmod(fd, 0500), 0);
		close(fd);
		fd = next;
	}
	close(fd);
	assert_true(file_remove_tree(dir, &err));
	assert_int_equal(access(dir, F_OK), -1);
	assert_int_equal(access(outside, F_OK), 0);
	assert_true(file_remove_tree(outside, &err));
	free(outside);
	free(dir);
}

/* Every kind of invisible character, and some that only look like one. */
CASE(invisible_characters_are_shown_and_take_no_part_in_names)
{
	static const unsigned hidden[] = { 0x80,    0x9b,    0xad,    0x34f,   0x61c,	0x115f,
					   0x17b4,  0x180e,  0x200b,  0x200d,  0x2028,	0x202e,
					   0x2060,  0x2066,  0x2800,  0x3164,  0xfdd0,	0xfe00,
					   0xfeff,  0xffa0,  0xfff9,  0xffff,  0x1bca0, 0x1d173,
					   0x1fffe, 0xe0001, 0xe0041, 0xe0100, 0x10ffff };
	static const unsigned seen[] = { 'a',	 0xa0,	 0xe4,	 0x300,	 0x1161,
					 0x3000, 0x4ee5, 0xfe0f, 0x1f600 };
	char c[5] = "";

	for (size_t i = 0; i < sizeof(hidden) / sizeof(*hidden); i++) {
		struct str shown = STR_INIT, json = STR_INIT;
		size_t n = utf8_encode(hidden[i], c);
		char *name, *clean;

		c[n] = '\0';
		name = str_fmt("rtl/a%s.v", c);
		utf8_show(c, n, &shown);
		json_quote(&json, c, n);
		assert_int_equal(str_cstr(&shown)[0], '\\');
		assert_null(strstr(str_cstr(&json), c));
		assert_int_equal(strncmp(str_cstr(&json), "\"\\u", 3), 0);
		assert_false(path_clean(name, &clean, NULL));
		free(name);
		str_free(&json);
		str_free(&shown);
	}
	for (size_t i = 0; i < sizeof(seen) / sizeof(*seen); i++)
		assert_false(utf8_is_control(seen[i]));
}

CASE(clean_text_steers_no_terminal_and_ends_at_a_whole_character)
{
	static const char text[] = "a\tb\x1b[1m\xff\xe2\x80\xae\xc3\xa4\xc3\xb6";
	struct str all = STR_INIT, some = STR_LIMIT(12);

	utf8_clean(text, sizeof(text) - 1, &all);
	assert_string_equal(str_cstr(&all), "a b?[1m??\xc3\xa4\xc3\xb6");
	utf8_clean(text, sizeof(text) - 1, &some);
	assert_string_equal(str_cstr(&some), "a b?[1m??\xc3\xa4");
	str_free(&all);
	str_free(&some);
}

/* Root may write anywhere, so the call is made as another user. */
CASE(a_folder_that_cannot_be_made_says_why)
{
	char dir[] = "/tmp/posedge-base-XXXXXX";
	char *path, *want;
	bool root = geteuid() == 0, made;
	struct err err = { 0 };

	assert_non_null(mkdtemp(dir));
	assert_int_equal(chmod(dir, 0555), 0);
	path = str_fmt("%s/a/b", dir);
	want = str_fmt("make folder %s/a: Permission denied", dir);
	assert_true(!root || seteuid(65534) == 0);
	made = file_make_dirs(path, 0700, &err);
	assert_true(!root || seteuid(0) == 0);
	assert_false(made);
	assert_string_equal(err.text, want);
	assert_int_equal(rmdir(dir), 0);
	free(want);
	free(path);
}

CASE(a_folder_tells_its_names_in_order)
{
	char dir[] = "/tmp/posedge-base-XXXXXX";
	static const char *const files[] = { "b", "a", ".hidden" };
	struct strv names = STRV_INIT;
	char *folder, *link;

	assert_non_null(mkdtemp(dir));
	folder = str_fmt("%s/c", dir);
	link = str_fmt("%s/d", dir);
	for (size_t i = 0; i < 3; i++) {
		char *path = str_fmt("%s/%s", dir, files[i]);

		assert_true(file_put(path, "x", 1, 0600, NULL));
		assert_int_equal(file_kind(path), FILE_REGULAR);
		free(path);
	}
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(symlink("a", link), 0);
	assert_int_equal(file_kind(folder), FILE_FOLDER);
	assert_int_equal(file_kind(link), FILE_SPECIAL);
	assert_true(folder_names(dir, &names));
	assert_int_equal(names.n, 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(names.v[i][0], "abcd"[i]);
	assert_true(file_remove_tree(dir, NULL));
	assert_int_equal(file_kind(dir), FILE_MISSING);
	assert_false(folder_names(dir, &names));
	assert_int_equal(names.n, 4);
	strv_free(&names);
	free(link);
	free(folder);
}

CASE(lists_are_equal_as_a_whole)
{
	struct strv a = STRV_INIT, b = STRV_INIT;

	assert_true(strv_equal(&a, &b));
	strv_add(&a, "x");
	assert_false(strv_equal(&a, &b));
	assert_false(strv_equal(&b, &a));
	strv_add(&b, "x");
	assert_true(strv_equal(&a, &b));
	strv_add(&b, "y");
	strv_add(&a, "z");
	assert_false(strv_equal(&a, &b));
	strv_free(&a);
	strv_free(&b);
}

static void makes(const char *path, const char *why)
{
	struct err err = { 0 };
	bool made = file_make_dirs(path, 0700, &err);

	assert_string_equal(err.text, why);
	assert_int_equal(made, !*why);
	assert_true(!made || file_is_dir(path));
}

/* The last part `.posedge` counts. */
CASE(own_folders_are_made_on_the_way_and_no_link_is_followed)
{
	char dir[] = "/tmp/posedge-base-XXXXXX";
	char *why;

	assert_non_null(mkdtemp(dir));
	assert_int_equal(chdir(dir), 0);
	makes("new/.posedge/runs/1/src/m/m/m", "");
	makes("new/.posedge/runs/1/src/m/m/m", "");
	makes("new/.posedge/runs/2/.posedge/deep//er/", "");
	makes("new/.posedgerc/a", "");
	assert_int_equal(symlink("1", "new/.posedge/runs/link"), 0);
	why = str_fmt("make folder new/.posedge/runs/link/x: open new/.posedge/runs/link/x: there "
		      "is a link where posedge keeps its own files, and none is followed there; "
		      "remove it");
	makes("new/.posedge/runs/link/x", why);
	free(why);
	assert_false(file_exists("new/.posedge/runs/1/x"));
	assert_true(file_save("new/.posedge/runs/file", "", 0, 0600, NULL));
	makes("new/.posedge/runs/file/x", "make folder new/.posedge/runs/file/x: open "
					  "new/.posedge/runs/file/x: Not a directory");
	makes("new/.posedge/../x", "make folder new/.posedge/../x: open new/.posedge/../x: '..' "
				   "where posedge keeps its own files");
	assert_false(file_exists("new/x"));
	assert_int_equal(chdir("/"), 0);
	assert_true(file_remove_tree(dir, NULL));
}

/* Large enough to be read in two halves at once, and not a multiple of anything. */
CASE(a_large_file_is_read_whole)
{
	char *dir = tool_folder();
	char *file = path_join(dir, "large");
	size_t len = (20u << 20) + 12345;
	struct str text = STR_INIT, all = STR_INIT;
	struct err err;

	for (uint32_t i = 0; text.len < len; i++)
		str_add(&text, (const char *)&i, sizeof(i));
	assert_true(file_save(file, text.data, len, 0600, &err));
	assert_true(file_read(file, len, &all, &err));
	assert_int_equal(all.len, len);
	assert_memory_equal(all.data, text.data, len);
	assert_int_equal(all.data[len], '\0');
	assert_false(file_read(file, len - 1, &all, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	str_free(&text);
	str_free(&all);
	unlink(file);
	rmdir(dir);
	free(file);
	free(dir);
}

/* Sparse: on disk it has one block. */
CASE(a_file_of_any_size_is_no_end_of_memory)
{
	char *dir = tool_folder(), *path = path_join(dir, "huge");
	int fd = open(path, O_CREAT | O_WRONLY, 0600);
	struct str text = STR_INIT;
	struct err err;

	assert_true(fd >= 0);
	if (ftruncate(fd, (off_t)64 << 30) < 0)
		skip();
	close(fd);
	assert_false(file_read(path, 0, &text, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_int_equal(text.len, 0);
	tool_folder_remove(dir);
	free(path);
}

/* A file that reports no size and exceeds the first read. */
CASE(a_file_below_proc_is_read_whole)
{
	struct str once = STR_INIT, all = STR_INIT;
	int fd = open("/proc/self/environ", O_RDONLY);
	char byte;

	assert_true(fd >= 0);
	while (read(fd, &byte, 1) == 1)
		str_addc(&once, byte);
	close(fd);
	assert_true(file_read("/proc/self/environ", 0, &all, NULL));
	assert_int_equal(all.len, once.len);
	assert_memory_equal(all.data, once.data, once.len);
	assert_false(file_read("/proc/self/environ", 8, &all, NULL));
	str_free(&once);
	str_free(&all);
}

CASE(a_program_that_failed_says_why)
{
	static const struct {
		const char *printed;
		struct child_result r;
		const char *want;
	} v[] = {
		{ "", { .status = 0 }, "ended" },
		{ "", { .status = 2 }, "failed (status 2)" },
		{ "", { .status = -1, .signal = 9 }, "failed (signal 9)" },
		{ "a\nno licence\n\n", { .status = 1 }, "failed (status 1): no licence" },
		{ "Error: no module\n at x:1\n",
		  { .status = 1 },
		  "failed (status 1): Error: no module" },
		{ "sh: node: not found\n",
		  { .status = 127 },
		  "failed (status 127): sh: node: not found" },
		{ " \n",
		  { .status = 127 },
		  "failed (status 127): a shell ends this way if it does not find a program" },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		struct stderr_tail tail = { 0 };
		struct str out = STR_INIT;

		stderr_tail_add(&tail, v[i].printed, strlen(v[i].printed));
		stderr_tail_print(&tail, &v[i].r, &out);
		assert_string_equal(str_cstr(&out), v[i].want);
		str_free(&out);
		stderr_tail_free(&tail);
	}
}
