// Flags of types, methods and members (Include/object.h, methodobject.h, descrobject.h) and the numbers of slots' operations.

export const _Py_TPFLAGS_STATIC_BUILTIN = 2;
export const Py_TPFLAGS_HAVE_FINALIZE = 1;
export const Py_TPFLAGS_INLINE_VALUES = 4;
export const Py_TPFLAGS_MANAGED_WEAKREF = 8;
export const Py_TPFLAGS_MANAGED_DICT = 16;
export const Py_TPFLAGS_PREHEADER = 24;
export const Py_TPFLAGS_SEQUENCE = 32;
export const Py_TPFLAGS_MAPPING = 64;
export const Py_TPFLAGS_DISALLOW_INSTANTIATION = 0x80;
export const Py_TPFLAGS_IMMUTABLETYPE = 0x100;
export const Py_TPFLAGS_HEAPTYPE = 0x200;
export const Py_TPFLAGS_BASETYPE = 0x400;
export const Py_TPFLAGS_HAVE_VECTORCALL = 0x800;
export const Py_TPFLAGS_READY = 0x1000;
export const Py_TPFLAGS_READYING = 0x2000;
export const Py_TPFLAGS_HAVE_GC = 0x4000;
export const Py_TPFLAGS_HAVE_STACKLESS_EXTENSION = 0;
export const Py_TPFLAGS_METHOD_DESCRIPTOR = 0x20000;
export const Py_TPFLAGS_HAVE_VERSION_TAG = 0x40000;
export const Py_TPFLAGS_VALID_VERSION_TAG = 0x80000;
export const Py_TPFLAGS_IS_ABSTRACT = 0x100000;
export const _Py_TPFLAGS_MATCH_SELF = 0x400000;
export const Py_TPFLAGS_ITEMS_AT_END = 0x800000;
export const Py_TPFLAGS_LONG_SUBCLASS = 0x1000000;
export const Py_TPFLAGS_LIST_SUBCLASS = 0x2000000;
export const Py_TPFLAGS_TUPLE_SUBCLASS = 0x4000000;
export const Py_TPFLAGS_BYTES_SUBCLASS = 0x8000000;
export const Py_TPFLAGS_UNICODE_SUBCLASS = 0x10000000;
export const Py_TPFLAGS_DICT_SUBCLASS = 0x20000000;
export const Py_TPFLAGS_BASE_EXC_SUBCLASS = 0x40000000;
/** Bit 31: after a bitwise `&` compare with 0, the result is negative. */
export const Py_TPFLAGS_TYPE_SUBCLASS = 0x80000000;
export const Py_TPFLAGS_DEFAULT = 0;
/** Version tags of static builtin types lie below, those of other types at or above. */
export const _Py_TYPE_BASE_VERSION_TAG = 0x20000;
export const _Py_MAX_MANAGED_STATIC_BUILTIN_TYPES = 200;
export const _Py_MAX_MANAGED_STATIC_EXT_TYPES = 10;
export const MCACHE_SIZE_EXP = 12;

export const METH_VARARGS = 0x0001;
export const METH_KEYWORDS = 0x0002;
export const METH_NOARGS = 0x0004;
export const METH_O = 0x0008;
export const METH_CLASS = 0x0010;
export const METH_STATIC = 0x0020;
export const METH_COEXIST = 0x0040;
export const METH_FASTCALL = 0x0080;
export const METH_METHOD = 0x0200;

export const Py_T_SHORT = 0;
export const Py_T_INT = 1;
export const Py_T_LONG = 2;
export const Py_T_FLOAT = 3;
export const Py_T_DOUBLE = 4;
export const Py_T_STRING = 5;
export const _Py_T_OBJECT = 6;
export const Py_T_CHAR = 7;
export const Py_T_BYTE = 8;
export const Py_T_UBYTE = 9;
export const Py_T_USHORT = 10;
export const Py_T_UINT = 11;
export const Py_T_ULONG = 12;
export const Py_T_STRING_INPLACE = 13;
export const Py_T_BOOL = 14;
export const Py_T_OBJECT_EX = 16;
export const Py_T_LONGLONG = 17;
export const Py_T_ULONGLONG = 18;
export const Py_T_PYSSIZET = 19;
export const _Py_T_NONE = 20;
export const Py_READONLY = 1;
export const Py_AUDIT_READ = 2;
export const Py_RELATIVE_OFFSET = 8;

export const Py_LT = 0;
export const Py_LE = 1;
export const Py_EQ = 2;
export const Py_NE = 3;
export const Py_GT = 4;
export const Py_GE = 5;
export const comparisonSymbols: readonly string[] = ['<', '<=', '==', '!=', '>', '>='];

/** Of a vectorcall's nargsf: the slot before args[0] may be overwritten. */
export const PY_VECTORCALL_ARGUMENTS_OFFSET_BIT = 63;

export const PyBUF_MAX_NDIM = 64;
export const PyBUF_SIMPLE = 0;
export const PyBUF_WRITABLE = 0x0001;
export const PyBUF_FORMAT = 0x0004;
export const PyBUF_ND = 0x0008;
export const PyBUF_STRIDES = 0x0018;
export const PyBUF_C_CONTIGUOUS = 0x0038;
export const PyBUF_F_CONTIGUOUS = 0x0058;
export const PyBUF_ANY_CONTIGUOUS = 0x0098;
export const PyBUF_INDIRECT = 0x0118;
export const PyBUF_CONTIG = 0x0009;
export const PyBUF_CONTIG_RO = 0x0008;
export const PyBUF_FULL = 0x011d;
export const PyBUF_FULL_RO = 0x011c;
export const PyBUF_READ = 0x100;
export const PyBUF_WRITE = 0x200;

/** PyMemoryViewObject.flags and _PyManagedBufferObject.flags (Include/cpython/memoryobject.h). */
export const _Py_MEMORYVIEW_RELEASED = 0x001;
export const _Py_MEMORYVIEW_C = 0x002;
export const _Py_MEMORYVIEW_FORTRAN = 0x004;
export const _Py_MEMORYVIEW_SCALAR = 0x008;
export const _Py_MEMORYVIEW_PIL = 0x010;
export const _Py_MEMORYVIEW_RESTRICTED = 0x020;
export const _Py_MANAGED_BUFFER_RELEASED = 0x001;
export const _Py_MANAGED_BUFFER_FREE_FORMAT = 0x002;
