import type { AblationGround, AblationOutcome, FormulaStandIn, UnitChange } from '../engine/ablation/outcome.ts';
import type { AblationRunner } from '../engine/ablation/runner.ts';
import { explainedUnits, formulaAt } from '../engine/analysis/explained-units.ts';
import type { Formula } from '../engine/formula/formula.ts';
import type { UnitExplanation } from '../engine/results/explanation.ts';
import type { AblationBench, BenchReady } from './ablation-bench.ts';

type Later<Method> = Method extends (...args: infer Arguments) => infer Result
  ? (...args: Arguments) => Awaited<Result> | Promise<Awaited<Result>>
  : never;

/** What is asked of an AblationBench, here or in a worker. */
export type Bench = {
  readonly [
    Name in 'tryOff' | 'beginLines' | 'addLines' | 'endLines' | 'beginReplaced' | 'addReplaced' | 'endReplaced'
  ]: Later<AblationBench[Name]>;
};

/** How much of each position of the layer's map formulas cover on samples: `[samples, formulas, height * width]`; see FormulaShares. */
export type SharesOf = (
  formulas: readonly Formula[],
  samples: readonly number[],
) => Float32Array | Promise<Float32Array>;

/** How a task is watched and ended. */
export interface Watch {
  /** Samples done, of all. */
  readonly onDone?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Tries with units changed, one after the other. Shares of one batch are worked out while the model runs the one before. */
export class AblationTries implements AblationRunner {
  readonly ground: AblationGround;
  readonly #bench: Bench;
  readonly #batches: BenchReady['batches'];
  readonly #units: readonly UnitExplanation[];
  readonly #sharesOf: SharesOf;
  /** Lines by the most concepts of a formula. */
  readonly #lines = new Map<number, readonly FormulaStandIn[]>();
  #last: Promise<unknown> = Promise.resolve();

  /** @param units of the results; those that are explained have formulas */
  constructor(bench: Bench, { ground, batches }: BenchReady, units: readonly UnitExplanation[], sharesOf: SharesOf) {
    this.ground = ground;
    this.#bench = bench;
    this.#batches = batches;
    this.#units = units;
    this.#sharesOf = sharesOf;
  }

  /**
   * What the model says with units changed; units without a formula count among the others where formulas take the place of units.
   *
   * @throws Fault of the model; the signal's reason
   */
  try(
    changes: readonly UnitChange[],
    { onDone, signal }: { readonly onDone?: (done: number) => void; readonly signal?: AbortSignal } = {},
  ): Promise<readonly AblationOutcome[]> {
    return this.#inTurn(async () => {
      const outcomes: AblationOutcome[] = [];
      for (const change of changes) {
        signal?.throwIfAborted();
        const watch = signal ? { signal } : {};
        outcomes.push(
          change.kind === 'off' ? await this.#bench.tryOff(change.units) : await this.#replaced(change, watch),
        );
        onDone?.(outcomes.length);
      }
      return outcomes;
    });
  }

  /** See AblationRunner. @throws the signal's reason */
  standIns({ length, ...watch }: Watch & { readonly length?: number } = {}): Promise<readonly FormulaStandIn[]> {
    return this.#inTurn(() => this.#linesOf(length, watch));
  }

  async #replaced(
    { units, others, length }: Extract<UnitChange, { readonly kind: 'formulas' }>,
    watch: Watch,
  ): Promise<AblationOutcome> {
    const all = await this.#linesOf(length, watch);
    const wanted = new Set(units);
    const lines = all.filter(({ unit }) => wanted.has(unit));
    await this.#bench.beginReplaced(lines, others);
    const formulas = this.#formulas(length);
    const ofLines = lines.map(({ unit }) => formulas.get(unit)).filter((formula) => formula !== undefined);
    await this.#eachBatch(ofLines, watch, (at, shares) => this.#bench.addReplaced(at, shares));
    return this.#bench.endReplaced();
  }

  async #linesOf(length: number | undefined, watch: Watch): Promise<readonly FormulaStandIn[]> {
    const formulas = this.#formulas(length);
    const key = Math.min(length ?? Infinity, this.#longest);
    const known = this.#lines.get(key);
    if (known) return known;
    await this.#bench.beginLines([...formulas.keys()]);
    await this.#eachBatch([...formulas.values()], watch, (at, shares) => this.#bench.addLines(at, shares));
    const lines = await this.#bench.endLines();
    this.#lines.set(key, lines);
    return lines;
  }

  get #longest(): number {
    return this.#units.reduce((most, { byLength }) => Math.max(most, byLength.length), 1);
  }

  /** The formula of each explained unit. */
  #formulas(length: number | undefined): ReadonlyMap<number, Formula> {
    const explained = explainedUnits({ units: this.#units });
    return new Map(explained.map((unit) => [unit.unit, formulaAt(unit, length ?? this.#longest).formula]));
  }

  async #eachBatch(
    formulas: readonly Formula[],
    { onDone, signal }: Watch,
    work: (at: number, shares: Float32Array) => unknown,
  ): Promise<void> {
    const total = this.ground.samples.length;
    const sharesAt = async (at: number): Promise<Float32Array> => this.#sharesOf(formulas, this.#batches[at]);
    let done = 0;
    let next = sharesAt(0);
    for (const [at, samples] of this.#batches.entries()) {
      signal?.throwIfAborted();
      const shares = await next;
      if (at + 1 < this.#batches.length) {
        next = sharesAt(at + 1);
        // Awaited with the next batch; until then a failure must not count as unhandled.
        next.catch(() => undefined);
      }
      await work(at, shares);
      done += samples.length;
      onDone?.(done, total);
    }
  }

  /** Does work once what was asked for before is over. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
