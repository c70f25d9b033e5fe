/** Comparing text with what a group has matched. */
import { SRE_OP_GROUPREF, SRE_OP_GROUPREF_UNI_IGNORE } from '@moult/abi';
import { charAt, sre_lower_ascii, sre_lower_unicode } from './srechars.ts';

/** Whether the text from `from` to `to` stands at `ptr` too, as the instruction `op` compares. */
export function sameText(op: number, from: number, to: number, ptr: number, size: number): boolean {
  for (let p = from, q = ptr; p < to; p += size, q += size) {
    const a = charAt(size, p);
    const b = charAt(size, q);
    if (a === b) continue;
    if (op === SRE_OP_GROUPREF) return false;
    const lower = op === SRE_OP_GROUPREF_UNI_IGNORE ? sre_lower_unicode : sre_lower_ascii;
    if (lower(a) !== lower(b)) return false;
  }
  return true;
}
