import { makeKeptActivations, type KeptActivations } from './kept.ts';
import { LargestValues } from './largest.ts';

/** What a collector must know before the first batch. */
export interface CollectorOptions {
  readonly unitCount: number;
  /** Samples of the probing set. */
  readonly sampleCount: number;
  /** Samples that will be added; all, unless told. */
  readonly samplesToRead?: number;
  readonly height: number;
  readonly width: number;
  /** Largest quantile whose threshold must be exact; 1 keeps every map. */
  readonly keptQuantile: number;
}

/**
 * Collects activation maps while batches come in, and forgets those that cannot matter: per unit the k largest values seen bound
 * the final threshold from below, so a map whose maximum lies below that bound is dropped. What comes out does not depend on the order
 * in which samples come in, to the last byte.
 *
 * Memory: kept maps, the largest value of every map, and up to 2k values a unit, with k = floor(keptQuantile * samples * height * width)
 * + 1; while maps are dropped, up to twice the kept maps, since buffers grow by doubling. {@link finish} lays all of it out once more.
 */
export class ActivationCollector {
  readonly #options: CollectorOptions;
  readonly #units: UnitCollector[];
  readonly #mapSize: number;
  readonly #highest: Float32Array;
  readonly #read: Uint8Array;
  #samplesRead = 0;

  constructor(options: CollectorOptions) {
    const { unitCount, sampleCount, samplesToRead = sampleCount, keptQuantile } = options;
    this.#options = options;
    this.#mapSize = options.height * options.width;
    const total = samplesToRead * this.#mapSize;
    const k = keptQuantile >= 1 ? Infinity : Math.floor(keptQuantile * total) + 1;
    // Where every map is kept, what they need is known at once.
    const room = keptQuantile >= 1 ? Math.max(1, samplesToRead) : 16;
    this.#units = Array.from({ length: unitCount }, () => new UnitCollector(this.#mapSize, k, room));
    this.#highest = new Float32Array(unitCount * sampleCount).fill(NaN);
    this.#read = new Uint8Array(sampleCount);
  }

  /** Bytes of the maps kept so far. */
  get bytes(): number {
    return this.#units.reduce((sum, { count }) => sum + count * this.#mapSize * Float32Array.BYTES_PER_ELEMENT, 0);
  }

  /**
   * Adds samples that follow each other.
   *
   * @param firstSample sample of the batch's first row
   * @param count samples in the batch
   * @param values as {@link addSamples} takes them
   */
  add(firstSample: number, count: number, values: Float32Array, layout: 'NCHW' | 'NHWC' = 'NCHW'): void {
    const samples = Array.from({ length: count }, (_, row) => firstSample + row);
    this.addSamples(samples, values, layout);
  }

  /**
   * Adds a batch of samples, each once and in any order.
   *
   * @param samples sample of each row
   * @param values `[rows, units, height, width]`, or `[rows, height, width, units]` where `layout` is `NHWC`
   * @throws RangeError, if a sample was added before or is none, or if the values are not as many as that
   */
  addSamples(samples: readonly number[], values: Float32Array, layout: 'NCHW' | 'NHWC' = 'NCHW'): void {
    const { unitCount: units, sampleCount } = this.#options;
    const size = this.#mapSize;
    const expected = samples.length * units * size;
    if (values.length !== expected) {
      throw new RangeError(`A batch of ${samples.length} samples has ${values.length} values, not ${expected}.`);
    }
    const map = new Float32Array(size);
    for (const [row, sample] of samples.entries()) {
      if (this.#read[sample] !== 0) throw new RangeError(`Sample ${sample} is none of ${sampleCount}, or came twice.`);
      this.#read[sample] = 1;
      this.#samplesRead++;
      for (let unit = 0; unit < units; unit++) {
        const at = unit * sampleCount + sample;
        if (layout === 'NCHW') {
          const from = (row * units + unit) * size;
          this.#highest[at] = this.#units[unit].add(sample, values.subarray(from, from + size));
        } else {
          for (let i = 0; i < size; i++) map[i] = values[(row * size + i) * units + unit];
          this.#highest[at] = this.#units[unit].add(sample, map);
        }
      }
    }
  }

  /** Everything kept so far. More samples may be added afterwards. */
  finish(): KeptActivations {
    const { unitCount, sampleCount, height, width, keptQuantile } = this.#options;
    for (const unit of this.#units) unit.prune();
    const mapCount = this.#units.reduce((sum, { count }) => sum + count, 0);
    const sizes = { unitCount, sampleCount, samplesRead: this.#samplesRead, height, width, keptQuantile };
    const kept = makeKeptActivations(sizes, mapCount);
    kept.highest.set(this.#highest);
    const size = this.#mapSize;
    const entryOf = new Int32Array(sampleCount);
    let at = 0;
    for (const [unit, { count, samples, peaks, maps, bound, minimum, maximum, notFinite }] of this.#units.entries()) {
      entryOf.fill(-1);
      for (let i = 0; i < count; i++) entryOf[samples[i]] = i;
      for (let sample = 0; sample < sampleCount; sample++) {
        const entry = entryOf[sample];
        if (entry < 0) continue;
        kept.samples[at] = sample;
        kept.peaks[at] = peaks[entry];
        kept.maps.set(maps.subarray(entry * size, (entry + 1) * size), at * size);
        at++;
      }
      kept.start[unit + 1] = at;
      kept.floor[unit] = bound;
      // Adding 0 makes one zero of the two, whichever came first.
      kept.minimum[unit] = minimum + 0;
      kept.maximum[unit] = maximum + 0;
      kept.notFinite[unit] = notFinite;
    }
    return kept;
  }
}

/** The kept maps of one unit. */
class UnitCollector {
  count = 0;
  samples: Uint32Array;
  peaks: Float32Array;
  maps: Float32Array;
  minimum = Infinity;
  maximum = -Infinity;
  notFinite = 0;
  readonly #size: number;
  /** Absent where every map is kept. */
  readonly #largest: LargestValues | undefined;

  constructor(size: number, k: number, room: number) {
    this.#size = size;
    this.samples = new Uint32Array(room);
    this.peaks = new Float32Array(room);
    this.maps = new Float32Array(room * size);
    if (k !== Infinity) this.#largest = new LargestValues(k);
  }

  /** Lower bound of the final threshold; no map that reaches it was left out. */
  get bound(): number {
    return this.#largest?.bound ?? -Infinity;
  }

  /** @returns the map's largest finite value */
  add(sample: number, map: Float32Array): number {
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
    // An infinite value counts among the largest, whatever else its map has.
    if (high < this.bound && bad === 0) return high;
    this.#largest?.add(map);
    this.#keep(sample, high, map);
    return high;
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
