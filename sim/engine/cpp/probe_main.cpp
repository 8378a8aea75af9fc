#include "Vsim.h"
void vl_stop_maybe(const char *, int, const char *, bool) {}
int main() {
  VerilatedContext *c = new VerilatedContext;
  Vsim *t = new Vsim{c};
  while (!c->gotFinish() && t->eventsPending()) {
    t->eval();
    c->time(t->nextTimeSlot());
  }
  t->final();
  delete t;
  delete c;
}
