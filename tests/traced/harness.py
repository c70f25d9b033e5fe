"""Runs a program of tests/programs while everything about it is told, and prints how many events there were and their hash.

    python3.13 tests/traced/harness.py PROGRAM line|monitor   (the PROGRAM by its absolute path)
"""
import sys

PATH, MODE = sys.argv[1:3]
del sys.argv[2:]
LIMIT = 60_000
events = []


def tracer(frame, event, arg):
    if frame.f_code.co_filename != PATH or len(events) > LIMIT:
        return None
    events.append((frame.f_code.co_name, event, frame.f_lineno, frame.f_lasti))
    return tracer


def watch():
    monitoring = sys.monitoring
    monitoring.use_tool_id(0, 'traced')
    every = 0
    for name, event in vars(monitoring.events).items():
        if name == 'NO_EVENTS':
            continue
        every |= event

        def note(code, *args, name=name):
            if code.co_filename == PATH and len(events) <= LIMIT:
                events.append((name, code.co_name) + tuple(a for a in args if type(a) is int and a < 100_000))
        monitoring.register_callback(0, event, note)
    monitoring.set_events(0, every)


class Nowhere:
    encoding, errors, closed = 'utf-8', 'strict', False

    def write(self, text):
        return len(text)

    def flush(self):
        pass

    def isatty(self):
        return False

    def fileno(self):
        return 1


def run(code, names):
    if MODE == 'line':
        sys.settrace(tracer)
    else:
        watch()
    try:
        exec(code, names)
    except BaseException as e:
        events.append(('ended by', type(e).__name__))
    sys.settrace(None)
    if MODE != 'line':
        sys.monitoring.set_events(0, 0)
        sys.monitoring.free_tool_id(0)


with open(PATH, encoding='utf-8') as file:
    program = compile(file.read(), PATH, 'exec')
streams = sys.stdout, sys.stderr
sys.stdout = sys.stderr = Nowhere()
run(program, {'__name__': '__main__', '__file__': PATH, '__builtins__': __builtins__})
sys.stdout, sys.stderr = streams
code = 7
for event in events:
    for field in event:
        for letter in str(field):
            code = (code * 31 + ord(letter)) & 0xffffffffffff
print('traced', len(events), code)
