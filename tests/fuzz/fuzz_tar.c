/* An untrusted archive: what is extracted stays in its folder and within the limits,
 * and archiving and extracting it again gives the same. */
#include "config.h"

#include <assert.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/base/tar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const struct tar_limits limits = { .entries = 20, .bytes = 1 << 20 };

struct taken {
	size_t files;
	uint64_t bytes;
};

/* tar_unpack() must ask about clean names only. */
static bool wanted(const char *name)
{
	char *clean = NULL;
	bool ok = path_clean(name, &clean, NULL) && strcmp(clean, name) == 0;

	assert(ok);
	free(clean);
	return strcmp(name, "unwanted") != 0;
}

static void write_file(const char *path, const void *data, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || !file_write_all(fd, data, len))
		abort();
	close(fd);
}

/* Counts the files below dir, and adds them to the archive unless that is NULL; name
 * is the prefix in it. */
static bool add_tree(struct tar *to, const char *dir, const char *name, struct taken *t)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	bool ok = true;

	while (ok && d && (e = readdir(d))) {
		char *path = path_join(dir, e->d_name);
		char *inside =
			name[0] ? str_fmt("%s/%s", name, e->d_name) : str_fmt("%s", e->d_name);
		struct stat st;

		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
		    lstat(path, &st) == 0) {
			assert(S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
			if (S_ISDIR(st.st_mode)) {
				ok = add_tree(to, path, inside, t);
			} else {
				t->files++;
				t->bytes += (uint64_t)st.st_size;
				ok = !to || tar_add_file(to, inside, path, NULL);
			}
		}
		free(inside);
		free(path);
	}
	if (d)
		closedir(d);
	return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *root =
		str_fmt("%s/posedge-fuzz.XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	char *in, *first, *out, *second;
	struct tar *to;
	struct taken t = { 0 }, again = { 0 };
	struct err err;
	bool whole;
	int fd;

	if (!mkdtemp(root))
		abort();
	in = path_join(root, "in");
	first = path_join(root, "first");
	out = path_join(root, "out");
	second = path_join(root, "second");
	write_file(in, data, len);
	if (mkdir(first, 0700) < 0 || mkdir(second, 0700) < 0)
		abort();
	whole = tar_unpack(in, first, &limits, wanted, &err);
	assert(whole || (err.code != ERR_NONE && err.text[0]));
	fd = open(out, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	to = tar_new(fd, NULL);
	assert(to);
	if (add_tree(to, first, "", &t) && tar_end(to, NULL) && whole) {
		assert(t.files <= limits.entries && t.bytes <= limits.bytes);
		assert(tar_unpack(out, second, &limits, wanted, &err));
		add_tree(NULL, second, "", &again);
		assert(again.files == t.files && again.bytes == t.bytes);
	}
	tar_free(to);
	close(fd);
	file_remove_tree(root, NULL);
	free(second);
	free(out);
	free(first);
	free(in);
	free(root);
	return 0;
}
