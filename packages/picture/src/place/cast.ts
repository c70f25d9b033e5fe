/** The cast of one scene alone, where no run is known (a live process, a single picture). */
import { objectSize, ghostSize } from '../measure.ts';
import type { Scene } from '../scene.ts';
import type { Actor } from './places.ts';

/** The most columns of objects; what lies deeper stands in the last. */
const MOST_COLUMNS = 6;

/** How far each object is from the names: 1 for what a name holds, and for what nothing holds. */
export function depthsOf(scene: Scene): Map<number, number> {
  const depth = new Map<number, number>();
  let level = scene.frames.flatMap((f) => f.rows.map((r) => r.target)).filter((t) => t !== undefined);
  const byId = new Map(scene.objects.map((o) => [o.id, o]));
  const visit = (first: readonly number[]): void => {
    level = [...first];
    for (let d = 1; level.length > 0; d++) {
      const next: number[] = [];
      for (const id of level) {
        if (depth.has(id)) continue;
        depth.set(id, Math.min(d, MOST_COLUMNS));
        for (const row of byId.get(id)?.rows ?? []) if (row.target !== undefined) next.push(row.target);
      }
      level = next;
    }
  };
  visit(level);
  // what no name leads to begins anew, oldest first
  for (const { id } of scene.objects) if (!depth.has(id)) visit([id]);
  return depth;
}

/** An object's column is its distance from the names. */
export function castOf(scene: Scene): Actor[] {
  const depth = depthsOf(scene);
  const actors = [
    ...scene.objects.map((o) => ({ id: o.id, column: depth.get(o.id) ?? 1, height: objectSize(o).height })),
    ...scene.ghosts.map((g) => ({ id: g.id, column: 2, height: ghostSize(g).height })),
  ];
  return actors.map((a) => ({ ...a, from: 0, until: 1 }));
}
