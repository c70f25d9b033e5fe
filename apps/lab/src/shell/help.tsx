/** The list of keys. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export const keysOpen = signal(false);

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['→', '←'], 'one step on, one step back'],
  [['Shift →', 'Shift ←'], 'one call on, one call back'],
  [['Home', 'End'], 'to the start, to the end'],
  [['F8', 'Shift F8'], 'to the next breakpoint, to the one before'],
  [['F9'], 'a breakpoint at the cursor (or point at a line number)'],
  [['Space'], 'play, pause'],
  [['1', '…', '5'], 'Picture, Collector, Allocator, Bytecode, Events'],
  [['/'], 'find an object'],
  [['T'], 'Simple or True'],
  [['Ctrl Enter'], 'run the program'],
  [['Esc'], 'leave the editor; clear the selection'],
  [['?'], 'this list'],
];

export function KeysDialog(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = keysOpen.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog class="keys" ref={dialog} aria-label="Keys" onClose={() => (keysOpen.value = false)}>
      <h2>Keys</h2>
      <dl>
        {KEYS.map(([keys, does]) => [
          <dt key={does}>
            {keys.map((key) => (
              <kbd class="kbd" key={key}>
                {key}
              </kbd>
            ))}
          </dt>,
          <dd key={`${does}.`}>{does}</dd>,
        ])}
      </dl>
      <button type="button" class="btn" onClick={() => (keysOpen.value = false)}>
        Close
      </button>
    </dialog>
  );
}
