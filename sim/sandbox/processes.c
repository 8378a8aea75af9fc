/* Two ways to find the same set. A full scan reads the state of every process, and
 * takes the descendants of the started one by their parents: nobody inside can leave
 * that tree, since bubblewrap's first process adopts orphans. It costs as much as there
 * are processes on the machine. The kernel's lists of children lead to the same set
 * directly; but a list is made while it is read, and the kernel says that it may miss a
 * child if another one ends meanwhile.
 */
#include "config.h"

#include "sim/sandbox/processes.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/mem.h"

#define PROCESSES_MOST 100000 /* looked at in /proc */
#define LISTED_MOST    1000

struct list {
	struct process *v;
	size_t n, cap;
};

bool processes_text(int in, const char *name, char *buf, size_t cap)
{
	int fd = openat(in, name, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, buf, cap - 1);

	if (fd >= 0)
		close(fd);
	buf[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/* "PID (NAME) S PPID PGRP SESSION ...": the program chooses NAME. */
static bool parse_stat(const char *text, struct process *p)
{
	const char *after = strrchr(text, ')');
	long field[22] = { 0 }; /* from PPID, field 4, to rss, field 24 */
	char *end;

	if (!after || after[1] != ' ' || !after[2])
		return false;
	after += 3;
	for (size_t i = 0; i < 21; i++, after = end) {
		field[i] = strtol(after, &end, 10);
		if (end == after)
			return false;
	}
	p->pid = (int)strtol(text, NULL, 10);
	p->parent = (int)field[0];
	p->session = (int)field[2];
	p->threads = field[16] > 0 ? (unsigned)field[16] : 1;
	p->rss = field[20] > 0 ? (uint64_t)field[20] * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
	return true;
}

static bool add_process(int proc, const char *pid, struct list *l)
{
	char name[NAME_MAX + 8], text[1024];
	struct process p = { .pid = 0 };

	snprintf(name, sizeof(name), "%s/stat", pid);
	if (!processes_text(proc, name, text, sizeof(text)) || !parse_stat(text, &p))
		return false;
	MEM_PUSH(l->v, l->n, l->cap, p);
	return true;
}

/* Full scan --------------------------------------------------------------------------- */

static bool is_number(const char *name)
{
	return name[0] >= '1' && name[0] <= '9' && strspn(name, "0123456789") == strlen(name);
}

static DIR *open_folder(int in, const char *name)
{
	int fd = openat(in, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);

	if (!d && fd >= 0)
		close(fd);
	return d;
}

static void read_all(int proc, struct list *l)
{
	DIR *d = open_folder(proc, ".");
	struct dirent *e;

	while (d && l->n < PROCESSES_MOST && (e = readdir(d)))
		if (is_number(e->d_name))
			add_process(proc, e->d_name, l);
	if (d)
		closedir(d);
}

static bool is_inside(const struct list *l, const bool *inside, const struct process *p, int pid)
{
	if (p->pid == pid)
		return false;
	if (p->parent == pid || p->session == pid)
		return true;
	for (size_t i = 0; i < l->n; i++)
		if (inside[i] && l->v[i].pid == p->parent)
			return true;
	return false;
}

static void mark_inside(const struct list *l, bool *inside, int pid)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < l->n; i++)
			if (!inside[i] && is_inside(l, inside, &l->v[i], pid))
				inside[i] = more = true;
	}
}

size_t processes_below(int proc, int pid, struct process **out)
{
	struct list all = { 0 };
	bool *inside;
	size_t n = 0;

	read_all(proc, &all);
	inside = mem_calloc(all.n + 1, sizeof(*inside));
	mark_inside(&all, inside, pid);
	for (size_t i = 0; i < all.n; i++)
		if (inside[i])
			all.v[n++] = all.v[i];
	free(inside);
	*out = all.v;
	return n;
}

/* Lists of children ------------------------------------------------------------------- */

static bool is_known(const struct list *l, int pid)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].pid == pid)
			return true;
	return false;
}

/* A number cut by the end of a read waits for the rest. */
static bool add_children(int proc, int pid, int thread, struct list *l)
{
	char name[64], text[4096], number[16];
	size_t digits = 0;
	ssize_t n;
	int fd;

	snprintf(name, sizeof(name), "%d/task/%d/children", pid, thread);
	fd = openat(proc, name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	while (l->n <= LISTED_MOST && (n = read(fd, text, sizeof(text))) > 0) {
		for (ssize_t i = 0; i < n; i++) {
			if (text[i] != ' ' && digits + 1 < sizeof(number)) {
				number[digits++] = text[i];
				continue;
			}
			number[digits] = '\0';
			if (is_number(number) && !is_known(l, (int)strtol(number, NULL, 10)))
				add_process(proc, number, l);
			digits = 0;
		}
	}
	close(fd);
	return true;
}

/* Each thread has children of its own. */
static void add_children_of_threads(int proc, int pid, struct list *l)
{
	char name[64];
	DIR *d;
	struct dirent *e;

	snprintf(name, sizeof(name), "%d/task", pid);
	d = open_folder(proc, name);
	while (d && (e = readdir(d)))
		if (is_number(e->d_name))
			add_children(proc, pid, (int)strtol(e->d_name, NULL, 10), l);
	if (d)
		closedir(d);
}

size_t processes_listed(int proc, int pid, struct process **out)
{
	struct list l = { 0 };
	char number[16];
	bool whole;

	snprintf(number, sizeof(number), "%d", pid);
	whole = add_process(proc, number, &l) && add_children(proc, pid, pid, &l);
	for (size_t i = 0; whole && i < l.n && l.n <= LISTED_MOST; i++) {
		if (l.v[i].threads > 1)
			add_children_of_threads(proc, l.v[i].pid, &l);
		else if (i > 0)
			add_children(proc, l.v[i].pid, l.v[i].pid, &l);
	}
	if (!whole || l.n > LISTED_MOST) {
		free(l.v);
		return processes_below(proc, pid, out);
	}
	memmove(l.v, l.v + 1, --l.n * sizeof(*l.v)); /* pid's own */
	*out = l.v;
	return l.n;
}
