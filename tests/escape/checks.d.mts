export function rawIn(text: string): string | null;
export function spoofedIn(text: string): string | null;
export function longLineIn(text: string): string | null;
export function wrongMarkupIn(svg: string): string | null;
export function formulasIn(csv: string): string[];
