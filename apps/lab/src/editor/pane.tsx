/** The program's pane: its text and what it prints. */
import { effect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { breakpoints, draft, edited, moment, pane, problem, program, width } from '../session/state.ts';
import { ProgramEditor } from './editor.ts';
import { NO_MARKS } from './marks.ts';
import { OutputPane } from './output.tsx';

function Editor(): JSX.Element {
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (room.current === null) return;
    const editor = new ProgramEditor(room.current, draft.peek(), {
      changed: (text) => {
        draft.value = text;
      },
      toggled: (line) => {
        const lines = breakpoints.value;
        breakpoints.value = lines.includes(line)
          ? lines.filter((n) => n !== line)
          : [...lines, line].sort((a, b) => a - b);
      },
    });
    const text = effect(() => editor.setText(draft.value));
    const marks = effect(() => {
      const now = moment.value;
      const wrong = problem.value;
      const error = wrong?.line == null || edited.value ? null : { line: wrong.line, message: wrong.message };
      const points = breakpoints.value;
      if (now === null || edited.value) editor.mark({ ...NO_MARKS, error, breakpoints: points });
      else {
        // an exception is shown from the moment on at which it was raised
        const shown = error !== null && (wrong?.kind === 'syntax' || now.at >= (wrong?.at ?? 0)) ? error : null;
        editor.mark({ ran: now.ran, next: now.next, notes: now.notes, error: shown, breakpoints: points });
      }
    });
    return () => {
      text();
      marks();
      editor.destroy();
    };
  }, []);
  return <div class="editor" ref={room} />;
}

export function ProgramPane(): JSX.Element {
  const lines = draft.value === '' ? 0 : draft.value.replace(/\n$/, '').split('\n').length;
  const narrow = width.value === 'narrow';
  return (
    <section class="pane left" aria-label="Program">
      {narrow && pane.value !== 'code' ? null : (
        <div class="bar">
          <span class="name">{program.value.name}</span>
          <span class="note">
            {lines} {lines === 1 ? 'line' : 'lines'}
            {edited.value ? ', edited since it ran' : ''}
          </span>
        </div>
      )}
      <Editor />
      {narrow && pane.value !== 'code' ? null : <OutputPane />}
    </section>
  );
}
