/**
 * Borrowed loads, as CPython 3.14 has them (optimize_load_fast of Python/flowgraph.c): a LOAD_FAST whose value is consumed in
 * its block before the local is overwritten, and is not stored as a local, need not count the reference.
 *
 * 3.14 has LOAD_FAST_BORROW and every instruction knows what to do with a borrowed operand. Here such a load is an instruction
 * too, and in front of each instruction that may meet a borrowed operand or local stands BORROWED, which carries it out with
 * regard to that. A callee's parameters may be borrowed as well, and locals that such a parameter is copied to.
 */
import { _PyOpcode_num_popped, _PyOpcode_num_pushed, BORROWED, LOAD_FAST_BORROW, LOAD_SPECIAL } from '@moult/abi';
import { hasTarget, isBlockPush, isScopeExit, isUnconditionalJump, Op } from '../opcodes.ts';
import { type Block, Instr, lastInstr } from './cfg.ts';

interface Ref {
  /** The load that pushed it, or null. */
  readonly by: Instr | null;
  readonly local: number;
}
const OTHER: Ref = { by: null, local: -1 };

function popped(op: number, oparg: number): number {
  return op > 255 ? 0 : Math.max(0, _PyOpcode_num_popped(op, oparg));
}
function pushed(op: number, oparg: number): number {
  return op > 255 ? 0 : Math.max(0, _PyOpcode_num_pushed(op, oparg));
}

/** Instructions that leave their operands and push something. */
const PEEK = new Set<number>([
  Op.GET_ANEXT,
  Op.GET_LEN,
  Op.IMPORT_FROM,
  Op.MATCH_KEYS,
  Op.MATCH_MAPPING,
  Op.MATCH_SEQUENCE,
  Op.WITH_EXCEPT_START,
]);
/** Instructions that take some operands and push nothing. */
const TAKE = new Set<number>([
  Op.DICT_MERGE,
  Op.DICT_UPDATE,
  Op.LIST_APPEND,
  Op.LIST_EXTEND,
  Op.MAP_ADD,
  Op.RERAISE,
  Op.SET_ADD,
  Op.SET_UPDATE,
]);

/** The loads of the blocks that can be reached without an exception, and whether each may borrow. */
class Finder {
  readonly borrowing = new Set<Instr>();
  private readonly seen = new Set<Block>();
  private readonly work: [Block, number][] = [];
  private bad = new Set<Instr>();
  private stack: Ref[] = [];

  run(entry: Block): void {
    this.push(entry, 0);
    for (let next = this.work.pop(); next !== undefined; next = this.work.pop()) this.block(next[0], next[1]);
  }
  private push(block: Block | null, depth: number): void {
    if (block === null || this.seen.has(block)) return;
    this.seen.add(block);
    this.work.push([block, depth]);
  }
  private kill(local: number): void {
    for (const ref of this.stack) if (ref.local === local && ref.by !== null) this.bad.add(ref.by);
  }
  private store(local: number): void {
    const ref = this.stack.pop() ?? OTHER;
    this.kill(local);
    if (ref.by !== null) this.bad.add(ref.by);
  }
  private block(block: Block, depth: number): void {
    this.stack = Array.from({ length: depth }, () => OTHER);
    this.bad = new Set();
    for (const instr of block.instrs) this.step(instr);
    const last = lastInstr(block);
    if (last === null || !(isUnconditionalJump(last.opcode) || isScopeExit(last.opcode)))
      this.push(block.next, this.stack.length);
    for (const { by } of this.stack) if (by !== null) this.bad.add(by);
    for (const instr of block.instrs) {
      const load = instr.opcode === Op.LOAD_FAST || instr.opcode === Op.LOAD_FAST_LOAD_FAST;
      if (load && !this.bad.has(instr)) this.borrowing.add(instr);
    }
  }
  private step(instr: Instr): void {
    const { stack } = this;
    const { opcode, oparg } = instr;
    const ref = (local: number): Ref => ({ by: instr, local });
    switch (opcode) {
      case Op.DELETE_FAST:
        this.kill(oparg);
        return;
      case Op.LOAD_FAST:
        stack.push(ref(oparg));
        return;
      case Op.LOAD_FAST_AND_CLEAR:
        this.kill(oparg);
        stack.push(ref(oparg));
        return;
      case Op.LOAD_FAST_LOAD_FAST:
        stack.push(ref(oparg >> 4), ref(oparg & 15));
        return;
      case Op.STORE_FAST:
        this.store(oparg);
        return;
      case Op.STORE_FAST_LOAD_FAST:
        this.store(oparg >> 4);
        stack.push(ref(oparg & 15));
        return;
      case Op.STORE_FAST_STORE_FAST:
        this.store(oparg >> 4);
        this.store(oparg & 15);
        return;
      case Op.COPY:
        stack.push(stack[stack.length - oparg] ?? OTHER);
        return;
      case Op.SWAP: {
        const i = stack.length - oparg;
        const top = stack.pop() ?? OTHER;
        stack.push(stack[i] ?? OTHER);
        stack[i] = top;
        return;
      }
      case Op.LOAD_ATTR:
      case Op.LOAD_SUPER_ATTR: {
        const self = stack.pop() ?? OTHER;
        if (opcode === Op.LOAD_SUPER_ATTR) stack.length -= 2;
        stack.push(OTHER);
        if ((oparg & 1) !== 0) stack.push(self);
        return;
      }
      case LOAD_SPECIAL: {
        const self = stack.pop() ?? OTHER;
        stack.push(OTHER, self);
        return;
      }
      case Op.END_SEND:
      case Op.SET_FUNCTION_ATTRIBUTE: {
        const top = stack.pop() ?? OTHER;
        stack[stack.length - 1] = top;
        return;
      }
      case Op.CHECK_EXC_MATCH:
        stack[stack.length - 1] = OTHER;
        return;
      case Op.FOR_ITER:
        this.push(instr.target, stack.length + 1);
        stack.push(OTHER);
        return;
      case Op.SEND:
        this.push(instr.target, stack.length);
        stack[stack.length - 1] = OTHER;
        return;
      case Op.PUSH_EXC_INFO: {
        const top = stack.pop() ?? OTHER;
        stack.push(OTHER, top);
        return;
      }
      default:
        this.other(instr);
    }
  }
  private other({ opcode, oparg, target }: Instr): void {
    const { stack } = this;
    const out = popped(opcode, oparg);
    const into = pushed(opcode, oparg);
    if (PEEK.has(opcode)) {
      for (let i = out; i < into; i++) stack.push(OTHER);
      return;
    }
    if (TAKE.has(opcode)) {
      stack.length -= Math.max(0, out - into);
      return;
    }
    if (hasTarget(opcode)) this.push(target, Math.max(0, stack.length - out + into));
    if (isBlockPush(opcode)) return;
    stack.length = Math.max(0, stack.length - out);
    for (let i = 0; i < into; i++) stack.push(OTHER);
  }
}

/** Which stack slots and locals may hold a borrowed reference; where they are met, BORROWED goes in front. */
class Marker {
  private readonly borrowing: ReadonlySet<Instr>;
  private readonly locals: Set<number>;
  /** Something borrowed may lie on the stack where a block begins. */
  unknown = false;
  private stack: boolean[] = [];
  changed = false;

  private readonly params: number;

  constructor(borrowing: ReadonlySet<Instr>, params: number, generator: boolean) {
    this.borrowing = borrowing;
    this.params = params;
    this.locals = new Set(generator ? [] : Array.from({ length: params }, (_, i) => i));
  }
  /** The block's instructions anew, single loads and stores instead of pairs where one may be borrowed. */
  block(block: Block): Instr[] {
    const out: Instr[] = [];
    this.stack = [];
    for (const instr of block.instrs) for (const single of this.apart(instr)) this.step(single, out);
    if (this.stack.includes(true) && !this.unknown) {
      this.unknown = true;
      this.changed = true;
    }
    return out;
  }
  private apart(instr: Instr): Instr[] {
    const { opcode, oparg, loc } = instr;
    const pair = (first: number, second: number): Instr[] =>
      [new Instr(first, oparg >> 4, loc), new Instr(second, oparg & 15, loc)].map((single) => {
        single.except = instr.except;
        return single;
      });
    if (opcode === Op.LOAD_FAST_LOAD_FAST)
      return this.borrowing.has(instr) ? pair(LOAD_FAST_BORROW, LOAD_FAST_BORROW) : pair(Op.LOAD_FAST, Op.LOAD_FAST);
    if (opcode === Op.STORE_FAST_LOAD_FAST) return pair(Op.STORE_FAST, Op.LOAD_FAST);
    if (opcode === Op.STORE_FAST_STORE_FAST) return pair(Op.STORE_FAST, Op.STORE_FAST);
    if (opcode === Op.LOAD_FAST && this.borrowing.has(instr)) {
      const single = new Instr(LOAD_FAST_BORROW, oparg, loc);
      single.except = instr.except;
      return [single];
    }
    return [instr];
  }
  private pop(): boolean {
    return this.stack.pop() ?? this.unknown;
  }
  private peek(depth: number): boolean {
    return this.stack[this.stack.length - depth] ?? this.unknown;
  }
  private fill(depth: number): void {
    while (this.stack.length < depth) this.stack.unshift(this.unknown);
  }
  private step(instr: Instr, out: Instr[]): void {
    // a loop that ends skips END_FOR and the POP_TOP behind it: nothing may come between
    const ends = instr.opcode === Op.END_FOR || out.at(-1)?.opcode === Op.END_FOR;
    if (this.meets(instr) && !ends) {
      const prefix = new Instr(BORROWED, 0, instr.loc);
      prefix.except = instr.except;
      out.push(prefix);
    }
    out.push(instr);
  }
  /** Carries the instruction out on the marks; whether it may meet a borrowed reference. */
  private meets({ opcode, oparg }: Instr): boolean {
    const { stack, locals } = this;
    switch (opcode) {
      case LOAD_FAST_BORROW:
        stack.push(true);
        return false;
      case Op.LOAD_FAST:
      case Op.LOAD_FAST_CHECK:
      case Op.LOAD_FAST_AND_CLEAR:
        stack.push(locals.has(oparg));
        return locals.has(oparg);
      case Op.STORE_FAST:
        if (this.pop() && !locals.has(oparg)) {
          locals.add(oparg);
          this.changed = true;
        }
        return locals.has(oparg);
      case Op.DELETE_FAST:
        return locals.has(oparg);
      case Op.MAKE_CELL:
        return oparg < this.params;
      case Op.COPY:
        this.fill(oparg);
        stack.push(this.peek(oparg));
        return this.peek(1);
      case Op.SWAP: {
        this.fill(oparg);
        const i = stack.length - oparg;
        const top = stack.pop() as boolean;
        const marked = top || (stack[i] ?? top);
        stack.push(stack[i] ?? top);
        stack[i] = top;
        return marked;
      }
      case Op.LOAD_ATTR: {
        const self = this.pop();
        stack.push(false);
        if ((oparg & 1) !== 0) stack.push(self);
        return self;
      }
      case LOAD_SPECIAL: {
        const self = this.pop();
        stack.push(false, self);
        // the manager lies below whatever the body does, and is there where an exception of the body is handled
        if (self && !this.unknown) this.unknown = this.changed = true;
        return false;
      }
      default: {
        let marked = false;
        for (let n = popped(opcode, oparg); n > 0; n--) marked = this.pop() || marked;
        for (let n = pushed(opcode, oparg); n > 0; n--) stack.push(false);
        return marked;
      }
    }
  }
}

/** `params`: how many of the first locals are parameters that a caller passes. A generator's frame is copied, and owns them then. */
export function borrowLoads(entry: Block, params: number, generator: boolean): void {
  const finder = new Finder();
  finder.run(entry);
  if (finder.borrowing.size === 0 && params === 0) return;
  const marker = new Marker(finder.borrowing, params, generator);
  do {
    marker.changed = false;
    for (let b: Block | null = entry; b !== null; b = b.next) marker.block(b);
  } while (marker.changed);
  for (let b: Block | null = entry; b !== null; b = b.next) b.instrs = marker.block(b);
}
