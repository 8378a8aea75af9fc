extern "C" {
int plugin_is_GPL_compatible;
extern int at_eof;
void register_callback(const char *, int, void (*)(void *, void *), void *);
}
struct cpp_reader;
void instantiate_pending_templates(int);
void c_register_pragma(const char *, const char *, void (*)(cpp_reader *));
static void instances(cpp_reader *) {
  at_eof = 1;
  instantiate_pending_templates(0);
  at_eof = 0;
}
static void pragmas(void *, void *) {
  c_register_pragma("posedge", "instances", instances);
}
extern "C" int plugin_init(void *, void *) {
  register_callback("posedge", 15, pragmas, nullptr);
  return 0;
}
