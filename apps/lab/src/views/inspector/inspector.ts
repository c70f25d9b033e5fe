/** The pane at the right: one object with its holders, its life, its reasons, its bytes; or the heap by type. */
import './inspector.css';
import type { Absent, InspectorData, Overview, Selected } from '../../model/inspector/inspector.ts';
import { count, plural } from '../../model/refs.ts';
import { h, pieceNodes, refLink } from '../dom.ts';
import type { Actions, Mounted, View } from '../view.ts';
import { lifeChart } from './chart.ts';

export const inspectorView: View<InspectorData> = {
  id: 'inspector',
  title: 'Object',
  mount: ({ stage }, data, actions): Mounted<InspectorData> => {
    const view = new Inspector(stage, actions);
    view.update(data);
    return view;
  },
};

class Inspector implements Mounted<InspectorData> {
  readonly #room: HTMLElement;
  readonly #actions: Actions;
  /** Whether the bytes are open: it stays from step to step. */
  #bytesOpen = false;

  constructor(room: HTMLElement, actions: Actions) {
    this.#room = room;
    this.#actions = actions;
    room.classList.add('inspector');
  }

  update(data: InspectorData): void {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : undefined;
    const { scrollTop } = this.#room;
    const body =
      data.kind === 'overview' ? overview(data) : data.kind === 'absent' ? this.#absent(data) : this.#object(data);
    this.#room.replaceChildren(...body);
    this.#room.scrollTop = scrollTop;
    if (focused !== undefined) this.#room.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
  }
  hover(): void {}
  destroy(): void {
    this.#room.classList.remove('inspector');
    this.#room.replaceChildren();
  }

  #object(data: Selected): HTMLElement[] {
    const { state } = data;
    const tone = state === 'Unreachable' ? 'cut' : state === 'Reachable' ? 'live' : '';
    return [
      h(
        'section',
        { class: 'who' },
        h(
          'div',
          { class: 'who-line' },
          h('h2', { class: 'mono' }, data.type, ' ', h('span', { class: 'third' }, data.ref)),
          h('span', { class: `chip ${tone}` }, state),
        ),
        h(
          'p',
          { class: 'second' },
          h('code', {}, data.text),
          data.called.length === 0 ? '' : ' ',
          pieceNodes(this.#actions, data.called),
        ),
      ),
      this.#holders(data),
      this.#life(data),
      section(
        'Why it is still here',
        '',
        h(
          'p',
          { class: 'ways' },
          pieceNodes(this.#actions, data.why.length === 0 ? ['The interpreter keeps it.'] : data.why),
        ),
      ),
      h(
        'section',
        {},
        h(
          'dl',
          { class: 'facts' },
          data.facts.flatMap(([term, text]) => [h('dt', {}, term), h('dd', {}, text)]),
        ),
      ),
      this.#bytes(data),
    ];
  }

  #holders(data: Selected): HTMLElement {
    if (data.count === null) {
      return section('Reference count, and who holds it', '', h('p', {}, pieceNodes(this.#actions, data.remark)));
    }
    const rows = data.holders.flatMap((row) => [
      h('span', { class: 'n mono' }, count(row.times)),
      h('span', {}, pieceNodes(this.#actions, row.text)),
      h('span', { class: 'third' }, row.line === null ? '' : `line ${row.line}`),
    ]);
    const more =
      data.moreHolders === 0
        ? []
        : [h('span', {}), h('span', { class: 'third' }, `and ${plural(data.moreHolders, 'more holder')}`), h('span')];
    const sum =
      data.missing === 0
        ? h('span', { class: 'live total' }, 'adds up')
        : h(
            'span',
            { class: 'cut total' },
            `${count(Math.abs(data.missing))} ${data.missing > 0 ? 'not found' : 'too many'}`,
          );
    return section(
      'Reference count, and who holds it',
      '',
      h(
        'div',
        { class: 'sum' },
        rows,
        more,
        h('span', { class: 'n mono total' }, count(data.count)),
        h('span', { class: 'total' }, 'reference count'),
        sum,
      ),
      h('p', { class: 'remark' }, pieceNodes(this.#actions, data.remark)),
    );
  }

  #life({ life, ref, own }: Selected | Absent): HTMLElement {
    if (life === null) {
      if (ref.startsWith('0x')) {
        return section(
          'Count over time',
          '',
          h('p', { class: 'third' }, 'Start-up made it, before the first moment. Its changes are not followed.'),
        );
      }
      const ask = (): void => this.#actions.keep('inspector', { ...own, lives: [...(own.lives ?? []), ref] });
      return section(
        'Count over time',
        '',
        h('p', { class: 'third' }, 'The run is long: its life is told by running it again.'),
        h('button', { type: 'button', class: 'btn small', 'data-key': 'life', onClick: ask }, 'Tell its life'),
      );
    }
    const go = (at: number) => (): void => this.#actions.go({ kind: 'moment', at });
    const causes = life.events.map((event) => {
      const change = event.after - event.before;
      const past = event.at <= life.now;
      return h(
        'li',
        { class: past ? '' : 'later' },
        h(
          'b',
          { class: change > 0 ? 'up mono' : change < 0 ? 'down mono' : 'mono' },
          change > 0 ? `+${change}` : change < 0 ? `−${-change}` : '±0',
        ),
        h(
          'button',
          {
            type: 'button',
            class: 'link quiet',
            'data-key': `e${event.at}`,
            onClick: go(event.at),
            title: event.sentence,
          },
          event.line === null ? `at ${count(event.at)}` : `line ${event.line}`,
        ),
        h('span', {}, event.cause),
      );
    });
    const notes = [...life.notes, ...(life.cut ? ['It goes on: more changes than are told here.'] : [])];
    return section(
      'Count over time',
      'by line',
      life.events.length === 0 ? null : lifeChart(life),
      h('ul', { class: 'causes' }, causes),
      notes.map((note) => h('p', { class: 'remark' }, note)),
    );
  }

  #absent(data: Absent): HTMLElement[] {
    const last = data.life?.events.at(-1);
    const died = data.state === 'Freed' && last !== undefined && last.after === 0 ? last.sentence : null;
    const born = data.life?.events[0];
    return [
      h(
        'section',
        { class: 'who' },
        h(
          'div',
          { class: 'who-line' },
          h('h2', { class: 'mono' }, h('span', { class: 'third' }, data.ref)),
          h('span', { class: 'chip' }, data.state),
        ),
        h(
          'p',
          { class: 'second' },
          died ??
            (data.state === 'Freed' ? 'It is not here at this moment.' : (born?.sentence ?? 'It will be made later.')),
        ),
      ),
      this.#life(data),
    ];
  }

  #bytes(data: Selected): HTMLElement {
    const rows = data.fields.map((f) =>
      h(
        'tr',
        {},
        h('td', { class: 'num' }, String(f.offset)),
        h('td', {}, h('div', { class: 'mono field' }, f.name), h('div', { class: 'mono third hex' }, f.hex)),
        h('td', { class: 'mono meaning' }, f.ref === null ? f.text : refLink(this.#actions, f.ref, f.text)),
      ),
    );
    const head = h(
      'tr',
      {},
      h('th', { class: 'num', scope: 'col' }, 'Offset'),
      h('th', { scope: 'col' }, 'Field, bytes'),
      h('th', { scope: 'col' }, 'Meaning'),
    );
    const details = h(
      'details',
      this.#bytesOpen ? { open: true } : {},
      h('summary', { 'data-key': 'bytes' }, 'Bytes and struct ', h('span', { class: 'third' }, data.struct)),
      h('table', { class: 'fields' }, h('thead', {}, head), h('tbody', {}, rows)),
    );
    details.addEventListener('toggle', () => {
      this.#bytesOpen = details.open;
    });
    return h('section', {}, details);
  }
}

function section(title: string, note: string, ...children: Parameters<typeof h>[2][]): HTMLElement {
  return h('section', {}, h('h3', {}, title, note === '' ? null : h('small', {}, note)), ...children);
}

function overview(data: Overview): HTMLElement[] {
  const rows = data.rows.map((r) =>
    h(
      'tr',
      {},
      h('td', { class: 'mono' }, r.type),
      h('td', { class: 'num' }, count(r.objects)),
      h('td', { class: 'num' }, count(r.bytes)),
    ),
  );
  const shown = data.rows.reduce((n, r) => n + r.objects, 0);
  const total = h(
    'tr',
    { class: 'total' },
    h('td', {}, shown === data.objects ? 'All' : `All, ${count(data.objects - shown)} of other types among them`),
    h('td', { class: 'num' }, count(data.objects)),
    h('td', { class: 'num' }, count(data.bytes)),
  );
  const head = h(
    'tr',
    {},
    h('th', { scope: 'col' }, 'Type'),
    h('th', { class: 'num', scope: 'col' }, 'Objects'),
    h('th', { class: 'num', scope: 'col' }, 'Bytes'),
  );
  return [
    h(
      'section',
      {},
      h(
        'p',
        { class: 'second' },
        'Choose an object to see who holds it, its life and its bytes. Until then: the heap by type.',
      ),
    ),
    h(
      'section',
      {},
      h(
        'table',
        {},
        h('caption', { class: 'only-heard' }, 'Heap by type'),
        h('thead', {}, head),
        h('tbody', {}, rows, total),
      ),
    ),
  ];
}
