/** The page: top bar, the three panes, time. */
import type { JSX } from 'preact';
import { ProgramPane } from '../editor/pane.tsx';
import { announced, drawer, inspectorOpen, moment, pane, view, width } from '../session/state.ts';
import { TimeStrip } from '../time/pane.tsx';
import { views } from '../views/index.ts';
import { AsidePane } from './aside.tsx';
import { KeysDialog } from './help.tsx';
import { PhoneTabs } from './phone.tsx';
import { plainText, sayOfEnd, Stage } from './stage.tsx';
import { TopBar } from './top.tsx';

function asideOpen(): boolean {
  if (width.value === 'narrow') return pane.value === 'object';
  if (width.value === 'middle') return drawer.value;
  return inspectorOpen.value || views[view.value]?.aside !== undefined;
}

export function App(): JSX.Element {
  const narrow = width.value === 'narrow';
  const aside = asideOpen();
  const say = moment.value === null ? undefined : (sayOfEnd(moment.value.at) ?? moment.value.say);
  return (
    <div class="app" data-width={width.value} data-pane={pane.value} data-aside={aside ? 'open' : 'closed'}>
      <TopBar />
      <main class="cols">
        <ProgramPane />
        {narrow && (pane.value === 'code' || pane.value === 'object') ? null : <Stage />}
        {width.value === 'middle' && aside ? (
          <button
            type="button"
            class="drawer-ground"
            aria-label="Close the drawer"
            onClick={() => (drawer.value = false)}
          />
        ) : null}
        {aside ? <AsidePane /> : null}
      </main>
      <TimeStrip />
      {narrow ? <PhoneTabs /> : null}
      <div class="only-heard" role="status" aria-live="polite">
        {say === undefined ? '' : `${plainText(say.head)} ${plainText(say.why)}`}
      </div>
      <div class="only-heard" aria-live="polite">
        {announced.value}
      </div>
      <KeysDialog />
    </div>
  );
}
