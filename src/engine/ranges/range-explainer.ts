import type { KeptActivations } from '../activation/kept.ts';
import { UnitCounter, type MaskSamples } from '../activation/unit-mask.ts';
import type { ExplainInputs } from '../explain.ts';
import { CountsExplainer, NO_FACTS } from '../explain-counts.ts';
import type { SearchSettings } from '../results/explanation.ts';
import { BandCounter } from './bands.ts';
import { bestClusters } from './one-dimension.ts';
import type { ActivationRange, RangeHistogram, RangeSample, UnitRanges } from './ranges.ts';
import { splitValues, type SplitValues } from './weighted-values.ts';

/** Samples listed for each range. */
const topCount = 12;

/** Bins of the histogram. */
const binCount = 60;

const NO_SAMPLES: MaskSamples = {
  samples: new Uint32Array(),
  start: new Uint32Array(1),
  cells: new Uint32Array(),
  counts: new Uint32Array(),
};

/**
 * Explains ranges of units' activations, each by itself (La Rosa et al., NeurIPS 2023). Keep one for each worker: it keeps scratch memory of its
 * own, that of a search and of a count of masks.
 */
export class RangeExplainer {
  readonly #inputs: ExplainInputs;
  readonly #counter: UnitCounter;
  readonly #bands: BandCounter;
  readonly #search: CountsExplainer;

  constructor(inputs: ExplainInputs) {
    const { search, maps, activations } = inputs;
    const { cellCount } = search.cells;
    this.#inputs = inputs;
    this.#counter = new UnitCounter(activations, maps, cellCount);
    this.#bands = new BandCounter(cellCount);
    this.#search = new CountsExplainer(search);
  }

  /**
   * Splits a unit's activations above 0 into `k` clusters and searches a formula for each. Where not all maps were kept, the split is of the
   * activations above the lowest number above which all were.
   *
   * @param k 1 or more
   * @param settings of the search; every range is searched, however small, in default mode
   */
  explain(unit: number, k: number, settings: SearchSettings): UnitRanges {
    const { activations, search } = this.#inputs;
    const { start, maps, height, width, floor, samplesRead } = activations;
    const size = height * width;
    const from = Math.max(0, floor[unit]);
    const kept = maps.subarray(start[unit] * size, start[unit + 1] * size);
    const split = splitValues(activations.notFinite[unit] > 0 ? new Float32Array() : kept, from);
    const firsts = bestClusters(split, k);
    const lows = firsts.map((first) => (first === 0 ? from : between(split.highs[first - 1], split.lows[first])));
    const highest = split.highs.at(-1) ?? from;
    const masks = [...lows.map((low) => this.#counter.bySample(unit, low)), NO_SAMPLES];
    const each: SearchSettings = { ...settings, mode: 'default', minActive: 0 };
    const peaks = peaksOf(activations, unit);
    const clusters = firsts.map((first, at) => clusterOf(split, first, firsts.at(at + 1) ?? split.values.length));
    const ranges = lows.map((low, at): ActivationRange => {
      const mask = this.#bands.between(masks[at], masks[at + 1]);
      const { area, firing, state, best } = this.#search.explain(unit, this.#counter.count(mask), each, NO_FACTS);
      const { mean, values } = clusters[at];
      const high = lows.at(at + 1) ?? highest;
      return { low, high, mean, values, area, firing, state, best, top: topOf(mask, peaks, mean) };
    });
    return {
      unit,
      k,
      from,
      values: split.count,
      total: samplesRead * size,
      step: split.step,
      withinClusters: clusters.reduce((sum, { cost }) => sum + cost, 0),
      positions: search.cells.positionCount,
      ranges,
      histogram: histogramOf(split, from, highest),
    };
  }
}

/** A float32 that parts two others: at or above `low` and below `high`, in the middle where there is one. */
function between(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle < high ? middle : low;
}

/** A cluster of the values from `first` up to `end`, exclusive. */
function clusterOf(
  { values, weights }: SplitValues,
  first: number,
  end: number,
): { readonly mean: number; readonly values: number; readonly cost: number } {
  let weight = 0;
  let sum = 0;
  for (let i = first; i < end; i++) {
    weight += weights[i];
    sum += weights[i] * values[i];
  }
  const mean = sum / weight;
  let cost = 0;
  for (let i = first; i < end; i++) cost += weights[i] * (values[i] - mean) ** 2;
  return { mean, values: weight, cost };
}

function histogramOf({ values, weights }: SplitValues, from: number, to: number): RangeHistogram {
  const counts = new Array<number>(binCount).fill(0);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(((values[i] - from) / (to - from)) * binCount);
    counts[Math.min(binCount - 1, Math.max(0, bin))] += weights[i];
  }
  return { from, to, counts };
}

/** Largest activation of each sample. */
function peaksOf({ highest, sampleCount }: KeptActivations, unit: number): Float32Array {
  return highest.subarray(unit * sampleCount, (unit + 1) * sampleCount);
}

function topOf({ samples, start, counts }: MaskSamples, peaks: Float32Array, mean: number): readonly RangeSample[] {
  const positions = new Float64Array(samples.length);
  for (let i = 0; i < samples.length; i++) for (let at = start[i]; at < start[i + 1]; at++) positions[i] += counts[at];
  const off = (i: number): number => Math.abs(peaks[samples[i]] - mean);
  return [...samples.keys()]
    .sort((a, b) => positions[b] - positions[a] || off(a) - off(b) || a - b)
    .slice(0, topCount)
    .map((i) => ({ sample: samples[i], positions: positions[i], peak: peaks[samples[i]] }));
}
