import { describe, expect, it } from 'vitest';
import { ActivationCollector } from '../../src/engine/activation/collector.ts';
import type { ConceptId, UnitId } from '../../src/engine/ids.ts';
import { pearson } from '../../src/engine/statistics/correlation.ts';
import { wordsOf } from '../../src/engine/text/sentence-pair.ts';
import { ProbingService } from '../../src/pipeline/probing-service.ts';
import { SearchService } from '../../src/pipeline/search-service.ts';
import type { PairSource, SourcePair } from '../../src/probing/pairs/pair-source.ts';
import { pairsSet } from '../../src/probing/pairs/pairs-set.ts';

const subjects = ['man', 'dog', 'girl'];
const verbs = ['sleeps', 'runs'];
const labels = ['entailment', 'neutral', 'contradiction', null] as const;
const count = 40;
const unitCount = 5;

const pairs = Array.from({ length: count }, (_, i): SourcePair => {
  const sentence = (text: string) => ({ text, tokenised: true });
  return {
    premise: sentence(`a ${subjects[i % 3]} ${verbs[i % 2]} outside`),
    hypothesis: sentence(`a ${subjects[(i >> 1) % 3]} ${verbs[(i >> 2) % 2]}`),
    ...{ gold: labels[(i * 7) % 4], given: null, name: `row ${i + 1}` },
  };
});
const source: PairSource = {
  ...{ title: 'made', layout: 'made here', pairs, found: [], columns: null, digests: ['x'], notes: [] },
  vectors: undefined,
};

/** A value of a unit and sample, without a pattern. */
const value = (unit: number, sample: number): number =>
  ((unit * 31 + sample * 17 + ((unit * sample) % 7) * 5) % 19) - 9;

async function service() {
  const set = await pairsSet(source, {}, undefined);
  const probing = new ProbingService({
    ...{ open: async () => set, decode: async () => expect.fail('no pictures') },
    ...{ drawThumbnail: async () => expect.fail('drawn'), drawPicture: async () => expect.fail('drawn') },
  });
  await probing.open({ kind: 'folder' });
  const { cells, extras, maps, names } = await probing.finishCells([], null);
  const collector = new ActivationCollector({ unitCount, sampleCount: count, height: 1, width: 1, keptQuantile: 1 });
  const values = Float32Array.from({ length: count * unitCount }, (_, at) =>
    value(at % unitCount, Math.floor(at / unitCount)),
  );
  collector.add(0, count, values);
  const search = new SearchService();
  search.attach({ search: { cells, extras }, maps, names, activations: collector.finish().buffer });
  return { search, set };
}

describe('a search over sentence pairs', () => {
  it('gives the pairs and their gold labels', async () => {
    const { search, set } = await service();
    expect(search.goldLabels([])).toEqual({ source: 'pairs', labels: pairs.map(({ gold }) => gold) });
    for (const sample of [0, 7, 39]) {
      expect(search.pair(sample)).toEqual(set.pair?.(sample));
      expect(search.sampleName(sample)).toBe(`row ${sample + 1}`);
    }
  });

  it('marks the words that make a formula true', async () => {
    const { search, set } = await service();
    const id = (name: string): ConceptId =>
      set.concepts.find((concept) => concept.name === name)?.id ?? expect.fail(`no ${name}`);
    const dog = { kind: 'concept', concept: id('pre:dog') } as const;
    const runs = { kind: 'concept', concept: id('hyp:runs') } as const;
    for (let sample = 0; sample < count; sample++) {
      const pair = set.pair?.(sample) ?? expect.fail('no pair');
      const premise = wordsOf(pair.premise).indexOf('dog');
      const hypothesis = wordsOf(pair.hypothesis).indexOf('runs');
      const found = search.formulaOnPair({ kind: 'or', left: dog, right: runs }, sample, set.concepts);
      expect(found.holds).toBe(premise >= 0 || hypothesis >= 0);
      const expected = [
        ...(premise >= 0 ? [{ side: 'premise', word: premise, concept: dog.concept }] : []),
        ...(hypothesis >= 0 ? [{ side: 'hypothesis', word: hypothesis, concept: runs.concept }] : []),
      ];
      expect(found.marks).toEqual(expected);
    }
  });

  it('counts how often the model is right where each unit fires', async () => {
    const { search } = await service();
    const names = ['entailment', 'neutral', 'contradiction'];
    const predicted = pairs.map((_, sample) => (sample === 5 ? -1 : (sample * 5) % 3));
    const thresholds = [0, 3.5, null, -20, 100];
    const units = thresholds.map((threshold, unit) => ({ unit: unit as UnitId, threshold }));
    const tallies =
      search.unitTallies(units, { names, weights: null, predicted }, []) ?? expect.fail('nothing compared');
    for (const [unit, threshold] of thresholds.entries()) {
      const firing = pairs.flatMap((_, sample) =>
        threshold !== null && value(unit, sample) > threshold ? [sample] : [],
      );
      const compared = firing.filter((sample) => pairs[sample].gold !== null && predicted[sample] >= 0);
      const right = compared.filter((sample) => names[predicted[sample]] === pairs[sample].gold);
      expect(tallies.units[unit]).toEqual({
        ...{ unit, firing: firing.length, compared: compared.length, right: right.length },
      });
    }
  });

  it('correlates units with the outputs of classes', async () => {
    const { search } = await service();
    const sizes = { unitCount: 2, sampleCount: count, height: 1, width: 1, keptQuantile: 1e-9 };
    const outputs = new ActivationCollector(sizes);
    const scores = pairs.map((_, sample) => [2 * value(3, sample) + 1, sample % 3]);
    outputs.add(0, count, Float32Array.from(scores.flat()));
    const { buffer } = outputs.end();
    const { samples, r } = search.classCorrelations(buffer, null);
    expect(samples).toBe(count);
    for (let unit = 0; unit < unitCount; unit += 1) {
      const own = pairs.map((_, sample) => value(unit, sample));
      for (const place of [0, 1]) {
        const scored = scores.map((row) => row[place]);
        const twin = pearson(own, scored) ?? expect.fail('no correlation');
        expect(r[unit * 2 + place]).toBeCloseTo(twin.r, 6);
      }
      expect([...search.classCorrelations(buffer, unit).r]).toEqual([...r.subarray(2 * unit, 2 * unit + 2)]);
    }
    expect(r[3 * 2]).toBeCloseTo(1, 6);
  });
});
