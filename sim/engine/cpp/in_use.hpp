#if VERILATOR_VERSION_INTEGER == 5006000
template <std::size_t N> void posedge_use() {
  VlTriggerVec<N> a{}, b{};
  a.at(0) = a.any();
  a.clear();
  a.set(b);
  a.andNot(a, b);
}
inline void posedge_uses() {
  posedge_use<1>();
  posedge_use<2>();
  posedge_use<3>();
  posedge_use<4>();
  posedge_use<5>();
  posedge_use<6>();
  posedge_use<7>();
  posedge_use<8>();
}
#endif
#pragma posedge instances
