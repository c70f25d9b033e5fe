/** The page begins here. */
import { styleOf } from '@moult/picture';
import { render } from 'preact';
import { fromLink } from './session/link.ts';
import { begin, followChoices } from './session/session.ts';
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
const linked = await fromLink(location.hash);
if (linked !== null) python.value = linked.python;
await (linked === null ? begin() : begin(linked, false));
followChoices();
