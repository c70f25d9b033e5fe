/** The tabs at the bottom of a narrow page. */
import type { JSX } from 'preact';
import { pane, view } from '../session/state.ts';
import { AllocatorTab, CodeTab, CollectorTab, ObjectTab, PictureTab } from './icons.tsx';

const TABS = [
  { id: 'code', word: 'Code', icon: CodeTab },
  { id: 'picture', word: 'Picture', icon: PictureTab },
  { id: 'object', word: 'Object', icon: ObjectTab },
  { id: 'collector', word: 'Collector', icon: CollectorTab },
  { id: 'allocator', word: 'Allocator', icon: AllocatorTab },
] as const;

export function PhoneTabs(): JSX.Element {
  const show = (id: (typeof TABS)[number]['id']): void => {
    pane.value = id;
    if (id === 'picture' || id === 'collector' || id === 'allocator') view.value = id;
  };
  return (
    <nav aria-label="Panes">
      <div class="phone-tabs" role="tablist" aria-label="Pane">
        {TABS.map(({ id, word, icon: Icon }) => (
          <button type="button" key={id} role="tab" aria-selected={pane.value === id} onClick={() => show(id)}>
            <Icon />
            {word}
          </button>
        ))}
      </div>
    </nav>
  );
}
