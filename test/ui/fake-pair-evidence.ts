import type { ClassCorrelations } from '../../src/engine/analysis/class-correlations.ts';
import type { LabelChoice } from '../../src/engine/analysis/class-match.ts';
import { tallyUnits } from '../../src/engine/analysis/unit-tallies.ts';
import type { UnitTallies } from '../../src/engine/analysis/unit-tallies.ts';
import { Fault } from '../../src/engine/fault.ts';
import type { ContributionAnswer } from '../../src/engine/contributions/contributions.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import { formulaConcepts } from '../../src/engine/formula/length.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import type { UnitExplanation } from '../../src/engine/results/explanation.ts';
import type {
  ConceptCoverage,
  FormulaMeasures,
  FormulaSamples,
  SampleConcepts,
  SampleList,
  SampleListKind,
} from '../../src/engine/results/measures.ts';
import type { UnitRanges } from '../../src/engine/ranges/ranges.ts';
import type { FormulaOnPair, WordMark } from '../../src/engine/text/pair-facts.ts';
import type { SentencePair } from '../../src/engine/text/sentence-pair.ts';
import type { Evidence, LabelFile, ThresholdLimits } from '../../src/jobs/api.ts';
import { fakeCorrelations } from './fake-classes.ts';
import { FakeKinds } from './fake-kinds.ts';
import {
  activationOn,
  fakePairResults,
  fakePairUnit,
  holdsOn,
  nearTo,
  pairConcepts,
  pairCount,
  pairs,
  wordsTrue,
} from './fake-pair-results.ts';

const all = Array.from({ length: pairCount }, (_, sample) => sample);

function marksOf(formula: Formula, pair: SentencePair): readonly WordMark[] {
  if (!holdsOn(formula, pair)) return [];
  switch (formula.kind) {
    case 'not':
      return [];
    case 'and':
    case 'or':
      return [...marksOf(formula.left, pair), ...marksOf(formula.right, pair)];
    default: {
      const concepts = formula.kind === 'concept' ? [formula.concept] : nearTo(formula.of);
      return concepts.flatMap((concept) =>
        (wordsTrue(concept, pair) ?? []).map(([side, word]) => ({ side, word, concept })),
      );
    }
  }
}

/** Evidence over made-up sentence pairs; everything is counted from them. */
export class FakePairEvidence extends FakeKinds implements Evidence {
  async thumbnail(): Promise<null> {
    return null;
  }

  async picture(): Promise<null> {
    return null;
  }

  async sampleName(sample: number): Promise<string> {
    return `row ${sample + 1}`;
  }

  sampleNames(): Promise<readonly string[]> {
    return Promise.all(all.map((sample) => this.sampleName(sample)));
  }

  async pair(sample: number): Promise<SentencePair> {
    return pairs[sample];
  }

  async formulaOnPair(formula: Formula, sample: number): Promise<FormulaOnPair> {
    return { holds: holdsOn(formula, pairs[sample]), marks: marksOf(formula, pairs[sample]) };
  }

  async goldLabels(): Promise<readonly (string | null)[]> {
    return pairs.map(({ gold }) => gold);
  }

  async goldSource(): Promise<'pairs'> {
    return 'pairs';
  }

  /** One label a line, as the file has them. */
  async readLabels(file: File): Promise<LabelFile> {
    const lines = (await file.text()).trim().split('\n');
    if (lines.length !== pairCount) throw new Fault('labels/count', `${file.name} has ${lines.length} lines.`);
    return { labels: lines, labelled: lines.length, unknown: null };
  }

  async contributions(): Promise<ContributionAnswer> {
    return { kind: 'none', reason: 'No layer below is made up.', needsModel: false };
  }

  async unitTallies({ names, gold, corrections }: LabelChoice = {}): Promise<UnitTallies | null> {
    const { classes, units } = fakePairResults;
    const named = classes && { ...classes, names: names ?? classes.names };
    const firing = (unit: number): readonly number[] => all.filter((sample) => activationOn(unit, sample) > 0);
    return tallyUnits(
      { units, ...(named && { classes: named }) },
      gold ?? (await this.goldLabels()),
      firing,
      corrections,
    );
  }

  async classCorrelations(unit: number | null): Promise<ClassCorrelations | null> {
    const { unitCount, classes } = fakePairResults;
    return fakeCorrelations({ units: unitCount, classes: classes?.names.length ?? 0, samples: pairCount }, unit);
  }

  async unitMask(unit: number, sample: number, threshold: number): Promise<Uint8Array> {
    return Uint8Array.of(Number(activationOn(unit, sample) > threshold));
  }

  async formulaMask(formula: Formula, sample: number): Promise<Uint8Array> {
    return Uint8Array.of(Number(holdsOn(formula, pairs[sample])));
  }

  async activationMap(unit: number, sample: number): Promise<Float32Array> {
    return Float32Array.of(activationOn(unit, sample));
  }

  async sampleConcepts(sample: number): Promise<SampleConcepts> {
    const here = pairConcepts.filter(({ id }) => wordsTrue(id, pairs[sample]) !== null).map(({ id }) => id);
    return { palette: [here], index: Uint8Array.of(0) };
  }

  async explain(unit: number): Promise<UnitExplanation> {
    return fakePairUnit(unit);
  }

  async thresholdLimits(): Promise<ThresholdLimits> {
    return { quantile: 1, floor: -Infinity };
  }

  async unitMeasures(): Promise<readonly []> {
    return [];
  }

  async ranges(unit: number, k: number): Promise<UnitRanges> {
    const histogram = { from: 0, to: 0, counts: [] };
    return {
      ...{ unit, k, from: 0, values: 0, total: 0, step: 0, withinClusters: 0, positions: 0 },
      ranges: [],
      histogram,
    };
  }

  async measure(unit: number, threshold: number, formula: Formula): Promise<FormulaMeasures> {
    const fires = new Set(all.filter((sample) => activationOn(unit, sample) > threshold));
    const count = (one: Formula): { size: number; intersection: number; iou: number } => {
      const held = all.filter((sample) => holdsOn(one, pairs[sample]));
      const intersection = held.filter((sample) => fires.has(sample)).length;
      return { size: held.length, intersection, iou: intersection / (held.length + fires.size - intersection) };
    };
    const whole = count(formula);
    return {
      formula,
      area: fires.size,
      ...whole,
      activationCoverage: whole.intersection / fires.size,
      detectionAccuracy: whole.intersection / whole.size,
      samplesCoverage: whole.intersection / whole.size,
      explanationCoverage: whole.intersection / fires.size,
      auroc: 0.8,
      parts: (formulaConcepts(formula) as readonly ConceptId[]).map((concept) => {
        const part: Formula = { kind: 'concept', concept };
        return { concept, part, alone: count(part).iou, rest: null, without: 0 };
      }),
    };
  }

  async sampleList(
    unit: number,
    threshold: number,
    formula: Formula | null,
    kind: SampleListKind,
  ): Promise<SampleList> {
    const found = all
      .map((sample) => {
        const peak = activationOn(unit, sample);
        return { sample, peak, fires: peak > threshold, holds: formula !== null && holdsOn(formula, pairs[sample]) };
      })
      .filter(({ fires, holds }) =>
        kind === 'firing' ? fires : kind === 'formula-only' ? holds && !fires : fires && !holds,
      )
      .sort((one, other) => other.peak - one.peak || one.sample - other.sample);
    return {
      samples: Uint32Array.from(found, ({ sample }) => sample),
      peaks: Float32Array.from(found, ({ peak }) => peak),
      inMask: Uint32Array.from(found, ({ fires }) => Number(fires)),
      inFormula: Uint32Array.from(found, ({ holds }) => Number(holds)),
      inBoth: Uint32Array.from(found, ({ fires, holds }) => Number(fires && holds)),
    };
  }

  async formulaSamples(formula: Formula): Promise<FormulaSamples> {
    const samples = Uint32Array.from(all.filter((sample) => holdsOn(formula, pairs[sample])));
    return { size: samples.length, samples, inFormula: samples.map(() => 1) };
  }

  async coverage(): Promise<ConceptCoverage> {
    const samples = Uint32Array.from(
      pairConcepts,
      ({ id }) => pairs.filter((pair) => wordsTrue(id, pair) !== null).length,
    );
    return { positions: pairCount, samplesRead: pairCount, sizes: Float64Array.from(samples), samples };
  }

  async cellTable(): Promise<Blob> {
    return new Blob(['cells']);
  }
}
