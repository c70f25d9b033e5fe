export const PRELUDE: string;
export function makeProgram(seed: number): string;
