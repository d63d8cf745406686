import { parentPort, workerData } from 'node:worker_threads';
import { encode } from 'fast-png';
import { drawActivations, likes } from './draw-activations.ts';
import { drawLabels } from './draw-labels.ts';
import { baseName, MAP, SIDE, vocabularyOf, type PaperPlan, type PaperRow } from './plan.ts';

/** Files and activations of some pictures. */
export interface DrawnPictures {
  readonly first: number;
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  /** `[pictures, units, 7, 7]` */
  readonly activations: Float32Array;
}

const { plan, rows } = workerData as { readonly plan: PaperPlan; readonly rows: readonly PaperRow[] };
const vocabulary = vocabularyOf(plan.concepts);
const liked = likes(plan);

/** A label map as a PNG in Broden's coding: red + 256 x green. */
function labelPng(plane: Uint16Array): Uint8Array {
  const data = new Uint8Array(plane.length * 3);
  for (let i = 0; i < plane.length; i++) {
    data[3 * i] = plane[i] & 255;
    data[3 * i + 1] = plane[i] >> 8;
  }
  return encode({ width: SIDE, height: SIDE, data, channels: 3, depth: 8 }, { zlib: { level: 3 } });
}

parentPort?.on('message', ([first, count]: readonly [number, number]) => {
  const values = plan.units * MAP * MAP;
  const activations = new Float32Array(count * values);
  const files: { path: string; bytes: Uint8Array }[] = [];
  for (let i = 0; i < count; i++) {
    const labels = drawLabels(first + i, rows[first + i], vocabulary);
    drawActivations(first + i, labels, liked, activations.subarray(i * values, (i + 1) * values));
    const base = baseName(first + i);
    files.push({ path: `images/${base}_color.png`, bytes: labelPng(labels.color) });
    files.push({ path: `images/${base}_object.png`, bytes: labelPng(labels.object) });
    for (const [part, plane] of labels.parts.entries())
      files.push({ path: `images/${base}_part_${part + 1}.png`, bytes: labelPng(plane) });
  }
  const drawn: DrawnPictures = { first, files, activations };
  parentPort?.postMessage(drawn, [activations.buffer]);
});
