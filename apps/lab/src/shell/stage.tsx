/** The stage: tabs of the views, the sentence of the moment, the view itself. */
import { effect } from '@preact/signals';
import { Fragment, type JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type Piece, type Say, STAGE_VIEWS, type StageView } from '../protocol.ts';
import { actions } from '../session/session.ts';
import { hovered, moment, phase, problem, progress, run, trouble, view, width } from '../session/state.ts';
import { views } from '../views/index.ts';
import type { Mounted, View } from '../views/view.ts';
import { asideRoom } from './aside.tsx';

export const plainText = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : 'code' in piece ? piece.code : piece.text)).join('');

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }): JSX.Element {
  return (
    <>
      {pieces.map((piece, k) => {
        if (typeof piece === 'string') return <Fragment key={k}>{piece}</Fragment>;
        if ('code' in piece) return <code key={k}>{piece.code}</code>;
        return (
          <button type="button" key={k} class="link" onClick={() => actions.select(piece.ref)}>
            {piece.text}
          </button>
        );
      })}
    </>
  );
}

/** What the sentence strip says where there is no moment. */
function idleWords(): { head: string; why: string } {
  const n = progress.value.instructions;
  switch (phase.value) {
    case 'loading':
      return { head: 'Loading the engine.', why: 'A Python process will live in this page; nothing is sent anywhere.' };
    case 'broken':
      return { head: 'The engine could not be started.', why: trouble.value };
    case 'running':
      return {
        head: n === 0 ? 'Running.' : `Running: ${n.toLocaleString('en-US')} instructions so far.`,
        why: 'The run is recorded. Stop keeps what has run.',
      };
    case 'ran':
      return { head: 'Looking at the run.', why: 'Its first moment is on its way.' };
    default:
      return {
        head: 'Nothing has run yet.',
        why: trouble.value || 'Run the program to see its memory, step by step, both ways.',
      };
  }
}

/** What a run that did not end as it should says at its end; null: there is nothing wrong, or it is not the end. */
export function sayOfEnd(at: number): Say | null {
  const wrong = problem.value;
  if (wrong === null || at < (run.value?.length ?? 0)) return null;
  const [head = '', ...rest] = wrong.message.split(/(?<=\.) /);
  const why = rest.join(' ');
  switch (wrong.kind) {
    case 'exception':
      return {
        head: ['The program ended by an exception: ', { code: wrong.message }],
        why: [wrong.line === null ? 'Nothing caught it.' : `Line ${wrong.line} raised it, and nothing caught it.`],
      };
    case 'syntax':
      return {
        head: ['The program was not run: ', { code: wrong.message }],
        why: [
          wrong.line === null
            ? 'Change it and run it.'
            : `Line ${wrong.line} cannot be read. Change it and run the program.`,
        ],
      };
    default:
      return { head: [head], why: [why] };
  }
}

function Sentence(): JSX.Element {
  const now = moment.value;
  if (now === null) {
    const { head, why } = idleWords();
    return (
      <div class="say">
        <h1>{head}</h1>
        <p>{why}</p>
      </div>
    );
  }
  const say = sayOfEnd(now.at) ?? now.say;
  const why = trouble.value === '' ? say.why : [trouble.value];
  return (
    <div class="say">
      <h1 title={plainText(say.head)}>
        <Pieces pieces={say.head} />
      </h1>
      <p title={plainText(why)}>
        <Pieces pieces={why} />
      </p>
    </div>
  );
}

function Tabs(): JSX.Element {
  const onKeyDown = (event: KeyboardEvent): void => {
    const shown = STAGE_VIEWS.filter((id) => views[id] !== undefined);
    const move = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (move === 0) return;
    event.preventDefault();
    event.stopPropagation();
    view.value = shown[(shown.indexOf(view.value) + move + shown.length) % shown.length] ?? 'picture';
    document.getElementById(`tab-${view.value}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="View" onKeyDown={onKeyDown}>
      {STAGE_VIEWS.map((id) => {
        const shown = views[id];
        if (shown === undefined) return null;
        const on = view.value === id;
        return (
          <button
            type="button"
            key={id}
            id={`tab-${id}`}
            class="tab"
            role="tab"
            aria-selected={on}
            aria-controls="stage-room"
            tabIndex={on ? 0 : -1}
            onClick={() => (view.value = id)}
          >
            {shown.title}
          </button>
        );
      })}
    </div>
  );
}

/** Keeps the view of the stage mounted and gives it each moment's data. */
function useStageView(
  room: { readonly current: HTMLElement | null },
  tools: { readonly current: HTMLElement | null },
): void {
  useEffect(() => {
    let mounted: { readonly id: StageView; readonly aside: HTMLElement | null; readonly is: Mounted<never> } | null =
      null;
    const leave = (): void => {
      mounted?.is.destroy();
      mounted = null;
      room.current?.replaceChildren();
      tools.current?.replaceChildren();
    };
    const follow = effect(() => {
      const id = view.value;
      const shown = views[id] as View<never> | undefined;
      const data = moment.value?.data[id] as never | undefined;
      const aside = shown?.aside === undefined ? null : asideRoom.value;
      if (mounted !== null && (mounted.id !== id || mounted.aside !== aside)) leave();
      if (shown === undefined || data === undefined || room.current === null || tools.current === null) {
        if (moment.value === null) leave();
        return;
      }
      if (mounted !== null) mounted.is.update(data);
      else {
        const rooms = { stage: room.current, tools: tools.current, aside };
        mounted = { id, aside, is: shown.mount(rooms, data, actions) };
      }
    });
    const point = effect(() => mounted?.is.hover(hovered.value));
    return () => {
      follow();
      point();
      leave();
    };
  }, []);
}

export function Stage(): JSX.Element {
  const room = useRef<HTMLDivElement>(null);
  const tools = useRef<HTMLDivElement>(null);
  useStageView(room, tools);
  return (
    <section class="pane stage" aria-label="Stage">
      {width.value === 'narrow' ? (
        <div hidden ref={tools} />
      ) : (
        <div class="bar">
          <Tabs />
          <span class="grow" />
          <div class="tools" ref={tools} />
        </div>
      )}
      <Sentence />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <div class="room" id="stage-room" role="tabpanel" tabIndex={0} aria-labelledby={`tab-${view.value}`} ref={room} />
    </section>
  );
}
