// What `h` says in the debugger.
export const COMMANDS_HELP = `s [N]  next line, into calls         rs [N]  last line, into calls
n [N]  next line of this frame       rn [N]  last line of this frame
r      to where this frame returns   rr      to where this frame was called
si     next instruction              rsi     last instruction
c      on to a stop, or the end      rc      back to a stop, or the beginning
g M    go to a moment: 14  14@2  FILE:14  call:f@2  return:f  exception  output:3  step:100  end
b LINE | FILE:LINE [if NAME == 3 | len(NAME) > 10 | count(NAME) > 2]    tbreak: once    b: list them
watch NAME   stop when its count changes          death NAME   stop when its count reaches 0
cl [N]       clear stop N, or all                 p EXPR       value, type, count
why NAME     who holds it, and the ways to it     l [LINE]     source
w            frames     u, d   older, newer frame      q   quit      Enter   the same again`;
