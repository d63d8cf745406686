import { openKeptActivations, type KeptActivations } from '../engine/activation/kept.ts';
import { activationMap, unitMask, type UnitCounts } from '../engine/activation/unit-mask.ts';
import { UnitMasks } from '../engine/activation/unit-masks.ts';
import { hasBit } from '../engine/bits/bitset.ts';
import { openCellMaps, sampleCells, type CellMaps } from '../engine/cells/cell-maps.ts';
import { correlateClasses, type ClassCorrelations } from '../engine/analysis/class-correlations.ts';
import type { ToMeasure, UnitMeasures } from '../engine/analysis/measures.ts';
import type { LabelChoice } from '../engine/analysis/class-match.ts';
import { goldOfPictures, type GoldLabels } from '../engine/analysis/gold-labels.ts';
import { tallyUnits, type UnitTallies } from '../engine/analysis/unit-tallies.ts';
import type { SampledMeasure } from '../engine/contributions/contributions.ts';
import type { MaskFacts } from '../engine/contributions/mask-overlap.ts';
import { sampledContributions } from '../engine/contributions/sampled.ts';
import { Explainer } from '../engine/explain.ts';
import type { UnitId } from '../engine/ids.ts';
import type { LayerClasses } from '../engine/results/layer-results.ts';
import type { Formula } from '../engine/formula/formula.ts';
import type { CellFileInfo } from '../engine/interchange/cell-file.ts';
import { openCounted } from '../engine/interchange/cell-table.ts';
import { countsOfUnit, type CountedCells } from '../engine/interchange/counted-cells.ts';
import { CellsExplainer } from '../engine/interchange/explain-cells.ts';
import { kindGround, type KindGround } from '../engine/kinds/kind-ground.ts';
import type { NamedConcept, NameSimilarity } from '../engine/kinds/name-similarity.ts';
import { conceptCoverage } from '../engine/measures/coverage.ts';
import { FormulaCounter } from '../engine/measures/formula-counter.ts';
import { FormulaShares, type MapSize } from '../engine/measures/formula-shares.ts';
import { measureInCells } from '../engine/measures/measure-cells.ts';
import { measureUnit, measureUnitsInCells } from '../engine/measures/measure-units.ts';
import { Measurer } from '../engine/measures/measurer.ts';
import { RangeExplainer } from '../engine/ranges/range-explainer.ts';
import type { UnitRanges } from '../engine/ranges/ranges.ts';
import type { ExplainSettings, SearchSettings, UnitExplanation } from '../engine/results/explanation.ts';
import type {
  ConceptCoverage,
  FormulaMeasures,
  FormulaSamples,
  SampleConcepts,
  SampleList,
  SampleListKind,
} from '../engine/results/measures.ts';
import type { Concept } from '../engine/concepts.ts';
import { formulaOnPair } from '../engine/text/formula-on-pair.ts';
import type { FormulaOnPair } from '../engine/text/pair-facts.ts';
import type { SentencePair } from '../engine/text/sentence-pair.ts';
import { openSearchTables, type SearchBuffers, type SearchTables } from '../engine/search/tables.ts';
import type { LabelFile } from '../probing/labels/label-file.ts';
import { pipelineFaults } from './errors.ts';
import { openSampleTexts, type SampleTexts } from './sample-texts.ts';
import type { CellTableFormat, CellTableSubject } from './write-cell-table.ts';

/** A unit and the threshold of its mask. */
export type MaskedUnit = Pick<UnitExplanation, 'unit' | 'threshold'>;

/** The shared memory a search reads. */
export interface SearchMemory {
  readonly search: SearchBuffers;
  readonly maps: ArrayBufferLike;
  /** Absent where only formulas are to be evaluated. */
  readonly activations?: ArrayBufferLike | undefined;
  /** In place of activations: how often masks meet each cell, as a cell table has it; see openCounted. */
  readonly counted?: ArrayBufferLike | undefined;
  /** Names of the samples; see CellBuffers. Absent where nobody asks. */
  readonly names?: ArrayBufferLike | undefined;
  /** Activations of a lower layer on the same samples. Absent where nobody asks what units are made of. */
  readonly lower?: ArrayBufferLike | undefined;
}

/** What is asked of a probing set's cells. */
interface OpenCells {
  readonly search: SearchTables;
  readonly maps: CellMaps;
  readonly formulas: FormulaCounter;
}

/** What is asked of a layer's activations. */
interface OpenLayer {
  readonly activations: KeptActivations;
  readonly masks: UnitMasks;
  readonly explainer: Explainer;
  readonly measurer: Measurer;
  /** Made when first asked for. */
  ranges?: RangeExplainer;
}

/** What is asked of masks that a cell table has counted. */
interface OpenTable {
  readonly counted: CountedCells;
  readonly info: CellFileInfo;
  readonly explainer: CellsExplainer;
}

/** Explanations, and the masks and measures behind them, from shared memory: what a search worker offers. */
export class SearchService {
  #cells: OpenCells | undefined;
  #layer: OpenLayer | undefined;
  #table: OpenTable | undefined;
  #texts: SampleTexts | undefined;
  #lower: KeptActivations | undefined;
  #shares: { readonly key: string; readonly of: FormulaShares } | undefined;

  /** Takes the memory to read from, in place of what was attached before. Nothing is copied. */
  attach({ search: buffers, maps: mapsBuffer, activations: buffer, counted, names, lower }: SearchMemory): void {
    const search = openSearchTables(buffers);
    const maps = openCellMaps(mapsBuffer);
    const formulas = new FormulaCounter(search, maps);
    this.#cells = { search, maps, formulas };
    this.#texts = names && openSampleTexts(names);
    this.#lower = lower && openKeptActivations(lower);
    this.#layer = undefined;
    this.#shares = undefined;
    this.#table = counted && openTable(counted, search);
    if (!buffer) return;
    const activations = openKeptActivations(buffer);
    const inputs = { search, maps, activations };
    const masks = new UnitMasks(activations, maps, search.cells.cellCount);
    const measurer = new Measurer(inputs, masks, formulas);
    this.#layer = { activations, masks, explainer: new Explainer(inputs, masks), measurer };
  }

  /** Explains units one after the other. */
  explain(units: readonly number[], settings: ExplainSettings): UnitExplanation[] {
    const { explainer } = this.#table ?? this.#attachedLayer();
    return units.map((unit) => explainer.explain(unit, settings));
  }

  /** See unitMask of src/engine/activation. */
  unitMask(unit: number, sample: number, threshold: number): Uint8Array {
    return unitMask(this.#attachedLayer().activations, unit, sample, threshold, this.#attachedCells().maps.grid);
  }

  /** 1 at every position of a sample where a formula holds. */
  formulaMask(formula: Formula, sample: number): Uint8Array {
    const { maps, formulas } = this.#attachedCells();
    const mask = new Uint8Array(maps.grid.height * maps.grid.width);
    const { palette, index } = sampleCells(maps, sample);
    if (palette.length === 0) return mask;
    const bits = formulas.bits(formula);
    const holds = Array.from(palette, (cell) => (hasBit(bits, cell) ? 1 : 0));
    for (let at = 0; at < mask.length; at++) mask[at] = holds[index[at]];
    return mask;
  }

  /** The unit's activation enlarged to the grid, as its mask sees it; null where it was not kept. */
  activationMap(unit: number, sample: number): Float32Array | null {
    return activationMap(this.#attachedLayer().activations, unit, sample, this.#attachedCells().maps.grid);
  }

  /** Which concepts lie where in a sample; none anywhere in a sample that was not read. */
  sampleConcepts(sample: number): SampleConcepts {
    const { maps, search } = this.#attachedCells();
    const { signatureStart, signatures } = search.cells;
    const { palette, index } = sampleCells(maps, sample);
    if (palette.length === 0) return { palette: [[]], index: new Uint8Array(maps.grid.height * maps.grid.width) };
    const concepts = Array.from(palette, (cell) => [
      ...signatures.subarray(signatureStart[cell], signatureStart[cell + 1]),
    ]);
    return { palette: concepts, index: index.slice() };
  }

  /** What thresholds can be tried with the maps that were kept; see ThresholdLimits of src/jobs/api.ts. */
  thresholdLimits(unit: number): { readonly quantile: number; readonly floor: number } {
    if (this.#table) return { quantile: 1, floor: -Infinity };
    const { keptQuantile, floor } = this.#attachedLayer().activations;
    return { quantile: keptQuantile, floor: floor[unit] };
  }

  /** Holds a formula against a unit's mask; a cell table's has no other threshold than its own. */
  measure(unit: number, threshold: number, formula: Formula): FormulaMeasures {
    if (this.#table) {
      const { formulas, search } = this.#attachedCells();
      const counts = countsOfUnit(this.#table.counted, unit, 0);
      return measureInCells(formula, search.cells.n, counts, (part) => formulas.bits(part));
    }
    return this.#attachedLayer().measurer.measure(unit, threshold, formula);
  }

  /** Measures of units' formulas, without what each concept does for them. */
  unitMeasures(units: readonly ToMeasure[]): readonly UnitMeasures[] {
    if (this.#table) return measureUnitsInCells(this.#table.counted, this.#attachedCells().search, units);
    const { measurer } = this.#attachedLayer();
    return units.map((unit) => measureUnit(measurer, unit));
  }

  /** Splits a unit's activation into ranges, each explained by itself; see {@link RangeExplainer}. */
  ranges(unit: number, k: number, settings: SearchSettings): UnitRanges {
    const layer = this.#attachedLayer();
    layer.ranges ??= new RangeExplainer({ ...this.#attachedCells(), activations: layer.activations });
    return layer.ranges.explain(unit, k, settings);
  }

  /** What the positions of units' masks tell about formulas; a cell table's have no other threshold than its own. */
  kindGrounds(
    units: readonly { readonly unit: number; readonly threshold: number; readonly formula: Formula }[],
  ): readonly KindGround[] {
    const { search, formulas } = this.#attachedCells();
    const table = this.#table;
    const countsOf = (unit: number, threshold: number): UnitCounts =>
      table ? countsOfUnit(table.counted, unit, 0) : this.#attachedLayer().masks.counts(unit, threshold);
    return units.map(({ unit, threshold, formula }) =>
      kindGround(formula, countsOf(unit, threshold), search, (part) => formulas.bits(part)),
    );
  }

  /** How similar pairs of names are, in their order; needs nothing attached. See compareNames of word-tables.ts. */
  async compareNames(
    base: string,
    pairs: readonly (readonly [NamedConcept, NamedConcept])[],
  ): Promise<readonly NameSimilarity[]> {
    const { compareNames } = await import('./word-tables.ts');
    return compareNames(base, pairs);
  }

  /** Samples where unit and formula agree or differ. */
  sampleList(unit: number, threshold: number, formula: Formula | null, kind: SampleListKind): SampleList {
    return this.#attachedLayer().measurer.sampleList(unit, threshold, formula, kind);
  }

  /** Samples in which a formula holds. */
  formulaSamples(formula: Formula): FormulaSamples {
    return this.#attachedCells().formulas.samples(formula);
  }

  /** How much of each position of a layer's map formulas cover; see {@link FormulaShares}. Where formulas hold is kept for the next samples. */
  formulaShares(formulas: readonly Formula[], samples: readonly number[], size: MapSize): Float32Array {
    const { search, maps } = this.#attachedCells();
    const key = JSON.stringify([size, formulas]);
    if (this.#shares?.key !== key) this.#shares = { key, of: new FormulaShares(search, maps, formulas, size) };
    return this.#shares.of.of(samples);
  }

  /** How much of the probing set each concept covers. */
  coverage(): ConceptCoverage {
    const { search, maps } = this.#attachedCells();
    return conceptCoverage(search.cells, maps);
  }

  /**
   * All units over all cells as a file; see docs/interchange.md.
   *
   * @throws RangeError, if the threshold needs maps that were not kept
   */
  async cellTable(format: CellTableFormat, subject: CellTableSubject): Promise<Blob> {
    const { writeCells, writeCellsOfRun } = await import('./write-cell-table.ts');
    if (this.#table) return writeCells(format, this.#table.counted, this.#table.info);
    const { search, maps } = this.#attachedCells();
    return writeCellsOfRun(format, { search, masks: this.#attachedLayer().masks, grid: maps.grid }, subject);
  }

  /** Name of a sample: its picture's path, or its row. */
  sampleName(sample: number): string {
    return this.#texts?.names[sample] ?? `sample ${sample}`;
  }

  /** Names of all samples, by number. */
  sampleNames(): readonly string[] {
    return Array.from({ length: this.#attachedCells().maps.sampleCount }, (_, sample) => this.sampleName(sample));
  }

  /** The two sentences of a sample; null where samples are no pairs. */
  pair(sample: number): SentencePair | null {
    return this.#texts?.pairs?.[sample] ?? null;
  }

  /** Gold labels of all samples: those of sentence pairs, or of pictures (goldOfPictures). */
  goldLabels(concepts: readonly Concept[]): GoldLabels {
    const { maps, search } = this.#attachedCells();
    if (!this.#texts?.pairs) return goldOfPictures(search.cells, maps, concepts);
    const labels = this.#texts.pairs.map(({ gold }) => gold);
    return { source: labels.some((label) => label !== null) ? 'pairs' : null, labels };
  }

  /** Gold labels of the samples out of a file; see readLabelFile. */
  async readLabels(file: File): Promise<LabelFile> {
    const { readLabelFile } = await import('../probing/labels/label-file.ts');
    return readLabelFile(new Uint8Array(await file.arrayBuffer()), file.name, this.sampleNames());
  }

  /**
   * How often a model is right where each unit fires; null where nothing can be compared.
   *
   * @param units with the thresholds of their masks; null: it fires nowhere
   * @param concepts of the probing set, which name pictures' gold labels
   */
  unitTallies(
    units: readonly MaskedUnit[],
    classes: LayerClasses,
    concepts: readonly Concept[],
    { names = classes.names, gold, corrections }: LabelChoice = {},
  ): UnitTallies | null {
    const { measurer } = this.#attachedLayer();
    const thresholds = new Map(units.map(({ unit, threshold }) => [unit, threshold]));
    const firing = (unit: UnitId): ArrayLike<number> => {
      const threshold = thresholds.get(unit) ?? null;
      return threshold === null ? [] : measurer.sampleList(unit, threshold, null, 'firing').samples;
    };
    const labels = gold ?? this.goldLabels(concepts).labels;
    return tallyUnits({ units, classes: { ...classes, names } }, labels, firing, corrections);
  }

  /**
   * How units go together with the classes of the model.
   *
   * @param output the model's output of classes on the same samples: activations, with the classes in place of units
   * @param unit the only one asked for; null: all
   */
  classCorrelations(output: ArrayBufferLike, unit: number | null): ClassCorrelations {
    const { activations } = this.#attachedLayer();
    return correlateClasses(activations, openKeptActivations(output), unit === null ? undefined : [unit, unit + 1]);
  }

  /**
   * What units are made of, by the samples; see {@link sampledContributions}.
   *
   * @param units of the layer
   * @param below units of the lower layer
   */
  contributions(units: readonly MaskFacts[], below: readonly MaskFacts[], by: SampledMeasure): Float32Array {
    const { activations } = this.#attachedLayer();
    if (!this.#lower) throw pipelineFaults['nothing-open']('lower layer');
    const lower = { activations: this.#lower, units: below };
    return sampledContributions({ activations, units }, lower, this.#attachedCells().maps.grid, by);
  }

  /** Which words of a pair make a formula true; none of a sample that is no pair, or was not read. */
  formulaOnPair(formula: Formula, sample: number, concepts: readonly Concept[]): FormulaOnPair {
    const { maps, search } = this.#attachedCells();
    const pair = this.pair(sample);
    const { palette } = sampleCells(maps, sample);
    if (!pair || palette.length === 0) return { holds: false, marks: [] };
    const [cell] = palette;
    const { signatureStart, signatures } = search.cells;
    const signature = new Set(signatures.subarray(signatureStart[cell], signatureStart[cell + 1]));
    const { neighborStart, neighbors } = search;
    const neighborsOf = (id: number): readonly number[] => [
      ...neighbors.subarray(neighborStart[id], neighborStart[id + 1]),
    ];
    return formulaOnPair(formula, pair, concepts, neighborsOf, (id) => signature.has(id));
  }

  #attachedCells(): OpenCells {
    if (!this.#cells) throw pipelineFaults['nothing-open']('probing set');
    return this.#cells;
  }

  #attachedLayer(): OpenLayer {
    this.#attachedCells();
    if (!this.#layer) throw pipelineFaults['nothing-open']('layer');
    return this.#layer;
  }
}

function openTable(buffer: ArrayBufferLike, search: SearchTables): OpenTable {
  const { counted, info } = openCounted(buffer, search.cells);
  return { counted, info, explainer: new CellsExplainer({ counted, concepts: [], info }, search) };
}
