/**
 * In the page this stands where the runtime's texts of Unicode names do: they come when a program asks for them, and it is run
 * again with them.
 */
interface NameTexts {
  readonly words: string;
  readonly names: string;
  readonly points: string;
  readonly ranges: string;
  readonly aliases: string;
}

const NONE: NameTexts = { words: '', names: '\n', points: '', ranges: '', aliases: '' };

let texts: NameTexts | null = null;
let asked = false;

export function nameTexts(): NameTexts {
  asked ||= texts === null;
  return texts ?? NONE;
}
export function giveNameTexts(given: NameTexts): void {
  texts = given;
  asked = false;
}
/** A program has asked and got nothing. */
export const nameTextsMissing = (): boolean => asked;
