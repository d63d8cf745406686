import type { UnitCounts } from '../activation/unit-mask.ts';
import { hasBit } from '../bits/bitset.ts';
import type { Formula } from '../formula/formula.ts';
import type { ConceptId } from '../ids.ts';
import type { MaskSamples } from '../activation/unit-mask.ts';
import type { FormulaMeasures, PartMeasure, SampleOverlap, WholeMeasures } from '../results/measures.ts';
import { auroc } from './auroc.ts';
import { overlaps } from './sample-lists.ts';

/** What a formula is held against. */
export interface MeasureInputs {
  /** `[cells]` positions in each cell. */
  readonly n: Uint32Array;
  /** The unit's mask over cells. */
  readonly counts: UnitCounts;
  /** The cells in which a formula holds. */
  readonly bits: (formula: Formula) => Uint32Array;
  /** Mask and formula sample by sample; null where they are not known. */
  readonly samples: MeasuredSamples | null;
}

/** A unit's mask and a formula, sample by sample. */
export interface MeasuredSamples {
  readonly mask: MaskSamples;
  /** `[samples]` largest activation of the unit; NaN where not read. */
  readonly highest: Float32Array;
  /** `[samples]` above 0 where the formula holds somewhere. */
  readonly holds: Uint8Array | Uint32Array;
  /** Samples read, by rising `highest`. */
  readonly rising: Uint32Array;
}

/** Holds a formula against a unit's mask; see {@link FormulaMeasures}. */
export function measureFormula(formula: Formula, inputs: MeasureInputs): FormulaMeasures {
  const { samples: _, ...whole } = measureWhole(formula, inputs);
  return {
    ...whole,
    parts: parts(formula).map(({ concept, part, rest }): PartMeasure => {
      const alone = overlap(part, inputs).iou;
      return { concept, part, alone, rest, without: rest ? overlap(rest, inputs).iou : 0 };
    }),
  };
}

/** {@link measureFormula} without the parts, several times sooner. */
export function measureWhole(formula: Formula, inputs: MeasureInputs): WholeMeasures {
  const { area } = inputs.counts;
  const { size, intersection, iou } = overlap(formula, inputs);
  const samples = inputs.samples && sampleOverlap(inputs.samples, inputs.bits(formula));
  return {
    formula,
    area,
    size,
    intersection,
    iou,
    activationCoverage: share(intersection, area),
    detectionAccuracy: share(intersection, size),
    samplesCoverage: samples && share(samples.both, samples.holding),
    explanationCoverage: samples && share(samples.both, samples.firing),
    auroc: inputs.samples && auroc(inputs.samples.rising, inputs.samples.highest, inputs.samples.holds),
    samples,
  };
}

function sampleOverlap({ mask, holds, rising }: MeasuredSamples, bits: Uint32Array): SampleOverlap {
  const both = overlaps(mask, bits).inBoth.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  let holding = 0;
  for (const holdsThere of holds) if (holdsThere > 0) holding++;
  return { read: rising.length, both, holding, firing: mask.samples.length };
}

const share = (some: number, all: number): number | null => (all === 0 ? null : some / all);

function overlap(
  formula: Formula,
  { n, counts, bits: bitsOf }: MeasureInputs,
): { readonly size: number; readonly intersection: number; readonly iou: number } {
  const bits = bitsOf(formula);
  let size = 0;
  for (let word = 0; word < bits.length; word++) {
    for (let rest = bits[word]; rest !== 0; rest &= rest - 1) size += n[word * 32 + 31 - Math.clz32(rest & -rest)];
  }
  let intersection = 0;
  for (let i = 0; i < counts.cells.length; i++) if (hasBit(bits, counts.cells[i])) intersection += counts.counts[i];
  const union = counts.area + size - intersection;
  return { size, intersection, iou: union === 0 ? 0 : intersection / union };
}

type Part = Pick<PartMeasure, 'concept' | 'part' | 'rest'>;

/** Each concept of a formula, in the order of writing, with the formula without it. */
export function parts(formula: Formula): readonly Part[] {
  switch (formula.kind) {
    case 'concept':
    case 'neighbors': {
      const concept: ConceptId = formula.kind === 'concept' ? formula.concept : formula.of;
      return [{ concept, part: formula, rest: null }];
    }
    case 'not':
      return parts(formula.of).map((part) => ({ ...part, rest: part.rest && { kind: 'not', of: part.rest } }));
    default: {
      const { kind, left, right } = formula;
      return [
        ...parts(left).map((part) => ({ ...part, rest: part.rest ? { kind, left: part.rest, right } : right })),
        ...parts(right).map((part) => ({ ...part, rest: part.rest ? { kind, left, right: part.rest } : left })),
      ];
    }
  }
}
