// the design
+incdir+hw/inc
+define+STEP=2
hw/src/stepper.v
-y hw/lib +libext+.v
hw/tb/stepper_tb.v
