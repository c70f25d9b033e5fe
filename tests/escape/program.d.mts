export function hostileProgram(seed: number, ending?: 'normal' | 'raises'): string;
