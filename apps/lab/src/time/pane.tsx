/** The time strip: where the run stands, how it goes on, and the whole of it to move through. */
import { effect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { type Unit, UNITS } from '../protocol.ts';
import { go, stepBy, toBreakpoint } from '../session/session.ts';
import {
  breakpoints,
  edited,
  moment,
  phase,
  playing,
  problem,
  progress,
  run,
  speed,
  unit,
  width,
} from '../session/state.ts';
import { Back, Chevron, First, Forward, Last, Pause, Play } from '../shell/icons.tsx';
import { Scrubber } from './scrubber.tsx';

const WORDS: Readonly<Record<Unit, string>> = {
  instruction: 'Instruction',
  line: 'Line',
  call: 'Call',
  event: 'Event',
  phase: 'Phase',
};
const SPEEDS = [1, 2, 5, 10, 20];
const number = (n: number): string => n.toLocaleString('en-US');

/** Plays by stepping, each step when the last one is drawn; stops at the end. */
function usePlay(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = effect(() => {
      clearTimeout(timer);
      const now = moment.value;
      if (!playing.value || now === null || run.value === null) return;
      if (now.at >= run.value.length) {
        playing.value = false;
        return;
      }
      timer = setTimeout(() => stepBy(1), 1000 / speed.value);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
}

function where(): JSX.Element {
  const now = moment.value;
  if (now === null || run.value === null) {
    const n = progress.value.instructions;
    return <span class="third">{phase.value === 'running' ? `${number(n)} instructions so far` : 'No run yet'}</span>;
  }
  const of = `instruction ${number(now.at)} of ${number(run.value.length)}`;
  if (now.step === null || unit.value === 'instruction') return <b>{of.replace('i', 'I')}</b>;
  return (
    <>
      <b>
        Step {number(now.step.index)} of {number(now.step.of)}
      </b>
      <span class="third">{of}</span>
    </>
  );
}

function BackButton(): JSX.Element {
  const now = moment.value;
  return (
    <button type="button" class="btn" disabled={now?.before == null} onClick={() => stepBy(-1)}>
      <Back />
      Back
    </button>
  );
}
function StepButton(): JSX.Element {
  const now = moment.value;
  // one filled button a screen: Run is it before a run, and after an edit
  const main = now === null || edited.value ? 'btn' : 'btn main';
  const last = now === null || now.at >= (run.value?.length ?? 0);
  return (
    <button type="button" class={main} disabled={last} onClick={() => stepBy(1)}>
      Step
      <Forward />
    </button>
  );
}

function Buttons(): JSX.Element {
  if (width.value === 'narrow') {
    return (
      <div class="row steps">
        <BackButton />
        <Units />
        <StepButton />
      </div>
    );
  }
  const none = moment.value === null;
  const end = run.value?.length ?? 0;
  return (
    <div class="row">
      <button
        type="button"
        class="btn icon"
        aria-label="To the start"
        disabled={none}
        onClick={() => go({ kind: 'place', text: 'start' })}
      >
        <First />
      </button>
      <BackButton />
      <StepButton />
      <button
        type="button"
        class="btn icon"
        aria-label="To the end"
        disabled={none}
        onClick={() => go({ kind: 'moment', at: end })}
      >
        <Last />
      </button>
      <span class="grow" />
      <button
        type="button"
        class="btn icon"
        aria-label={playing.value ? 'Pause' : 'Play'}
        disabled={none}
        onClick={() => (playing.value = !playing.value)}
      >
        {playing.value ? <Pause /> : <Play />}
      </button>
    </div>
  );
}

function Units(): JSX.Element {
  if (width.value === 'narrow') {
    return (
      <span class="pick">
        <select
          aria-label="Step by"
          value={unit.value}
          onChange={(event) => (unit.value = event.currentTarget.value as Unit)}
        >
          {UNITS.map((id) => (
            <option key={id} value={id}>
              By {WORDS[id].toLowerCase()}
            </option>
          ))}
        </select>
        <Chevron />
      </span>
    );
  }
  return (
    <fieldset class="seg units">
      <legend class="only-heard">Step by</legend>
      {UNITS.map((id) => (
        <button type="button" key={id} aria-pressed={unit.value === id} onClick={() => (unit.value = id)}>
          {WORDS[id]}
        </button>
      ))}
    </fieldset>
  );
}

export function TimeStrip(): JSX.Element {
  usePlay();
  const end = problem.value;
  const raised = run.value?.exceptions ?? [];
  return (
    <section class="time" aria-label="Time">
      <div class="time-controls">
        <Buttons />
        {width.value === 'narrow' ? null : <Units />}
        <div class="row where">
          {where()}
          <span class="grow" />
          {raised.length > 0 ? (
            <button type="button" class="link" onClick={() => go({ kind: 'place', text: 'exception' })}>
              {end?.kind === 'exception' ? 'to the exception' : 'last exception'}
            </button>
          ) : null}
          {breakpoints.value.length > 0 && moment.value !== null ? (
            <button type="button" class="link" title="F8; back: Shift F8" onClick={() => toBreakpoint(1)}>
              breakpoint
            </button>
          ) : null}
          {playing.value ? (
            <select
              aria-label="Steps per second"
              value={speed.value}
              onChange={(event) => (speed.value = Number(event.currentTarget.value))}
            >
              {SPEEDS.map((n) => (
                <option key={n} value={n}>
                  {n} steps/s
                </option>
              ))}
            </select>
          ) : null}
        </div>
      </div>
      <Scrubber />
    </section>
  );
}
