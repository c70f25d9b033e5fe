export { english, glossary, type MessageKey, type Messages } from './english.ts';
export { Words } from './say.ts';
export type { BlockPlace, Holder, ListName, Phase, PoolState, Telling, Thing, Where } from './telling.ts';
