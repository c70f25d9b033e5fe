/** The module `builtins`: its functions in CPython's order, then constants, types and exceptions. Mirrors Python/bltinmodule.c. */
import { PyTypeObject, PyInterpreterState, Py_ID } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { Py_NewRef, type Ref, tpName } from '../objects/object.ts';
import { INTERP } from '../objects/runtime.ts';
import { createExceptionGroupClass } from '../objects/excgroup.ts';
import * as T from '../objects/static.ts';
import { evalBuiltins } from './builtineval.ts';
import { plainBuiltins } from './builtinfuncs.ts';
import { printBuiltins } from './builtinprint.ts';
import type { ModuleSpec } from './spec.ts';
import { PyDict_GetItemWithError } from '../objects/dictobject.ts';

const order =
  '__build_class__ __import__ abs all any ascii bin breakpoint callable chr compile delattr dir divmod eval exec format getattr globals hasattr hash hex id input isinstance issubclass iter aiter len locals max min next anext oct ord pow print repr round setattr sorted sum vars';
const all = { ...plainBuiltins, ...evalBuiltins, ...printBuiltins };

/** Exceptions in the order in which CPython adds them. */
function exceptionTypes(): number[] {
  return [
    T.PyExc_BaseException,
    T.PyExc_BaseExceptionGroup,
    T.PyExc_Exception,
    T.PyExc_GeneratorExit,
    T.PyExc_KeyboardInterrupt,
    T.PyExc_SystemExit,
    T.PyExc_ArithmeticError,
    T.PyExc_AssertionError,
    T.PyExc_AttributeError,
    T.PyExc_BufferError,
    T.PyExc_EOFError,
    T.PyExc_ImportError,
    T.PyExc_LookupError,
    T.PyExc_MemoryError,
    T.PyExc_NameError,
    T.PyExc_OSError,
    T.PyExc_ReferenceError,
    T.PyExc_RuntimeError,
    T.PyExc_StopAsyncIteration,
    T.PyExc_StopIteration,
    T.PyExc_SyntaxError,
    T.PyExc_SystemError,
    T.PyExc_TypeError,
    T.PyExc_ValueError,
    T.PyExc_Warning,
    T.PyExc_FloatingPointError,
    T.PyExc_OverflowError,
    T.PyExc_ZeroDivisionError,
    T.PyExc_BytesWarning,
    T.PyExc_DeprecationWarning,
    T.PyExc_EncodingWarning,
    T.PyExc_FutureWarning,
    T.PyExc_ImportWarning,
    T.PyExc_PendingDeprecationWarning,
    T.PyExc_ResourceWarning,
    T.PyExc_RuntimeWarning,
    T.PyExc_SyntaxWarning,
    T.PyExc_UnicodeWarning,
    T.PyExc_UserWarning,
    T.PyExc_BlockingIOError,
    T.PyExc_ChildProcessError,
    T.PyExc_ConnectionError,
    T.PyExc_FileExistsError,
    T.PyExc_FileNotFoundError,
    T.PyExc_InterruptedError,
    T.PyExc_IsADirectoryError,
    T.PyExc_NotADirectoryError,
    T.PyExc_PermissionError,
    T.PyExc_ProcessLookupError,
    T.PyExc_TimeoutError,
    T.PyExc_IndentationError,
    T.PyExc__IncompleteInputError,
    T.PyExc_IndexError,
    T.PyExc_KeyError,
    T.PyExc_ModuleNotFoundError,
    T.PyExc_NotImplementedError,
    T.PyExc_PythonFinalizationError,
    T.PyExc_RecursionError,
    T.PyExc_UnboundLocalError,
    T.PyExc_UnicodeError,
    T.PyExc_BrokenPipeError,
    T.PyExc_ConnectionAbortedError,
    T.PyExc_ConnectionRefusedError,
    T.PyExc_ConnectionResetError,
    T.PyExc_TabError,
    T.PyExc_UnicodeDecodeError,
    T.PyExc_UnicodeEncodeError,
    T.PyExc_UnicodeTranslateError,
  ];
}
function builtinTypes(): [string, number][] {
  return [
    ['bool', T.PyBool_Type],
    ['memoryview', T.PyMemoryView_Type],
    ['bytearray', T.PyByteArray_Type],
    ['bytes', T.PyBytes_Type],
    ['classmethod', T.PyClassMethod_Type],
    ['complex', T.PyComplex_Type],
    ['dict', T.PyDict_Type],
    ['enumerate', T.PyEnum_Type],
    ['filter', T.PyFilter_Type],
    ['float', T.PyFloat_Type],
    ['frozenset', T.PyFrozenSet_Type],
    ['property', T.PyProperty_Type],
    ['int', T.PyLong_Type],
    ['list', T.PyList_Type],
    ['map', T.PyMap_Type],
    ['object', T.PyBaseObject_Type],
    ['range', T.PyRange_Type],
    ['reversed', T.PyReversed_Type],
    ['set', T.PySet_Type],
    ['slice', T.PySlice_Type],
    ['staticmethod', T.PyStaticMethod_Type],
    ['str', T.PyUnicode_Type],
    ['super', T.PySuper_Type],
    ['tuple', T.PyTuple_Type],
    ['type', T.PyType_Type],
    ['zip', T.PyZip_Type],
  ];
}

export const builtinsSpec: ModuleSpec = {
  name: 'builtins',
  doc: "Built-in functions, types, exceptions, and other objects.\n\nThis module provides direct access to all 'built-in'\nidentifiers of Python; for example, builtins.len is\nthe full name for the built-in function len().\n\nThis module is not normally accessed explicitly by most\napplications, but can be useful in modules that provide\nobjects with the same name as a builtin and need to\naccess the builtin version.",
  methods: order.split(' ').map((name) => {
    const spec = all[name];
    if (spec === undefined) throw new Error(`builtins.${name} is missing`);
    return spec;
  }),
  exec(module: Ref): void {
    const dict = PyModule_GetDict(module);
    const add = (name: string, value: Ref): void => PyDict_SetItemString(dict, name, value);
    add('None', T.Py_None);
    add('Ellipsis', T.Py_Ellipsis);
    add('NotImplemented', T.Py_NotImplemented);
    add('False', T.Py_False);
    add('True', T.Py_True);
    for (const [name, type] of builtinTypes()) if (i32(type + PyTypeObject.tp_name) !== 0) add(name, type);
    add('__debug__', T.Py_True);
    for (const type of exceptionTypes()) if (i32(type + PyTypeObject.tp_name) !== 0) add(tpName(type), type);
    add('ExceptionGroup', createExceptionGroupClass());
    add('EnvironmentError', T.PyExc_OSError);
    add('IOError', T.PyExc_OSError);
    // interp->builtins and the function that IMPORT_NAME may bypass
    setPtr(INTERP + PyInterpreterState.builtins, Py_NewRef(dict));
    setPtr(INTERP + PyInterpreterState.imports_import_func, Py_NewRef(PyDict_GetItemWithError(dict, Py_ID.__import__)));
  },
};
