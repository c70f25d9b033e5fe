// WORDS: an address → what it is, over the bytes of any CPython 3.13 process.
export { AddressTable } from './addressTable.ts';
export { audit, type AuditOptions, type AuditReport, auditText, type Difference } from './audit.ts';
export {
  BadName,
  type Key,
  type ObjectName,
  objectNameText,
  parseObjectName,
  type Step,
  stepText,
} from './names/parse.ts';
export { attributeName, pythonName } from './names/fields.ts';
export { mainDict, type Scope, walkName } from './names/walk.ts';
export { blockOf, isCollectable, isFinalized, isImmortal, isTracked, refcount, typeName } from './object.ts';
export { bodySize, type Buffer, buffersOf, keysSize, sizeOf, valuesSize } from './size.ts';
export { NotAnObject, Reader } from './reader.ts';
export { type Block, objectAt, type ObjectFacts } from './facts.ts';
export { type Field, fieldsOf, type FieldOptions } from './fields/fields.ts';
export { framesOf, visitFrame } from './references/frames.ts';
export { labelText, type Reference, referencesOf } from './references/labels.ts';
export { type HoldersOf, type Holding, phraseOf } from './references/phrases.ts';
export { typeDict } from './references/types.ts';
export { visitKeysTable } from './references/containers.ts';
export { visitReferences } from './references/visit.ts';
export type { ReferenceVisitor } from './references/visitor.ts';
export { internedKeys, reachable } from './reach.ts';
export { type Place, placeText, type Root, rootsOf, type RootVisitor, visitRoots } from './roots.ts';
export { engineTarget, processTarget, type Target, threadsOf } from './target.ts';
export type { TypeInfo } from './types.ts';
export { type Attribute, attributesOf, instanceDict } from './values/attributes.ts';
export { type DictEntry, dictEntries, dictGet, listItems, setItems, tupleItems } from './values/containers.ts';
export { ownName } from './values/called.ts';
export { classText, describe, frameText, hex, nameText } from './values/describe.ts';
export { type FrameInfo, frameInfo, lineAt, type Local } from './values/frames.ts';
export { decodeComplex, decodeFloat, decodeInt } from './values/number.ts';
export { bytesRepr, decodeBytes, decodeStr, stringShape, strRepr } from './values/text.ts';
export { collectorStats, type GenerationStats } from './walk/collectorStats.ts';
export { type GenerationInfo, generations, generationHeads, trackedObjects } from './walk/generations.ts';
export { internedStrings, type InternedString, type InternState } from './walk/strings.ts';
export { stacksOf, type ThreadStack } from './walk/stacks.ts';
export { subclassesOf, typesOf } from './walk/types.ts';
export { totalReferences } from './total.ts';
export { blocksInUse, type BlockUse, type Census, census, type Unexplained } from './census.ts';
export { type CheckOptions, checkAllocator, checkHeap, type Finding, findingsText } from './checkHeap.ts';
export type { Change, IdentityOf, LabelledHolder, Move } from './incremental/differences.ts';
export { disagreements } from './incremental/crossCheck.ts';
export { IncrementalAudit, type IncrementalOptions, type IncrementalReport } from './incremental/incrementalAudit.ts';
export type { SameBytes } from './incremental/shadow.ts';
export { histogram, type TypeCount } from './histogram.ts';
export {
  type Arena,
  arenaSizeOf,
  arenas,
  freeBlocks,
  type Pool,
  poolAt,
  poolSizeOf,
  type PoolState,
  poolsOf,
  sizeClasses,
  type SizeClassUse,
  usedBlocks,
} from './walk/pools.ts';
