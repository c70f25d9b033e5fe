// The instruction sequence that code generation writes, with labels (CPython's instruction_sequence.c).
import type { Position } from '../ast.ts';

/** A place in the source. All fields are -1 where there is none. */
export class Loc {
  readonly lineno: number;
  readonly endLineno: number;
  readonly col: number;
  readonly endCol: number;

  constructor(lineno: number, endLineno: number, col: number, endCol: number) {
    this.lineno = lineno;
    this.endLineno = endLineno;
    this.col = col;
    this.endCol = endCol;
  }
}

export const NO_LOCATION = new Loc(-1, -1, -1, -1);

export function sameLocation(a: Loc, b: Loc): boolean {
  return a === b || (a.lineno === b.lineno && a.endLineno === b.endLineno && a.col === b.col && a.endCol === b.endCol);
}

export function locOf(node: Position): Loc {
  return new Loc(node.lineno, node.end_lineno, node.col_offset, node.end_col_offset);
}

export interface SequenceInstruction {
  opcode: number;
  /** For an instruction with a target: a label. */
  oparg: number;
  loc: Loc;
}

export type Label = number;

export class InstructionSequence {
  instructions: SequenceInstruction[] = [];
  /** Label to index into instructions. */
  labels: number[] = [];

  newLabel(): Label {
    this.labels.push(-1);
    return this.labels.length - 1;
  }

  useLabel(label: Label): void {
    this.labels[label] = this.instructions.length;
  }

  addop(opcode: number, oparg: number, loc: Loc): void {
    this.instructions.push({ opcode, oparg, loc });
  }

  insert(at: number, opcode: number, oparg: number, loc: Loc): void {
    this.instructions.splice(at, 0, { opcode, oparg, loc });
    for (let i = 0; i < this.labels.length; i++) if (this.labels[i]! >= at) this.labels[i]!++;
  }
}
