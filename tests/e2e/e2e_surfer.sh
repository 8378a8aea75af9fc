#!/usr/bin/env bash
# Waves in Surfer over its control protocol. Debian has no Surfer: a script of that name
# implements the protocol as in Surfer's source (surfer-wcp/src/proto.rs,
# wcp_handler.rs).
. "${srcdir:?}/tests/lib/lib.sh"

mkdir "$work/bin" "$work/p" && cd "$work/p" || exit 1
cat >"$work/bin/surfer" <<'END'
#!/usr/bin/env perl
use strict;
use IO::Select;
use IO::Socket::INET;
use JSON::PP;
alarm 120;
my $mode = $ENV{FAKE} // '';
exit 1 if $mode eq 'crash';
my ($address) = do { local $/; open my $f, '<', '.surfer/config.toml' or die; <$f> } =~ /^address = "(.*)"$/m;
my $server = IO::Socket::INET->new(Listen => 5, LocalAddr => $address, ReuseAddr => 1) or die;
my (%names, $source, $id);
sub note { open my $f, '>>', "$ENV{FAKE_LOG}" or die; print $f "@_\n"; close $f }
# The names of a dump, as Surfer has them: without ranges.
sub read_dump {
	my @scope;
	local $/ = "\n";
	%names = ();
	open my $f, '<', $source or return;
	while (<$f>) {
		push @scope, $1 if /^\$scope \w+ (\S+)/;
		pop @scope if /^\$upscope/;
		$names{join '.', @scope, $1} = 1 if /^\s*\$var \w+ \d+ \S+ (\S+)/;
	}
}
while (my $c = $server->accept) {
	my ($greeted, $wants);
	my $say = sub { print $c encode_json($_[0]), "\0"; $c->flush };
	local $/ = "\0";
	while (my $line = <$c>) {
		chomp $line;
		my $m = eval { decode_json($line) };
		my $command = $m ? $m->{command} // '' : '';
		note($line);
		last if !$m || $mode eq 'close';
		sleep 1000 if $mode eq 'silent';
		if ($mode eq 'flood') { local $SIG{PIPE} = 'IGNORE'; 1 while print $c 'x' x 65536; last }
		if ($mode eq 'rubbish') { print $c "{\"type\":\0"; last }
		if (($m->{type} // '') eq 'greeting') {
			$greeted = 1;
			$wants = grep { $_ eq 'waveforms_loaded' } @{$m->{commands}};
			$say->({type => 'greeting', version => $mode eq 'version' ? '1' : '0',
				commands => ['add_variables', 'load', 'reload', 'set_viewport_to', $mode eq 'old' ? () : 'add_markers']});
		} elsif (!$greeted) {
			$say->({type => 'error', error => 'x', arguments => [], message => 'WCP server has not received greeting messages'});
		} elsif ($command eq 'load' || ($command eq 'reload' && defined $source)) {
			$source = $m->{source} if $command eq 'load';
			read_dump();
			$say->({type => 'response', command => 'ack'});
			$say->({type => 'event', event => 'waveforms_loaded', source => $source}) if $wants;
		} elsif ($command eq 'add_variables') {
			if (!defined $source || $mode eq 'refuse') {
				$say->({type => 'error', error => $command, arguments => [], message => "Can't add signals. \e[31mNo waveform loaded"});
				next;
			}
			$say->({type => 'response', command => $command, ids => [map { ++$id } grep { $names{$_} } @{$m->{variables}}]});
		} elsif ($command eq 'add_markers' && $mode ne 'old') {
			$say->({type => 'response', command => $command, ids => [++$id]});
		} elsif ($command eq 'set_viewport_to') {
			$say->({type => 'response', command => 'ack'});
		} else { last } # as serde does with a command that it does not know
	}
	close $c;
}
END
chmod +x "$work/bin/surfer"
perl -MJSON::PP -MIO::Socket::INET -e 1 2>/dev/null || exit 77
export FAKE_LOG=$work/said DISPLAY=:64999 TEST_PATH=$work/bin:$PATH
printf 'set viewer surfer\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"
state() { find "$work" -name surfer -type f ! -path "$work/bin/*" | head -n 1; }
close_window() {
	local file
	file=$(state)
	[ -z "$file" ] || { kill "$(cut -d' ' -f1 "$file")" 2>/dev/null; rm -f "$file"; }
	: >"$FAKE_LOG"
}
at_end() { close_window; }
said() { grep -qF "$1" "$FAKE_LOG" || fail "Surfer was not told $1: $(cat "$FAKE_LOG")"; }

dump() {
	printf '$timescale 1ns $end\n$scope module tb $end\n$var reg 1 ! clk $end\n$var reg 4 " q [3:0] $end\n$upscope $end\n$enddefinitions $end\n#0\n0!\nb0 "\n#5\n1!\nb%s "\n#10\n0!\n' "$1" >"$2"
}
dump 1 a.vcd
: >"$FAKE_LOG"
status 0 wave a.vcd --at 5ns
says "opened Surfer"
said '"command":"load","source":"'
said '"command":"add_variables","variables":["tb.clk","tb.q"]'
said '"command":"set_viewport_to","timestamp":5'
# The window that is open loads the next one, and keeps its rows.
pid=$(cut -d' ' -f1 "$(state)")
: >"$FAKE_LOG"
dump 11 b.vcd
status 0 wave b.vcd
says "Surfer shows the new waves"
said '"command":"reload"'
! grep -q add_variables "$FAKE_LOG" || fail "a reload adds the rows again"
[ "$(cut -d' ' -f1 "$(state)")" = "$pid" ] || fail "there is another window"
[ "$(readlink -f "$(dirname "$(state)")/wave.vcd")" = "$(readlink -f b.vcd)" ] || fail "the window has another dump"
status 0 wave b.vcd --add q
says "Surfer shows tb.q"
said '"variables":["tb.q"]'
status 2 wave b.vcd --add nosuch
status 2 wave b.vcd --source
status 2 wave /dev/null
close_window

# An older version gets fewer requests.
FAKE=old status 0 wave a.vcd --at 5ns
says "opened Surfer"
close_window
status 2 wave a.vcd --add q
notes "no window of Surfer is open"

# Each failure is one sentence, and no window is left.
wrong() { # mode, sentence
	FAKE=$1 status 2 wave a.vcd
	notes "$2"
	[ -z "$(state)" ] || fail "$1: a window is remembered"
}
wrong crash "surfer ended at once; see "
wrong version "another version of its protocol than 0"
wrong close "Surfer closed its control connection"
wrong rubbish "Surfer: "
wrong flood "Surfer: a message above 1048576 bytes"
wrong silent "Surfer does not answer"
wrong refuse "Surfer refused add_variables: Can't add signals. "
grep -q "$(printf '\033')" "$work/err" && fail "its escapes reach the terminal"

# Chosen by name, or by what is installed.
TEST_PATH=/nonexistent status 2 wave a.vcd
notes "surfer is not installed, or not in PATH"
status 0 doctor
says "surfer"
DISPLAY='' status 0 wave a.vcd
says "open $PWD/a.vcd in Surfer"
status 2 set viewer eog
exit 0
