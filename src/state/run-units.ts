import type { UnitExplanation } from '../engine/results/explanation.ts';
import type { ExplainedUnits } from '../jobs/api.ts';

/** A unit that a run has explained so far. */
export interface RunUnit {
  readonly explanation: UnitExplanation;
  /** Share of the samples it comes from, above 0; 1: final. */
  readonly share: number;
}

/** Units by number, in the order in which they first came. */
export type RunUnits = ReadonlyMap<number, RunUnit>;

/** No units. */
export const noUnits: RunUnits = new Map();

/** Units with those that were explained now; those from a larger share take the place of earlier ones, where they stood. */
export function withUnits(known: RunUnits, { share, units }: Pick<ExplainedUnits, 'share' | 'units'>): RunUnits {
  const next = new Map(known);
  for (const explanation of units) {
    const before = known.get(explanation.unit);
    if (!before || before.share <= share) next.set(explanation.unit, { explanation, share });
  }
  return next;
}

/** Units whose explanation is final. */
export function finalUnits(units: RunUnits): RunUnits {
  return new Map([...units].filter(([, { share }]) => share >= 1));
}
