import { makeKeptActivations, type KeptActivations } from './kept.ts';
import { LargestValues } from './largest.ts';

/** What a collector must know before the first batch. */
export interface CollectorOptions {
  readonly unitCount: number;
  readonly sampleCount: number;
  readonly height: number;
  readonly width: number;
  /** Largest quantile whose threshold must be exact; 1 keeps every map. */
  readonly keptQuantile: number;
}

/**
 * Collects activation maps while batches come in, and forgets those that cannot matter: per unit the k largest values seen bound
 * the final threshold from below, so a map whose maximum lies below that bound is dropped.
 *
 * Memory: kept maps, plus k + 1 values a unit, with k = floor(keptQuantile * samples * height * width).
 */
export class ActivationCollector {
  readonly #options: CollectorOptions;
  readonly #units: UnitCollector[];
  readonly #mapSize: number;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#mapSize = options.height * options.width;
    const total = options.sampleCount * this.#mapSize;
    const k = options.keptQuantile >= 1 ? Infinity : Math.floor(options.keptQuantile * total) + 1;
    this.#units = Array.from({ length: options.unitCount }, () => new UnitCollector(this.#mapSize, k));
  }

  /**
   * Adds a batch.
   *
   * @param firstSample sample of the batch's first row; batches come in ascending order
   * @param count samples in the batch
   * @param values `[count, units, height, width]`, or `[count, height, width, units]` where `layout` is `NHWC`
   */
  add(firstSample: number, count: number, values: Float32Array, layout: 'NCHW' | 'NHWC' = 'NCHW'): void {
    const units = this.#options.unitCount;
    const size = this.#mapSize;
    if (values.length !== count * units * size) {
      throw new RangeError(`A batch of ${count} samples has ${values.length} values, not ${count * units * size}.`);
    }
    const map = new Float32Array(size);
    for (let row = 0; row < count; row++) {
      for (let unit = 0; unit < units; unit++) {
        if (layout === 'NCHW') {
          const at = (row * units + unit) * size;
          this.#units[unit].add(firstSample + row, values.subarray(at, at + size));
        } else {
          for (let i = 0; i < size; i++) map[i] = values[(row * size + i) * units + unit];
          this.#units[unit].add(firstSample + row, map);
        }
      }
    }
  }

  /** Everything kept, in shared memory. */
  finish(): KeptActivations {
    const { unitCount, sampleCount, height, width, keptQuantile } = this.#options;
    for (const unit of this.#units) unit.prune();
    const start = new Float64Array(unitCount + 1);
    for (const [unit, kept] of this.#units.entries()) start[unit + 1] = start[unit] + kept.count;
    const samples = new Uint32Array(start[unitCount]);
    const peaks = new Float32Array(start[unitCount]);
    const maps = new Float32Array(start[unitCount] * this.#mapSize);
    for (const [unit, kept] of this.#units.entries()) {
      samples.set(kept.samples.subarray(0, kept.count), start[unit]);
      peaks.set(kept.peaks.subarray(0, kept.count), start[unit]);
      maps.set(kept.maps.subarray(0, kept.count * this.#mapSize), start[unit] * this.#mapSize);
    }
    return makeKeptActivations(
      { unitCount, sampleCount, height, width, keptQuantile },
      {
        start,
        samples,
        peaks,
        maps,
        floor: Float32Array.from(this.#units, (unit) => unit.bound),
        minimum: Float32Array.from(this.#units, (unit) => unit.minimum),
        maximum: Float32Array.from(this.#units, (unit) => unit.maximum),
        notFinite: Float64Array.from(this.#units, (unit) => unit.notFinite),
      },
    );
  }
}

/** The kept maps of one unit. */
class UnitCollector {
  count = 0;
  samples = new Uint32Array(16);
  peaks = new Float32Array(16);
  maps: Float32Array;
  minimum = Infinity;
  maximum = -Infinity;
  notFinite = 0;
  readonly #size: number;
  /** Absent where every map is kept. */
  readonly #largest: LargestValues | undefined;

  constructor(size: number, k: number) {
    this.#size = size;
    this.maps = new Float32Array(16 * size);
    if (k !== Infinity) this.#largest = new LargestValues(k);
  }

  /** Lower bound of the final threshold; no map that reaches it was left out. */
  get bound(): number {
    return this.#largest?.bound ?? -Infinity;
  }

  add(sample: number, map: Float32Array): void {
    let low = Infinity;
    let high = -Infinity;
    let bad = 0;
    for (let i = 0; i < map.length; i++) {
      const value = map[i];
      if (!Number.isFinite(value)) bad++;
      else {
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
    this.notFinite += bad;
    if (low < this.minimum) this.minimum = low;
    if (high > this.maximum) this.maximum = high;
    if (high < this.bound) return;
    this.#largest?.add(map);
    this.#keep(sample, high, map);
  }

  /** Forgets maps that fell below the bound since they were kept. */
  prune(): void {
    if (!this.#largest) return;
    this.#largest.settle();
    const bound = this.#largest.bound;
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      const from = i * this.#size;
      if (this.peaks[i] < bound) continue;
      if (kept !== i) {
        this.samples[kept] = this.samples[i];
        this.peaks[kept] = this.peaks[i];
        this.maps.copyWithin(kept * this.#size, from, from + this.#size);
      }
      kept++;
    }
    this.count = kept;
  }

  #keep(sample: number, peak: number, map: Float32Array): void {
    if (this.count === this.samples.length) {
      const before = this.bound;
      this.prune();
      // Growing only when pruning did not free a quarter keeps both rare.
      if (before === this.bound || this.count > 0.75 * this.samples.length) this.#grow();
    }
    this.samples[this.count] = sample;
    this.peaks[this.count] = peak;
    this.maps.set(map, this.count * this.#size);
    this.count++;
  }

  #grow(): void {
    const samples = new Uint32Array(this.samples.length * 2);
    samples.set(this.samples);
    this.samples = samples;
    const peaks = new Float32Array(this.peaks.length * 2);
    peaks.set(this.peaks);
    this.peaks = peaks;
    const maps = new Float32Array(this.maps.length * 2);
    maps.set(this.maps);
    this.maps = maps;
  }
}
