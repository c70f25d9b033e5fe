/** Containers, and joined strings, of what runs Python code to give its items, in native frames (decision 17). */
import { PyTypeObject as T } from '@moult/abi';
import { i32, POLICY, setI32, setPtr } from '../memory/linear.ts';
import { starters, text } from '../memory/text.ts';
import { PyObject_GetIter, PyObject_LengthHint, PySequence_List, PySequence_Tuple } from './abstract.ts';
import { bytes_join } from './bytessplit.ts';
import { mergePair } from './dictmerge.ts';
import { dict_new, dict_vectorcall } from './dictmethods.ts';
import { PyList_New } from './listobject.ts';
import { _PyList_Extend, extendBegin, extendEnd, extendWith, list_vectorcall, newList } from './listmethods.ts';
import {
  dropSlot,
  FAILED,
  type MachineSpec,
  pushNative,
  runFrom,
  slotOf,
  type Starter,
  stateOf,
  takeSlot,
  wordOf,
} from './nativeframe.ts';
import { itemOf, nextFrom, nextRunsPython } from './nativeiter.ts';
import { drop, hold, Py_NewRef, type Ref } from './object.ts';
import { ofHeapType } from './nativeslots.ts';
import { PyFrozenSet_New, PySet_Add, PySet_New } from './setobject.ts';
import { frozenset_vectorcall, set_vectorcall } from './setmethods.ts';
import { Py_None, PyDict_Type, PyFrozenSet_Type, PyList_Type, PySet_Type, PyTuple_Type } from './static.ts';
import { tuple_vectorcall } from './tuplemethods.ts';
import { _PyTuple_Resize, PyTuple_New } from './tupleobject.ts';
import { slot_tp_iter } from './typeslots.ts';
import { PyUnicode_Join } from './unicodesplit.ts';

/** May iterating over it run Python code? */
export function iteratesPython(iterable: Ref): boolean {
  const type = i32(iterable + 8);
  if (starters[i32(type + T.tp_iternext)]) return nextRunsPython(iterable);
  return text[i32(type + T.tp_iter)] === slot_tp_iter;
}

// ---- what takes items one by one: slots what is made, the iterator, an item; words the container if it is another's, the iterable, a number or object

const OWN = 0;
const ITERATOR = 1;
const ITEM = 2;
const EXTRA = 2;

interface Collector {
  readonly name: string;
  /** The iterator is there. */
  begin?(frame: number, into: Ref): void;
  /** Takes an item over. */
  add(frame: number, into: Ref, item: Ref): void;
  end?(frame: number, into: Ref): void;
  /** The result, where it is neither the container that was made nor None. */
  result?(frame: number): Ref;
  readonly starts?: MachineSpec['starts'];
}
function collector({ name, begin, add, end, result: finish, starts = [] }: Collector): MachineSpec {
  return {
    name: `${name},iterator,item`,
    catches: true,
    run: (frame, result) => {
      const own = i32(slotOf(frame, OWN));
      const into = own === 0 ? i32(wordOf(frame, 0)) : own;
      let value = result;
      let asked = stateOf(frame) === 1;
      if (!asked) {
        setPtr(slotOf(frame, ITERATOR), PyObject_GetIter(i32(wordOf(frame, 1))));
        begin?.(frame, into);
      }
      for (;;) {
        if (asked) {
          const item = itemOf(value);
          if (item === 0) break;
          add(frame, into, item);
        }
        value = nextFrom(frame, 1, i32(slotOf(frame, ITERATOR)));
        if (value < FAILED) return value;
        asked = true;
      }
      end?.(frame, into);
      if (finish !== undefined) return finish(frame);
      return own === 0 ? Py_NewRef(Py_None) : takeSlot(frame, OWN);
    },
    starts,
  };
}
/** Collects into a container that the frame owns, or into another's. */
function collectFrame(spec: MachineSpec, own: Ref, into: Ref, iterable: Ref, extra = 0): number {
  const mark = own === 0 ? 0 : hold(own);
  const frame = pushNative(spec, 3, 3);
  if (mark !== 0) drop(mark);
  setPtr(slotOf(frame, OWN), own);
  setPtr(wordOf(frame, 0), into);
  setPtr(wordOf(frame, 1), iterable);
  setPtr(wordOf(frame, EXTRA), extra);
  return frame;
}
/** The starter of a type's vectorcall with one argument. */
function makes(spec: () => MachineSpec, type: Ref, make: () => Ref): Starter {
  return (called, args, nargs, kwnames) =>
    called === type && nargs === 1 && kwnames === 0 && iteratesPython(i32(args))
      ? collectFrame(spec(), make(), 0, i32(args))
      : 0;
}

const intoList = { begin: startList, add: (_: number, list: Ref, item: Ref) => extendWith(list, item), end: endList };
function startList(frame: number, list: Ref): void {
  extendBegin(list, i32(wordOf(frame, 1)));
}
function endList(_frame: number, list: Ref): void {
  extendEnd(list);
}
export const listOf = collector({
  name: 'list,list',
  ...intoList,
  starts: [[list_vectorcall, makes(() => listOf, PyList_Type, newList)]],
});
export const listExtend = collector({
  name: 'list.extend,list',
  ...intoList,
  starts: [[_PyList_Extend, (list, args, nargs) => (nargs === 1 ? listExtendFrame(list, i32(args)) : 0)]],
});
/** The frame of list.extend, or 0 where no Python runs. */
export function listExtendFrame(list: Ref, iterable: Ref): number {
  return iteratesPython(iterable) ? collectFrame(listExtend, 0, list, iterable) : 0;
}

function addToSet(frame: number, set: Ref, item: Ref): void {
  setPtr(slotOf(frame, ITEM), item);
  PySet_Add(set, item);
  dropSlot(frame, ITEM);
}
export const setOf = collector({
  name: 'set,set',
  add: addToSet,
  starts: [
    [
      set_vectorcall,
      makes(
        () => setOf,
        PySet_Type,
        () => PySet_New(0),
      ),
    ],
    [
      frozenset_vectorcall,
      makes(
        () => setOf,
        PyFrozenSet_Type,
        () => PyFrozenSet_New(0),
      ),
    ],
  ],
});
export const setUpdate = collector({ name: 'set.update,set', add: addToSet });
/** The frame of SET_UPDATE, or 0 where no Python runs. */
export function setUpdateFrame(set: Ref, iterable: Ref): number {
  return iteratesPython(iterable) ? collectFrame(setUpdate, 0, set, iterable) : 0;
}

/** Of pairs, each of them the EXTRA-th. */
export const dictOf = collector({
  name: 'dict,dict',
  add: (frame, dict, item) => {
    const index = i32(wordOf(frame, EXTRA));
    setPtr(wordOf(frame, EXTRA), index + 1);
    setPtr(slotOf(frame, ITEM), item);
    mergePair(dict, item, index, true);
    dropSlot(frame, ITEM);
  },
  starts: [
    [
      dict_vectorcall,
      (type, args, nargs, kwnames) =>
        type === PyDict_Type && nargs === 1 && kwnames === 0 && isBuiltInIterator(i32(args))
          ? collectFrame(dictOf, dict_new(PyDict_Type, 0, 0), 0, i32(args))
          : 0,
    ],
  ],
});
/** An iterator that runs Python code, of a built-in type: it has no `keys`, and iter() of it is itself. */
function isBuiltInIterator(op: Ref): boolean {
  return i32(i32(op + 8) + T.tp_iternext) !== 0 && !ofHeapType(op) && iteratesPython(op);
}

// ---- join: the items are collected to a list first, as PySequence_Fast does

/** `native(self, list)` behind a list of what `args` has, which is its one argument. */
function joiner(name: string, spec: () => MachineSpec, native: (self: Ref, list: Ref) => Ref): MachineSpec {
  return collector({
    name: `${name},list`,
    ...intoList,
    begin: (frame, list) => {
      // PySequence_Fast holds the iterator, and so does the list that is extended by it
      setPtr(slotOf(frame, ITEM), Py_NewRef(i32(slotOf(frame, ITERATOR))));
      startList(frame, list);
    },
    result: (frame) => {
      dropSlot(frame, ITERATOR);
      dropSlot(frame, ITEM);
      return native(i32(wordOf(frame, EXTRA)), i32(slotOf(frame, OWN)));
    },
    starts: [
      [
        native,
        (self, args, nargs, kwnames) =>
          nargs === 1 && kwnames === 0 && isBuiltInIterator(i32(args))
            ? collectFrame(spec(), PyList_New(0), 0, i32(args), self)
            : 0,
      ],
    ],
  });
}
export const strJoin = joiner('str.join', () => strJoin, PyUnicode_Join);
export const bytesJoin = joiner('bytes.join', () => bytesJoin, bytes_join);

/** PySequence_List, as callFrom calls. */
export function listFrom(frame: number, state: number, iterable: Ref): number {
  return runFrom(
    frame,
    state,
    () => (iteratesPython(iterable) ? collectFrame(listOf, PyList_New(0), 0, iterable) : 0),
    () => PySequence_List(iterable),
  );
}

// ---- tuples: slots the tuple, the iterator; words the iterable, its size, how many items are there

export const tupleOf: MachineSpec = {
  name: 'tuple,tuple,iterator',
  catches: true,
  run: (frame, result) => {
    let value = result;
    let asked = stateOf(frame) === 1;
    if (!asked) {
      const iterable = i32(wordOf(frame, 0));
      setPtr(slotOf(frame, 1), PyObject_GetIter(iterable));
      const hint = PyObject_LengthHint(iterable, 10);
      setPtr(wordOf(frame, 1), hint);
      setPtr(slotOf(frame, 0), PyTuple_New(hint));
    }
    for (;;) {
      if (asked) {
        const item = itemOf(value);
        if (item === 0) break;
        add(frame, item);
      }
      value = nextFrom(frame, 1, i32(slotOf(frame, 1)));
      if (value < -1) return value;
      asked = true;
    }
    const count = i32(wordOf(frame, 2));
    const tuple = takeSlot(frame, 0);
    return count < i32(wordOf(frame, 1)) ? _PyTuple_Resize(tuple, count) : tuple;
  },
  starts: [
    [
      tuple_vectorcall,
      (type, args, nargs, kwnames) =>
        type === PyTuple_Type && nargs === 1 && kwnames === 0 ? tupleFrame(i32(args)) : 0,
    ],
  ],
};
function add(frame: number, item: Ref): void {
  const count = i32(wordOf(frame, 2));
  let size = i32(wordOf(frame, 1));
  let tuple = i32(slotOf(frame, 0));
  if (count >= size) {
    size += 10;
    size += size >> 2;
    const m = hold(item);
    tuple = _PyTuple_Resize(tuple, size);
    setI32(slotOf(frame, 0), tuple);
    drop(m);
    setPtr(wordOf(frame, 1), size);
  }
  setI32(tuple + 24 + (count << 3), item);
  setPtr(wordOf(frame, 2), count + 1);
}
/** The frame of PySequence_Tuple, or 0 where no Python runs. */
export function tupleFrame(iterable: Ref): number {
  if (i32(POLICY) >= 314 || !iteratesPython(iterable)) return 0;
  const frame = pushNative(tupleOf, 2, 3);
  setPtr(wordOf(frame, 0), iterable);
  return frame;
}
/** PySequence_Tuple, as callFrom calls. */
export function tupleFrom(frame: number, state: number, iterable: Ref): number {
  return runFrom(
    frame,
    state,
    () => tupleFrame(iterable),
    () => PySequence_Tuple(iterable),
  );
}
