#undef push_heap
#undef pop_heap
#if VERILATOR_VERSION_INTEGER == 5006000
#define VlTriggerScheduler PosedgeTriggerScheduler
#define VL_SSCANF_IWX(n, from, ...) VL_SSCANF_IWX(posedge_text_w(n, from), from, __VA_ARGS__)
#define VL_SSCANF_IQX(n, from, ...) VL_SSCANF_IQX(posedge_text_q(n, from), from, __VA_ARGS__)
#define VL_SSCANF_IIX(n, from, ...) VL_SSCANF_IIX(posedge_text_q(n, from), from, __VA_ARGS__)
#endif
