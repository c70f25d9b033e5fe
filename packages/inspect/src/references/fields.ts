// Which fields of which built-in type hold owned references. A field that points without owning (a weak list, a weakref's
// referent, a frame's globals) is not here.
import * as abi from '@moult/abi';
import { Kind } from './kinds.ts';

export type FieldTable = readonly { readonly label: string; readonly offset: number }[];
export interface Layout {
  readonly kind: Kind;
  readonly fields: FieldTable;
}

const layouts = new Map<string, Layout>();

function add<T extends Record<string, number>>(
  names: string,
  struct: T,
  fields: readonly (keyof T & string)[],
  kind: Kind = Kind.fields,
): void {
  const table = fields.map((field) => ({ label: field, offset: struct[field]! }));
  for (const name of names.split(' ')) layouts.set(name, { kind, fields: table });
}

export function layoutOf(typeName: string): Layout | undefined {
  return layouts.get(typeName);
}

const NONE: readonly never[] = [];
add('object int bool float complex NoneType NotImplementedType ellipsis str bytes bytearray', abi.PyObject, NONE);
add('range_iterator PyCapsule symtable_entry _contextvars.Token.MISSING Token.MISSING', abi.PyObject, NONE);

add('list', abi.PyListObject, NONE, Kind.list);
add('tuple', abi.PyTupleObject, NONE, Kind.tuple);
add('dict', abi.PyDictObject, NONE, Kind.dict);
add('set frozenset', abi.PySetObject, NONE, Kind.set);
add('collections.OrderedDict', abi.PyODictObject, ['od_inst_dict'], Kind.orderedDict);
add('collections.defaultdict', abi.defdictobject, ['default_factory'], Kind.defaultDict);
add('collections.deque', abi.dequeobject, NONE, Kind.deque);
add('collections._deque_iterator collections._deque_reverse_iterator', abi.dequeiterobject, ['deque']);
add('collections._tuplegetter', abi._tuplegetterobject, ['doc']);

add('list_iterator', abi._PyListIterObject, ['it_seq']);
add('list_reverseiterator', abi.listreviterobject, ['it_seq']);
add('tuple_iterator', abi._PyTupleIterObject, ['it_seq']);
add('str_iterator str_ascii_iterator', abi.unicodeiterobject, ['it_seq']);
add('bytes_iterator', abi.striterobject, ['it_seq']);
add('bytearray_iterator', abi.bytesiterobject, ['it_seq']);
add('memory_iterator', abi.memoryiterobject, ['it_seq']);
add('iterator', abi.seqiterobject, ['it_seq']);
add('callable_iterator', abi.calliterobject, ['it_callable', 'it_sentinel']);
add('anext_awaitable', abi.anextawaitableobject, ['wrapped', 'default_value']);
add('range', abi.rangeobject, ['start', 'stop', 'step', 'length']);
add('longrange_iterator', abi.longrangeiterobject, ['start', 'step', 'len']);
add('slice', abi.PySliceObject, ['start', 'stop', 'step']);
add('enumerate', abi.enumobject, ['en_sit', 'en_result', 'en_longindex']);
add('reversed', abi.reversedobject, ['seq']);
add('zip', abi.zipobject, ['ittuple', 'result']);
add('map', abi.mapobject, ['iters', 'func']);
add('filter', abi.filterobject, ['func', 'it']);
add(
  'dict_keyiterator dict_valueiterator dict_itemiterator dict_reversekeyiterator dict_reversevalueiterator dict_reverseitemiterator',
  abi.dictiterobject,
  ['di_dict', 'di_result'],
);
add('dict_keys dict_values dict_items odict_keys odict_values odict_items', abi._PyDictViewObject, ['dv_dict']);
add('set_iterator', abi.setiterobject, ['si_set']);
add('mappingproxy', abi.mappingproxyobject, ['mapping']);

add('function', abi.PyFunctionObject, [
  ...(['func_globals', 'func_builtins', 'func_name', 'func_qualname', 'func_code', 'func_defaults'] as const),
  ...(['func_kwdefaults', 'func_doc', 'func_dict', 'func_closure', 'func_annotations', 'func_typeparams'] as const),
  'func_module',
]);
add('builtin_function_or_method', abi.PyCFunctionObject, ['m_self', 'm_module']);
layouts.set('builtin_method', {
  kind: Kind.fields,
  fields: [
    { label: 'm_self', offset: abi.PyCFunctionObject.m_self },
    { label: 'm_module', offset: abi.PyCFunctionObject.m_module },
    { label: 'mm_class', offset: abi.PyCMethodObject.mm_class },
  ],
});
add('method', abi.PyMethodObject, ['im_func', 'im_self']);
add('instancemethod', abi.PyInstanceMethodObject, ['func']);
add('cell', abi.PyCellObject, ['ob_ref']);
add('classmethod', abi.classmethod, ['cm_callable', 'cm_dict']);
add('staticmethod', abi.staticmethod, ['sm_callable', 'sm_dict']);
add('property', abi.propertyobject, ['prop_get', 'prop_set', 'prop_del', 'prop_doc', 'prop_name']);
add('super', abi.superobject, ['type', 'obj', 'obj_type']);
add(
  'method_descriptor classmethod_descriptor member_descriptor getset_descriptor wrapper_descriptor',
  abi.PyDescrObject,
  ['d_type', 'd_name', 'd_qualname'],
);
add('method-wrapper', abi.wrapperobject, ['descr', 'self']);

add(
  'code',
  abi.PyCodeObject,
  [
    ...([
      'co_consts',
      'co_names',
      'co_exceptiontable',
      'co_localsplusnames',
      'co_localspluskinds',
      'co_filename',
    ] as const),
    ...(['co_name', 'co_qualname', 'co_linetable'] as const),
  ],
  Kind.code,
);
add('re.Pattern', abi.PatternObject, ['groupindex', 'indexgroup', 'pattern']);
add('re.Match', abi.MatchObject, ['string', 'regs', 'pattern']);
const SCANNER = {
  pattern: abi.ScannerObject.pattern,
  string: abi.ScannerObject.state + abi.SRE_STATE.string,
  'buffer.obj': abi.ScannerObject.state + abi.SRE_STATE.buffer + abi.Py_buffer.obj,
} as const;
add('_sre.SRE_Scanner', SCANNER, ['pattern', 'string', 'buffer.obj']);
add('_sre.SRE_Template', abi.TemplateObject, ['literal'], Kind.template);
add('_struct.Struct', { s_format: 40 }, ['s_format']);
add('_struct.unpack_iterator', { so: 16, 'buf.obj': 24 + abi.Py_buffer.obj }, ['so', 'buf.obj']);
// Modules/_ctypes/ctypes.h; a StgInfo lies behind the slots of a class of C data.
const STG_INFO = abi.PyHeapTypeObject.SIZE;
const CDATA = { b_base: 32, b_objects: 64 } as const;
const CALLABLES = {
  ...CDATA,
  ...({ thunk: 96, callable: 104, converters: 112, argtypes: 120, restype: 128, checker: 136, errcheck: 144 } as const),
  paramflags: 152,
} as const;
add(
  '_ctypes.CType_Type',
  {
    ...({ proto: STG_INFO + 56, argtypes: STG_INFO + 88, converters: STG_INFO + 96, restype: STG_INFO + 104 } as const),
    ...({ checker: STG_INFO + 112, module: STG_INFO + 120 } as const),
  },
  ['proto', 'argtypes', 'converters', 'restype', 'checker', 'module'],
  Kind.type,
);
add('_ctypes._CData', CDATA, ['b_base', 'b_objects']);
add('_ctypes.CFuncPtr', CALLABLES, [
  ...([
    'b_base',
    'b_objects',
    'thunk',
    'callable',
    'converters',
    'argtypes',
    'restype',
    'checker',
    'errcheck',
  ] as const),
  'paramflags',
]);
add('_ctypes.CField', { proto: 40 }, ['proto']);
add('_ctypes.CArgObject', { obj: 48 }, ['obj']);
add('_ctypes.CThunkObject', { callable: 16, converters: 24, restype: 32 }, ['callable', 'converters', 'restype']);

add('line_iterator', abi.lineiterator, ['li_code']);
add('positions_iterator', abi.positionsiterator, ['pi_code']);
add('frame', abi.PyFrameObject, ['f_back', 'f_trace', 'f_extra_locals', 'f_locals_cache'], Kind.frame);
layouts.set('FrameLocalsProxy', { kind: Kind.fields, fields: [{ label: 'frame', offset: 16 }] });
add('traceback', abi.PyTracebackObject, ['tb_next', 'tb_frame']);
// A plain generator never sets its last field.
const GENERATOR = ['gi_name', 'gi_qualname', 'gi_exc_state_exc_value'] as const;
add('generator', abi.PyGenObject, GENERATOR, Kind.generator);
add('coroutine async_generator', abi.PyGenObject, [...GENERATOR, 'gi_origin_or_finalizer'], Kind.generator);
add('coroutine_wrapper', abi.PyCoroWrapper, ['cw_coroutine']);
add('async_generator_asend', abi.PyAsyncGenASend, ['ags_gen', 'ags_sendval']);
add('async_generator_athrow', abi.PyAsyncGenAThrow, ['agt_gen', 'agt_args']);
add('async_generator_wrapped_value', abi._PyAsyncGenWrappedValue, ['agw_val']);

const EXCEPTION = ['dict', 'args', 'notes', 'traceback', 'context', 'cause'] as const;
add('BaseException', abi.PyBaseExceptionObject, EXCEPTION);
add('SyntaxError', abi.PySyntaxErrorObject, [
  ...EXCEPTION,
  ...(['msg', 'filename', 'lineno', 'offset', 'end_lineno', 'end_offset', 'text', 'print_file_and_line'] as const),
]);
add('ImportError', abi.PyImportErrorObject, [...EXCEPTION, 'msg', 'name', 'path', 'name_from']);
add('UnicodeEncodeError UnicodeDecodeError UnicodeTranslateError', abi.PyUnicodeErrorObject, [
  ...EXCEPTION,
  'encoding',
  'object',
  'reason',
]);
add('SystemExit', abi.PySystemExitObject, [...EXCEPTION, 'code']);
add('OSError', abi.PyOSErrorObject, [...EXCEPTION, 'myerrno', 'strerror', 'filename', 'filename2']);
add('StopIteration', abi.PyStopIterationObject, [...EXCEPTION, 'value']);
add('NameError', abi.PyNameErrorObject, [...EXCEPTION, 'name']);
add('AttributeError', abi.PyAttributeErrorObject, [...EXCEPTION, 'obj', 'name']);
add('BaseExceptionGroup', abi.PyBaseExceptionGroupObject, [...EXCEPTION, 'msg', 'excs']);

add('type', abi.PyTypeObject, NONE, Kind.type);
add('module', abi.PyModuleObject, ['md_dict', 'md_name']);
add('weakref.ReferenceType weakref.ProxyType weakref.CallableProxyType', abi.PyWeakReference, ['wr_callback']);
add('types.SimpleNamespace', abi._PyNamespaceObject, ['ns_dict']);
add('memoryview', abi.PyMemoryViewObject, ['mbuf']);
layouts.set('managedbuffer', {
  kind: Kind.fields,
  fields: [{ label: 'master.obj', offset: abi._PyManagedBufferObject.master + abi.Py_buffer.obj }],
});
add('types.GenericAlias', abi.gaobject, ['origin', 'args', 'parameters']);
add('generic_alias_iterator', abi.gaiterobject, ['obj']);
add('types.UnionType', abi.unionobject, ['args', 'parameters']);
add('typing.TypeVar', abi.typevarobject, [
  ...(['name', 'bound', 'evaluate_bound', 'constraints', 'evaluate_constraints', 'default_value'] as const),
  'evaluate_default',
]);
add('typing.TypeVarTuple', abi.typevartupleobject, ['name', 'default_value', 'evaluate_default']);
add('typing.ParamSpec', abi.paramspecobject, ['name', 'bound', 'default_value', 'evaluate_default']);
add('typing.ParamSpecArgs typing.ParamSpecKwargs', abi.paramspecattrobject, ['__origin__']);
add('typing.TypeAliasType', abi.typealiasobject, ['name', 'type_params', 'compute_value', 'value', 'module']);
add('typing.Generic typing._NoDefaultType NoDefaultType', abi.PyObject, NONE);

add('_contextvars.Context', abi.PyContext, ['ctx_prev', 'ctx_vars']);
add('_contextvars.ContextVar', abi.PyContextVar, ['var_name', 'var_default']);
add('_contextvars.Token', abi._pycontexttokenobject, ['tok_ctx', 'tok_var', 'tok_oldval']);
add('hamt', abi.PyHamtObject, ['h_root']);
add('hamt_bitmap_node', abi.PyHamtNode_Bitmap, NONE, Kind.hamtBitmap);
add('hamt_array_node', abi.PyHamtNode_Array, NONE, Kind.hamtArray);
add('hamt_collision_node', abi.PyHamtNode_Collision, NONE, Kind.hamtCollision);

add('functools.partial', abi.partialobject, ['fn', 'args', 'kw', 'dict']);
add('functools.KeyWrapper', abi.keyobject, ['cmp', 'object']);
add('functools._lru_list_elem', abi.lru_list_elem, ['key', 'result']);
add(
  'functools._lru_cache_wrapper',
  abi.lru_cache_object,
  ['cache', 'func', 'kwd_mark', 'lru_list_elem_type', 'cache_info_type', 'dict'],
  Kind.lruCache,
);
add('itertools.count', abi.countobject, ['long_cnt', 'long_step']);
add('itertools.repeat', abi.repeatobject, ['element']);
add('itertools.chain', abi.chainobject, ['source', 'active']);
add('itertools.cycle', abi.cycleobject, ['it', 'saved']);
add('itertools.islice', abi.isliceobject, ['it']);

add('_io.FileIO', abi.fileio, ['dict']);
add('_io.BufferedReader _io.BufferedWriter _io.BufferedRandom', abi.buffered, ['raw', 'dict']);
add('_io.BufferedRWPair', abi.rwpair, ['reader', 'writer', 'dict']);
add('_io.TextIOWrapper', abi.textio, [
  ...(['buffer', 'encoding', 'encoder', 'decoder', 'readnl', 'errors', 'decoded_chars', 'pending_bytes'] as const),
  ...(['snapshot', 'raw', 'dict'] as const),
]);
add('_io._BytesIOBuffer', { source: 16 }, ['source']);
add('_tokenize.TokenizerIter', { readline: 16, encoding: 24, extra: 32, tokens: 40, error: 48 }, [
  ...(['readline', 'encoding', 'extra', 'tokens', 'error'] as const),
]);
add('_io.BytesIO', abi.bytesio, ['buf', 'dict']);
add('_io.StringIO', abi.stringio, ['writer_buffer', 'decoder', 'readnl', 'writenl', 'dict']);
add('_io.IncrementalNewlineDecoder', abi.nldecoder_object, ['decoder', 'errors']);
add('_io._IOBase _io._RawIOBase _io._BufferedIOBase _io._TextIOBase', abi.iobase, ['dict']);
add('_abc._abc_data', abi._abc_data, ['_abc_registry', '_abc_cache', '_abc_negative_cache']);
add('_thread.lock stderrprinter sys.legacy_event_handler', abi.PyObject, NONE);
layouts.set('pickle.PickleBuffer', {
  kind: Kind.fields,
  fields: [{ label: 'view.obj', offset: 16 + abi.Py_buffer.obj }],
});
layouts.set('_buffer_wrapper', {
  kind: Kind.fields,
  fields: [
    { label: 'mv', offset: 16 },
    { label: 'obj', offset: 24 },
  ],
});
add('odict_iterator', abi.odictiterobject, ['di_odict', 'di_result', 'di_current']);
add('keys values items', abi.PyHamtIterator, ['hi_obj']);
