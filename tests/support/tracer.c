#include "config.h"

#include "support/tracer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define FORBIDDEN_STATUS 77
#define REFUSED_STATUS 1
#define SYSTEM_CALL_STOP (SIGTRAP | 0x80)

/* What only looks at files, or does not touch them; all else may change them. */
static const long HARMLESS[] = {
  SYS_brk,       SYS_close,      SYS_fcntl,   SYS_fstat,   SYS_fsync,
  SYS_futex,     SYS_getdents64, SYS_getpid,  SYS_lseek,   SYS_mmap,
  SYS_mprotect,  SYS_munmap,     SYS_pread64, SYS_read,    SYS_statx,
  SYS_getrandom, SYS_newfstatat, SYS_flock,   SYS_geteuid, SYS_rt_sigprocmask,
};

typedef struct __ptrace_syscall_info CallInfo;

gboolean
test_tracer_can_fail (void)
{
#ifdef __x86_64__
  return TRUE;
#else
  return FALSE;
#endif
}

#ifdef __x86_64__
static void
set_register (pid_t pid, size_t offset, long value)
{
  g_assert_cmpint (ptrace (PTRACE_POKEUSER, pid, (void *) offset, (void *) value), ==, 0);
}

static void
go_to_stop (pid_t pid)
{
  int status = 0;

  g_assert_cmpint (ptrace (PTRACE_SYSCALL, pid, NULL, NULL), ==, 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
}

/* The process stands before a system call. */
static void
let_fail (pid_t pid)
{
  set_register (pid, offsetof (struct user_regs_struct, orig_rax), -1);
  go_to_stop (pid);
  set_register (pid, offsetof (struct user_regs_struct, rax), -ENOSPC);
}
#else
static void
let_fail (pid_t pid G_GNUC_UNUSED)
{
  g_assert_not_reached ();
}
#endif

static void
run_child (TestTracerWork work, gpointer user_data)
{
  int quiet = open ("/dev/null", O_WRONLY | O_CLOEXEC);

  (void) dup2 (quiet, STDERR_FILENO);
  (void) dup2 (quiet, STDOUT_FILENO);
  if (ptrace (PTRACE_TRACEME, 0, NULL, NULL) != 0)
    _exit (FORBIDDEN_STATUS);
  (void) raise (SIGSTOP);
  _exit (work (user_data) ? 0 : REFUSED_STATUS);
}

static TestTracerEnd
end_of (int status, gboolean touched)
{
  if (!WIFEXITED (status))
    return TEST_TRACER_DEAD;
  if (WEXITSTATUS (status) == FORBIDDEN_STATUS)
    return TEST_TRACER_FORBIDDEN;
  if (WEXITSTATUS (status) != 0)
    return TEST_TRACER_REFUSED;
  return touched ? TEST_TRACER_DONE : TEST_TRACER_UNTOUCHED;
}

static void
disturb (pid_t pid, TestTracerDeed deed)
{
  if (deed == TEST_TRACER_FAIL)
    let_fail (pid);
  else
    (void) kill (pid, SIGKILL);
}

static gboolean
may_change_files (const CallInfo *info)
{
  for (gsize i = 0; i < G_N_ELEMENTS (HARMLESS); i++)
    if (info->entry.nr == (unsigned long) HARMLESS[i])
      return FALSE;
  return TRUE;
}

/* Whether it stands before a system call that counts. */
static gboolean
is_moment (pid_t pid, TestTracerDeed deed)
{
  CallInfo info = { 0 };

  return ptrace (PTRACE_GET_SYSCALL_INFO, pid, (void *) sizeof info, &info) > 0 &&
         info.op == PTRACE_SYSCALL_INFO_ENTRY &&
         (deed == TEST_TRACER_FAIL || may_change_files (&info));
}

TestTracerEnd
test_tracer_run (TestTracerWork work,
                 gpointer user_data,
                 TestTracerDeed deed,
                 guint moment)
{
  gboolean touched = FALSE;
  int status = 0;
  guint passed = 0;
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    run_child (work, user_data);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  if (WIFSTOPPED (status))
    g_assert_cmpint (ptrace (PTRACE_SETOPTIONS, pid, NULL,
                             (void *) (PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL)),
                     ==, 0);
  while (WIFSTOPPED (status))
    {
      gboolean at_call = WSTOPSIG (status) == SYSTEM_CALL_STOP;
      int signal_number = at_call || WSTOPSIG (status) == SIGSTOP ? 0 : WSTOPSIG (status);

      if (at_call && is_moment (pid, deed) && passed++ == moment)
        {
          disturb (pid, deed);
          touched = TRUE;
        }
      (void) ptrace (touched ? PTRACE_CONT : PTRACE_SYSCALL, pid, NULL,
                     (void *) (gintptr) signal_number);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
    }
  return end_of (status, touched);
}
