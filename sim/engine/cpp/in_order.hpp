#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>
namespace std {
template <class I> void posedge_push_heap(I first, I end) {
  I last = end - 1;
  rotate(upper_bound(first, last, last->m_timestep,
                     [](uint64_t t, const auto &other) { return t < other.m_timestep; }), last, end);
}
template <class I> void posedge_pop_heap(I first, I end) { rotate(first, first + 1, end); }
}
#include "verilated.h"
#define push_heap posedge_push_heap
#define pop_heap posedge_pop_heap
#include "verilated_timing.h"
inline int posedge_waits = 0;
inline bool posedge_stop = false;
void vl_stop_maybe(const char *, int, const char *, bool);
template <class W> int posedge_text(int bits, W word) {
  int used = (bits + 7) & ~7;
  while (used > 8 && (word((used - 8) / 32) >> (used - 8) % 32 & 0xff) == 0) used -= 8;
  return used < bits ? used : bits;
}
inline int posedge_text_w(int bits, WDataInP from) {
  return posedge_text(bits, [=](int i) { return from[i]; });
}
inline int posedge_text_q(int bits, QData from) {
  return posedge_text(bits, [=](int i) { return IData(from >> i * 32); });
}
#if VERILATOR_VERSION_INTEGER == 5006000
class PosedgeTriggerScheduler final {
  std::vector<VlCoroutineHandle> m_uncommitted, m_ready;
public:
  PosedgeTriggerScheduler() {}
  ~PosedgeTriggerScheduler() {}
  void resume(const char * = nullptr) {
    auto woken = std::move(m_ready);
    m_ready.clear();
    for (auto &susp : woken) susp.resume();
    commit();
  }
  void commit(const char * = nullptr) {
    std::move(m_uncommitted.begin(), m_uncommitted.end(), std::back_inserter(m_ready));
    m_uncommitted.clear();
  }
  bool empty() const { return m_ready.empty() && m_uncommitted.empty(); }
  auto trigger(const char * = nullptr, const char *file = VL_UNKNOWN, int line = 0) {
    struct Awaitable {
      std::vector<VlCoroutineHandle> &suspended;
      VlFileLineDebug fileline;
      bool await_ready() const { return false; }
      void await_suspend(std::coroutine_handle<> coro) { suspended.emplace_back(coro, fileline); }
      void await_resume() const {}
    };
    bool waits = posedge_waits && posedge_waits == line;
    posedge_waits = 0;
    return Awaitable{waits ? m_ready : m_uncommitted, VlFileLineDebug{file, line}};
  }
};
#endif
