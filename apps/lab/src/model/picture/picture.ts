/** The stack and the heap at a moment: the same scene, places and drawing as `moult draw`. */
import { type PicturePart, pictureParts, RunPictures } from '@moult/picture';
import type { Ref, Say } from '../../protocol.ts';
import type { ModelContext, StageModel } from '../context.ts';
import { idOfRef } from '../refs.ts';
import { type Card, cardsOf } from './cards.ts';
import { causeOf } from './causes.ts';
import { type Found, search } from './search.ts';
import { sentenceOf } from './sentence.ts';

export type { Found } from './search.ts';

/** What the view keeps in the options. */
export interface PictureOwn {
  /** Cards that are open: ids as cards name them. */
  readonly open?: readonly string[];
  /** Objects drawn at most. */
  readonly limit?: number;
  readonly find?: string;
}
export interface PictureData {
  readonly say: Say;
  readonly width: number;
  readonly height: number;
  readonly parts: readonly PicturePart[];
  readonly cards: readonly Card[];
  /** So many arrows that those of no interest are faint. */
  readonly many: boolean;
  /** Where "Heap" stands; what the legend explains. */
  readonly legend: readonly ('reference' | 'removed' | 'changed' | 'new' | 'freed' | 'unreachable')[];
  readonly notes: readonly string[];
  /** There is more than the limit shows. */
  readonly more: boolean;
  readonly own: PictureOwn;
  readonly found: readonly Found[];
  readonly selected: Ref | null;
  readonly level: 'simple' | 'true';
}
export const DEFAULT_LIMIT = 60;

export function picturesOf(context: ModelContext, own: PictureOwn): RunPictures {
  const { level } = context.options;
  const open = new Set((own.open ?? []).map((id) => (id.startsWith('0x') || id === 'main' ? id : Number(id))));
  const limit = own.limit ?? DEFAULT_LIMIT;
  const lines = context.memo('run', 'source lines', () => context.program.source.split('\n'));
  const key = `pictures ${level} ${limit} ${[...open].sort().join(' ')}`;
  return context.memo('run', key, () => {
    const statement = (line: number): string | undefined => lines[line - 1];
    return new RunPictures(context.recording, { level, limit, open, statement });
  });
}

export const pictureModel: StageModel<PictureData> = (context) => {
  const own = (context.options.own.picture ?? {}) as PictureOwn;
  const pictures = picturesOf(context, own);
  const { at, before, unit } = context;
  const since = unit === 'instruction' ? at - 3 : unit === 'line' ? pictures.stepsBack(at, 3) : (before ?? at);
  const moment = pictures.at(at, {
    before,
    since,
    pinned: context.options.pinned.map(idOfRef),
    causeOf: (id, died) => causeOf(context, id, died).lines,
  });
  const { scene, cast, stack } = moment;
  const { width, height, layout, parts, many } = pictureParts(scene, { cast, stack, prefix: 'pic' });
  const cut = new Set(scene.unreachable.flatMap((u) => u.members));
  const legend: PictureData['legend'][number][] = layout.arrows.some((a) => !a.removed) ? ['reference'] : [];
  if (layout.arrows.some((a) => a.removed)) legend.push('removed');
  if (scene.objects.some((o) => o.countChange !== undefined)) legend.push('changed');
  if (cut.size > 0) legend.push('unreachable');
  if (scene.ghosts.length > 0) legend.push('freed');
  return {
    say: sentenceOf(context, moment),
    width,
    height,
    parts,
    cards: cardsOf(layout, cut),
    many,
    legend,
    notes: scene.notes,
    more: scene.notes.some((n) => n.startsWith('and ')),
    own,
    found: search(context, own.find ?? ''),
    selected: context.options.selected,
    level: context.options.level,
  };
};
