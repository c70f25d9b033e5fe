"""Records what tests/traced/harness.py prints under CPython 3.13.0.

    python3.13 tests/traced/record.py > tests/oracle/traced.json
"""
import glob
import json
import os
import subprocess
import sys

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAMS = os.path.join(TESTS, 'programs')
CHOSEN = ['generators/*', 'coroutines/*', 'match/*', 'comprehensions/*', 'iterators/*', 'exceptions/c*', 'exceptions/groups*',
          'functions/c*', 'classes/d*']
ENV = {'PYTHONHASHSEED': '0', 'PYTHONDONTWRITEBYTECODE': '1', 'LC_ALL': 'C.UTF-8'}

if sys.version_info[:3] != (3, 13, 0):
    sys.exit('this needs CPython 3.13.0')
answers = {}
for pattern in CHOSEN:
    for path in sorted(glob.glob(os.path.join(PROGRAMS, pattern + '.py'))):
        name = os.path.relpath(path, PROGRAMS)[:-3]
        for mode in 'line', 'monitor':
            command = [sys.executable, os.path.join(TESTS, 'traced', 'harness.py'), path, mode]
            done = subprocess.run(command, capture_output=True, text=True, env=ENV, cwd=os.path.dirname(path))
            told = [line for line in done.stdout.splitlines() if line.startswith('traced ')]
            answers.setdefault(name, {})[mode] = told[-1][7:]
print(json.dumps(answers, indent=1))
