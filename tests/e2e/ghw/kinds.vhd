-- A signal of every kind of type, for e2e_ghw.sh.
library ieee;
use ieee.std_logic_1164.all;
use ieee.numeric_std.all;

package kinds is
  type state_t is (idle, run, done);
  type pair_t is record
    valid : std_logic;
    data  : std_logic_vector(3 downto 0);
    inner : unsigned(0 to 2);
  end record;
  type mem_t is array (0 to 2) of std_logic_vector(7 downto 0);
  type bools_t is array (natural range <>) of boolean;
end package;

library ieee;
use ieee.std_logic_1164.all;
use ieee.numeric_std.all;
use work.kinds.all;

entity counter is
  generic (w : positive := 8);
  port (clk, rst : in std_logic; q : out unsigned(w - 1 downto 0); s : out state_t);
end entity;

architecture rtl of counter is
  signal n : unsigned(w - 1 downto 0) := (others => 'U');
begin
  process (clk)
  begin
    if rising_edge(clk) then
      if rst = '1' then n <= (others => '0'); else n <= n + 1; end if;
    end if;
  end process;
  q <= n;
  s <= idle when rst = '1' else run when n < 5 else done;
end architecture;

library ieee;
use ieee.std_logic_1164.all;
use ieee.numeric_std.all;
use work.kinds.all;

entity tb is end entity;

architecture sim of tb is
  signal clk : std_logic := '0';
  signal rst : std_logic := '1';
  signal q : unsigned(7 downto 0);
  signal s : state_t;
  signal b : bit := '0';
  signal ok : boolean := false;
  signal i : integer := -3;
  signal small : integer range 0 to 9 := 0;
  signal r : real := 0.5;
  signal t : time := 1 ns;
  signal p : pair_t := ('0', "0000", "000");
  signal m : mem_t := (others => x"00");
  signal bv : bit_vector(2 downto 0) := "000";
  signal weak : std_logic := 'L';
  signal bs : bools_t(0 to 1) := (false, true);
  signal ch : character := 'a';
  signal up : std_logic_vector(2 to 5) := "0Z-W";
  type grid_t is array (0 to 1, 0 to 2) of std_logic;
  signal g : grid_t := (others => (others => '0'));
begin
  clk <= not clk after 5 ns when now < 200 ns else '0';
  rst <= '0' after 22 ns;
  dut : entity work.counter port map (clk, rst, q, s);
  gen : for k in 1 to 2 generate
    signal x : std_logic_vector(k downto 0) := (others => 'H');
  begin
    x <= (others => clk);
  end generate;
  process
  begin
    wait for 7 ns;
    b <= '1'; ok <= true; i <= 77; small <= 4; r <= 2.25; t <= 3 us;
    p.data <= x"9"; p.inner <= "101"; m(1) <= x"a5"; bv <= "110"; weak <= 'H'; bs(0) <= true;
    ch <= 'z'; g(1, 2) <= '1'; g(0, 1) <= 'X';
    wait for 20 ns;
    p.valid <= '1'; i <= -2147483648; m(2)(7) <= '1'; up <= "XU10";
    wait;
  end process;
end architecture;
