package z_types;
  typedef logic [zz_base::WIDTH-1:0] word_t;
  typedef enum logic [0:0] {ADD, SUB} op_t;
endpackage
