/* Replays seeds: passes each file given, or in a folder given, to the target once. With
 * --enable-fuzz the same targets are linked with libFuzzer. */
#include "config.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "session/base/file.h"
#include "session/base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static int replay(const char *path)
{
	struct str text = STR_INIT;
	struct err err;
	DIR *d = opendir(path);
	struct dirent *e;
	int n = 0;

	while (d && (e = readdir(d))) {
		char *sub = path_join(path, e->d_name);

		if (e->d_name[0] != '.')
			n += replay(sub);
		free(sub);
	}
	if (d) {
		closedir(d);
		return n;
	}
	if (!file_read(path, 0, &text, &err)) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	LLVMFuzzerTestOneInput((const uint8_t *)str_cstr(&text), text.len);
	str_free(&text);
	return 1;
}

int main(int argc, char **argv)
{
	int n = 0;

	for (int i = 1; i < argc; i++)
		n += replay(argv[i]);
	printf("%d seeds\n", n);
	return n ? 0 : 1;
}
