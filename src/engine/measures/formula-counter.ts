import { hasBit } from '../bits/bitset.ts';
import { sampleCells, type CellMaps } from '../cells/cell-maps.ts';
import { formulaBits } from '../formula/evaluate.ts';
import type { Formula } from '../formula/formula.ts';
import { Recent } from '../recent.ts';
import type { FormulaSamples } from '../results/measures.ts';
import type { SearchTables } from '../search/tables.ts';

/** Formulas whose cells and counts are kept for the next question. */
const keptFormulas = 32;

/** Where formulas hold: in cells, and how often in each sample. Positions of a sample are counted once, whatever formulas follow. */
export class FormulaCounter {
  readonly #tables: SearchTables;
  readonly #maps: CellMaps;
  /** Positions of each entry of the palettes, for samples counted; made when first needed. */
  #perEntry = new Uint32Array();
  readonly #counted: Uint8Array;
  readonly #bits = new Recent<Uint32Array>(keptFormulas);
  readonly #inSamples = new Recent<Uint32Array>(keptFormulas);

  constructor(tables: SearchTables, maps: CellMaps) {
    this.#tables = tables;
    this.#maps = maps;
    this.#counted = new Uint8Array(maps.sampleCount);
  }

  /** See {@link formulaBits}. */
  bits(formula: Formula): Uint32Array {
    return this.#bits.get(JSON.stringify(formula), () => formulaBits(formula, this.#tables));
  }

  /** `[samples]` positions where a formula holds; 0 for samples not read. */
  inSamples(formula: Formula): Uint32Array {
    return this.#inSamples.get(JSON.stringify(formula), () => this.#count(this.bits(formula)));
  }

  /** `[samples]` 1 where a formula holds somewhere, else 0: {@link inSamples} without looking at positions, for formulas asked about once. */
  holds(formula: Formula): Uint8Array {
    const bits = this.bits(formula);
    const { sampleCount, paletteStart, palettes } = this.#maps;
    const holds = new Uint8Array(sampleCount);
    for (let sample = 0; sample < sampleCount; sample++) {
      for (let entry = paletteStart[sample]; entry < paletteStart[sample + 1] && holds[sample] === 0; entry++) {
        if (hasBit(bits, palettes[entry])) holds[sample] = 1;
      }
    }
    return holds;
  }

  /** The samples in which a formula holds somewhere. */
  samples(formula: Formula): FormulaSamples {
    const held = this.inSamples(formula);
    const samples = Uint32Array.from(held.keys())
      .filter((sample) => held[sample] > 0)
      .sort((a, b) => held[b] - held[a]);
    const inFormula = samples.map((sample) => held[sample]);
    return { size: inFormula.reduce((sum, count) => sum + count, 0), samples, inFormula };
  }

  #count(bits: Uint32Array): Uint32Array {
    const { sampleCount, paletteStart, palettes } = this.#maps;
    const inSamples = new Uint32Array(sampleCount);
    if (this.#perEntry.length !== palettes.length) this.#perEntry = new Uint32Array(palettes.length);
    for (let sample = 0; sample < sampleCount; sample++) {
      for (let entry = paletteStart[sample]; entry < paletteStart[sample + 1]; entry++) {
        if (!hasBit(bits, palettes[entry])) continue;
        if (this.#counted[sample] === 0) this.#countSample(sample);
        inSamples[sample] += this.#perEntry[entry];
      }
    }
    return inSamples;
  }

  #countSample(sample: number): void {
    const { palette, index } = sampleCells(this.#maps, sample);
    const perEntry = this.#perEntry.subarray(this.#maps.paletteStart[sample], this.#maps.paletteStart[sample + 1]);
    if (palette.length === 1) perEntry[0] = index.length;
    else for (let at = 0; at < index.length; at++) perEntry[index[at]]++;
    this.#counted[sample] = 1;
  }
}
