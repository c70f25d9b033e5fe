// TIME: a program is run once; then any moment of it can be gone to, forwards or backwards.
export type { Engine } from './engine.ts';
export { type Output, changesOutside } from './inputs/host.ts';
export { type InputLog, type LoggedRequest, NotRecorded } from './inputs/log.ts';
export type { Cursor } from './positions/cursor.ts';
export { BadMoment, parseMoment, type Place } from './positions/moments.ts';
export { Places, type ResolveOptions } from './positions/resolve.ts';
export { step, type StepUnit } from './positions/step.ts';
export type { Exceptions, Print } from './told.ts';
export { record, recordInSlices, type RecordSettings, type SliceSettings } from './record.ts';
export {
  type BadKind,
  BadRecording,
  type FileCodec,
  type Identity,
  type InputKind,
  type InputSummary,
  isRecording,
  type OpenOptions,
  RecordingFile,
  type WriteOptions,
  writeRecording,
  type Written,
} from './file/index.ts';
export { WrongContent } from './pages/checkpoints.ts';
export { type EvaluateOptions, evaluateIn, type Evaluation } from './evaluate.ts';
export { sourceOf } from './sources.ts';
export { type Divergence, type HistoryUse, Recording, type SeekEstimate, type Visitor } from './recording.ts';
export {
  type BlockPlace,
  english,
  glossary,
  type Holder,
  type ListName,
  type MessageKey,
  type Messages,
  type Phase,
  type PoolState,
  type Telling,
  type Thing,
  type Where,
  Words,
} from './words/index.ts';
export { type CollectionMoment, collectionMoments } from './events/collections.ts';
export { EVENT_KINDS, type EventKind, type Listed, type StretchEvent } from './events/event.ts';
export { difference, type Held, holdersOf } from './events/holders.ts';
export { birthOf, type Life, type LifeEvent, type LifeOptions, lifeOf } from './events/life.ts';
export { type Birth, type BirthOptions, type Births, birthsOf, SPANS } from './leaks/births.ts';
export type { Line, Site } from './leaks/sites.ts';
export { ASKED_FOR } from './events/collector.ts';
export type { Serials } from './serials.ts';
export { Naming, type NamingOptions, type Reference, type Scope, type SerialOf } from './events/naming.ts';
export { collectionsOf, eventsOf, type StretchOptions } from './events/stretch.ts';
