/** Every view, by its name. */
import type { ViewId } from '../protocol.ts';
import { allocatorView } from './allocator/allocator.ts';
import { bytecodeView } from './bytecode/bytecode.ts';
import { collectorView } from './collector/collector.ts';
import { eventsView } from './events/events.ts';
import { inspectorView } from './inspector/inspector.ts';
import { pictureView } from './picture/picture.ts';
import type { View } from './view.ts';

/** A view's data is what its model of the same name makes; only the two know its type. */
export const views: Readonly<Partial<Record<ViewId, View<never>>>> = {
  picture: pictureView,
  collector: collectorView,
  allocator: allocatorView,
  bytecode: bytecodeView,
  events: eventsView,
  inspector: inspectorView,
};
