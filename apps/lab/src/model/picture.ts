/** The stack and the heap at a moment. */
import { picture, sceneOf } from '@moult/picture';
import type { Say } from '../protocol.ts';
import type { StageModel } from './context.ts';

export interface PictureData {
  readonly say: Say;
  readonly svg: string;
}

export const pictureModel: StageModel<PictureData> = (context) => {
  const scene = sceneOf(context.reader(), {
    level: context.options.level,
    frame: context.frame(),
    serialOf: (address) => context.recording.serials.of(context.reader(), address) || null,
  });
  return {
    say: { head: [`After ${context.at.toLocaleString('en-US')} instructions.`], why: [] },
    svg: picture(scene, { theme: null }),
  };
};
