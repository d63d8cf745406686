import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import type { Ablation } from '../../src/jobs/api.ts';
import { LinearRunner } from '../engine/ablation/support/linear-model.ts';
import { random } from './fake-data.ts';
import { activationOn, pairs } from './fake-pair-results.ts';

const pictures = 480;
const scenes = ['street', 'harbour', 'beach', 'farm', 'forest', 'kitchen'];

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A linear model behind a layer of made-up activations; each call takes `pace` milliseconds. */
export function fakeAblation({ unitCount, classes }: LayerResults, samples: number | null, pace: number): Ablation {
  const ofPairs = classes?.names.length === 3;
  const count = Math.min(samples ?? pictures, ofPairs ? pairs.length : pictures);
  const classNames = classes?.names ?? scenes;
  const next = random(unitCount);
  const weights = Array.from({ length: unitCount }, (_, unit) =>
    classNames.map((_name, place) => classes?.weights?.[unit][place] ?? next() - 0.5),
  );
  const runner = new LinearRunner({
    ...{ weights, classNames },
    bias: classNames.map(() => 0),
    activations: Array.from({ length: count }, (_, sample) =>
      weights.map((_row, unit) => (ofPairs ? activationOn(unit, sample) : random(unit * 499 + sample)())),
    ),
    formulas: (sample, unit) => Number(random(unit * 31 + sample)() > 0.5),
  });
  return {
    ground: runner.ground,
    leftOut: 0,
    try: async (changes, { onDone, signal } = {}) => {
      await wait(pace);
      signal?.throwIfAborted();
      const outcomes = await runner.try(changes);
      onDone?.(outcomes.length);
      return outcomes;
    },
    standIns: async (options) => {
      await wait(pace);
      const lines = await runner.standIns(options);
      return lines.map((line) => ({ ...line, told: random(line.unit + (options?.length ?? 5))() * 0.8 }));
    },
    close: () => undefined,
  };
}
