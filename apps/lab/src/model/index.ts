/** Every view's model, by its name. */
import type { ViewId } from '../protocol.ts';
import type { Model } from './context.ts';
import { inspectorModel } from './inspector/inspector.ts';
import { pictureModel } from './picture/picture.ts';

export const models: Readonly<Partial<Record<ViewId, Model<unknown>>>> = {
  picture: pictureModel,
  inspector: inspectorModel,
};
