import { drawScene } from '../../../src/probing/scenes/draw-scene.ts';
import type { Scene } from '../../../src/probing/scenes/draw-scene.ts';

/** The first pictures of the default probing set, 40 of each kind, drawn once for all tests of a file. */
export const series: readonly Scene[] = Array.from({ length: 480 }, (_, sample) => drawScene(1, sample));
