/** Choosing among bases: the metaclass and the base whose layout a class extends. Mirrors Objects/typeobject.c. */
import { PyTypeObject as T, Py_TPFLAGS_BASETYPE } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { raise } from './errors.ts';
import { PyType_Check, PyType_IsSubtype, type Ref, tpName } from './object.ts';
import { PyBaseObject_Type, PyExc_TypeError } from './static.ts';
import { PyType_Ready } from './typeready.ts';

const item = (tuple: Ref, i: number): Ref => i32(tuple + 24 + (i << 3));

/** The most derived metaclass among `metatype` and those of the bases: borrowed. */
export function _PyType_CalculateMetaclass(metatype: Ref, bases: Ref): Ref {
  let winner = metatype;
  for (let i = 0; i < i32(bases + 16); i++) {
    const type = i32(item(bases, i) + 8);
    if (PyType_IsSubtype(winner, type)) continue;
    if (PyType_IsSubtype(type, winner)) {
      winner = type;
      continue;
    }
    raise(
      PyExc_TypeError,
      'metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases',
    );
  }
  return winner;
}
/** Does `type` have more in its struct than `base`? */
function shape_differs(type: Ref, base: Ref): boolean {
  return (
    i32(type + T.tp_basicsize) !== i32(base + T.tp_basicsize) || i32(type + T.tp_itemsize) !== i32(base + T.tp_itemsize)
  );
}
/** The nearest base (or the type itself) that adds to the layout. */
export function solid_base(type: Ref): Ref {
  const base = i32(type + T.tp_base) !== 0 ? solid_base(i32(type + T.tp_base)) : PyBaseObject_Type;
  return shape_differs(type, base) ? type : base;
}
/** The base that determines the layout: borrowed. */
export function best_base(bases: Ref): Ref {
  let base = 0;
  let winner = 0;
  for (let i = 0; i < i32(bases + 16); i++) {
    const b = item(bases, i);
    if (!PyType_Check(b)) raise(PyExc_TypeError, 'bases must be types');
    if (i32(b + T.tp_mro) === 0) PyType_Ready(b);
    if ((i32(b + T.tp_flags) & Py_TPFLAGS_BASETYPE) === 0)
      raise(PyExc_TypeError, `type '${tpName(b)}' is not an acceptable base type`);
    const candidate = solid_base(b);
    if (winner === 0) {
      winner = candidate;
      base = b;
    } else if (PyType_IsSubtype(winner, candidate)) continue;
    else if (PyType_IsSubtype(candidate, winner)) {
      winner = candidate;
      base = b;
    } else raise(PyExc_TypeError, 'multiple bases have instance lay-out conflict');
  }
  return base;
}
