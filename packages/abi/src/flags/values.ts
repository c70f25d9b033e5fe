// Encodings inside objects: counts, ints, strings, dicts, sets, hashes; and the constants of the collector and the allocator
// (Include/object.h, longintrepr.h, unicodeobject.h, pyhash.h, Include/internal/pycore_dict.h, pycore_gc.h, pycore_obmalloc.h).

/** PEP 683: an object is immortal when the low 32 bits of its count, as an int32, are negative. */
export const _Py_IMMORTAL_REFCNT = 0xffffffff;

export const PyLong_SHIFT = 30;
export const PyLong_BASE = 0x40000000;
export const PyLong_MASK = 0x3fffffff;
export const _PyLong_DECIMAL_SHIFT = 9;
export const _PyLong_DECIMAL_BASE = 1000000000;
/** lv_tag: the sign (0 positive, 1 zero, 2 negative) in bits 0-1, the number of digits from bit 3. */
export const _PyLong_SIGN_MASK = 3;
export const SIGN_ZERO = 1;
export const SIGN_NEGATIVE = 2;
export const _PyLong_NON_SIZE_BITS = 3;
export const _PyLong_FALSE_TAG = 1;
export const _PyLong_TRUE_TAG = 8;
export const _PY_NSMALLPOSINTS = 257;
export const _PY_NSMALLNEGINTS = 5;
export const _PY_LONG_DEFAULT_MAX_STR_DIGITS = 4300;
export const _PY_LONG_MAX_STR_DIGITS_THRESHOLD = 640;

/** PyASCIIObject.state: interned in bits 0-1, kind 2-4, compact 5, ascii 6, statically_allocated 7. */
export const SSTATE_NOT_INTERNED = 0;
export const SSTATE_INTERNED_MORTAL = 1;
export const SSTATE_INTERNED_IMMORTAL = 2;
export const SSTATE_INTERNED_IMMORTAL_STATIC = 3;
export const UNICODE_INTERNED_MASK = 0x03;
export const UNICODE_KIND_SHIFT = 2;
export const UNICODE_KIND_MASK = 0x1c;
export const UNICODE_COMPACT = 0x20;
export const UNICODE_ASCII = 0x40;
export const UNICODE_STATICALLY_ALLOCATED = 0x80;
export const PyUnicode_1BYTE_KIND = 1;
export const PyUnicode_2BYTE_KIND = 2;
export const PyUnicode_4BYTE_KIND = 4;

export const DICT_KEYS_GENERAL = 0;
export const DICT_KEYS_UNICODE = 1;
export const DICT_KEYS_SPLIT = 2;
export const DKIX_EMPTY = -1;
export const DKIX_DUMMY = -2;
export const DKIX_ERROR = -3;
export const DKIX_KEY_CHANGED = -4;
export const PyDict_LOG_MINSIZE = 3;
export const PyDict_MINSIZE = 8;
export const PERTURB_SHIFT = 5;
export const SHARED_KEYS_MAX_SIZE = 30;
export const DICT_MAX_WATCHERS = 8;
export const DICT_WATCHED_MUTATION_BITS = 4;
/** The step of ma_version_tag: the low 12 bits are watchers' and mutation counts'. */
export const DICT_VERSION_INCREMENT = 0x1000;

export const PySet_MINSIZE = 8;
/** Set look-ups probe this many slots after the first before they jump. */
export const LINEAR_PROBES = 9;

export const PyHASH_MULTIPLIER = 1000003;
export const PyHASH_BITS = 61;
export const PyHASH_INF = 314159;
export const PyHASH_IMAG = 1000003;

/** _gc_prev: bit 0 finalized, bit 1 collecting, from bit 2 the previous head (or, in a collection, the count copied). */
export const _PyGC_PREV_MASK_FINALIZED = 1;
export const _PyGC_PREV_MASK_COLLECTING = 2;
export const _PyGC_PREV_SHIFT = 2;
export const NEXT_MASK_UNREACHABLE = 1;
export const NUM_GENERATIONS = 3;
export const _PyGC_DEBUG_STATS = 1;
export const _PyGC_DEBUG_COLLECTABLE = 2;
export const _PyGC_DEBUG_UNCOLLECTABLE = 4;
export const _PyGC_DEBUG_SAVEALL = 32;
export const _PyGC_DEBUG_LEAK = 38;

/** Where a managed dict and a managed weakref list lie before the object. */
export const MANAGED_DICT_OFFSET = -24;
export const MANAGED_WEAKREF_OFFSET = -32;

export const ALIGNMENT = 16;
export const ALIGNMENT_SHIFT = 4;
export const SMALL_REQUEST_THRESHOLD = 512;
export const NB_SMALL_SIZE_CLASSES = 32;
export const ARENA_BITS = 20;
export const ARENA_SIZE = 0x100000;
export const POOL_BITS = 14;
export const POOL_SIZE = 0x4000;
export const MAX_POOLS_IN_ARENA = 64;
export const POOL_OVERHEAD = 48;
export const DUMMY_SIZE_IDX = 0xffff;
export const INITIAL_ARENA_OBJECTS = 16;
export const OBMALLOC_USED_POOLS_SIZE = 64;
/** The three-level radix tree over arena addresses: all 64 bits of an address index it, none is ignored. */
export const POINTER_BITS = 64;
export const MAP_TOP_BITS = 15;
export const MAP_MID_BITS = 15;
export const MAP_BOT_BITS = 14;
export const MAP_BOT_SHIFT = 20;
export const MAP_MID_SHIFT = 34;
export const MAP_TOP_SHIFT = 49;

export const PyTuple_MAXSAVESIZE = 20;
export const PyTuple_MAXFREELIST = 2000;
export const PyList_MAXFREELIST = 80;
export const PyDict_MAXFREELIST = 80;
export const PyFloat_MAXFREELIST = 100;
export const PyContext_MAXFREELIST = 255;
export const _PyAsyncGen_MAXFREELIST = 80;
export const _PyObjectStackChunk_MAXFREELIST = 4;
