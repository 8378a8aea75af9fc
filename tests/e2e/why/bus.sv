// Registers behind a bus that is an interface: modports, a packed union of fields, a timer and
// an interrupt.
`timescale 1ns / 1ps

interface bus_if (input logic clk, input logic rst);
    logic       sel;
    logic       write;
    logic [2:0] addr;
    logic [7:0] wdata;
    logic [7:0] rdata;
    logic       ready;
    modport host (output sel, write, addr, wdata, input rdata, ready, clk, rst);
    modport device (input sel, write, addr, wdata, clk, rst, output rdata, ready);
endinterface

interface timer_if;
    logic       run;
    logic [7:0] period;
    logic [7:0] now;
    logic       done;
    modport control (output run, period, input now, done);
    modport timer (input run, period, output now, done);
endinterface

module timer (input logic clk, input logic rst, timer_if.timer t);
    always_ff @(posedge clk) begin
        if (rst || !t.run) begin
            t.now <= 8'd0;
            t.done <= 1'b0;
        end else if (t.now == t.period) begin
            t.now <= 8'd0;
            t.done <= 1'b1;
        end else begin
            t.now <= t.now + 8'd1;
            t.done <= 1'b0;
        end
    end
endmodule

module regs (bus_if.device b, timer_if.control t, output logic irq, output logic [7:0] hits);
    typedef struct packed {
        logic [5:0] spare;
        logic       irq_enable;
        logic       run;
    } control_t;
    control_t control;
    logic [7:0] period;
    logic pending;
    logic access;

    assign access = b.sel && b.ready;
    assign t.run = control.run;
    assign t.period = period;
    assign irq = pending && control.irq_enable;

    always_ff @(posedge b.clk) begin
        if (b.rst)
            b.ready <= 1'b0;
        else
            b.ready <= b.sel && !b.ready;
    end

    always_ff @(posedge b.clk) begin
        if (b.rst) begin
            control <= 8'd0;
            period <= 8'd9;
        end else if (access && b.write) begin
            case (b.addr)
                3'd0: control <= b.wdata;
                3'd1: period <= b.wdata;
                default: ;
            endcase
        end
    end

    always_ff @(posedge b.clk) begin
        if (b.rst) begin
            pending <= 1'b0;
            hits <= 8'd0;
        end else if (t.done) begin
            pending <= 1'b1;
            hits <= hits + 8'd1;
        end else if (access && b.write && b.addr == 3'd2) begin
            pending <= 1'b0;
        end
    end

    always_comb begin
        case (b.addr)
            3'd0: b.rdata = control;
            3'd1: b.rdata = period;
            3'd2: b.rdata = {7'd0, pending};
            3'd3: b.rdata = t.now;
            default: b.rdata = 8'hee;
        endcase
    end
endmodule

module bus (bus_if.device b, output logic irq, output logic [7:0] hits);
    timer_if t ();
    regs u_regs (.b(b), .t(t), .irq(irq), .hits(hits));
    timer u_timer (.clk(b.clk), .rst(b.rst), .t(t));
endmodule
