"""What CPython 3.13.0 answers to tests/mistakes/programs under PYTHONMALLOC=debug: writes native.json.

    python3.13 tests/mistakes/record.py
"""
import json
import os
import re
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
programs = os.path.join(here, 'programs')
answers = {}
for name in sorted(os.listdir(programs)):
    env = {'PATH': os.environ['PATH'], 'PYTHONMALLOC': 'debug', 'PYTHONHASHSEED': '0', 'PYTHONFAULTHANDLER': '1',
           'PYTHONPATH': os.path.join(here, 'native'), 'PYTHONDONTWRITEBYTECODE': '1', 'PYTHONIOENCODING': 'utf-8'}
    run = subprocess.run([sys.executable, os.path.join(programs, name)], capture_output=True, env=env, cwd=programs)
    stderr = run.stderr.decode('latin-1')
    # the functions of the stand-in for moult.unsafe are no frames in the engine
    stderr = re.sub(r'  File "[^"]*/(?:moult/unsafe|ctypes/__init__)\.py", line \d+ in \w+\n', '', stderr)
    stderr = stderr.replace(programs + '/', '')
    stderr = re.sub(r'0x[0-9a-f]{5,16}', '0x?', stderr)
    code = run.returncode if run.returncode >= 0 else 128 - run.returncode
    answers[name] = {'stdout': run.stdout.decode(), 'stderr': stderr, 'exitCode': code}
with open(os.path.join(here, 'native.json'), 'w') as out:
    json.dump({'producer': 'CPython ' + sys.version.split()[0], 'programs': answers}, out, indent=1)
    out.write('\n')
print(len(answers), 'programs')
