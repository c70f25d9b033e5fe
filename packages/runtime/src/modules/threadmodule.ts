/** The module `_thread` of a process with one thread: locks that never wait, get_ident. Mirrors Modules/_threadmodule.c. */
import { METH_KEYWORDS, METH_NOARGS, METH_VARARGS } from '@moult/abi';
import { CURRENT_TSTATE, i32, setI32 } from '../memory/linear.ts';
import { unpackTupleAndDict } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyDict_SetItemString } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { type Ref, typeNameOf } from '../objects/object.ts';
import { PyObject_GenericGetDict, PyObject_IsTrue, PyObject_GenericSetAttr } from '../objects/objectattr.ts';
import type { MethodSpec } from '../objects/spec.ts';
import { PyExc_RuntimeError } from '../objects/static.ts';
import { PyType_GenericNew, typeAlloc } from '../objects/typealloc.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import { record, wordsAt } from './records.ts';
import { type ModuleSpec, setStolen } from './spec.ts';
import { Lock_Type, RLock_Type, ThreadLocal_Type } from './types.ts';
import { PyFloat_FromDouble } from '../objects/floatobject.ts';

const COUNT = wordsAt({ refs: 0, weak: true });
const blockingOf = (args: Ref, kwds: Ref): boolean => {
  const [blocking] = unpackTupleAndDict(args, kwds, { fname: 'acquire', keywords: ['blocking', 'timeout'] }) as [Ref];
  return blocking === 0 || PyObject_IsTrue(blocking);
};
function lock_acquire(self: Ref, args: Ref, kwds: Ref): Ref {
  const blocking = blockingOf(args, kwds);
  if (i32(self + COUNT) !== 0) {
    if (blocking) raise(PyExc_RuntimeError, 'deadlock: the only thread waits for a lock that it holds');
    return PyBool_FromLong(false);
  }
  setI32(self + COUNT, 1);
  return PyBool_FromLong(true);
}
function lock_release(self: Ref): Ref {
  if (i32(self + COUNT) === 0) raise(PyExc_RuntimeError, 'release unlocked lock');
  setI32(self + COUNT, 0);
  return none();
}
function lock_locked(self: Ref): Ref {
  return PyBool_FromLong(i32(self + COUNT) !== 0);
}
function rlock_acquire(self: Ref, args: Ref, kwds: Ref): Ref {
  blockingOf(args, kwds);
  setI32(self + COUNT, i32(self + COUNT) + 1);
  return PyBool_FromLong(true);
}
function rlock_release(self: Ref): Ref {
  if (i32(self + COUNT) === 0) raise(PyExc_RuntimeError, 'cannot release un-acquired lock');
  setI32(self + COUNT, i32(self + COUNT) - 1);
  return none();
}
function lock_repr(self: Ref): Ref {
  const state = i32(self + COUNT) !== 0 ? 'locked' : 'unlocked';
  return PyUnicode_FromString(`<${state} ${typeNameOf(self)} object at 0x${self.toString(16)}>`);
}
function rlock_repr(self: Ref): Ref {
  const n = i32(self + COUNT);
  return PyUnicode_FromString(
    `<${n !== 0 ? 'locked' : 'unlocked'} ${typeNameOf(self)} object owner=${n !== 0 ? i32(CURRENT_TSTATE) : 0} count=${n} at 0x${self.toString(16)}>`,
  );
}
const lockMethods = (acquire: MethodSpec['fn'], releaseFn: MethodSpec['fn']): MethodSpec[] => [
  { name: 'acquire', flags: METH_VARARGS | METH_KEYWORDS, fn: acquire },
  { name: 'release', flags: METH_NOARGS, fn: releaseFn },
  { name: '__enter__', flags: METH_VARARGS | METH_KEYWORDS, fn: acquire },
  { name: '__exit__', flags: METH_VARARGS, fn: releaseFn },
  { name: 'locked', flags: METH_NOARGS, fn: lock_locked },
];
export const threadTypes = [
  record({
    address: Lock_Type,
    name: '_thread.lock',
    refs: 0,
    words: 1,
    weak: true,
    base: false,
    slots: { tp_new: PyType_GenericNew, tp_repr: lock_repr },
    methods: lockMethods(lock_acquire, lock_release),
  }),
  record({
    address: RLock_Type,
    name: '_thread.RLock',
    refs: 0,
    words: 1,
    weak: true,
    slots: { tp_new: PyType_GenericNew, tp_repr: rlock_repr },
    methods: lockMethods(rlock_acquire, rlock_release),
  }),
  record({
    address: ThreadLocal_Type,
    name: '_thread._local',
    refs: 0,
    dict: true,
    weak: true,
    slots: { tp_new: PyType_GenericNew, tp_setattro: PyObject_GenericSetAttr },
    getset: [{ name: '__dict__', get: PyObject_GenericGetDict }],
  }),
];
function thread_allocate_lock(): Ref {
  return typeAlloc(Lock_Type, 0);
}
function thread_get_ident(): Ref {
  return PyLong_FromLong(i32(CURRENT_TSTATE));
}
function thread_start_new_thread(): Ref {
  raise(PyExc_RuntimeError, "can't start new thread: threads are not implemented");
}
export const threadSpec: ModuleSpec = {
  name: '_thread',
  methods: [
    { name: 'start_new_thread', flags: METH_VARARGS, fn: thread_start_new_thread },
    { name: 'allocate_lock', flags: METH_NOARGS, fn: thread_allocate_lock },
    { name: 'allocate', flags: METH_NOARGS, fn: thread_allocate_lock },
    { name: 'get_ident', flags: METH_NOARGS, fn: thread_get_ident },
    { name: 'get_native_id', flags: METH_NOARGS, fn: thread_get_ident },
    { name: '_count', flags: METH_NOARGS, fn: () => PyLong_FromLong(0) },
  ],
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    PyDict_SetItemString(d, 'lock', Lock_Type);
    PyDict_SetItemString(d, 'LockType', Lock_Type);
    PyDict_SetItemString(d, 'RLock', RLock_Type);
    PyDict_SetItemString(d, '_local', ThreadLocal_Type);
    PyDict_SetItemString(d, 'error', PyExc_RuntimeError);
    setStolen(d, 'TIMEOUT_MAX', PyFloat_FromDouble(9223372036));
  },
};
