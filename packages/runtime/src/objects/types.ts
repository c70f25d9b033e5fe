/** Every static type of the process, in the order in which CPython readies them (static_types[] of Objects/object.c). */
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { PyObject_Free } from '../memory/obmalloc.ts';
import { fnptr } from '../memory/text.ts';
import * as boolobject from './boolobject.ts';
import * as bytearrayobject from './bytearrayobject.ts';
import * as bytesobject from './bytesobject.ts';
import * as capsule from './capsule.ts';
import * as cellobject from './cellobject.ts';
import * as classmethod from './classmethod.ts';
import * as classobject from './classobject.ts';
import * as codeobject from './codeobject.ts';
import * as complexobject from './complexobject.ts';
import * as descrobject from './descrobject.ts';
import * as dictiter from './dictiter.ts';
import * as dictobject from './dictobject.ts';
import * as dictviews from './dictviews.ts';
import * as enumobject from './enumobject.ts';
import { makeExceptionSpecs } from './exceptions.ts';
import * as floatobject from './floatobject.ts';
import * as frameobject from './frameobject.ts';
import * as funcobject from './funcobject.ts';
import * as genericaliasobject from './genericaliasobject.ts';
import * as genobject from './genobject.ts';
import * as asyncgenobject from './asyncgenobject.ts';
import * as iterobject from './iterobject.ts';
import * as itertoolsobjects from './itertoolsobjects.ts';
import * as listobject from './listobject.ts';
import * as longobject from './longobject.ts';
import * as mappingproxy from './mappingproxy.ts';
import * as memoryobject from './memoryobject.ts';
import * as methodobject from './methodobject.ts';
import * as methodwrapper from './methodwrapper.ts';
import * as moduleobject from './moduleobject.ts';
import * as namespaceobject from './namespaceobject.ts';
import * as objecttype from './objecttype.ts';
import * as propertyobject from './propertyobject.ts';
import * as rangeobject from './rangeobject.ts';
import * as setobject from './setobject.ts';
import * as singletons from './singletons.ts';
import * as sliceobject from './sliceobject.ts';
import { PyHeapTypeObject, PyTypeObject, Py_ID } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { isHeapSpec, linkType, type TypeSpec, writeType } from './spec.ts';
import * as superobject from './superobject.ts';
import * as tracebackobject from './tracebackobject.ts';
import { linkTracemalloc } from './tracemalloc.ts';
import * as tupleobject from './tupleobject.ts';
import * as typebuffer from './typebuffer.ts';
import { PyType_GenericAlloc } from './typealloc.ts';
import { _Py_slot_tp_getattro } from './typeslots.ts';
import { _PyType_InitCache, lookup_tp_dict } from './typelookup.ts';
import { hold, Py_DECREF, Py_NewRef, release } from './object.ts';
import { PyDict_SetItem } from './dictobject.ts';
import { PyUnicode_InternFromString } from './unicodeobject.ts';
import { _PyObject_GC_TRACK } from '../gc/track.ts';
import * as typeobject from './typeobject.ts';
import { linkTypeReady, writeNewMethodDef, _PyHeapType_Init, _PyStaticType_InitBuiltin } from './typeready.ts';
import { linkSlotdefs, writeSlotdefs } from './typeslotdefs.ts';
import { linkSubtypes, writeSubtypeGetSets } from './typesubtype.ts';
import * as typevarobject from './typevarobject.ts';
import * as unicodeobject from './unicodeobject.ts';
import * as unionobject from './unionobject.ts';
import * as dictmethods from './dictmethods.ts';
import * as listiter from './listiter.ts';
import * as listmethods from './listmethods.ts';
import * as tuplemethods from './tuplemethods.ts';
import * as floatmethods from './floatmethods.ts';
import * as framelocals from './framelocals.ts';
import * as longmethods from './longmethods.ts';
import * as setmethods from './setmethods.ts';
import * as bytesmethods from './bytesmethods.ts';
import * as unicodetype from './unicodetype.ts';
import * as unicodeiter from './unicodeiter.ts';
import * as typealias from './typealias.ts';
import * as codeiter from './codeiter.ts';
import * as structseq from './structseq.ts';
import * as setiter from './setiter.ts';
import * as weakrefobject from './weakrefobject.ts';

function table(): readonly TypeSpec[] {
  const rooms: Record<string, unknown> = Object.assign(
    {},
    ...[
      objecttype,
      typeobject,
      superobject,
      descrobject,
      methodwrapper,
      mappingproxy,
      propertyobject,
      methodobject,
      funcobject,
      classmethod,
      classobject,
      cellobject,
      moduleobject,
      namespaceobject,
      genericaliasobject,
      unionobject,
      typevarobject,
      capsule,
      singletons,
      typebuffer,
      tupleobject,
      listobject,
      dictobject,
      dictviews,
      dictiter,
      setobject,
      iterobject,
      enumobject,
      itertoolsobjects,
      rangeobject,
      sliceobject,
      unicodeobject,
      bytesobject,
      bytearrayobject,
      memoryobject,
      longobject,
      boolobject,
      floatobject,
      complexobject,
      tracebackobject,
      weakrefobject,
      codeobject,
      frameobject,
      genobject,
      asyncgenobject,
      dictmethods,
      listiter,
      listmethods,
      tuplemethods,
      floatmethods,
      framelocals,
      longmethods,
      setmethods,
      bytesmethods,
      unicodetype,
      unicodeiter,
      typealias,
      codeiter,
      structseq,
      setiter,
    ],
  );
  const order = [
    ...['object', 'type'],
    ...[
      'asyncGen',
      'byteArrayIter',
      'byteArray',
      'bytesIter',
      'bytes',
      'cFunction',
      'callIter',
      'capsule',
      'cell',
      'classMethodDescr',
    ],
    ...[
      'classMethod',
      'code',
      'complex',
      'contextTokenMissing',
      'contextToken',
      'contextVar',
      'context',
      'coro',
      'dictItems',
    ],
    ...[
      'dictIterItem',
      'dictIterKey',
      'dictIterValue',
      'dictKeys',
      'dictProxy',
      'dictRevIterItem',
      'dictRevIterKey',
      'dictRevIterValue',
    ],
    ...[
      'dictValues',
      'dict',
      'ellipsis',
      'enum',
      'filter',
      'float',
      'frame',
      'frameLocalsProxy',
      'frozenSet',
      'function',
      'gen',
    ],
    ...[
      'getSetDescr',
      'instanceMethod',
      'listIter',
      'listRevIter',
      'list',
      'longRangeIter',
      'long',
      'map',
      'memberDescr',
      'memoryView',
    ],
    ...[
      'methodDescr',
      'method',
      'moduleDef',
      'module',
      'oDictIter',
      'pickleBuffer',
      'property',
      'rangeIter',
      'range',
      'reversed',
      'seqIter',
    ],
    ...[
      'setIter',
      'set',
      'slice',
      'staticMethod',
      'stdPrinter',
      'super',
      'traceBack',
      'tupleIter',
      'tuple',
      'unicodeIter',
      'unicode',
    ],
    ...[
      'wrapperDescr',
      'zip',
      'genericAlias',
      'anextAwaitable',
      'asyncGenASend',
      'asend',
      'asyncGenAThrow',
      'athrow',
      'asyncGenWrappedValue',
    ],
    ...[
      'wrappedValue',
      'bufferWrapper',
      'coroWrapper',
      'genericAliasIter',
      'lineIterator',
      'managedBuffer',
      'memoryIter',
      'methodWrapper',
    ],
    ...[
      'namespace',
      'none',
      'notImplemented',
      'positionsIterator',
      'unicodeASCIIIter',
      'union',
      'weakrefCallableProxy',
      'weakrefProxy',
    ],
    ...[
      'weakrefRef',
      'typeAlias',
      'noDefault',
      'setDummy',
      'bool',
      'cMethod',
      'oDictItems',
      'oDictKeys',
      'oDictValues',
      'oDict',
    ],
  ];
  const specs: TypeSpec[] = [];
  const take = (spec: TypeSpec | undefined): void => {
    if (spec !== undefined && !specs.includes(spec)) specs.push(spec);
  };
  for (const name of order) take(rooms[`${name}Spec`] as TypeSpec | undefined);
  for (const spec of makeExceptionSpecs()) take(spec);
  // types that CPython makes on the heap come last
  for (const [name, spec] of Object.entries(rooms)) if (name.endsWith('Spec')) take(spec as TypeSpec);
  return specs;
}

/** The table, made when it is first asked for: by then every room's module has been evaluated. */
const made: { specs: readonly TypeSpec[] } = { specs: [] };
export function allTypeSpecs(): readonly TypeSpec[] {
  if (made.specs.length === 0) made.specs = table();
  return made.specs;
}

/** Gives every native of the types its number; in every realm, before anything else runs. */
export function linkTypes(): void {
  linkSlotdefs();
  linkTypeReady();
  linkSubtypes();
  descrobject.linkDescriptors();
  methodobject.linkCFunctions();
  funcobject.linkFunctions();
  classobject.linkMethods();
  weakrefobject.linkWeakrefs();
  genericaliasobject.linkGenericAlias();
  linkTracemalloc();
  for (const fn of [freeWithType, PyObject_GC_Del, PyObject_Free, PyType_GenericAlloc, _Py_slot_tp_getattro]) fnptr(fn);
  for (const spec of allTypeSpecs()) linkType(spec);
}

/** Makes the static types ready (cold boot; they are written, strings and singletons exist). */
export function readyStaticTypes(): void {
  _PyType_InitCache();
  writeSlotdefs();
  writeNewMethodDef();
  writeSubtypeGetSets();
  for (const spec of allTypeSpecs()) readyType(spec);
}

/** Types of a module of the core: written and made ready at cold boot, after the others. Link them (linkType) in every realm. */
export function addTypes(specs: readonly TypeSpec[]): void {
  for (const spec of specs) writeType(spec);
  for (const spec of specs) readyType(spec);
}
function readyType(spec: TypeSpec): void {
  if (!isHeapSpec(spec)) {
    _PyStaticType_InitBuiltin(spec.address);
    return;
  }
  const type = spec.address;
  const dot = spec.name.lastIndexOf('.');
  const name = PyUnicode_InternFromString(spec.name.slice(dot + 1));
  setPtr(type + PyHeapTypeObject.ht_name, name);
  setPtr(type + PyHeapTypeObject.ht_qualname, Py_NewRef(name));
  _PyHeapType_Init(type);
  const module = hold(PyUnicode_InternFromString(spec.name.slice(0, dot)));
  PyDict_SetItem(lookup_tp_dict(type), Py_ID.__module__, i32(module));
  release(module);
  if (i32(type + PyTypeObject.tp_free) === fnptr(PyObject_GC_Del))
    setPtr(type + PyTypeObject.tp_free, fnptr(freeWithType));
  _PyObject_GC_TRACK(type);
}
/** tp_free of such a type: what its tp_dealloc does last in C. A class made in Python has its own, and subtype_dealloc. */
export function freeWithType(op: number): void {
  const type = i32(op + 8);
  PyObject_GC_Del(op);
  Py_DECREF(type);
}
