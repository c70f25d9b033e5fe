export const ANSWERS: string;
export function digest(text: string): string;
export function answerText(result: { stdout: string; stderr: string; exitCode: number }, path: string): string;
export function readAnswers(): Record<string, { source: string; answer: string }> | null;
