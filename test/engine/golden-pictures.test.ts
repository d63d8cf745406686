import { beforeAll, describe, expect, it } from 'vitest';
import { Explainer } from '../../src/engine/explain.ts';
import { referenceLength } from '../../src/engine/formula/length.ts';
import { referenceText } from '../../src/engine/formula/print.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import { prepareSearch } from '../../src/engine/search/tables.ts';
import * as golden from './support/golden-pictures.ts';

const close = (found: number, expected: number): void => expect(Math.abs(found - expected)).toBeLessThan(1e-9);

describe.each(['tiny', 'small', 'edge'])('the reference program on pictures: %s', (set) => {
  let opened: Awaited<ReturnType<typeof golden.openGolden>>;
  let explainer: Explainer;
  const name = (id: ConceptId): string => opened.concepts[id].name;
  const category = (id: ConceptId): string => opened.concepts[id].category;

  beforeAll(async () => {
    opened = await golden.openGolden(set);
    const { concepts, table, maps, activations, probing } = opened;
    explainer = new Explainer({ search: prepareSearch(table, concepts, { grid: probing.grid }), maps, activations });
  });

  it.each(golden.goldenRuns(set))('finds the same formula for every unit: %s', (_file, run) => {
    expect(opened.probing.sampleCount).toBe(run.n_images);
    const settings = golden.settingsOf(run);
    for (const expected of run.units) {
      const found = explainer.explain(expected.unit, settings);
      const where = `unit ${expected.unit}`;
      expect(found.area, where).toBe(expected.mask_pixels);
      expect(found.firing, where).toBeLessThanOrEqual(expected.images_over);
      const { best } = found;
      const single = found.byLength.at(0);
      expect(best ? referenceText(best.formula, name) : 'NONE', where).toBe(expected.formula);
      expect(best ? referenceText(best.formula, category) : 'NONE', where).toBe(expected.category);
      expect(best ? referenceLength(best.formula) : 1, where).toBe(expected.length);
      close(best?.score ?? 0, expected.iou);
      expect(single ? referenceText(single.formula, name) : 'NONE', where).toBe(expected.noncomp);
      close(single?.score ?? 0, expected.noncomp_iou);
    }
  });

  const traces = Object.entries(golden.goldenBeams(set));
  it.each(traces)('has the same beams after steps 2 and 3: %s', (setting, units) => {
    const [quantile, penalty] = setting.split('_').map((part) => Number(part.replace(/^[a-z]+/, '')));
    const thresholds: number[] = [];
    for (const [unit, { threshold }] of Object.entries(golden.goldenThresholds(set)[String(quantile)])) {
      thresholds[Number(unit)] = threshold;
    }
    for (const [unit, beams] of Object.entries(units)) {
      for (const [i, beam] of beams.entries()) {
        const found = explainer.explain(Number(unit), {
          length: i + 2,
          beam: 5,
          penalty,
          candidates: null,
          mode: 'reference',
          minActive: 0,
          minConcept: 0,
          operators: ['or', 'and', 'and-not'],
          without: [],
          threshold: { kind: 'given', thresholds },
        });
        expect(
          found.beam.map(({ formula }) => referenceText(formula, name)),
          `unit ${unit}`,
        ).toEqual(beam.map(([formula]) => formula));
        for (const [rank, [, score]] of beam.entries()) close(found.beam[rank].score, score);
      }
    }
  });
});
