// The policies by the name that `--python` takes.
import type { Policy } from './policy.ts';
import { python38 } from './python38.ts';
import { python313 } from './python313.ts';

export type { Policy };
export { python38, python313 };

export const policies: Readonly<Record<string, Policy>> = { '3.8': python38, '3.13': python313 };
export const defaultPolicy: Policy = python313;
