/** The page begins here. */
import { styleOf } from '@moult/picture';
import { render } from 'preact';
import { fromLink } from './session/link.ts';
import { keepProgram, keptProgram } from './session/kept.ts';
import { keepOffline } from './session/offline.ts';
import { servedProgram, tokenOf } from './session/served.ts';
import { begin, choose, followChoices } from './session/session.ts';
import { python, width } from './session/state.ts';
import { App } from './shell/app.tsx';
import { listenToKeys } from './shell/keys.ts';
import { beginTheme } from './shell/theme.ts';

/** Pictures' rules, for the page's tokens. */
const rules = new CSSStyleSheet();
rules.replaceSync(styleOf(null));
document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];

function followWidth(): void {
  const narrow = matchMedia('(max-width: 719.9px)');
  const middle = matchMedia('(max-width: 1199.9px)');
  const follow = (): void => {
    width.value = narrow.matches ? 'narrow' : middle.matches ? 'middle' : 'wide';
  };
  narrow.addEventListener('change', follow);
  middle.addEventListener('change', follow);
  follow();
}

beginTheme();
followWidth();
listenToKeys();
render(<App />, document.getElementById('app') as HTMLElement);

/** A file that is served beside the page, else a link's program, else what was written here last, else the first example. */
async function start(): Promise<void> {
  const token = tokenOf(location.hash);
  const served = token === null ? null : await servedProgram(token, (changed) => choose(changed));
  if (served !== null) return begin(served);
  const linked = await fromLink(location.hash);
  if (linked !== null) {
    python.value = linked.python;
    return begin(linked, false);
  }
  return begin(keptProgram() ?? undefined);
}

await start();
followChoices();
keepProgram();
await keepOffline();
