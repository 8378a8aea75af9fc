/* A filter for seccomp(2) (linux/seccomp.h, linux/filter.h): examines a struct
 * seccomp_data and returns the verdict on the call.
 *
 *	calls of another ABI, x32		ENOSYS
 *	clone with a new namespace, clone3	EPERM, ENOSYS: its flags are in memory
 *	socket of an odd family			EAFNOSUPPORT
 *	ioctl that types into a terminal	EPERM
 *	a call in the lists below		EPERM, ENOSYS
 *	all others				allowed
 */
#include "config.h"

#include "sim/sandbox/seccomp.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__) && !defined(__ILP32__)
#define MACHINE AUDIT_ARCH_X86_64
#define X32_BIT 0x40000000u
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

bool seccomp_known(void)
{
#ifdef MACHINE
	return true;
#else
	return false;
#endif
}

#ifdef MACHINE

#define REFUSED(e) (SECCOMP_RET_ERRNO | ((e)&SECCOMP_RET_DATA))

/* Call numbers that old headers lack are the same on all architectures. */
#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif
#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif

static const unsigned not_permitted[] = {
	/* other processes */
	SYS_ptrace,
	SYS_process_vm_readv,
	SYS_process_vm_writev,
	SYS_kcmp,
	SYS_pidfd_getfd,
	SYS_process_madvise,
	/* namespaces and mounts */
	SYS_unshare,
	SYS_setns,
	SYS_mount,
	SYS_umount2,
	SYS_pivot_root,
	SYS_chroot,
	SYS_open_tree,
	SYS_move_mount,
	SYS_fsopen,
	SYS_fsconfig,
	SYS_fsmount,
	SYS_fspick,
	SYS_mount_setattr,
	SYS_name_to_handle_at,
	SYS_open_by_handle_at,
	SYS_quotactl,
	SYS_swapon,
	SYS_swapoff,
	/* the kernel and the machine */
	SYS_bpf,
	SYS_keyctl,
	SYS_add_key,
	SYS_request_key,
	SYS_perf_event_open,
	SYS_init_module,
	SYS_finit_module,
	SYS_delete_module,
	SYS_kexec_load,
	SYS_reboot,
	SYS_syslog,
	SYS_acct,
	SYS_settimeofday,
	SYS_clock_settime,
	SYS_adjtimex,
	SYS_clock_adjtime,
	SYS_sethostname,
	SYS_setdomainname,
	SYS_vhangup,
	SYS_fanotify_init,
	SYS_lookup_dcookie,
	SYS_nfsservctl,
#ifdef SYS_kexec_file_load
	SYS_kexec_file_load,
#endif
#ifdef SYS_iopl
	SYS_iopl,
	SYS_ioperm,
	SYS_modify_ldt,
#endif
	/* memory that outlives its process or is not charged to one */
	SYS_shmget,
	SYS_shmat,
	SYS_msgget,
	SYS_semget,
	SYS_mq_open,
};

static const unsigned not_there[] = { SYS_clone3,	    SYS_memfd_create,	SYS_memfd_secret,
				      SYS_userfaultfd,	    SYS_io_uring_setup, SYS_io_uring_enter,
				      SYS_io_uring_register };

#define NEW_NAMESPACE                                                                              \
	(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | \
	 CLONE_NEWCGROUP)

#define COUNT(a) (sizeof(a) / sizeof(*(a)))
#define MOST	 (COUNT(not_permitted) * 2 + COUNT(not_there) * 2 + 40)

struct program {
	struct sock_filter op[MOST];
	size_t n;
};

static void add(struct program *p, uint16_t code, uint32_t k, uint8_t yes, uint8_t no)
{
	if (p->n < MOST)
		p->op[p->n++] = (struct sock_filter){ code, yes, no, k };
}

static void load(struct program *p, size_t offset)
{
	add(p, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void answer(struct program *p, uint32_t what)
{
	add(p, BPF_RET | BPF_K, what, 0, 0);
}

/* If the loaded value is k, the call fails with error. */
static void refuse_if(struct program *p, uint32_t k, unsigned error)
{
	add(p, BPF_JMP | BPF_JEQ | BPF_K, k, 0, 1);
	answer(p, REFUSED(error));
}

static size_t argument(int i)
{
	/* The lower half: both architectures are little-endian. */
	return offsetof(struct seccomp_data, args) + (size_t)i * 8;
}

/* The socket families that are allowed; not all others respect network namespaces. */
static void sockets(struct program *p, bool network)
{
	static const uint32_t families[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK };
	size_t n = COUNT(families) - !network;

	add(p, BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, (uint8_t)(n * 2 + 2));
	load(p, argument(0));
	for (size_t i = 0; i < n; i++) {
		add(p, BPF_JMP | BPF_JEQ | BPF_K, families[i], 0, 1);
		answer(p, SECCOMP_RET_ALLOW);
	}
	answer(p, REFUSED(EAFNOSUPPORT));
}

static void make(struct program *p, bool network)
{
	size_t number = offsetof(struct seccomp_data, nr);

	p->n = 0;
	load(p, offsetof(struct seccomp_data, arch));
	add(p, BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0);
	answer(p, REFUSED(ENOSYS));
	load(p, number);
#ifdef X32_BIT
	add(p, BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1);
	answer(p, REFUSED(ENOSYS));
#endif
	for (size_t i = 0; i < COUNT(not_permitted); i++)
		refuse_if(p, not_permitted[i], EPERM);
	for (size_t i = 0; i < COUNT(not_there); i++)
		refuse_if(p, not_there[i], ENOSYS);
	sockets(p, network);
	add(p, BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 0, 6);
	load(p, argument(1));
	refuse_if(p, TIOCSTI, EPERM);
	refuse_if(p, TIOCLINUX, EPERM);
	answer(p, SECCOMP_RET_ALLOW);
	add(p, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3);
	load(p, argument(0));
	add(p, BPF_JMP | BPF_JSET | BPF_K, NEW_NAMESPACE, 0, 1);
	answer(p, REFUSED(EPERM));
	answer(p, SECCOMP_RET_ALLOW);
}

int seccomp_open(bool network, struct err *err)
{
	struct program p;
	int fd[2];
	size_t len;
	bool ok;

	make(&p, network);
	if (pipe2(fd, O_CLOEXEC) < 0) {
		err_set(err, ERR_IO, "make a pipe: %s", strerror(errno));
		return -1;
	}
	/* Less than the capacity of a pipe: does not block. */
	len = p.n * sizeof(*p.op);
	ok = write(fd[1], p.op, len) == (ssize_t)len;
	close(fd[1]);
	if (ok)
		return fd[0];
	close(fd[0]);
	err_set(err, ERR_IO, "write the filter of system calls: %s", strerror(errno));
	return -1;
}

#else

int seccomp_open(bool network, struct err *err)
{
	err_set(err, ERR_TOOL, "there is no filter of system calls for this kind of processor");
	return -1;
}

#endif
