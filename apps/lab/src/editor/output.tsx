/** What the program has printed up to the moment, and lines for input(). */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { go, typeLine } from '../session/session.ts';
import { moment, phase, prints, problem, run } from '../session/state.ts';

export function OutputPane(): JSX.Element {
  const end = useRef<HTMLDivElement>(null);
  const now = moment.value;
  const shown = now === null ? prints.value : prints.value.slice(0, now.printed);
  const last = shown.length;
  useEffect(() => {
    const room = end.current?.parentElement;
    if (room) room.scrollTop = room.scrollHeight;
  }, [last]);
  const asks = problem.value?.kind === 'input' && now !== null && now.at >= (run.value?.length ?? 0);
  const type = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem('line') as HTMLInputElement;
    typeLine(field.value);
    field.value = '';
  };
  return (
    <section class="output" aria-label="Output">
      <div class="bar">
        <span class="name">Output</span>
        <span class="note">{outputNote(last)}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <div class="term" tabIndex={0} role="log" aria-label="What the program has printed">
        {shown.map(({ at, fd, text, line }, k) => (
          <div class={fd === 2 ? 'printed wrong' : 'printed'} key={k}>
            <span>{text.replace(/\n$/, '')}</span>
            {line === null ? null : (
              <button type="button" class="link" onClick={() => go({ kind: 'moment', at })}>
                line {line}
              </button>
            )}
          </div>
        ))}
        {asks ? (
          <form class="input" onSubmit={type}>
            <label class="only-heard" for="typed-line">
              A line for input()
            </label>
            <input id="typed-line" name="line" autocomplete="off" placeholder="a line for input()" />
            <button type="submit" class="btn small">
              Enter
            </button>
          </form>
        ) : null}
        <div ref={end} />
      </div>
    </section>
  );
}

function outputNote(last: number): string {
  if (phase.value === 'running') return 'running';
  const all = prints.value.length;
  if (all === 0) return run.value === null ? '' : 'the program prints nothing';
  if (last === 0) return 'nothing yet';
  return last < all ? 'up to here' : '';
}
