import cocotb
from cocotb.triggers import Timer


@cocotb.test()
async def all_bytes(dut):
    for i in range(256):
        dut.data.value = i
        await Timer(1)
        assert dut.p.value == bin(i).count("1") % 2
