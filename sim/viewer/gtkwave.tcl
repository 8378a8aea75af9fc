proc reply {tag script} {
  if {[catch {uplevel #0 $script} result]} {set how ERR} else {set how OK}
  set file [open $::env(POSEDGE_REPLIES) a]
  puts $file "@$tag $how [string map [list \n { } \r { }] $result]"
  close $file
}
proc show_marker {time} {
  gtkwave::setMarker $time
  set span [expr {[gtkwave::getWindowEndTime] - [gtkwave::getWindowStartTime]}]
  set start [expr {$time - $span / 2}]
  gtkwave::setWindowStartTime [expr {$start < 0 ? 0 : $start}]
}
proc add_named {} {
  set file [open $::env(POSEDGE_NAMES)]
  set names [split [string trim [read $file]] \n]
  close $file
  return [gtkwave::addSignalsFromList $names]
}
proc reload {} {
  gtkwave::reLoadFile
  if {[llength [gtkwave::getDisplayedSignals]] == 0} {gtkwave::loadFile $::env(POSEDGE_LAYOUT)}
}
