import type { UnitCounts } from '../activation/unit-mask.ts';
import { hasBit } from '../bits/bitset.ts';
import { formulaConcepts } from '../formula/length.ts';
import type { Formula } from '../formula/formula.ts';
import type { ConceptId } from '../ids.ts';
import type { SearchTables } from '../search/tables.ts';
import { branchFormula, formulaShape } from './formula-shape.ts';

/** A concept that most positions have in which a unit fires, on every side of its formula's OR. */
export interface SharedConcept {
  readonly concept: ConceptId;
  /** For each branch: of the positions in which mask and branch agree, the share in which the concept is true; 0 to 1. */
  readonly shares: readonly number[];
  /** Share of all positions in which it is true. */
  readonly base: number;
}

/** What the positions of a unit's mask tell about its formula. */
export interface KindGround {
  /** Mask positions in each branch of the formula (src/engine/kinds/formula-shape.ts). */
  readonly hits: readonly number[];
  /** Concepts beside the formula's own that all branches share, the one that stands out most first, at most three. */
  readonly shared: readonly SharedConcept[];
  /** IoU of the formula without what it leaves out; null where it leaves nothing out. */
  readonly withoutNot: number | null;
}

/** Share of the positions, on each side, in which a concept must be true to count as shared. */
export const sharedLeast = 0.5;
/** How many times as frequent as everywhere it must be there. */
export const sharedLift = 1.5;
const MOST_SHARED = 3;

/**
 * Looks at the cells that a unit's mask meets.
 *
 * @param counts the unit's mask over cells
 * @param bitsOf the cells in which a formula holds
 */
export function kindGround(
  formula: Formula,
  counts: UnitCounts,
  { cells }: Pick<SearchTables, 'cells'>,
  bitsOf: (formula: Formula) => Uint32Array,
): KindGround {
  const shape = formulaShape(formula);
  const held = shape.branches.map(branchFormula).map((branch) => branch && bitsOf(branch));
  const own = new Set<number>(formulaConcepts(formula));
  const inBranch = held.map(() => new Float64Array(cells.conceptCount));
  const hits = held.map(() => 0);
  for (const [at, cell] of counts.cells.entries()) {
    const count = counts.counts[at];
    for (const [branch, bits] of held.entries()) {
      if (!bits || !hasBit(bits, cell)) continue;
      hits[branch] += count;
      for (let i = cells.signatureStart[cell]; i < cells.signatureStart[cell + 1]; i++)
        inBranch[branch][cells.signatures[i]] += count;
    }
  }
  const shared: SharedConcept[] = [];
  for (let concept = 0; concept < cells.conceptCount && hits.length > 1 && !hits.includes(0); concept++) {
    if (own.has(concept)) continue;
    const shares = hits.map((all, branch) => inBranch[branch][concept] / all);
    const base = cells.sizes[concept] / cells.positionCount;
    const least = Math.min(...shares);
    if (least >= sharedLeast && least >= sharedLift * base)
      shared.push({ concept: concept as ConceptId, shares, base });
  }
  const outstanding = ({ shares, base }: SharedConcept): number => Math.min(...shares) / base;
  const plain = shape.without.length > 0 ? withoutNot(formula, shape.without) : null;
  return {
    hits,
    shared: shared.sort((a, b) => outstanding(b) - outstanding(a) || a.concept - b.concept).slice(0, MOST_SHARED),
    withoutNot: plain && iouOf(bitsOf(plain), counts, cells.n),
  };
}

/** The formula with the ANDs undone by which it leaves something out; null where nothing else is in it. */
function withoutNot(formula: Formula, without: readonly Formula[]): Formula | null {
  const left = (part: Formula): Formula | null => {
    switch (part.kind) {
      case 'concept':
      case 'neighbors':
        return part;
      case 'not':
        return without.some((one) => JSON.stringify(one) === JSON.stringify(part.of)) ? null : part;
      default: {
        const [one, other] = [left(part.left), left(part.right)];
        return one && other ? { kind: part.kind, left: one, right: other } : (one ?? other);
      }
    }
  };
  return left(formula);
}

function iouOf(bits: Uint32Array, { cells, counts, area }: UnitCounts, n: Uint32Array): number {
  let size = 0;
  for (let word = 0; word < bits.length; word++)
    for (let rest = bits[word]; rest !== 0; rest &= rest - 1) size += n[word * 32 + 31 - Math.clz32(rest & -rest)];
  let intersection = 0;
  for (let i = 0; i < cells.length; i++) if (hasBit(bits, cells[i])) intersection += counts[i];
  const union = area + size - intersection;
  return union === 0 ? 0 : intersection / union;
}
