// NUMBERS: what CPython 3.13 lays out and names, as plain constants. Imports nothing.
export * from './generated/structs.ts';
export { type Member, members, type Sort } from './generated/members.ts';
export * from './generated/identifiers.ts';
export * from './generated/opcodes.ts';
export * from './opcodes.ts';
export * from './monitoring.ts';
export * from './flags/types.ts';
export * from './flags/code.ts';
export * from './flags/values.ts';
export * from './memory.ts';
export * from './sre.ts';
export { opcodeSentences, sentenceOf } from './opcodeSentences.ts';
export { defaultPolicy, policies, policyOfNumber, type Policy } from './policies/index.ts';
