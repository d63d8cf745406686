import type { ContributionAnswer, ContributionMeasure, WeightFacts } from '../engine/contributions/contributions.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { Evidence } from '../jobs/api.ts';
import type { Workspace } from './workspace.svelte.ts';

/** Results of a layer, and the pictures behind them. */
export interface StudiedLayer {
  readonly results: LayerResults;
  readonly evidence: Evidence;
}

/** Layers whose results stay in memory, besides the one that is shown. */
const MOST_LAYERS = 8;

/** Rows of numbers that are kept: one of a layer of 2,048 units takes 8 kB. */
const MOST_ROWS = 1024;

/** Which layers' units are held against each other, and how. */
export interface LayerQuestion {
  readonly upper: StudiedLayer;
  readonly lower: StudiedLayer;
  readonly by: ContributionMeasure;
}

/** Layers that were held against each other, and the numbers found. */
export class LayerStudy {
  readonly #workspace: Pick<Workspace, 'load' | 'evidenceOf'>;
  readonly #layers = new Map<string, Promise<StudiedLayer | null>>();
  readonly #rows = new Map<string, Float32Array>();
  readonly #facts = new Map<string, WeightFacts | null>();

  constructor(workspace: Pick<Workspace, 'load' | 'evidenceOf'>) {
    this.#workspace = workspace;
  }

  /** Kept results; null where they are not kept any more. */
  layer(key: string, madeAt: string): Promise<StudiedLayer | null> {
    const name = `${key} ${madeAt}`;
    const known = this.#layers.get(name);
    if (known) return known;
    const read = this.#workspace
      .load(key)
      .then((results) => results && { results, evidence: this.#workspace.evidenceOf(results) });
    this.#layers.set(name, read);
    const forget = (): void => void this.#layers.delete(name);
    read.then((found) => found ?? forget(), forget);
    drop(this.#layers, MOST_LAYERS);
    return read;
  }

  /** What units are made of; only those are asked for that were not before. Rejects with a Fault. */
  async contributions(
    question: LayerQuestion,
    units: readonly number[],
    signal?: AbortSignal,
  ): Promise<ContributionAnswer> {
    const { upper, lower, by } = question;
    const about = [upper, lower].map(({ results: { key, madeAt } }) => `${key} ${madeAt}`).join(' ');
    const nameOf = (unit: number): string => `${about} ${by} ${unit}`;
    const missing = units.filter((unit) => !this.#rows.has(nameOf(unit)));
    const found = new Map<number, Float32Array>();
    if (missing.length > 0) {
      const answer = await upper.evidence.contributions(lower.results, missing, by, signal);
      if (answer.kind === 'none') return answer;
      this.#facts.set(`${about} ${by}`, answer.weights);
      for (const [at, unit] of missing.entries()) {
        found.set(unit, answer.values[at]);
        this.#rows.set(nameOf(unit), answer.values[at]);
      }
    }
    const values = units.map((unit) => found.get(unit) ?? this.#rows.get(nameOf(unit)) ?? new Float32Array());
    drop(this.#rows, MOST_ROWS);
    return { kind: 'values', values, weights: this.#facts.get(`${about} ${by}`) ?? null };
  }
}

const studies = new WeakMap<Workspace, LayerStudy>();

/** The study of what is kept in a workspace: one as long as the page is open. */
export function studyOf(workspace: Workspace): LayerStudy {
  const known = studies.get(workspace) ?? new LayerStudy(workspace);
  studies.set(workspace, known);
  return known;
}

/** Forgets what was put in first until no more than `most` are left. */
function drop(kept: Map<string, unknown>, most: number): void {
  for (const name of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(name);
  }
}
