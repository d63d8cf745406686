import { hasBit } from '../engine/bits/bitset.ts';
import { openBundle } from '../engine/bits/bundle.ts';
import { openKeptActivations, type KeptActivations } from '../engine/activation/kept.ts';
import { unitMask } from '../engine/activation/unit-mask.ts';
import { openCellMaps, sampleCells, type CellMaps } from '../engine/cells/cell-maps.ts';
import { Explainer } from '../engine/explain.ts';
import { formulaBits } from '../engine/formula/evaluate.ts';
import type { Formula } from '../engine/formula/formula.ts';
import type { ExplainSettings, UnitExplanation } from '../engine/results/explanation.ts';
import { openSearchTables, type SearchBuffers, type SearchTables } from '../engine/search/tables.ts';
import { pipelineFaults } from './errors.ts';

/** The shared memory a search reads. */
export interface SearchMemory {
  readonly search: SearchBuffers;
  readonly maps: ArrayBufferLike;
  /** Absent where only formulas are to be evaluated. */
  readonly activations?: ArrayBufferLike | undefined;
  /** Names of the samples; see CellBuffers. Absent where nobody asks. */
  readonly names?: ArrayBufferLike | undefined;
}

/** Bitsets of formulas kept for the next sample. */
const KEPT_FORMULAS = 32;

/** Explanations, and the masks behind them, from shared memory: what a search worker offers. */
export class SearchService {
  #search: SearchTables | undefined;
  #maps: CellMaps | undefined;
  #activations: KeptActivations | undefined;
  #names: readonly string[] | undefined;
  #explainer: Explainer | undefined;
  readonly #formulas = new Map<string, Uint32Array>();

  /** Takes the memory to read from, in place of what was attached before. Nothing is copied. */
  attach({ search, maps, activations, names }: SearchMemory): void {
    this.#search = openSearchTables(search);
    this.#maps = openCellMaps(maps);
    this.#activations = activations && openKeptActivations(activations);
    this.#names = names && (openBundle(names).meta as { readonly names: readonly string[] }).names;
    this.#explainer = undefined;
    this.#formulas.clear();
  }

  /** Explains units one after the other. */
  explain(units: readonly number[], settings: ExplainSettings): UnitExplanation[] {
    const { search, maps, activations } = { ...this.#attached(), activations: this.#attachedActivations() };
    this.#explainer ??= new Explainer({ search, maps, activations });
    return units.map((unit) => (this.#explainer as Explainer).explain(unit, settings));
  }

  /** See unitMask of src/engine/activation. */
  unitMask(unit: number, sample: number, threshold: number): Uint8Array {
    return unitMask(this.#attachedActivations(), unit, sample, threshold, this.#attached().maps.grid);
  }

  /** 1 at every position of a sample where a formula holds. */
  formulaMask(formula: Formula, sample: number): Uint8Array {
    const { maps } = this.#attached();
    const bits = this.#bits(formula);
    const { palette, index } = sampleCells(maps, sample);
    const holds = Array.from(palette, (cell) => (hasBit(bits, cell) ? 1 : 0));
    const mask = new Uint8Array(index.length);
    for (let at = 0; at < mask.length; at++) mask[at] = holds[index[at]];
    return mask;
  }

  /** Concepts true somewhere in a sample, ascending. */
  conceptsIn(sample: number): number[] {
    const { maps, search } = this.#attached();
    const { signatureStart, signatures } = search.cells;
    const found = new Set<number>();
    for (const cell of sampleCells(maps, sample).palette) {
      for (let i = signatureStart[cell]; i < signatureStart[cell + 1]; i++) found.add(signatures[i]);
    }
    return [...found].sort((a, b) => a - b);
  }

  /** Name of a sample: its picture's path, or its row. */
  sampleName(sample: number): string {
    return this.#names?.[sample] ?? `sample ${sample}`;
  }

  #bits(formula: Formula): Uint32Array {
    const key = JSON.stringify(formula);
    const known = this.#formulas.get(key);
    if (known) return known;
    const bits = formulaBits(formula, this.#attached().search);
    const [oldest] = this.#formulas.keys();
    if (this.#formulas.size >= KEPT_FORMULAS && oldest !== undefined) this.#formulas.delete(oldest);
    this.#formulas.set(key, bits);
    return bits;
  }

  #attached(): { search: SearchTables; maps: CellMaps } {
    if (!this.#search || !this.#maps) throw pipelineFaults['nothing-open']('probing set');
    return { search: this.#search, maps: this.#maps };
  }

  #attachedActivations(): KeptActivations {
    if (!this.#activations) throw pipelineFaults['nothing-open']('layer');
    return this.#activations;
  }
}
