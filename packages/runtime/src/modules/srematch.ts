/**
 * One attempt to match at a place. Mirrors SRE(match) of Modules/_sre/sre_lib.h: the contexts of what may have to be tried
 * otherwise lie on the state's data stack, as in C, so no pattern nests on the host's stack.
 *
 * Two halves take turns. The first runs instructions until one fails, succeeds, or needs an attempt at a part. The second
 * goes on with the instruction whose attempt has ended: with its next alternative, back to the first half, or to its own end.
 *
 * One room and one function on purpose, as the evaluation loop (D4): both halves share some dozen locals, which a wall between
 * them would have to write to the context and read back at each turn.
 */
import {
  SRE_CONTEXT as C,
  SRE_OP_ANY,
  SRE_OP_ANY_ALL,
  SRE_OP_ASSERT,
  SRE_OP_ASSERT_NOT,
  SRE_OP_AT,
  SRE_OP_ATOMIC_GROUP,
  SRE_OP_BRANCH,
  SRE_OP_CATEGORY,
  SRE_OP_FAILURE,
  SRE_OP_GROUPREF,
  SRE_OP_GROUPREF_EXISTS,
  SRE_OP_GROUPREF_IGNORE,
  SRE_OP_GROUPREF_LOC_IGNORE,
  SRE_OP_GROUPREF_UNI_IGNORE,
  SRE_OP_IN,
  SRE_OP_IN_IGNORE,
  SRE_OP_IN_LOC_IGNORE,
  SRE_OP_IN_UNI_IGNORE,
  SRE_OP_INFO,
  SRE_OP_JUMP,
  SRE_OP_LITERAL,
  SRE_OP_LITERAL_IGNORE,
  SRE_OP_LITERAL_LOC_IGNORE,
  SRE_OP_LITERAL_UNI_IGNORE,
  SRE_OP_MARK,
  SRE_OP_MAX_UNTIL,
  SRE_OP_MIN_REPEAT_ONE,
  SRE_OP_MIN_UNTIL,
  SRE_OP_NOT_LITERAL,
  SRE_OP_NOT_LITERAL_IGNORE,
  SRE_OP_NOT_LITERAL_LOC_IGNORE,
  SRE_OP_NOT_LITERAL_UNI_IGNORE,
  SRE_OP_POSSESSIVE_REPEAT,
  SRE_OP_POSSESSIVE_REPEAT_ONE,
  SRE_OP_REPEAT,
  SRE_OP_REPEAT_ONE,
  SRE_OP_SUCCESS,
  SRE_REPEAT as R,
  SRE_STATE as S,
} from '@moult/abi';
import { mem } from '../memory/linear.ts';
import { PyObject_Free, PyObject_Malloc } from '../memory/obmalloc.ts';
import { pollInNative } from '../vm/poll.ts';
import { charAt, sre_at, sre_category, sre_charset } from './srechars.ts';
import { endOfRun, findLiteralBack, isOneCharacter, matchesOne } from './srecount.ts';
import { sameText } from './sregroups.ts';
import { data_stack_grow, freeRepeats, internalError, JUMP_REPEAT, noMemory } from './srestack.ts';

/** The attempt has ended; what the second half does first is leave its context. */
const LEAVE = 0;
const JUMP_MAX_UNTIL_1 = 1;
const JUMP_MAX_UNTIL_2 = 2;
const JUMP_MAX_UNTIL_3 = 3;
const JUMP_MIN_UNTIL_1 = 4;
const JUMP_MIN_UNTIL_2 = 5;
const JUMP_MIN_UNTIL_3 = 6;
const JUMP_REPEAT_ONE_1 = 8;
const JUMP_REPEAT_ONE_2 = 9;
const JUMP_MIN_REPEAT_ONE = 10;
const JUMP_BRANCH = 11;
const JUMP_ASSERT = 12;
const JUMP_ASSERT_NOT = 13;
const JUMP_POSS_REPEAT_1 = 14;
const JUMP_POSS_REPEAT_2 = 15;
const JUMP_ATOMIC_GROUP = 16;
/** Where no attempt has been made yet: 32 more. */
const FIRST_MAX_UNTIL_1 = 33;
const FIRST_MAX_UNTIL_2 = 34;
const FIRST_MIN_UNTIL_1 = 36;
const FIRST_MIN_UNTIL_2 = 37;
const FIRST_REPEAT = 39;
const FIRST_REPEAT_ONE_1 = 40;
const FIRST_REPEAT_ONE_2 = 41;
const FIRST_MIN_REPEAT_ONE = 42;
const FIRST_BRANCH = 43;
const FIRST_ASSERT = 44;
const FIRST_ASSERT_NOT = 45;
const FIRST_POSS_REPEAT_1 = 46;
const FIRST_POSS_REPEAT_2 = 47;
const FIRST_ATOMIC_GROUP = 48;
/** Where the alternatives are to be looked through, from the present one on: 64 more. */
const NEXT_REPEAT_ONE_1 = 72;
const NEXT_REPEAT_ONE_2 = 73;
const NEXT_MIN_REPEAT_ONE = 74;
const NEXT_BRANCH = 75;

/** Steps between two looks at the host's limits. */
const STEPS = 4096;

/** Whether the pattern's code at `pattern` matches at the state's ptr, which is its end then. Throws what is pending. */
export function sre_match(state: number, pattern: number, toplevel: number): boolean {
  const size = mem.getInt32(state + S.charsize, true);
  const shift = size >> 1;
  const beginning = mem.getInt32(state + S.beginning, true);
  const end = mem.getInt32(state + S.end, true);
  const mark = mem.getInt32(state + S.mark, true);
  let lastmark = mem.getInt32(state + S.lastmark, true);
  let lastindex = mem.getInt32(state + S.lastindex, true);
  let repeat = mem.getInt32(state + S.repeat, true);
  let steps = mem.getInt32(state + S.sigcount, true);
  let base = mem.getInt32(state + S.data_stack_base, true);
  let room = mem.getInt32(state + S.data_stack_size, true);
  /** state.ptr. */
  let at = mem.getInt32(state + S.ptr, true);
  let ptr = at;
  let matched = false;
  let jump = LEAVE;

  if (C.SIZE > room - base) {
    if (!data_stack_grow(state, base, C.SIZE)) noMemory(state, -1);
    room = mem.getInt32(state + S.data_stack_size, true);
  }
  let stack = mem.getInt32(state + S.data_stack, true);
  let pos = base;
  let ctx = stack + base;
  base += C.SIZE;
  mem.setInt32(ctx + C.last_ctx_pos, -1, true);
  mem.setInt32(ctx + C.jump, LEAVE, true);
  mem.setInt32(ctx + C.toplevel, toplevel, true);

  enter: for (;;) {
    // the code of a whole pattern begins with what is known of it
    let failed = false;
    if (mem.getInt32(pattern, true) === SRE_OP_INFO) {
      failed = mem.getUint32(pattern + 12, true) > (end - ptr) >> shift;
      pattern += (mem.getInt32(pattern + 4, true) + 1) << 2;
    }
    run: for (;;) {
      if (failed) {
        matched = false;
        jump = LEAVE;
      } else {
        step: for (;;) {
          if (++steps >= STEPS) {
            steps = 0;
            try {
              pollInNative();
            } catch (e) {
              freeRepeats(state, pos);
              throw e;
            }
          }
          const op = mem.getInt32(pattern, true);
          pattern += 4;
          switch (op) {
            case SRE_OP_LITERAL:
            case SRE_OP_NOT_LITERAL:
            case SRE_OP_ANY:
            case SRE_OP_ANY_ALL:
            case SRE_OP_IN:
            case SRE_OP_CATEGORY: {
              if (ptr >= end) {
                matched = false;
                jump = LEAVE;
                break step;
              }
              const c =
                size === 1 ? mem.getUint8(ptr) : size === 2 ? mem.getUint16(ptr, true) : mem.getInt32(ptr, true);
              let ok: boolean;
              if (op === SRE_OP_LITERAL) {
                ok = c === mem.getInt32(pattern, true);
                pattern += 4;
              } else if (op === SRE_OP_IN) {
                ok = sre_charset(pattern + 4, c);
                pattern += mem.getInt32(pattern, true) << 2;
              } else if (op === SRE_OP_ANY) ok = c !== 10;
              else if (op === SRE_OP_ANY_ALL) ok = true;
              else {
                ok =
                  op === SRE_OP_NOT_LITERAL
                    ? c !== mem.getInt32(pattern, true)
                    : sre_category(mem.getInt32(pattern, true), c);
                pattern += 4;
              }
              if (!ok) {
                matched = false;
                jump = LEAVE;
                break step;
              }
              ptr += size;
              break;
            }
            case SRE_OP_MARK: {
              const i = mem.getInt32(pattern, true);
              pattern += 4;
              if ((i & 1) !== 0) lastindex = (i >> 1) + 1;
              if (i > lastmark) {
                for (let j = lastmark + 1; j < i; j++) mem.setInt32(mark + (j << 3), 0, true);
                lastmark = i;
              }
              mem.setInt32(mark + (i << 3), ptr, true);
              break;
            }
            case SRE_OP_SUCCESS:
              matched = !(
                mem.getInt32(ctx + C.toplevel, true) !== 0 &&
                ((mem.getInt32(state + S.match_all, true) !== 0 && ptr !== end) ||
                  (mem.getInt32(state + S.must_advance, true) !== 0 && ptr === mem.getInt32(state + S.start, true)))
              );
              if (matched) at = ptr;
              jump = LEAVE;
              break step;
            case SRE_OP_AT:
              if (!sre_at(mem.getInt32(pattern, true), ptr, size, beginning, end)) {
                matched = false;
                jump = LEAVE;
                break step;
              }
              pattern += 4;
              break;
            case SRE_OP_LITERAL_IGNORE:
            case SRE_OP_LITERAL_UNI_IGNORE:
            case SRE_OP_LITERAL_LOC_IGNORE:
            case SRE_OP_NOT_LITERAL_IGNORE:
            case SRE_OP_NOT_LITERAL_UNI_IGNORE:
            case SRE_OP_NOT_LITERAL_LOC_IGNORE:
            case SRE_OP_IN_IGNORE:
            case SRE_OP_IN_UNI_IGNORE:
            case SRE_OP_IN_LOC_IGNORE:
              if (ptr >= end || !matchesOne(pattern - 4, charAt(size, ptr))) {
                matched = false;
                jump = LEAVE;
                break step;
              }
              // a set has its length, a literal none
              pattern +=
                op === SRE_OP_IN_IGNORE || op === SRE_OP_IN_UNI_IGNORE || op === SRE_OP_IN_LOC_IGNORE
                  ? mem.getInt32(pattern, true) << 2
                  : 4;
              ptr += size;
              break;
            case SRE_OP_JUMP:
            case SRE_OP_INFO:
              pattern += mem.getInt32(pattern, true) << 2;
              break;
            case SRE_OP_BRANCH:
              jump = FIRST_BRANCH;
              break step;
            case SRE_OP_REPEAT_ONE:
            case SRE_OP_MIN_REPEAT_ONE:
            case SRE_OP_POSSESSIVE_REPEAT_ONE: {
              // skip, least, most, the one character, SUCCESS
              const least = mem.getUint32(pattern + 4, true);
              if (least > (end - ptr) >> shift) {
                matched = false;
                jump = LEAVE;
                break step;
              }
              const most = op === SRE_OP_MIN_REPEAT_ONE ? least : mem.getUint32(pattern + 8, true);
              const from = ptr;
              if (most > 0) {
                const one = pattern + 12;
                const stop = most < (end - ptr) >> shift ? ptr + (most << shift) : end;
                if (isOneCharacter(mem.getInt32(one, true))) ptr = endOfRun(one, ptr, stop, size);
                else {
                  // code that no compiler of patterns makes
                  mem.setInt32(state + S.lastmark, lastmark, true);
                  mem.setInt32(state + S.lastindex, lastindex, true);
                  mem.setInt32(state + S.repeat, repeat, true);
                  mem.setInt32(state + S.data_stack_base, base, true);
                  mem.setInt32(state + S.ptr, ptr, true);
                  try {
                    while (ptr < stop && sre_match(state, one, 0)) ptr = mem.getInt32(state + S.ptr, true);
                  } catch (e) {
                    freeRepeats(state, pos);
                    throw e;
                  }
                  lastmark = mem.getInt32(state + S.lastmark, true);
                  lastindex = mem.getInt32(state + S.lastindex, true);
                  room = mem.getInt32(state + S.data_stack_size, true);
                  stack = mem.getInt32(state + S.data_stack, true);
                  ctx = stack + pos;
                }
                steps += (ptr - from) >> 6;
              }
              const count = (ptr - from) >> shift;
              if (count < least) {
                matched = false;
                jump = LEAVE;
                break step;
              }
              mem.setInt32(ctx + C.count, count, true);
              const tail = pattern + (mem.getInt32(pattern, true) << 2);
              if (mem.getInt32(tail, true) === SRE_OP_SUCCESS && (op === SRE_OP_MIN_REPEAT_ONE || ptr === end)) {
                // nothing follows
                if (
                  mem.getInt32(ctx + C.toplevel, true) === 0 ||
                  !(
                    (op === SRE_OP_MIN_REPEAT_ONE && mem.getInt32(state + S.match_all, true) !== 0 && ptr !== end) ||
                    (mem.getInt32(state + S.must_advance, true) !== 0 && ptr === mem.getInt32(state + S.start, true))
                  )
                ) {
                  at = ptr;
                  matched = true;
                  jump = LEAVE;
                  break step;
                }
              }
              if (op === SRE_OP_POSSESSIVE_REPEAT_ONE) {
                pattern = tail;
                break;
              }
              if (op === SRE_OP_MIN_REPEAT_ONE) jump = FIRST_MIN_REPEAT_ONE;
              else if (mem.getInt32(tail, true) === SRE_OP_LITERAL) jump = FIRST_REPEAT_ONE_1;
              else jump = FIRST_REPEAT_ONE_2;
              break step;
            }
            case SRE_OP_REPEAT: {
              const rep = PyObject_Malloc(R.SIZE);
              if (rep === 0) noMemory(state, pos);
              mem.setInt32(rep + R.count, -1, true);
              mem.setInt32(rep + R.pattern, pattern, true);
              mem.setInt32(rep + R.last_ptr, 0, true);
              mem.setInt32(rep + R.prev, repeat, true);
              mem.setInt32(ctx + C.u, rep, true);
              repeat = rep;
              jump = FIRST_REPEAT;
              break step;
            }
            case SRE_OP_MAX_UNTIL:
            case SRE_OP_MIN_UNTIL: {
              if (repeat === 0) internalError(state, pos);
              mem.setInt32(ctx + C.u, repeat, true);
              at = ptr;
              const count = mem.getInt32(repeat + R.count, true) + 1;
              mem.setInt32(ctx + C.count, count, true);
              const enough = count >= mem.getUint32(mem.getInt32(repeat + R.pattern, true) + 4, true);
              if (op === SRE_OP_MAX_UNTIL) jump = enough ? FIRST_MAX_UNTIL_2 : FIRST_MAX_UNTIL_1;
              else jump = enough ? FIRST_MIN_UNTIL_2 : FIRST_MIN_UNTIL_1;
              break step;
            }
            case SRE_OP_POSSESSIVE_REPEAT:
              at = ptr;
              mem.setInt32(ctx + C.count, 0, true);
              jump = FIRST_POSS_REPEAT_1;
              break step;
            case SRE_OP_ATOMIC_GROUP:
              jump = FIRST_ATOMIC_GROUP;
              break step;
            case SRE_OP_ASSERT:
              jump = FIRST_ASSERT;
              break step;
            case SRE_OP_ASSERT_NOT:
              if ((ptr - beginning) >> shift < mem.getUint32(pattern + 4, true)) {
                pattern += mem.getInt32(pattern, true) << 2;
                break;
              }
              jump = FIRST_ASSERT_NOT;
              break step;
            case SRE_OP_GROUPREF:
            case SRE_OP_GROUPREF_IGNORE:
            case SRE_OP_GROUPREF_UNI_IGNORE:
            case SRE_OP_GROUPREF_LOC_IGNORE:
            case SRE_OP_GROUPREF_EXISTS: {
              const i = mem.getInt32(pattern, true) << 1;
              const from = i < lastmark ? mem.getInt32(mark + (i << 3), true) : 0;
              const to = i < lastmark ? mem.getInt32(mark + (i << 3) + 8, true) : 0;
              const exists = from !== 0 && to >= from;
              if (op === SRE_OP_GROUPREF_EXISTS) pattern += exists ? 8 : mem.getInt32(pattern + 4, true) << 2;
              else {
                if (!exists || to - from > end - ptr || !sameText(op, from, to, ptr, size)) {
                  matched = false;
                  jump = LEAVE;
                  break step;
                }
                ptr += to - from;
                pattern += 4;
              }
              break;
            }
            case SRE_OP_FAILURE:
              matched = false;
              jump = LEAVE;
              break step;
            default:
              internalError(state, pos);
          }
        }
      }

      for (;;) {
        if (jump === LEAVE) {
          jump = mem.getInt32(ctx + C.jump, true);
          base -= C.SIZE;
          const last = mem.getInt32(ctx + C.last_ctx_pos, true);
          if (last < 0) {
            mem.setInt32(state + S.data_stack_base, base, true);
            mem.setInt32(state + S.lastmark, lastmark, true);
            mem.setInt32(state + S.lastindex, lastindex, true);
            mem.setInt32(state + S.ptr, at, true);
            mem.setInt32(state + S.sigcount, steps, true);
            return matched;
          }
          pos = last;
          ctx = stack + last;
          pattern = mem.getInt32(ctx + C.pattern, true);
          ptr = mem.getInt32(ctx + C.ptr, true);
        }
        /** The code of the part to try now; 0: the instruction fails or has succeeded. */
        let next = 0;
        /** Whether success of the part is success of the whole. */
        let top = mem.getInt32(ctx + C.toplevel, true);
        switch (jump) {
          case FIRST_BRANCH:
          case FIRST_REPEAT_ONE_1:
          case FIRST_REPEAT_ONE_2:
          case FIRST_MIN_REPEAT_ONE:
          case FIRST_MAX_UNTIL_2:
          case FIRST_MIN_UNTIL_2:
          case FIRST_ASSERT_NOT: {
            if (jump === FIRST_MAX_UNTIL_2) {
              const most = mem.getUint32(mem.getInt32(repeat + R.pattern, true) + 8, true);
              if (mem.getInt32(ctx + C.count, true) >= most || at === mem.getInt32(repeat + R.last_ptr, true)) {
                // no more items: the tail
                jump = JUMP_MAX_UNTIL_3;
                next = pattern;
                repeat = mem.getInt32(repeat + R.prev, true);
                break;
              }
              mem.setInt32(repeat + R.count, mem.getInt32(ctx + C.count, true), true);
            } else if (jump === FIRST_MIN_UNTIL_2) repeat = mem.getInt32(repeat + R.prev, true);
            // the marks, to be restored where an attempt fails
            mem.setInt32(ctx + C.lastmark, lastmark, true);
            mem.setInt32(ctx + C.lastindex, lastindex, true);
            if (lastmark >= 0 && (repeat !== 0 || jump === FIRST_MAX_UNTIL_2)) {
              const n = (lastmark + 1) << 3;
              if (n > room - base) {
                if (!data_stack_grow(state, base, n)) noMemory(state, pos);
                room = mem.getInt32(state + S.data_stack_size, true);
                stack = mem.getInt32(state + S.data_stack, true);
                ctx = stack + pos;
              }
              for (let k = 0; k < n; k += 8) mem.setInt32(stack + base + k, mem.getInt32(mark + k, true), true);
              base += n;
            }
            if (jump === FIRST_MAX_UNTIL_2) {
              if (8 > room - base) {
                if (!data_stack_grow(state, base, 8)) noMemory(state, pos);
                room = mem.getInt32(state + S.data_stack_size, true);
                stack = mem.getInt32(state + S.data_stack, true);
                ctx = stack + pos;
              }
              mem.setInt32(stack + base, mem.getInt32(repeat + R.last_ptr, true), true);
              base += 8;
              mem.setInt32(repeat + R.last_ptr, at, true);
              jump = JUMP_MAX_UNTIL_2;
              next = mem.getInt32(repeat + R.pattern, true) + 12;
              break;
            }
            if (jump === FIRST_MIN_UNTIL_2) {
              jump = JUMP_MIN_UNTIL_2;
              next = pattern;
              break;
            }
            if (jump === FIRST_ASSERT_NOT) {
              at = ptr - (mem.getInt32(pattern + 4, true) << shift);
              jump = JUMP_ASSERT_NOT;
              next = pattern + 8;
              top = 0;
              break;
            }
            jump += 32;
            continue;
          }
          case JUMP_BRANCH:
          case JUMP_REPEAT_ONE_1:
          case JUMP_REPEAT_ONE_2:
          case JUMP_MIN_REPEAT_ONE: {
            const saved = mem.getInt32(ctx + C.lastmark, true);
            if (matched) {
              if (repeat !== 0 && saved >= 0) base -= (saved + 1) << 3;
              jump = LEAVE;
              continue;
            }
            if (repeat !== 0 && saved >= 0) {
              const n = (saved + 1) << 3;
              const from = stack + base - n;
              for (let k = 0; k < n; k += 8) mem.setInt32(mark + k, mem.getInt32(from + k, true), true);
            }
            lastmark = saved;
            lastindex = mem.getInt32(ctx + C.lastindex, true);
            if (jump === JUMP_BRANCH) pattern += mem.getInt32(pattern, true) << 2;
            else if (jump === JUMP_MIN_REPEAT_ONE) {
              // one more
              const one = pattern + 12;
              let more: boolean;
              if (ptr >= end) more = false;
              else if (isOneCharacter(mem.getInt32(one, true))) more = matchesOne(one, charAt(size, ptr));
              else {
                mem.setInt32(state + S.lastmark, lastmark, true);
                mem.setInt32(state + S.lastindex, lastindex, true);
                mem.setInt32(state + S.repeat, repeat, true);
                mem.setInt32(state + S.data_stack_base, base, true);
                mem.setInt32(state + S.ptr, ptr, true);
                try {
                  more = sre_match(state, one, 0);
                } catch (e) {
                  freeRepeats(state, pos);
                  throw e;
                }
                lastmark = mem.getInt32(state + S.lastmark, true);
                lastindex = mem.getInt32(state + S.lastindex, true);
                room = mem.getInt32(state + S.data_stack_size, true);
                stack = mem.getInt32(state + S.data_stack, true);
                ctx = stack + pos;
              }
              if (!more) {
                if (repeat !== 0 && saved >= 0) base -= (saved + 1) << 3;
                jump = LEAVE;
                continue;
              }
              ptr += size;
              mem.setInt32(ctx + C.count, mem.getInt32(ctx + C.count, true) + 1, true);
            } else {
              ptr -= size;
              mem.setInt32(ctx + C.count, mem.getInt32(ctx + C.count, true) - 1, true);
            }
            jump += 64;
            continue;
          }
          case NEXT_BRANCH: {
            // the first alternative that can begin here
            for (let skip = mem.getInt32(pattern, true); skip !== 0; skip = mem.getInt32(pattern, true)) {
              const op = mem.getInt32(pattern + 4, true);
              if (op === SRE_OP_LITERAL || op === SRE_OP_IN) {
                if (ptr < end) {
                  const c =
                    size === 1 ? mem.getUint8(ptr) : size === 2 ? mem.getUint16(ptr, true) : mem.getInt32(ptr, true);
                  if (op === SRE_OP_LITERAL ? c === mem.getInt32(pattern + 8, true) : sre_charset(pattern + 12, c))
                    break;
                }
              } else break;
              pattern += skip << 2;
            }
            jump = JUMP_BRANCH;
            if (mem.getInt32(pattern, true) !== 0) {
              at = ptr;
              next = pattern + 4;
            }
            break;
          }
          case NEXT_REPEAT_ONE_1: {
            // the tail begins with a literal: only where that is
            const least = mem.getUint32(pattern + 4, true);
            const c = mem.getInt32(pattern + (mem.getInt32(pattern, true) << 2) + 4, true);
            let count = mem.getInt32(ctx + C.count, true);
            const from = ptr;
            if (count >= least) {
              // behind the last character there is none
              const first = ptr - ((count - least) << shift);
              ptr = findLiteralBack(c, ptr < end ? ptr : ptr - size, first, size);
              count -= (from - ptr) >> shift;
            }
            steps += (from - ptr) >> 6;
            mem.setInt32(ctx + C.count, count, true);
            jump = JUMP_REPEAT_ONE_1;
            if (count >= least) {
              at = ptr;
              next = pattern + (mem.getInt32(pattern, true) << 2);
            }
            break;
          }
          case NEXT_REPEAT_ONE_2:
            jump = JUMP_REPEAT_ONE_2;
            if (mem.getInt32(ctx + C.count, true) >= mem.getUint32(pattern + 4, true)) {
              at = ptr;
              next = pattern + (mem.getInt32(pattern, true) << 2);
            }
            break;
          case NEXT_MIN_REPEAT_ONE:
            jump = JUMP_MIN_REPEAT_ONE;
            if (mem.getInt32(ctx + C.count, true) <= mem.getUint32(pattern + 8, true)) {
              at = ptr;
              next = pattern + (mem.getInt32(pattern, true) << 2);
            }
            break;
          case FIRST_REPEAT:
            jump = JUMP_REPEAT;
            at = ptr;
            next = pattern + (mem.getInt32(pattern, true) << 2);
            break;
          case JUMP_REPEAT: {
            const rep = mem.getInt32(ctx + C.u, true);
            repeat = mem.getInt32(rep + R.prev, true);
            PyObject_Free(rep);
            jump = LEAVE;
            continue;
          }
          case FIRST_MAX_UNTIL_1:
          case FIRST_MIN_UNTIL_1:
            // not enough items yet
            mem.setInt32(repeat + R.count, mem.getInt32(ctx + C.count, true), true);
            jump -= 32;
            next = mem.getInt32(repeat + R.pattern, true) + 12;
            break;
          case JUMP_MIN_UNTIL_3:
          case JUMP_MAX_UNTIL_1:
          case JUMP_MIN_UNTIL_1: {
            const rep = mem.getInt32(ctx + C.u, true);
            if (jump === JUMP_MIN_UNTIL_3) {
              base -= 8;
              mem.setInt32(rep + R.last_ptr, mem.getInt32(stack + base, true), true);
            }
            if (!matched) {
              mem.setInt32(rep + R.count, mem.getInt32(ctx + C.count, true) - 1, true);
              at = ptr;
            }
            jump = LEAVE;
            continue;
          }
          case JUMP_MAX_UNTIL_2: {
            const rep = mem.getInt32(ctx + C.u, true);
            base -= 8;
            mem.setInt32(rep + R.last_ptr, mem.getInt32(stack + base, true), true);
            const saved = mem.getInt32(ctx + C.lastmark, true);
            const n = (saved + 1) << 3;
            base -= n;
            if (matched) {
              jump = LEAVE;
              continue;
            }
            for (let k = 0; k < n; k += 8) mem.setInt32(mark + k, mem.getInt32(stack + base + k, true), true);
            lastmark = saved;
            lastindex = mem.getInt32(ctx + C.lastindex, true);
            mem.setInt32(rep + R.count, mem.getInt32(ctx + C.count, true) - 1, true);
            at = ptr;
            repeat = mem.getInt32(rep + R.prev, true);
            jump = JUMP_MAX_UNTIL_3;
            next = pattern;
            break;
          }
          case JUMP_MAX_UNTIL_3:
            repeat = mem.getInt32(ctx + C.u, true);
            if (!matched) at = ptr;
            jump = LEAVE;
            continue;
          case JUMP_MIN_UNTIL_2: {
            const saved = mem.getInt32(ctx + C.lastmark, true);
            const n = repeat !== 0 ? (saved + 1) << 3 : 0;
            base -= n;
            const rep = mem.getInt32(ctx + C.u, true);
            repeat = rep;
            if (matched) {
              jump = LEAVE;
              continue;
            }
            for (let k = 0; k < n; k += 8) mem.setInt32(mark + k, mem.getInt32(stack + base + k, true), true);
            lastmark = saved;
            lastindex = mem.getInt32(ctx + C.lastindex, true);
            at = ptr;
            const count = mem.getInt32(ctx + C.count, true);
            if (
              count >= mem.getUint32(mem.getInt32(rep + R.pattern, true) + 8, true) ||
              at === mem.getInt32(rep + R.last_ptr, true)
            ) {
              jump = LEAVE;
              continue;
            }
            mem.setInt32(rep + R.count, count, true);
            if (8 > room - base) {
              if (!data_stack_grow(state, base, 8)) noMemory(state, pos);
              room = mem.getInt32(state + S.data_stack_size, true);
              stack = mem.getInt32(state + S.data_stack, true);
              ctx = stack + pos;
            }
            mem.setInt32(stack + base, mem.getInt32(rep + R.last_ptr, true), true);
            base += 8;
            mem.setInt32(rep + R.last_ptr, at, true);
            jump = JUMP_MIN_UNTIL_3;
            next = mem.getInt32(rep + R.pattern, true) + 12;
            break;
          }
          case JUMP_POSS_REPEAT_1:
            if (!matched) {
              at = ptr;
              jump = LEAVE;
              continue;
            }
            mem.setInt32(ctx + C.count, mem.getInt32(ctx + C.count, true) + 1, true);
            jump = FIRST_POSS_REPEAT_1;
            continue;
          case FIRST_POSS_REPEAT_1:
            if (mem.getInt32(ctx + C.count, true) < mem.getUint32(pattern + 4, true)) {
              jump = JUMP_POSS_REPEAT_1;
              next = pattern + 12;
              top = 0;
              break;
            }
            // never where an item ends
            ptr = 0;
            jump = FIRST_POSS_REPEAT_2;
            continue;
          case JUMP_POSS_REPEAT_2: {
            const saved = mem.getInt32(ctx + C.lastmark, true);
            const n = (saved + 1) << 3;
            base -= n;
            if (matched) {
              mem.setInt32(ctx + C.count, mem.getInt32(ctx + C.count, true) + 1, true);
              jump = FIRST_POSS_REPEAT_2;
              continue;
            }
            for (let k = 0; k < n; k += 8) mem.setInt32(mark + k, mem.getInt32(stack + base + k, true), true);
            lastmark = saved;
            lastindex = mem.getInt32(ctx + C.lastindex, true);
            at = ptr;
            pattern += (mem.getInt32(pattern, true) + 1) << 2;
            failed = false;
            continue run;
          }
          case FIRST_POSS_REPEAT_2:
            if (mem.getInt32(ctx + C.count, true) < mem.getUint32(pattern + 8, true) && at !== ptr) {
              mem.setInt32(ctx + C.lastmark, lastmark, true);
              mem.setInt32(ctx + C.lastindex, lastindex, true);
              if (lastmark >= 0) {
                const n = (lastmark + 1) << 3;
                if (n > room - base) {
                  if (!data_stack_grow(state, base, n)) noMemory(state, pos);
                  room = mem.getInt32(state + S.data_stack_size, true);
                  stack = mem.getInt32(state + S.data_stack, true);
                  ctx = stack + pos;
                }
                for (let k = 0; k < n; k += 8) mem.setInt32(stack + base + k, mem.getInt32(mark + k, true), true);
                base += n;
              }
              ptr = at;
              jump = JUMP_POSS_REPEAT_2;
              next = pattern + 12;
              top = 0;
              break;
            }
            pattern += (mem.getInt32(pattern, true) + 1) << 2;
            ptr = at;
            failed = false;
            continue run;
          case FIRST_ATOMIC_GROUP:
            at = ptr;
            jump = JUMP_ATOMIC_GROUP;
            next = pattern + 4;
            top = 0;
            break;
          case JUMP_ATOMIC_GROUP:
            if (!matched) {
              at = ptr;
              jump = LEAVE;
              continue;
            }
            pattern += mem.getInt32(pattern, true) << 2;
            ptr = at;
            failed = false;
            continue run;
          case FIRST_ASSERT: {
            const back = mem.getUint32(pattern + 4, true);
            if ((ptr - beginning) >> shift < back) {
              matched = false;
              jump = LEAVE;
              continue;
            }
            at = ptr - (back << shift);
            jump = JUMP_ASSERT;
            next = pattern + 8;
            top = 0;
            break;
          }
          case JUMP_ASSERT:
            if (!matched) {
              jump = LEAVE;
              continue;
            }
            pattern += mem.getInt32(pattern, true) << 2;
            failed = false;
            continue run;
          case JUMP_ASSERT_NOT: {
            const saved = mem.getInt32(ctx + C.lastmark, true);
            const n = repeat !== 0 ? (saved + 1) << 3 : 0;
            base -= n;
            if (matched) {
              matched = false;
              jump = LEAVE;
              continue;
            }
            for (let k = 0; k < n; k += 8) mem.setInt32(mark + k, mem.getInt32(stack + base + k, true), true);
            lastmark = saved;
            lastindex = mem.getInt32(ctx + C.lastindex, true);
            pattern += mem.getInt32(pattern, true) << 2;
            failed = false;
            continue run;
          }
          default:
            internalError(state, pos);
        }
        if (next === 0) {
          // a choice whose alternatives have all failed
          const saved = mem.getInt32(ctx + C.lastmark, true);
          if (repeat !== 0 && saved >= 0) base -= (saved + 1) << 3;
          matched = false;
          jump = LEAVE;
          continue;
        }
        // an attempt at the part
        mem.setInt32(ctx + C.pattern, pattern, true);
        mem.setInt32(ctx + C.ptr, ptr, true);
        if (C.SIZE > room - base) {
          if (!data_stack_grow(state, base, C.SIZE)) {
            if (jump === JUMP_REPEAT) PyObject_Free(mem.getInt32(ctx + C.u, true));
            noMemory(state, pos);
          }
          room = mem.getInt32(state + S.data_stack_size, true);
          stack = mem.getInt32(state + S.data_stack, true);
        }
        ctx = stack + base;
        mem.setInt32(ctx + C.last_ctx_pos, pos, true);
        mem.setInt32(ctx + C.jump, jump, true);
        mem.setInt32(ctx + C.toplevel, top, true);
        pos = base;
        base += C.SIZE;
        pattern = next;
        ptr = at;
        continue enter;
      }
    }
  }
}
