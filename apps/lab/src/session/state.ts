/** What the page knows and what its reader has chosen. Components read the signals; session.ts changes them. */
import { computed, signal } from '@preact/signals';
import type { Moment, Problem, Printed, Program, Ref, Run, StageView, Unit, ViewId } from '../protocol.ts';
import type { StripData } from '../time/strip.ts';

/**
 * `loading`: the engine is on its way; `idle`: nothing has run; `running`; `ran`: there is a recording; `broken`: the engine could
 * not be started.
 */
export type Phase = 'loading' | 'idle' | 'running' | 'ran' | 'broken';

export const phase = signal<Phase>('loading');
/** Why, where the phase is broken; or what a wish could not be. */
export const trouble = signal('');
export const progress = signal({ instructions: 0, milliseconds: 0 });

export const program = signal<Program>({ name: 'program.py', source: '' });
/** What the editor holds, which may be newer than what ran. */
export const draft = signal('');
export const choiceId = signal('');
export const python = signal('3.13');
export const typed = signal('');
export const editing = signal(false);

export const run = signal<Run | null>(null);
export const strip = signal<StripData | null>(null);
export const moment = signal<Moment | null>(null);
export const prints = signal<readonly Printed[]>([]);
export const problem = computed<Problem | null>(() => run.value?.problem ?? null);
/** What stands in the editor is not what ran. */
export const edited = computed(() => run.value !== null && draft.value !== program.value.source);

export const view = signal<StageView>('picture');
export const level = signal<'simple' | 'true'>('simple');
export const unit = signal<Unit>('line');
export const selected = signal<Ref | null>(null);
export const hovered = signal<Ref | null>(null);
export const pinned = signal<readonly Ref[]>([]);
export const own = signal<Readonly<Partial<Record<ViewId, unknown>>>>({});
export const breakpoints = signal<readonly number[]>([]);
export const playing = signal(false);
export const speed = signal(2);
/** What screen readers are told beside the sentence. */
export const announced = signal('');

/** The page's width decides what is beside what. */
export type Width = 'wide' | 'middle' | 'narrow';
export const width = signal<Width>('wide');
/** Below 720 px one pane shows at a time. */
export const pane = signal<'code' | 'picture' | 'object' | 'collector' | 'allocator'>('picture');
/** The inspector as a drawer, where there is no room for its column. */
export const drawer = signal(false);
export const inspectorOpen = signal(true);
