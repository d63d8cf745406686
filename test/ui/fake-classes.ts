import { correlateClasses } from '../../src/engine/analysis/class-correlations.ts';
import type { ClassCorrelations, HighestValues } from '../../src/engine/analysis/class-correlations.ts';
import type { UnitTallies } from '../../src/engine/analysis/unit-tallies.ts';
import type { UnitId } from '../../src/engine/ids.ts';
import type { LayerClasses } from '../../src/engine/results/layer-results.ts';
import { random } from './fake-data.ts';

/** How many classes a made-up model has, and whether a linear layer makes them of the units. */
export interface FakeClassesAsked {
  readonly units: number;
  readonly classes: number;
  readonly samples: number;
  readonly weighed: boolean;
}

/** Made-up classes of a model of pictures: each is decided by the unit with its number. */
export function fakeClasses({ units, classes, samples, weighed }: FakeClassesAsked): LayerClasses {
  const next = random(77);
  const names = Array.from({ length: classes }, (_, place) => fakeClassName(place));
  const row = (unit: number): number[] => names.map((_, place) => (unit === place ? 3 : next() - 0.5));
  return {
    output: 'scores',
    names,
    weights: weighed ? Array.from({ length: units }, (_, unit) => row(unit)) : null,
    predicted: Array.from({ length: samples }, (_, sample) => (sample % 7 === 3 ? 0 : sample % classes)),
  };
}

/** Name of a made-up class. */
export function fakeClassName(place: number): string {
  const [first, last] = [
    ['tidal', 'old', 'indoor', 'city', 'forest', 'desert', 'night', 'paved'][place % 8],
    ['harbour', 'kitchen', 'path', 'market', 'station', 'garden', 'bridge'][Math.floor(place / 8) % 7],
  ];
  return `${first} ${last} ${place}`;
}

/** Correlations of made-up units and classes: the class with a unit's number goes with it. */
export function fakeCorrelations(
  { units, classes, samples }: Omit<FakeClassesAsked, 'weighed'>,
  unit: number | null,
): ClassCorrelations {
  const layer = values(units, samples, (one, sample) => random(one * 131 + sample + 9)());
  const outputs = values(
    classes,
    samples,
    (one, sample) => layer.highest[(one % units) * samples + sample] + 0.4 * random(one * 17 + sample + 3)(),
  );
  return correlateClasses(layer, outputs, unit === null ? undefined : [unit, unit + 1]);
}

/** Made-up counts of how often a model is right where each unit fires. */
export function fakeTallies(unitCount: number, samples: number): UnitTallies {
  const next = random(5);
  const units = Array.from({ length: unitCount }, (_, unit) => {
    const compared = Math.floor(samples * (0.05 + 0.4 * next()));
    return { unit: unit as UnitId, firing: compared, compared, right: Math.floor(compared * (0.6 + 0.4 * next())) };
  });
  return { overall: { compared: samples, right: Math.floor(samples * 0.8) }, withoutGold: 0, withoutClass: 0, units };
}

function values(
  unitCount: number,
  sampleCount: number,
  value: (unit: number, sample: number) => number,
): HighestValues {
  const highest = new Float32Array(unitCount * sampleCount);
  for (let unit = 0; unit < unitCount; unit += 1)
    for (let sample = 0; sample < sampleCount; sample += 1) highest[unit * sampleCount + sample] = value(unit, sample);
  return { unitCount, sampleCount, highest };
}
