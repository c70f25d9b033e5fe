/** Every view's model, by its name. */
import type { ViewId } from '../protocol.ts';
import type { Model } from './context.ts';
import { allocatorModel } from './allocator/allocator.ts';
import { bytecodeModel } from './bytecode/bytecode.ts';
import { collectorModel } from './collector/collector.ts';
import { eventsModel } from './events/events.ts';
import { inspectorModel } from './inspector/inspector.ts';
import { pictureModel } from './picture/picture.ts';

export const models: Readonly<Partial<Record<ViewId, Model<unknown>>>> = {
  picture: pictureModel,
  collector: collectorModel,
  allocator: allocatorModel,
  bytecode: bytecodeModel,
  events: eventsModel,
  inspector: inspectorModel,
};
