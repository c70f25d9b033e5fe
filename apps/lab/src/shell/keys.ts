/** Keys that work wherever the reader does not write. */
import { type StageView, STAGE_VIEWS } from '../protocol.ts';
import { go, runProgram, stepBy, toBreakpoint } from '../session/session.ts';
import { level, playing, run, selected, view } from '../session/state.ts';
import { views } from '../views/index.ts';
import { keysOpen } from './help.tsx';

function writes(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
/** A group of its own that arrows move inside of: tabs, a slider. */
function takesArrows(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="tablist"],[role="slider"],[data-arrows]') !== null;
}

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      runProgram();
      return;
    }
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.defaultPrevented ||
      writes(event.composedPath()[0] ?? null) ||
      keysOpen.value
    )
      return;
    if (act(event)) event.preventDefault();
  });
}

function act(event: KeyboardEvent): boolean {
  const { key, target } = event;
  if (key === '?') {
    keysOpen.value = true;
    return true;
  }
  if (/^[1-5]$/.test(key)) {
    const id = STAGE_VIEWS[Number(key) - 1] as StageView;
    if (views[id] !== undefined) view.value = id;
    return true;
  }
  if (key === '/') {
    const field = document.querySelector<HTMLInputElement>('.tools input');
    field?.focus();
    return field !== null;
  }
  if (key === 't' || key === 'T') {
    level.value = level.value === 'simple' ? 'true' : 'simple';
    return true;
  }
  if (run.value === null) return false;
  if ((key === 'ArrowRight' || key === 'ArrowLeft') && !takesArrows(target)) {
    const direction = key === 'ArrowRight' ? 1 : -1;
    if (event.shiftKey) stepBy(direction, 'call');
    else stepBy(direction);
    return true;
  }
  if (key === 'F8') {
    toBreakpoint(event.shiftKey ? -1 : 1);
    return true;
  }
  if (takesArrows(target)) return false;
  if (key === 'Home') go({ kind: 'place', text: 'start' });
  else if (key === 'End') go({ kind: 'moment', at: run.value.length });
  else if (key === ' ' && !(target instanceof HTMLButtonElement)) playing.value = !playing.value;
  else if (key === 'Escape') selected.value = null;
  else return false;
  return true;
}
