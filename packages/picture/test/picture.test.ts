// What must hold of every picture: cards do not meet, arrows keep off cards, nothing moves that did not change, text is text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Actor,
  type Box,
  escapeText,
  layoutOf,
  pathText,
  picture,
  placesOf,
  type Point,
  routesOf,
  type Row,
  type Scene,
  simplify,
} from '../src/index.ts';

const empty = { ghosts: [], unreachable: [], notes: [], title: 'test' } as const;

/** Scenes of up to 12 objects with any references between them, and names for some. */
const scenes: fc.Arbitrary<Scene> = fc.integer({ min: 0, max: 12 }).chain((n) => {
  const target = n === 0 ? fc.constant(undefined) : fc.option(fc.integer({ min: 1, max: n }), { nil: undefined });
  const row: fc.Arbitrary<Row> = fc
    .record({ key: fc.string({ maxLength: 30 }), value: fc.string({ maxLength: 40 }), target })
    .map(({ key, value, target: t }) => (t === undefined ? { key, value } : { key, target: t }));
  const rows = fc.array(row, { maxLength: 6 });
  return fc
    .record({
      frames: fc.array(rows, { minLength: 1, maxLength: 3 }),
      objects: fc.array(rows, { minLength: n, maxLength: n }),
    })
    .map(({ frames, objects }) => ({
      ...empty,
      frames: frames.map((r, k) => ({ id: `f${k}`, title: `f${k}`, note: 'next: 1', rows: r })),
      objects: objects.map((r, k) => ({ id: k + 1, type: 'dict', label: `#${k + 1}`, count: 1, rows: r })),
    }));
});

const apart = (a: Box, b: Box): boolean =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
/** Whether a horizontal or vertical line runs through the inside of a box. */
const cuts = ([x0, y0]: Point, [x1, y1]: Point, b: Box): boolean =>
  Math.max(x0, x1) > b.x + 1 &&
  Math.min(x0, x1) < b.x + b.width - 1 &&
  Math.max(y0, y1) > b.y + 1 &&
  Math.min(y0, y1) < b.y + b.height - 1;

describe('a layout', () => {
  it('keeps cards apart', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const layout = layoutOf(scene);
        const boxes = [...layout.frames, ...layout.objects];
        for (const [i, a] of boxes.entries()) for (const b of boxes.slice(i + 1)) expect(apart(a, b)).toBe(true);
        for (const b of boxes) {
          expect(b.x + b.width).toBeLessThanOrEqual(layout.width);
          expect(b.y + b.height).toBeLessThanOrEqual(layout.height);
        }
      }),
    );
  });

  it('draws each reference once, at right angles, from its row to its object, across no card', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const layout = layoutOf(scene);
        const wanted = [...scene.frames, ...scene.objects].flatMap((c) => c.rows).filter((r) => r.target !== undefined);
        const routes = routesOf(layout);
        expect(routes.length).toBe(wanted.length);
        routes.forEach((route, k) => {
          const arrow = layout.arrows[k]!;
          expect(route[0]).toEqual([arrow.from.x, arrow.from.y]);
          const [x, y] = route.at(-1)!;
          expect(x).toBeGreaterThanOrEqual(arrow.to.x - 1);
          expect(x).toBeLessThanOrEqual(arrow.to.x + arrow.to.width);
          expect(y).toBeGreaterThanOrEqual(arrow.to.y);
          expect(y).toBeLessThanOrEqual(arrow.to.y + arrow.to.height + 1);
          for (let i = 1; i < route.length; i++) {
            const [a, b] = [route[i - 1]!, route[i]!];
            expect(a[0] === b[0] || a[1] === b[1]).toBe(true);
            for (const box of [...layout.frames, ...layout.objects]) {
              const own = i === 1 && box === arrow.from.box;
              if (!own && cuts(a, b, box)) expect({ a, b, box: [box.x, box.y, box.width, box.height] }).toBe('free');
            }
          }
        });
      }),
    );
  });
});

describe('places', () => {
  const casts = fc.array(
    fc.record({
      column: fc.integer({ min: 1, max: 3 }),
      height: fc.integer({ min: 36, max: 300 }),
      born: fc.nat(50),
      life: fc.nat(60),
    }),
    { maxLength: 30 },
  );
  const actors = (rows: readonly { column: number; height: number; born: number; life: number }[]): Actor[] =>
    [...rows]
      .sort((a, b) => a.born - b.born)
      .map((r, k) => ({ id: k, column: r.column, height: r.height, from: r.born, until: r.born + 1 + r.life }));

  it('are not shared by two that are there at one time', () => {
    fc.assert(
      fc.property(casts, (rows) => {
        const cast = actors(rows);
        const places = placesOf(cast);
        for (const [i, a] of cast.entries())
          for (const b of cast.slice(i + 1)) {
            if (a.column !== b.column || a.from >= b.until || b.from >= a.until) continue;
            const [p, q] = [places.get(a.id)!.y, places.get(b.id)!.y];
            expect(p + a.height <= q || q + b.height <= p).toBe(true);
          }
      }),
    );
  });
  it('do not depend on who is born later', () => {
    fc.assert(
      fc.property(casts, fc.nat(), (rows, n) => {
        const cast = actors(rows);
        const part = cast.slice(0, n % (cast.length + 1));
        const all = placesOf(cast);
        for (const [id, place] of placesOf(part)) expect(all.get(id)).toEqual(place);
      }),
    );
  });
  it('are used again when they are free', () => {
    const first = { id: 1, column: 1, height: 50, from: 0, until: 5 };
    const second = { id: 2, column: 1, height: 50, from: 5, until: 9 };
    const places = placesOf([first, second]);
    expect(places.get(2)).toEqual(places.get(1));
  });
});

describe('lines', () => {
  it('lose the points at which they do not turn', () => {
    expect(simplify([[0, 0], [5, 0], [5, 0], [9, 0], [9, 4]])).toEqual([[0, 0], [9, 0], [9, 4]]); // biome-ignore format: points
  });
  it('have round corners, smaller where there is no room', () => {
    expect(pathText([[0, 0], [40, 0], [40, 40]])).toBe('M0 0 L32 0 Q40 0 40 8 L40 40'); // biome-ignore format: points
    expect(pathText([[0, 0], [40, 0], [40, 4], [80, 4]])).toBe('M0 0 L38 0 Q40 0 40 2 L40 2 Q40 4 42 4 L80 4'); // biome-ignore format: points
  });
});

describe('a picture', () => {
  it('is the same text for the same scene', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        expect(picture(scene)).toBe(picture(structuredClone(scene)));
      }),
      { numRuns: 20 },
    );
  });
  it('holds the program’s text as text, whatever it says', () => {
    const dangerous = fc.string({ unit: 'binary', maxLength: 12 });
    const mixed = fc.array(fc.oneof(dangerous, fc.constantFrom('<script>', '"/>', '&amp;', '\x1b[2J', '‮', '\ud800')));
    fc.assert(
      fc.property(mixed, (parts) => {
        const out = escapeText(parts.join(''));
        expect(out).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
        expect(out).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Surrogate}]/u);
      }),
    );
    const row = { key: '</text><script>alert(1)</script>', value: '"><image href=x>' };
    const scene = {
      ...empty,
      title: '"onload="x',
      frames: [{ id: 'f', title: '<module>', note: '', rows: [row] }],
      objects: [],
    };
    const text = picture(scene);
    expect(text).not.toMatch(/<script|<image|aria-label="" ?onload/);
    expect(text).toContain('&lt;/text&gt;');
  });
  it('fades arrows where there are many, but for those of the chosen object', () => {
    const objects = Array.from({ length: 45 }, (_, k) => ({
      id: k + 1,
      type: 'list',
      label: `#${k + 1}`,
      count: 1,
      rows: [],
    }));
    const rows = objects.map((o) => ({ key: `n${o.id}`, target: o.id }));
    const scene = { ...empty, frames: [{ id: 'f', title: '<module>', note: '', rows }], objects };
    const text = picture(scene, { chosen: 7 });
    expect(text.match(/class="arrow faint"/g)?.length).toBe(44);
    expect(text.match(/class="arrow chosen"/g)?.length).toBe(1);
  });
});
