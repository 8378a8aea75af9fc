module m;
defparam u.A.B = 3, v[2].W = (1, 2), x;
CELL u (a, b), \v+ (.c(d));
defparam \v+ .Q = "s";
defparam u