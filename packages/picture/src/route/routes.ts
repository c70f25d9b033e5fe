/** Every arrow's way. Arrows to the next column share its gutter in lanes; the others search theirs. */
import type { Arrow, Box, Layout } from '../layout.ts';
import { GUTTER } from '../measure.ts';
import { lanesOf } from './lanes.ts';
import type { Point } from './path.ts';
import { type Port, portsOf } from './ports.ts';
import { Streets } from './search.ts';

/** Gutters have lanes for neighbours in their middle, and at both sides one or two for those that pass by. */
const NEIGHBOURS = { from: 28, to: GUTTER - 16 } as const;
const PASSING = [10, 18] as const;
/** Lanes under a card. */
const UNDER = [12, 20] as const;
/** More searching arrows than this go the plain way, under everything. */
const MOST_SEARCHES = 80;

export function routesOf(layout: Layout): Point[][] {
  const { arrows } = layout;
  const ports = portsOf(arrows);
  const routes = new Array<Point[]>(arrows.length);
  const gutters = new Map<number, number[]>();
  const others: number[] = [];
  arrows.forEach((arrow, k) => {
    if (arrow.to.column !== arrow.from.column + 1) others.push(k);
    else if (gutters.has(arrow.from.column)) gutters.get(arrow.from.column)?.push(k);
    else gutters.set(arrow.from.column, [k]);
  });
  for (const list of gutters.values()) {
    const edge = rightEdge(arrows[list[0] as number] as Arrow);
    const lanes = lanesOf(
      list.map((k) => ({ from: arrows[k]!.from.y, to: ports[k]!.y })),
      edge + NEIGHBOURS.from,
      edge + NEIGHBOURS.to,
    );
    list.forEach((k, i) => {
      const { from } = arrows[k] as Arrow;
      const port = ports[k] as Port;
      const lane = lanes[i] as number;
      routes[k] = [
        [from.x, from.y],
        [lane, from.y],
        [lane, port.y],
        [port.x - 1, port.y],
      ];
    });
  }
  const streets = others.length <= MOST_SEARCHES ? streetsOf(layout, others, ports) : null;
  for (const k of others) {
    const arrow = arrows[k] as Arrow;
    const port = ports[k] as Port;
    const way = streets?.way([rightEdge(arrow) + PASSING[0], arrow.from.y], gate(port), port.edge === 'lower');
    const middle = way ?? plainWay(layout, arrow, port);
    routes[k] = [
      [arrow.from.x, arrow.from.y],
      ...middle,
      port.edge === 'left' ? [port.x - 1, port.y] : [port.x, port.y + 1],
    ];
  }
  return routes;
}

const rightEdge = (arrow: Arrow): number => arrow.from.box.x + arrow.from.box.width;
/** The last point before a port that lies on a street. */
function gate(port: Port): Point {
  return port.edge === 'left' ? [port.x - PASSING[0], port.y] : [port.x, port.y + UNDER[0]];
}
/** Right, down under everything, back, and up beside the target. */
function plainWay(layout: Layout, arrow: Arrow, port: Port): Point[] {
  const x = rightEdge(arrow) + PASSING[0];
  const under = layout.height - 12;
  const beside = arrow.to.x - PASSING[1];
  const [gx, gy] = gate(port);
  return [
    [x, arrow.from.y],
    [x, under],
    [beside, under],
    [beside, gy],
    [gx, gy],
  ];
}

function streetsOf(layout: Layout, others: readonly number[], ports: readonly Port[]): Streets {
  const boxes: readonly Box[] = [...layout.frames, ...layout.objects, ...layout.ghosts];
  const xs: number[] = [];
  const ys: number[] = [layout.height - 12, layout.height - 20];
  for (const box of boxes) {
    for (const lane of PASSING) xs.push(box.x + box.width + lane, box.x - lane);
    for (const lane of UNDER) ys.push(box.y + box.height + lane);
  }
  for (const k of others) {
    const [x, y] = gate(ports[k] as Port);
    xs.push(x);
    ys.push(y, (layout.arrows[k] as Arrow).from.y);
  }
  return new Streets(xs, ys, boxes);
}
