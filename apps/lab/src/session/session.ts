/** What can be done on the page, in one place: components and keys call these. */
import { batch, effect, untracked } from '@preact/signals';
import type { StageView, Target, Unit, ViewId, ViewOptions } from '../protocol.ts';
import type { Actions } from '../views/view.ts';
import { views } from '../views/index.ts';
import { type Answer, Client } from './client.ts';
import { type Choice, choices, EMPTY } from './programs.ts';
import * as state from './state.ts';

const LIMITS = { instructions: 100_000_000, milliseconds: 60_000, memory: 512 << 20 };
/** Stop waits so long for the worker; one that sits in a native call is ended then. */
const STOP_WAIT = 1500;

/** Where the next run, and the present one, is opened. */
let nextAt = 'start';
let openAt = 'start';

const client = new Client(hear);

function optionsNow(): ViewOptions {
  return {
    level: state.level.value,
    unit: state.unit.value,
    selected: state.selected.value,
    pinned: state.pinned.value,
    narrow: state.width.value === 'narrow',
    own: state.own.value,
  };
}

/** The views that are on the page now. */
export function visibleViews(): ViewId[] {
  const stage = state.view.value;
  const narrow = state.width.value === 'narrow';
  if (narrow && state.pane.value === 'object') return ['inspector', stage];
  const inspector =
    views[stage]?.aside === undefined &&
    !narrow &&
    (state.width.value === 'wide' ? state.inspectorOpen.value : state.drawer.value);
  return inspector ? [stage, 'inspector'] : [stage];
}

function hear(answer: Answer): void {
  switch (answer.kind) {
    case 'progress':
      state.progress.value = { instructions: answer.instructions, milliseconds: answer.milliseconds };
      return;
    case 'printed':
      state.prints.value = answer.prints;
      return;
    case 'ran':
      batch(() => {
        state.run.value = answer.run;
        state.prints.value = answer.run.prints;
        state.strip.value = null;
        state.phase.value = 'ran';
      });
      go(openAt === 'end' ? { kind: 'moment', at: answer.run.length } : { kind: 'place', text: openAt });
      return;
    case 'strip':
      state.strip.value = answer.strip;
      return;
    case 'moment':
      batch(() => {
        state.trouble.value = '';
        state.moment.value = answer.moment;
      });
      return;
    case 'failed':
      batch(() => {
        state.trouble.value = answer.message;
        if (state.phase.value === 'running') state.phase.value = 'idle';
        // the first moment is shown even if the wished one is not there
        if (state.moment.value === null && state.run.value !== null) go({ kind: 'moment', at: 0 });
      });
  }
}

export function go(to?: Target): void {
  if (state.run.value === null) return;
  client.show({ ...(to === undefined ? {} : { to }), views: visibleViews(), options: optionsNow() });
}
export function stepBy(direction: 1 | -1, unit: Unit = state.unit.value): void {
  go({ kind: 'step', unit, direction, count: 1 });
}

export function toBreakpoint(direction: 1 | -1): void {
  const lines = state.breakpoints.value;
  if (lines.length > 0) go({ kind: 'breakpoint', direction, lines });
}

/** Writes a call behind the line that has run: the reader runs the program with it. */
function write(code: string): void {
  const lines = state.draft.value.split('\n');
  const line = Math.min(state.moment.value?.ran ?? lines.length, lines.length);
  const before = lines[line - 1] ?? '';
  const model = before.trimEnd().endsWith(':') ? (lines[line] ?? '') : before;
  const imported = /^\s*import\b.*\bgc\b/m.test(state.draft.value);
  const call = imported ? code.replace(/^import gc; /, '') : code;
  lines.splice(line, 0, `${/^\s*/.exec(model)?.[0] ?? ''}${call}`);
  batch(() => {
    state.draft.value = lines.join('\n');
    state.trouble.value = `${call} now stands in line ${line + 1}. Run the program to see what it does.`;
  });
}

export function runProgram(at?: string): void {
  // the same program again is opened where it was looked at
  const same = state.moment.value !== null && !state.edited.value ? `step:${state.moment.value.at}` : null;
  batch(() => {
    openAt = at ?? same ?? nextAt;
    nextAt = 'start';
    state.program.value = { ...state.program.value, source: state.draft.value };
    state.run.value = null;
    state.moment.value = null;
    state.strip.value = null;
    state.prints.value = [];
    state.trouble.value = '';
    state.selected.value = null;
    state.pinned.value = [];
    state.playing.value = false;
    state.editing.value = false;
    state.progress.value = { instructions: 0, milliseconds: 0 };
    state.phase.value = 'running';
  });
  const options = { python: state.python.value, input: state.typed.value, limits: LIMITS };
  client.run(state.program.value, options).catch((error: unknown) => {
    batch(() => {
      state.trouble.value = `The program cannot run: ${(error as Error).message}.`;
      state.phase.value = 'idle';
    });
  });
}

export function stopProgram(): void {
  client.stop();
  setTimeout(() => {
    if (state.phase.value !== 'running') return;
    state.trouble.value = 'Stopped. The program was in a native call that could not be left, so its run is not kept.';
    state.phase.value = 'loading';
    client.restart(state.python.value).then(
      () => {
        state.phase.value = 'idle';
      },
      (error: unknown) => broke(error),
    );
  }, STOP_WAIT);
}

/** A line for input(): the run is made again with it. */
export function typeLine(line: string): void {
  state.typed.value += `${line}\n`;
  runProgram('end');
}

export function choose(choice: Choice, start = true): void {
  nextAt = choice.at;
  batch(() => {
    state.moment.value = null;
    state.choiceId.value = choice.id;
    state.program.value = { name: choice.name, source: choice.source };
    state.draft.value = choice.source;
    state.breakpoints.value = [];
    state.typed.value = '';
  });
  if (start) runProgram();
}

function broke(error: unknown): void {
  batch(() => {
    state.phase.value = 'broken';
    state.trouble.value = `The engine could not be started: ${(error as Error).message}. Reload the page to try again.`;
  });
}

/** Begins with a program on the page; `run`: and runs it. */
export async function begin(choice: Choice = choices[0] ?? EMPTY, run = true): Promise<void> {
  choose(choice, false);
  try {
    await client.start(state.python.value);
  } catch (error) {
    broke(error);
    return;
  }
  state.phase.value = 'idle';
  if (run) runProgram();
}

export const actions: Actions = {
  select(ref) {
    state.selected.value = ref;
    if (ref !== null && state.width.value === 'middle') state.drawer.value = true;
  },
  hover(ref) {
    state.hovered.value = ref;
  },
  pin(ref, pinned) {
    const others = state.pinned.value.filter((r) => r !== ref);
    state.pinned.value = pinned ? [...others, ref] : others;
  },
  go,
  open: (view: StageView) => {
    state.view.value = view;
  },
  keep(view, own) {
    state.own.value = { ...state.own.value, [view]: own };
  },
  setLevel(level) {
    state.level.value = level;
  },
  propose: write,
  announce(text) {
    state.announced.value = text;
  },
};

/** What is chosen changes what is shown of the moment. */
export function followChoices(): void {
  let first = true;
  effect(() => {
    optionsNow();
    visibleViews();
    if (first) first = false;
    else untracked(() => go());
  });
}
