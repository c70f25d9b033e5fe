// Why a process may not be read: the words for each state of the system.
import { describe, expect, it } from 'vitest';
import { type PermissionFacts, permissionRefusal } from '../src/proc/process.ts';

const mine: PermissionFacts = { uid: 1000, owner: 1000, filesOwner: 1000, ptraceScope: 0, capable: false };

describe('a refusal', () => {
  for (const [facts, says, helps] of [
    [{ owner: 0 }, 'it belongs to user 0, and you are user 1000', 'sudo moult'],
    [{ ptraceScope: 1 }, 'ptrace_scope is 1', 'sysctl kernel.yama.ptrace_scope=0'],
    [{ ptraceScope: 2 }, 'ptrace_scope is 2', 'sudo moult'],
    [{ ptraceScope: 3 }, 'ptrace_scope is 3', ''],
    [{ uid: 0 }, 'CAP_SYS_PTRACE', '--cap-add=SYS_PTRACE'],
    [{ filesOwner: 0 }, 'not dumpable', 'sudo moult'],
    [{}, 'the system refuses', 'sudo moult'],
  ] as const) {
    it(`says that ${says}`, () => {
      const refusal = permissionRefusal(77, { ...mine, ...facts });
      expect(refusal.message).toContain('Process 77');
      expect(refusal.message).toContain(says);
      expect(refusal.help).toContain(helps);
    });
  }
});
