/** Beside the map: the ledger, the chosen block, what pins its arena, and the tables of the same figures. */
import type { AllocatorData } from '../../model/allocator/allocator.ts';
import { count } from '../../model/refs.ts';
import { h, pieceNodes } from '../dom.ts';
import type { Actions } from '../view.ts';

export function asideOf(data: AllocatorData, actions: Actions): HTMLElement[] {
  const { total } = data;
  const sum = data.ledger.reduce((n, r) => n + r.bytes, 0);
  const percent = (bytes: number): string => `${total === 0 ? 0 : ((100 * bytes) / total).toFixed(1)} %`;
  const bar = h(
    'div',
    { class: 'ledger-bar', 'aria-hidden': 'true' },
    data.ledger.map((r) => {
      const part = h('span', { class: `ledger-${r.key}` });
      part.style.flexGrow = String(r.bytes / Math.max(1, total));
      return part;
    }),
  );
  const rows = data.ledger.map((r) =>
    h(
      'tr',
      {},
      h('td', {}, h('i', { class: `swatch ledger-${r.key}` }), r.label),
      h('td', { class: 'num' }, count(r.bytes)),
      h('td', { class: 'num third' }, percent(r.bytes)),
    ),
  );
  const verdict = sum === total ? 'adds up' : `${count(total - sum)} not explained`;
  const arenas = `${count(data.arenas.length)} arena${data.arenas.length === 1 ? '' : 's'}`;
  rows.push(
    h(
      'tr',
      { class: 'total' },
      h('td', {}, arenas),
      h('td', { class: 'num' }, count(total)),
      h('td', { class: `num ${sum === total ? 'live' : 'cut'}` }, verdict),
    ),
  );
  const out = [
    h(
      'section',
      {},
      bar,
      h(
        'table',
        { class: 'table-view' },
        h('caption', { class: 'only-heard' }, 'Where the bytes are'),
        h('tbody', {}, rows),
      ),
      h('p', { class: 'remark third' }, 'The same figures as ', h('code', {}, 'sys._debugmallocstats()'), '.'),
    ),
  ];
  if (data.chosen !== null) {
    out.push(
      h(
        'section',
        {},
        h('h3', {}, 'This block'),
        h(
          'dl',
          { class: 'facts wide' },
          data.chosen.facts.flatMap(([term, text]) => [h('dt', {}, term), h('dd', {}, text)]),
          h('dt', {}, 'Leads here'),
          h('dd', {}, pieceNodes(actions, data.chosen.names.length === 0 ? ['no name'] : data.chosen.names)),
        ),
      ),
    );
  }
  if (data.pins !== null) {
    const list = data.pins.list.map((p) =>
      h('li', {}, pieceNodes(actions, p.text), h('span', { class: 'third' }, ` ${count(p.bytes)} bytes`)),
    );
    out.push(
      h(
        'section',
        {},
        h('h3', {}, `Why arena ${data.pins.arena} is not given back`),
        h('p', {}, data.pins.text),
        list.length === 0 ? null : h('ul', { class: 'pins' }, list),
      ),
    );
  }
  out.push(
    h('section', {}, h('h3', {}, 'Blocks by colour'), legendTable(data)),
    h('section', {}, h('h3', {}, 'Size classes'), classTable(data)),
  );
  return out;
}

function legendTable(data: AllocatorData): HTMLElement {
  const rows = data.blocks.legend.map((l) =>
    h('tr', {}, h('td', {}, l.name), h('td', { class: 'num' }, count(l.blocks))),
  );
  return h(
    'table',
    { class: 'table-view' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Blocks'), h('th', { scope: 'col', class: 'num' }, 'Count'))),
    h('tbody', {}, rows),
  );
}
function classTable(data: AllocatorData): HTMLElement {
  const head = ['Block', 'Pools', 'Used', 'Free'].map((t) => h('th', { scope: 'col', class: 'num' }, t));
  const rows = data.classes.map((c) =>
    h(
      'tr',
      {},
      h('td', { class: 'num' }, count(c.blockSize)),
      h('td', { class: 'num' }, count(c.pools)),
      h('td', { class: 'num' }, count(c.used)),
      h('td', { class: 'num' }, count(c.free)),
    ),
  );
  return h('table', { class: 'table-view' }, h('thead', {}, h('tr', {}, head)), h('tbody', {}, rows));
}
