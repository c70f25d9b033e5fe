import { expect, it } from 'vitest';
import * as M from '../../src/memory/obmalloc.ts';
import { _PyObject_DebugMallocStats } from '../../src/memory/stats.ts';
import { fresh } from './helpers.ts';

it('the text of sys._debugmallocstats, column by column, and its bytes add up to the arenas', () => {
  fresh();
  for (let i = 0; i < 600; i++) M.PyObject_Malloc(32);
  for (let i = 0; i < 30; i++) M.PyObject_Malloc(500);
  const text = _PyObject_DebugMallocStats();
  // Lines as CPython 3.13.0 prints them.
  for (const line of [
    'Small block threshold = 512, in 32 size classes.',
    'class   size   num pools   blocks in use  avail blocks',
    '    1     32           2             600           420',
    '   31    512           1              30             1',
    '# arenas allocated total           =                    1',
    '1 arenas * 1048576 bytes/arena     =            1,048,576',
    '61 unused pools * 16384 bytes      =              999,424',
    '# bytes lost to arena map root     =              262,144',
    'Total                              =            1,048,576',
    'Total                              =              655,360',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});
