/**
 * Where the allocators keep their state: struct _obmalloc_state at OBMALLOC_STATE (the layout of CPython 3.13's
 * pycore_obmalloc.h; a test compares it with the generated records of packages/abi), and our own words at ALLOC_STATE.
 * Plain numbers, so that V8 folds them into the addresses of the hot path.
 */

/** struct _obmalloc_state */
export const OBMALLOC = 0x420000;
export const USEDPOOLS = OBMALLOC;
export const ARENAS = OBMALLOC + 512;
export const MAXARENAS = OBMALLOC + 520;
export const UNUSED_ARENA_OBJECTS = OBMALLOC + 528;
export const USABLE_ARENAS = OBMALLOC + 536;
export const NFP2LASTA = OBMALLOC + 544;
export const NARENAS_CURRENTLY_ALLOCATED = OBMALLOC + 1064;
export const NTIMES_ARENA_ALLOCATED = OBMALLOC + 1072;
export const NARENAS_HIGHWATER = OBMALLOC + 1080;
export const RAW_ALLOCATED_BLOCKS = OBMALLOC + 1088;
export const ARENA_MAP_ROOT = OBMALLOC + 1096;
export const ARENA_MAP_MID_COUNT = OBMALLOC + 263240;
export const ARENA_MAP_BOT_COUNT = OBMALLOC + 263244;
export const OBMALLOC_END = OBMALLOC + 263248;

/** struct pool_header */
export const POOL_COUNT = 0;
export const POOL_FREEBLOCK = 8;
export const POOL_NEXT = 16;
export const POOL_PREV = 24;
export const POOL_ARENAINDEX = 32;
export const POOL_SZIDX = 36;
export const POOL_NEXTOFFSET = 40;
export const POOL_MAXNEXTOFFSET = 44;
export const POOL_OVERHEAD = 48;

/** struct arena_object */
export const ARENA_ADDRESS = 0;
export const ARENA_POOL_ADDRESS = 8;
export const ARENA_NFREEPOOLS = 16;
export const ARENA_NTOTALPOOLS = 20;
export const ARENA_FREEPOOLS = 24;
export const ARENA_NEXT = 32;
export const ARENA_PREV = 40;
export const ARENA_OBJECT_SIZE = 48;

export const ALIGNMENT = 16;
export const SMALL_REQUEST_THRESHOLD = 512;
export const NB_SMALL_SIZE_CLASSES = 32;
export const INITIAL_ARENA_OBJECTS = 16;
export const DUMMY_SIZE_IDX = 0xffff;
/** With 1 MiB arenas of 16 KiB pools and with 256 KiB arenas of 4 KiB pools alike. */
export const MAX_POOLS_IN_ARENA = 64;
export const MAP_MID_SIZE = 262144;
export const MAP_BOT_SIZE = 131072;

/** Our own words, 32 KiB at ALLOC_STATE. The policy: */
const S = 0x408000;
export const POOL_SIZE_WORD = S;
export const ARENA_SIZE_WORD = S + 4;
export const RADIX_TREE_WORD = S + 8;
export const LIMIT_WORD = S + 12;
export const KEEP_EMPTY_WORD = S + 64;
/** What PYTHONMALLOC chose (allocators.ts). */
export const ALLOCATOR_WORD = S + 68;
/**
 * The largest request that pymalloc serves at once: 512, or -1 while every allocation is to be reported to tracemalloc
 * (the fast paths then fail); whether tracemalloc is on; the numbers of its natives that add and remove a trace.
 */
export const SMALL_LIMIT_WORD = S + 72;
export const TRACING_WORD = S + 76;
export const TRACE_ADD_WORD = S + 80;
export const TRACE_REMOVE_WORD = S + 84;
/** The raw heap: its end (the break), its top chunk, the end of the bytes ever written, the segments behind the break. */
export const BRK_WORD = S + 16;
export const TOP_WORD = S + 20;
export const TOP_HIGH_WORD = S + 24;
export const SEGMENTS_WORD = S + 28;
/** The mmap region: its end, the highest end so far, the address-ordered list of free ranges. */
export const MMAP_TOP_WORD = S + 32;
export const MMAP_HIGH_WORD = S + 36;
export const MMAP_FREE_WORD = S + 40;
/** Accounting, in bytes and blocks. */
export const RAW_BYTES_WORD = S + 44;
export const MMAP_BYTES_WORD = S + 48;
export const PEAK_BYTES_WORD = S + 52;
export const SEGMENT_BYTES_WORD = S + 56;
export const RAW_BLOCKS_WORD = S + 60;
/** One bit a free bin, then a list head a bin. */
export const BIN_BITS = S + 0x100;
export const BIN_WORDS = 7;
export const BINS = S + 0x200;
export const BIN_COUNT = 216;
/** One byte a MiB of address space: 1 where a 1 MiB arena lies. What the tree of arena_map says, in one load. */
export const ARENA_BYTES = S + 0x1000;
export const ARENA_BYTES_END = ARENA_BYTES + 2048;

export interface MemoryPolicy {
  readonly poolSize: number;
  readonly arenaSize: number;
  /** Arenas are found by the radix tree (3.10 and later); otherwise by the arena index in the pool's header. */
  readonly radixTree: boolean;
  /** The last usable arena stays when it gets empty (3.9 and later). */
  readonly keepEmptyArena: boolean;
  /** Bytes in use by arenas and raw blocks together, above which an allocation fails. */
  readonly memoryLimit: number;
}

export const DEFAULT_MEMORY_LIMIT = 0x40000000;
export const MEMORY_POLICY_3_10: MemoryPolicy = {
  poolSize: 0x4000,
  arenaSize: 0x100000,
  radixTree: true,
  keepEmptyArena: true,
  memoryLimit: DEFAULT_MEMORY_LIMIT,
};
export const MEMORY_POLICY_3_8: MemoryPolicy = {
  poolSize: 0x1000,
  arenaSize: 0x40000,
  radixTree: false,
  keepEmptyArena: false,
  memoryLimit: DEFAULT_MEMORY_LIMIT,
};
export const MEMORY_POLICY_3_9: MemoryPolicy = { ...MEMORY_POLICY_3_8, keepEmptyArena: true };
