/** The reader's own text, kept where the browser keeps anything. */
import { effect } from '@preact/signals';
import type { Choice } from './programs.ts';
import { choices } from './programs.ts';
import { choiceId, draft, program, python } from './state.ts';
import { recall, remember } from './storage.ts';

const AFTER_MS = 400;

interface Kept {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly python: string;
}

function isKept(value: unknown): value is Kept {
  const kept = value as Partial<Record<keyof Kept, unknown>> | null;
  return (['id', 'name', 'source', 'python'] as const).every((field) => typeof kept?.[field] === 'string');
}

/** What was here last; null: nothing is kept. */
export function keptProgram(): Choice | null {
  let kept: unknown;
  try {
    kept = JSON.parse(recall('program') ?? 'null');
  } catch {
    return null;
  }
  if (!isKept(kept)) return null;
  if (/^3\.\d+(\.\d+)?$/.test(kept.python)) python.value = kept.python;
  const known = choices.find(({ id }) => id === kept.id);
  if (known !== undefined && known.source === kept.source) return known;
  return { id: 'own', group: '', title: kept.name, name: kept.name, source: kept.source, at: 'start' };
}

export function keepProgram(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const kept: Kept = { id: choiceId.value, name: program.value.name, source: draft.value, python: python.value };
    clearTimeout(timer);
    timer = setTimeout(() => remember('program', JSON.stringify(kept)), AFTER_MS);
  });
}
