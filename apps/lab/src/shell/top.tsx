/** The top bar: which program, which Python, run or stop, share, theme. */
import type { JSX } from 'preact';
import { choices, EMPTY } from '../session/programs.ts';
import { choose, runProgram, stopProgram } from '../session/session.ts';
import { choiceId, drawer, edited, phase, python, run, width } from '../session/state.ts';
import { share, shared } from '../session/link.ts';
import { Chevron, Half, Logo, Panel, Play, Share, Stop } from './icons.tsx';
import { switchTheme } from './theme.ts';

const PYTHONS = ['3.13', '3.14.5', '3.14.0', '3.12', '3.11', '3.10', '3.9', '3.8'];

function Programs(): JSX.Element {
  const groups = [...new Set(choices.map((c) => c.group))];
  const pick = (id: string): void => choose(choices.find((c) => c.id === id) ?? EMPTY, id !== EMPTY.id);
  return (
    <span class="pick">
      <select aria-label="Program" value={choiceId.value} onChange={(event) => pick(event.currentTarget.value)}>
        {groups.map((group) => (
          <optgroup key={group} label={group}>
            {choices
              .filter((c) => c.group === group)
              .map((c) => (
                <option key={c.id} value={c.id}>
                  {c.title}
                </option>
              ))}
          </optgroup>
        ))}
        <option value={EMPTY.id}>{EMPTY.title}</option>
        {choiceId.value === 'own' ? <option value="own">Your program</option> : null}
      </select>
      <Chevron />
    </span>
  );
}

function Versions(): JSX.Element {
  const pick = (version: string): void => {
    python.value = version;
    if (run.value !== null) runProgram('start');
  };
  return (
    <span class="pick">
      <select aria-label="Version" value={python.value} onChange={(event) => pick(event.currentTarget.value)}>
        {PYTHONS.map((version) => (
          <option key={version} value={version}>
            {width.value === 'narrow' ? version : `Python ${version}`}
          </option>
        ))}
      </select>
      <Chevron />
    </span>
  );
}

function RunButton(): JSX.Element {
  if (phase.value === 'running') {
    return (
      <button type="button" class="btn" onClick={stopProgram}>
        <Stop />
        Stop
      </button>
    );
  }
  const narrow = width.value === 'narrow';
  // one filled button a screen: this one until there is a run
  const again = run.value !== null && !edited.value;
  return (
    <button
      type="button"
      class={`btn${again ? '' : ' main'}${narrow ? ' icon' : ''}`}
      aria-label={again ? 'Run again' : 'Run'}
      disabled={phase.value === 'loading' || phase.value === 'broken'}
      onClick={() => runProgram()}
    >
      <Play />
      {narrow ? null : again ? 'Run again' : 'Run'}
    </button>
  );
}

export function TopBar(): JSX.Element {
  const narrow = width.value === 'narrow';
  return (
    <header class="top">
      <div class="brand">
        <Logo />
        {narrow ? null : 'Moult'}
      </div>
      <Programs />
      <Versions />
      <span class="grow" />
      {narrow ? null : (
        <button type="button" class="btn quiet" onClick={share}>
          <Share />
          {shared.value ? 'Link copied' : 'Share'}
        </button>
      )}
      {width.value === 'middle' ? (
        <button
          type="button"
          class="btn icon quiet"
          aria-label="Selected object"
          onClick={() => (drawer.value = !drawer.value)}
        >
          <Panel />
        </button>
      ) : null}
      <RunButton />
      <button type="button" class="btn icon quiet" aria-label="Light or dark" onClick={switchTheme}>
        <Half />
      </button>
    </header>
  );
}
