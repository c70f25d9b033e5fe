// Calls of sys.getrefcount: what they are given, who holds it then, and what they answer.
import { _PyInterpreterFrame, opcodeName, PyCFunctionObject, PyMethodDef } from '@moult/abi';
import { decodeInt } from '@moult/inspect';
import type { Recording } from '../recording.ts';
import type { Holder, Thing } from '../words/telling.ts';
import { holdersOf } from './holders.ts';
import { Naming } from './naming.ts';

export interface CallUnderWay {
  readonly frame: number;
  readonly object: number;
  readonly serial: number;
  readonly thing: Thing;
  /** Without this call's argument. */
  readonly holders: readonly Holder[];
}

const CALLS = new Set(
  Array.from({ length: 256 }, (_, op) => op).filter((op) => /^CALL(?:_BUILTIN\w*)?$/.test(opcodeName(op))),
);
const WIDE = 2 ** 32;

export class Calls {
  private readonly recording: Recording;

  constructor(recording: Recording) {
    this.recording = recording;
  }

  /** The instruction that runs next calls sys.getrefcount; null: it does not. */
  getrefcount(): CallUnderWay | null {
    const { recording } = this;
    const { cursor, serials } = recording;
    const view = recording.view();
    if (!CALLS.has(view.getUint8(cursor.next)) || view.getUint8(cursor.next + 1) !== 1) return null;
    const reader = recording.reader();
    const callable = reader.ptr(this.top(cursor.frame, 3)) % WIDE;
    if (reader.typeOrNull(callable)?.name !== 'builtin_function_or_method') return null;
    if (
      reader.cstring(reader.ptr(reader.ptr(callable + PyCFunctionObject.m_ml) + PyMethodDef.ml_name)) !== 'getrefcount'
    ) {
      return null;
    }
    const argument = this.top(cursor.frame, 1);
    const object = reader.ptr(argument) % WIDE;
    const held = holdersOf(reader, serials, object).filter(({ slot }) => slot !== argument);
    const naming = new Naming(reader, (address) => serials.of(reader, address) || null);
    const thing = naming.thing(object);
    return {
      frame: cursor.frame,
      object,
      serial: thing.serial ?? 0,
      thing,
      holders: held.map(({ holder }) => holder),
    };
  }

  /** What a call gave; null: nothing, it failed. */
  answer({ frame }: CallUnderWay): number | null {
    const { recording } = this;
    if (recording.cursor.frame !== frame) return null;
    const reader = recording.reader();
    const result = reader.ptr(this.top(frame, 1)) % WIDE;
    return reader.typeOrNull(result)?.layout === 'int' ? Number(decodeInt(reader, result)) : null;
  }

  /** The n-th place from the top of a frame's value stack, from 1. */
  private top(frame: number, n: number): number {
    const height = this.recording.view().getInt32(frame + _PyInterpreterFrame.stacktop, true);
    return frame + _PyInterpreterFrame.localsplus + (height - n) * 8;
  }
}
