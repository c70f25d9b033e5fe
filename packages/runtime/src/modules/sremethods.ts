/** What re.Pattern and re.Match have in common: they are their own copies, and generic. */
import { METH_CLASS, METH_NOARGS, METH_O } from '@moult/abi';
import { Py_GenericAlias } from '../objects/genericaliasobject.ts';
import { Py_NewRef, type Ref } from '../objects/object.ts';
import type { MethodSpec } from '../objects/spec.ts';

const itself = (self: Ref): Ref => Py_NewRef(self);

/** `__copy__`, `__deepcopy__`, `__class_getitem__`, in CPython's order. */
export const COPY_METHODS: readonly MethodSpec[] = [
  { name: '__copy__', flags: METH_NOARGS, fn: itself, doc: '__copy__($self, /)\n--\n\n' },
  { name: '__deepcopy__', flags: METH_O, fn: itself, doc: '__deepcopy__($self, memo, /)\n--\n\n' },
  {
    name: '__class_getitem__',
    flags: METH_O | METH_CLASS,
    fn: Py_GenericAlias,
    doc: '__class_getitem__($type, object, /)\n--\n\nSee PEP 585',
  },
];
