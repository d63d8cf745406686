import { expect, it } from 'vitest';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import type { Evidence } from '../../src/jobs/api.ts';
import { jobFaults } from '../../src/jobs/errors.ts';
import { measuringOf } from '../../src/state/measuring.svelte.ts';

const best = { formula: { kind: 'concept', concept: 0 }, size: 1, intersection: 1, iou: 1, score: 1 };
const results = {
  units: Array.from({ length: 5 }, (_, unit) => ({
    unit,
    state: unit === 2 ? 'silent' : 'explained',
    threshold: 0.5,
    best: unit === 2 ? null : best,
  })),
} as unknown as LayerResults;

/** Evidence that measures a unit at a time, each when it is let. */
function slowEvidence(): { readonly evidence: Evidence; next(): Promise<void> } {
  let letGo: () => void = () => undefined;
  const evidence: Pick<Evidence, 'unitMeasures'> = {
    async unitMeasures(units, { onDone, signal } = {}) {
      for (const [at] of units.entries()) {
        await new Promise<void>((resolve) => (letGo = resolve));
        if (signal?.aborted) throw jobFaults.cancelled();
        onDone?.(at + 1, units.length);
      }
      return units.map(({ unit }) => ({
        ...{ unit, area: 1, size: 1, intersection: 1, iou: 1, activationCoverage: 1, detectionAccuracy: 1 },
        ...{ samplesCoverage: null, explanationCoverage: null, auroc: null, samples: null },
      }));
    },
  };
  const next = async (): Promise<void> => {
    letGo();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { evidence: evidence as Evidence, next };
}

it('tells how far it is, can be stopped, and begins anew', async () => {
  const { evidence, next } = slowEvidence();
  const measuring = measuringOf(results);
  expect(measuringOf(results)).toBe(measuring);
  const stopped = measuring.measure(results, evidence);
  const ended = expect(stopped).rejects.toMatchObject({ code: 'jobs/cancelled' });
  expect([measuring.done, measuring.total]).toEqual([0, 4]);
  await next();
  expect(measuring.done).toBe(1);
  measuring.stop();
  await next();
  await ended;
  expect(measuring.done).toBe(1);
  const again = measuring.measure(results, evidence);
  expect(measuring.done).toBe(0);
  for (let unit = 0; unit < 4; unit += 1) await next();
  const { units, ofSamples } = await again;
  expect(units.map(({ unit }) => unit)).toEqual([0, 1, 3, 4]);
  expect(ofSamples).toBe(false);
});
