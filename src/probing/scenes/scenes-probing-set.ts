import type { Concept, SampleLabels } from '../../engine/concepts.ts';
import type { ConceptId } from '../../engine/ids.ts';
import { sha256 } from '../hash.ts';
import type { ProbingSet } from '../probing-set.ts';
import { drawScene, generatorVersion, kindOf } from './draw-scene.ts';
import type { Scene } from './draw-scene.ts';
import { canvasSize } from './raster/canvas.ts';
import { colorNames, objectNames, partNames, sceneKinds } from './vocabulary.ts';
import type { SceneKind } from './vocabulary.ts';

/** Which series of pictures, and how much of it. */
export interface ScenesOptions {
  /** Number of pictures, from 1; 960 (80 of each kind) where left out. */
  readonly samples?: number;
  /** Seed of the series, a whole number; 1 where left out. The sample network was trained on series 11. */
  readonly seed?: number;
}

const vocabulary: readonly (readonly [category: string, names: readonly string[]])[] = [
  ['scene', sceneKinds],
  ['object', objectNames],
  ['part', partNames],
  ['color', colorNames],
];

/**
 * The generated sample: drawn scenes with exact labels, on a grid of the pictures' own 112 x 112 pixels. Nothing is read; every
 * picture is drawn when it is asked for. The planted shortcuts are listed in `shortcuts.ts`.
 *
 * The content hash covers the generator's version, the seed, the number of pictures and the names of the concepts.
 *
 * @throws RangeError if an option is not a whole number or `samples` is below 1
 */
export async function scenesProbingSet({ samples = 960, seed = 1 }: ScenesOptions = {}): Promise<ProbingSet> {
  if (!Number.isInteger(samples) || samples < 1)
    throw new RangeError(`samples must be a whole number from 1, not ${samples}`);
  if (!Number.isInteger(seed)) throw new RangeError(`seed must be a whole number, not ${seed}`);
  const concepts = scenesConcepts();
  const names = concepts.map((concept) => `${concept.category} ${concept.name}`);
  const latest = keepLatest((sample) => drawScene(seed, inside(sample, samples)));
  return {
    format: 'scenes',
    title: 'Drawn scenes',
    concepts,
    categories: vocabulary.map(([category]) => category),
    sampleCount: samples,
    grid: { height: canvasSize, width: canvasSize },
    contentHash: await sha256([`scenes ${generatorVersion} ${seed} ${samples}`, ...names].join('\n')),
    survey: {
      layout: 'Drawn scenes',
      categories: vocabulary.map(([name, { length }]) => ({
        name,
        concepts: length,
        samples: name === 'scene' ? samples : null,
        probed: true,
      })),
      splits: [],
      colors: 'given',
    },
    notes: ['All pictures are drawn by a program; none is a photograph.'],
    sampleName: (sample) => `${sceneOf(sample)} ${sample}`,
    labels: (sample) => Promise.resolve().then(() => labelsOf(latest(sample))),
    picture: (sample) => Promise.resolve().then(() => ({ kind: 'pixels', pixels: latest(sample).image })),
  };
}

/** The right answer for a picture of any series: the name of its scene. */
export function sceneOf(sample: number): SceneKind {
  return kindOf(sample);
}

function scenesConcepts(): Concept[] {
  const concepts: Concept[] = [];
  for (const [category, names] of vocabulary) {
    for (const name of names)
      concepts.push({ id: concepts.length as ConceptId, number: concepts.length + 1, name, category });
  }
  return concepts;
}

function labelsOf(scene: Scene): SampleLabels {
  const firstObject = sceneKinds.length;
  const firstPart = firstObject + objectNames.length;
  const firstColor = firstPart + partNames.length;
  return {
    planes: [shifted(scene.objects, firstObject), shifted(scene.parts, firstPart), shifted(scene.colors, firstColor)],
    everywhere: [sceneKinds.indexOf(scene.kind) as ConceptId],
  };
}

/** Numbers from 1 within a category as numbers from 1 over all concepts; 0 stays. */
function shifted(plane: Uint8Array, before: number): Uint16Array {
  const moved = new Uint16Array(plane.length);
  for (let i = 0; i < plane.length; i++) if (plane[i] !== 0) moved[i] = plane[i] + before;
  return moved;
}

function inside(sample: number, samples: number): number {
  if (!Number.isInteger(sample) || sample < 0 || sample >= samples)
    throw new RangeError(`no sample ${sample} of ${samples}`);
  return sample;
}

/** Remembers the last answer, since a sample's labels and picture are usually asked for one after the other. */
function keepLatest(draw: (sample: number) => Scene): (sample: number) => Scene {
  let held: { sample: number; scene: Scene } | undefined;
  return (sample) => {
    if (held?.sample !== sample) held = { sample, scene: draw(sample) };
    return held.scene;
  };
}
