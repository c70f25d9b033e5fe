/** Calling a class, and an object whose class has a `__call__`, in native frames. Mirrors type_call and slot_tp_call. */
import { PyTypeObject as T, Py_ID, PyWrapperDescrObject, wrapperbase, wrapperobject } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text, tupleStarters } from '../memory/text.ts';
import { raise } from './errors.ts';
import {
  callOn,
  calledOn,
  dropSlot,
  type MachineSpec,
  slotOf,
  stateOf,
  takeSlot,
  TP_SLOTS,
  tpFrame,
  tpFrameOf,
  wordOf,
} from './nativeframe.ts';
import { Py_DECREF, PyObject_TypeCheck, type Ref, typeNameOf } from './object.ts';
import { PyObject_GetAttr } from './objectattr.ts';
import { PyExc_TypeError, Py_None, PyType_Type } from './static.ts';
import { type_call } from './typeobject.ts';
import { lookup_method, slot_tp_call, slot_tp_init, slot_tp_new } from './typeslots.ts';
import { wrapper_call } from './methodwrapper.ts';
import { wrap_call } from './typewrap.ts';

// ---- type_call: slots instance, method

const INSTANCE = TP_SLOTS;
const METHOD = TP_SLOTS + 1;

/** Does making an instance run Python? */
function runsPython(type: Ref): boolean {
  if (type === PyType_Type) return false;
  return text[i32(type + T.tp_new)] === slot_tp_new || text[i32(type + T.tp_init)] === slot_tp_init;
}
export const typeCall: MachineSpec = {
  name: 'type.__call__,arguments,keywords,instance,method,names',
  run: (frame, value) => {
    const type = i32(wordOf(frame, 0));
    let obj = value;
    if (stateOf(frame) === 0) {
      const make = text[i32(type + T.tp_new)] as NativeFunction;
      if (make === slot_tp_new) {
        setPtr(slotOf(frame, METHOD), PyObject_GetAttr(type, Py_ID.__new__));
        obj = callOn(frame, 1, i32(slotOf(frame, METHOD)), type, 2);
        if (obj < 0) return obj;
        calledOn(frame, 2);
        dropSlot(frame, METHOD);
      } else obj = make(type, i32(wordOf(frame, 1)), i32(wordOf(frame, 2))) as Ref;
    } else if (stateOf(frame) === 1) {
      calledOn(frame, 2);
      dropSlot(frame, METHOD);
    }
    if (stateOf(frame) !== 2) {
      if (!PyObject_TypeCheck(obj, type)) return obj;
      const init = i32(i32(obj + 8) + T.tp_init);
      if (init === 0) return obj;
      setPtr(slotOf(frame, INSTANCE), obj);
      if (text[init] !== slot_tp_init) {
        (text[init] as NativeFunction)(obj, i32(wordOf(frame, 1)), i32(wordOf(frame, 2)));
        return takeSlot(frame, INSTANCE);
      }
      const found = lookup_method(obj, Py_ID.__init__);
      setPtr(slotOf(frame, METHOD), found & -2);
      obj = callOn(frame, 2, found & -2, (found & 1) !== 0 ? obj : 0, 2);
      if (obj < 0) return obj;
    }
    calledOn(frame, 2);
    dropSlot(frame, METHOD);
    if (obj !== Py_None) {
      setPtr(slotOf(frame, METHOD), obj);
      raise(PyExc_TypeError, `__init__() should return None, not '${typeNameOf(obj)}'`);
    }
    Py_DECREF(obj);
    return takeSlot(frame, INSTANCE);
  },
  starts: [
    [
      type_call,
      (type, args, nargs, kwnames) =>
        i32(type + T.tp_vectorcall) === 0 && runsPython(type) ? tpFrame(typeCall, 2, type, args, nargs, kwnames) : 0,
    ],
  ],
  startsTuple: [
    [
      type_call,
      (type, args, kwargs) =>
        i32(type + T.tp_vectorcall) === 0 && runsPython(type) ? tpFrameOf(typeCall, 2, type, args, kwargs) : 0,
    ],
    // type.__call__ itself, as a metaclass's super().__call__ finds it
    [
      wrapper_call,
      (op, args, kwargs) => {
        const base = i32(i32(op + wrapperobject.descr) + PyWrapperDescrObject.d_base);
        const wrapped = i32(i32(op + wrapperobject.descr) + PyWrapperDescrObject.d_wrapped);
        if (text[i32(base + wrapperbase.wrapper)] !== wrap_call || text[wrapped] !== type_call) return 0;
        const start = tupleStarters[wrapped];
        return start ? start(i32(op + wrapperobject.self), args, kwargs) : 0;
      },
    ],
  ],
};

// ---- slot_tp_call: slot method

export const slotCall: MachineSpec = {
  name: '__call__,arguments,keywords,method,names',
  run: (frame, value) => {
    let result = value;
    if (stateOf(frame) === 0) {
      const self = i32(wordOf(frame, 0));
      const found = lookup_method(self, Py_ID.__call__);
      setPtr(slotOf(frame, TP_SLOTS), found & -2);
      result = callOn(frame, 1, found & -2, (found & 1) !== 0 ? self : 0, 1);
      if (result < 0) return result;
    }
    calledOn(frame, 1);
    dropSlot(frame, TP_SLOTS);
    return result;
  },
  starts: [[slot_tp_call, (self, args, nargs, kwnames) => tpFrame(slotCall, 1, self, args, nargs, kwnames)]],
  startsTuple: [[slot_tp_call, (self, args, kwargs) => tpFrameOf(slotCall, 1, self, args, kwargs)]],
};
