// Whether a certain frame, or one that it called, is running: from its first instruction until a frame outside of it goes on.
import { _PyInterpreterFrame } from '@moult/abi';

/** The outermost activation of what is watched; what it calls, itself included, is part of it. */
export class Activation {
  private readonly view: DataView;
  private outer: Set<number> | null = null;
  private frame = 0;

  constructor(view: DataView) {
    this.view = view;
  }

  get running(): boolean {
    return this.outer !== null;
  }

  enter(frame: number): void {
    const outer = new Set<number>();
    for (let f = this.outerOf(frame); f !== 0; f = this.outerOf(f)) outer.add(f);
    this.outer = outer;
    this.frame = frame;
  }
  /** A frame begins where the watched one lay: a native called again, and nothing outside went on meanwhile. */
  isReplacedBy(frame: number): boolean {
    return this.outer !== null && this.frame === frame;
  }
  /** Another frame goes on: true where that ends the activation. However it was left, some frame outside does. */
  leftFor(frame: number): boolean {
    if (this.outer === null || !this.outer.has(frame)) return false;
    this.outer = null;
    return true;
  }

  private outerOf(frame: number): number {
    return this.view.getInt32(frame + _PyInterpreterFrame.previous, true);
  }
}
