import { flushSync, untrack } from 'svelte';
import { paintSoon } from '../image/paint-queue.ts';

/** How many items of something long are drawn: in each frame as many more as a few milliseconds allow, so that the page stays alive. */
export class Gradual {
  #drawn = $state(0);

  /**
   * To be made while a component is made: it follows the component's life.
   *
   * @param total how many items there are; read again whenever it changes
   */
  constructor(total: () => number) {
    $effect(() => {
      const wanted = total();
      let takeBack = (): void => undefined;
      const more = (): void => {
        if (this.#drawn >= wanted) return;
        // In line with pictures and charts, so that all of them together keep to a frame.
        takeBack = paintSoon(() => {
          this.#drawn += 1;
          flushSync();
          more();
        });
      };
      untrack(more);
      return () => takeBack();
    });
  }

  /** Items drawn so far. */
  get drawn(): number {
    return this.#drawn;
  }
}
