// The packed texts of the names. The page's build puts a module of its own in the place of this one, which has them only when a
// program asks: few do, and they are a third of the engine.
import { ALIASES, NAMES, POINTS, RANGES, WORDS } from './generated/names.ts';

export interface NameTexts {
  readonly words: string;
  readonly names: string;
  readonly points: string;
  readonly ranges: string;
  readonly aliases: string;
}

const TEXTS: NameTexts = { words: WORDS, names: NAMES, points: POINTS, ranges: RANGES, aliases: ALIASES };

export function nameTexts(): NameTexts {
  return TEXTS;
}
