#include "Vsim.h"
#include "all.h"
#include <cstdlib>
#ifndef POSEDGE_CHECKS
static VerilatedContext *posedge_checks_context;
static void posedge_checks_write() {}
static bool posedge_checks_over() { return false; }
#endif
#ifndef POSEDGE_MARKED
#define POSEDGE_MARKED 0
#endif
void vl_stop_maybe(const char *file, int line, const char *hier, bool maybe) {
  Verilated::threadContextp()->errorCountInc();
  if (!POSEDGE_MARKED || !maybe || posedge_stop) vl_stop(file, line, hier);
}
static volatile std::sig_atomic_t posedge_ending = 0;
static void *posedge_listen(void *set) {
  int sig;
  sigwait(static_cast<sigset_t *>(set), &sig);
  posedge_ending = 1;
  usleep(300000);
  posedge_checks_write();
  fflush(stdout);
  _exit(0);
}
#ifdef POSEDGE_BATCH
#include "batch_inside.c"
#endif
#ifdef POSEDGE_COVERAGE
#include "verilated_cov.h"
#else
#define POSEDGE_COVERAGE 0
#endif
static VerilatedContext *posedge_context;
static void posedge_cover() {
#if POSEDGE_COVERAGE
  if (posedge_context) posedge_context->coveragep()->write(POSEDGE_COVERAGE_FILE);
  posedge_context = nullptr;
#endif
}
static void posedge_run(VerilatedContext *c, Vsim *t) {
#if POSEDGE_DUMP
  POSEDGE_DUMP_CLASS dump;
  t->trace(&dump, 99);
  dump.open("wave.vcd");
#endif
  while (!c->gotFinish() && !posedge_ending && !posedge_checks_over()) {
    t->eval();
#if POSEDGE_DUMP
    dump.dump(c->time());
#endif
    if (!t->eventsPending()) break;
    c->time(t->nextTimeSlot());
  }
  t->final();
  posedge_cover();
#if POSEDGE_DUMP
  dump.close();
#endif
}
int main(int argc, char **argv) {
#ifdef POSEDGE_BATCH
  posedge_batch(argc, argv);
#endif
  static sigset_t set;
  pthread_t listener;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  pthread_create(&listener, nullptr, posedge_listen, &set);
  VerilatedContext *c = new VerilatedContext;
  posedge_checks_context = c;
  posedge_context = c;
  std::atexit(posedge_cover);
  std::atexit(posedge_checks_write);
  c->traceEverOn(POSEDGE_TRACE);
  c->fatalOnError(false);
  c->commandArgs(argc, argv);
  Vsim *t = new Vsim{c};
  posedge_run(c, t);
  delete t;
  delete c;
  return 0;
}
