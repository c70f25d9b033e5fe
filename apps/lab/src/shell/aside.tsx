/** The pane at the right: the inspector, or what the stage's view puts there. */
import { effect, signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { actions } from '../session/session.ts';
import { drawer, hovered, inspectorOpen, moment, view, width } from '../session/state.ts';
import { views } from '../views/index.ts';
import type { Mounted, View } from '../views/view.ts';
import { Close } from './icons.tsx';

/** Where a view of the stage may put its side. */
export const asideRoom = signal<HTMLElement | null>(null);

function Inspector(): JSX.Element {
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let mounted: Mounted<never> | null = null;
    const follow = effect(() => {
      const data = moment.value?.data.inspector as never | undefined;
      const shown = views.inspector as View<never> | undefined;
      if (shown === undefined || data === undefined || room.current === null) {
        if (moment.value === null) {
          mounted?.destroy();
          mounted = null;
        }
        return;
      }
      if (mounted !== null) mounted.update(data);
      else mounted = shown.mount({ stage: room.current, tools: room.current, aside: null }, data, actions);
    });
    const point = effect(() => mounted?.hover(hovered.value));
    return () => {
      follow();
      point();
      mounted?.destroy();
    };
  }, []);
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
  return <div class="aside" tabIndex={0} ref={room} />;
}

function ViewSide(): JSX.Element {
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    asideRoom.value = room.current;
    return () => {
      asideRoom.value = null;
    };
  }, []);
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
  return <div class="aside" tabIndex={0} ref={room} />;
}

export function AsidePane(): JSX.Element {
  const title = width.value === 'narrow' ? undefined : views[view.value]?.aside;
  const close = (): void => {
    if (width.value === 'middle') drawer.value = false;
    else inspectorOpen.value = false;
  };
  return (
    <aside class="pane right" aria-label={title ?? 'Selected object'}>
      <div class="bar">
        <span class="name">{title ?? 'Selected object'}</span>
        <span class="grow" />
        {width.value === 'narrow' || (title !== undefined && width.value === 'wide') ? null : (
          <button type="button" class="btn icon quiet" aria-label="Close" onClick={close}>
            <Close />
          </button>
        )}
      </div>
      {title === undefined ? <Inspector key="inspector" /> : <ViewSide key="side" />}
    </aside>
  );
}
