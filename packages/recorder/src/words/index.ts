export { english, type MessageKey, type Messages } from './english.ts';
export { Words } from './say.ts';
export type { Holder, Phase, PoolState, Telling, Thing, Where } from './telling.ts';
