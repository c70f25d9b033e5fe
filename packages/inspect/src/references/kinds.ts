// The ways in which the built-in part of an object holds references.
export const Kind = {
  /** Not known: the type is neither ours nor Python's. Its references cannot be told. */
  unknown: 0,
  /** Only the references at fixed offsets (perhaps none). */
  fields: 1,
  list: 2,
  tuple: 3,
  dict: 4,
  set: 5,
  type: 6,
  generator: 7,
  frame: 8,
  code: 9,
  hamtBitmap: 10,
  hamtArray: 11,
  hamtCollision: 12,
  deque: 13,
  orderedDict: 14,
  defaultDict: 15,
  lruCache: 16,
  template: 17,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];
