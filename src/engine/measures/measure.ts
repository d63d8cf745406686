import type { UnitCounts } from '../activation/unit-mask.ts';
import { hasBit } from '../bits/bitset.ts';
import type { Formula } from '../formula/formula.ts';
import type { ConceptId } from '../ids.ts';
import type { FormulaMeasures, PartMeasure } from '../results/measures.ts';
import { auroc } from './auroc.ts';
import { overlaps, type SampleCounts } from './sample-lists.ts';

/** What a formula is held against. */
export interface MeasureInputs {
  /** `[cells]` positions in each cell. */
  readonly n: Uint32Array;
  /** The unit's mask over cells. */
  readonly counts: UnitCounts;
  /** The cells in which a formula holds. */
  readonly bits: (formula: Formula) => Uint32Array;
  /** Mask and formula sample by sample. */
  readonly samples: SampleCounts & { readonly formula: object };
  /** Samples read, by rising `samples.highest`. */
  readonly rising: Uint32Array;
}

/** Holds a formula against a unit's mask; see {@link FormulaMeasures}. */
export function measureFormula(formula: Formula, inputs: MeasureInputs): FormulaMeasures {
  const { area, firing } = inputs.counts;
  const { size, intersection, iou } = overlap(formula, inputs);
  const { mask, highest, formula: held } = inputs.samples;
  const both = overlaps(mask, held.bits).inBoth.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const holding = held.inSamples.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  return {
    formula,
    area,
    size,
    intersection,
    iou,
    activationCoverage: share(intersection, area),
    detectionAccuracy: share(intersection, size),
    samplesCoverage: share(both, holding),
    explanationCoverage: share(both, firing),
    auroc: auroc(inputs.rising, highest, held.inSamples),
    parts: parts(formula).map(({ concept, part, rest }): PartMeasure => {
      const alone = overlap(part, inputs).iou;
      return { concept, part, alone, rest, without: rest ? overlap(rest, inputs).iou : 0 };
    }),
  };
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
