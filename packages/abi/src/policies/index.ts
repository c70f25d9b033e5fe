// The policies by the name that `--python` takes, oldest first.
import type { Policy } from './policy.ts';
import { python38 } from './python38.ts';
import { python39 } from './python39.ts';
import { python310 } from './python310.ts';
import { python311 } from './python311.ts';
import { python312 } from './python312.ts';
import { python313 } from './python313.ts';
import { python3140 } from './python3140.ts';
import { python3145 } from './python3145.ts';

export type { Policy };

export const policies: Readonly<Record<string, Policy>> = {
  '3.8': python38,
  '3.9': python39,
  '3.10': python310,
  '3.11': python311,
  '3.12': python312,
  '3.13': python313,
  '3.14.0': python3140,
  '3.14.5': python3145,
};
export const defaultPolicy: Policy = python313;

/** The policy whose number stands in memory. */
export function policyOfNumber(number: number): Policy {
  return Object.values(policies).find((p) => p.number === number) ?? defaultPolicy;
}
