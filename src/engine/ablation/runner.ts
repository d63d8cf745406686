import type { AblationGround, AblationOutcome, FormulaStandIn, UnitChange } from './outcome.ts';

/** What runs the part of a model that lies behind a layer, again and again. */
export interface AblationRunner {
  readonly ground: AblationGround;
  /** An outcome for each change, in their order. Ends between two outcomes where `signal` is aborted, and rejects. */
  try(changes: readonly UnitChange[], options?: { readonly signal?: AbortSignal }): Promise<readonly AblationOutcome[]>;
  /** The lines by which formulas of at most `length` concepts stand in for all explained units; absent: of the most there are. */
  standIns(options?: { readonly length?: number; readonly signal?: AbortSignal }): Promise<readonly FormulaStandIn[]>;
}

/** How something of many outcomes is told and ended. */
export interface TryOptions {
  /** Outcomes that are there, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Outcomes in memory at once. */
const LOT = 16;

/**
 * Tries many changes, a few at a time, and keeps of each outcome only what `take` makes of it.
 *
 * @returns what was made, in the order of the changes
 */
export async function tryInLots<Kept>(
  runner: Pick<AblationRunner, 'try'>,
  changes: readonly UnitChange[],
  take: (outcome: AblationOutcome, at: number) => Kept,
  { onProgress, signal }: TryOptions = {},
): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for (let first = 0; first < changes.length; first += LOT) {
    signal?.throwIfAborted();
    const outcomes = await runner.try(changes.slice(first, first + LOT), signal ? { signal } : {});
    for (const outcome of outcomes) kept.push(take(outcome, kept.length));
    onProgress?.(kept.length, changes.length);
  }
  return kept;
}
