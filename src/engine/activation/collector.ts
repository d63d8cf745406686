import { release, releasable } from '../bits/releasable.ts';
import { makeActivationPart, type ActivationPart, type PartSizes } from './activation-part.ts';
import { makeKeptActivations, type KeptActivations } from './kept.ts';
import { UnitCollector } from './unit-collector.ts';

/** What a collector must know before the first batch. */
export interface CollectorOptions {
  readonly unitCount: number;
  /** Samples of the probing set. */
  readonly sampleCount: number;
  /** Samples that will be added, parts of other collectors included; all, unless told. */
  readonly samplesToRead?: number;
  readonly height: number;
  readonly width: number;
  /** Largest quantile whose threshold must be exact; 1 keeps every map. */
  readonly keptQuantile: number;
}

/** What was done with a sample. */
const UNREAD = 0;
const READ = 1;
const TAKEN = 2;

/**
 * Collects activation maps while batches come in, and forgets those that cannot matter: per unit the k largest values seen bound
 * the final threshold from below, so a map whose maximum lies below that bound is dropped. What comes out does not depend on the order
 * in which samples come in, to the last byte, nor on whether they came in parts of other collectors: what those dropped lies below k values
 * that they kept.
 *
 * Memory: kept maps and up to a quarter more while maps are dropped, the largest value of every map, and about 1.5 k values a unit, with
 * k = floor(keptQuantile * samples * height * width) + 1. {@link end} lays all of it out and frees each unit's maps on the way.
 */
export class ActivationCollector {
  readonly sizes: PartSizes;
  #units: UnitCollector[];
  readonly #mapSize: number;
  readonly #highest: Float32Array;
  readonly #states: Uint8Array;
  #samplesRead = 0;
  /** Samples added since the last part was taken. */
  #fresh: number[] = [];

  constructor(options: CollectorOptions) {
    const { unitCount, sampleCount, samplesToRead = sampleCount, height, width, keptQuantile } = options;
    this.sizes = { unitCount, sampleCount, samplesToRead, height, width, keptQuantile };
    this.#mapSize = height * width;
    const k = keptQuantile >= 1 ? Infinity : Math.floor(keptQuantile * samplesToRead * this.#mapSize) + 1;
    this.#units = Array.from({ length: unitCount }, () => new UnitCollector(this.#mapSize, k));
    this.#highest = new Float32Array(releasable(unitCount * sampleCount * Float32Array.BYTES_PER_ELEMENT)).fill(NaN);
    this.#states = new Uint8Array(sampleCount);
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
    const { unitCount, sampleCount } = this.sizes;
    const size = this.#mapSize;
    const expected = samples.length * unitCount * size;
    if (values.length !== expected) {
      throw new RangeError(`A batch of ${samples.length} samples has ${values.length} values, not ${expected}.`);
    }
    const map = new Float32Array(size);
    for (const [row, sample] of samples.entries()) {
      this.#begin(sample, READ);
      this.#fresh.push(sample);
      for (const [unit, collector] of this.#units.entries()) {
        const at = unit * sampleCount + sample;
        if (layout === 'NCHW') {
          this.#highest[at] = collector.add(sample, values, (row * unitCount + unit) * size);
        } else {
          for (let i = 0; i < size; i++) map[i] = values[(row * size + i) * unitCount + unit];
          this.#highest[at] = collector.add(sample, map, 0);
        }
      }
    }
  }

  /**
   * What was kept of the samples added since the last call: everything of them that can matter in the whole. Samples that came as a part
   * do not belong to it. Null where nothing was added.
   */
  takePart(): ActivationPart | null {
    const samples = this.#fresh;
    if (samples.length === 0) return null;
    const { sampleCount } = this.sizes;
    const isPart = (collector: UnitCollector, entry: number): boolean =>
      this.#states[collector.samples[entry]] === READ && collector.isPartOf(entry);
    let mapCount = 0;
    for (const collector of this.#units) {
      for (let entry = 0; entry < collector.count; entry++) if (isPart(collector, entry)) mapCount++;
    }
    const part = makeActivationPart(this.sizes, samples.length, mapCount);
    part.samples.set(samples);
    const rowOf = new Uint32Array(sampleCount);
    for (const [row, sample] of samples.entries()) rowOf[sample] = row;
    let at = 0;
    for (const [unit, collector] of this.#units.entries()) {
      for (const [row, sample] of samples.entries())
        part.highest[unit * samples.length + row] = this.#highest[unit * sampleCount + sample];
      for (let entry = 0; entry < collector.count; entry++) {
        if (!isPart(collector, entry)) continue;
        part.rows[at] = rowOf[collector.samples[entry]];
        part.maps.set(collector.maps.at(entry), at * this.#mapSize);
        at++;
      }
      part.start[unit + 1] = at;
      setExtremes(part, unit, collector.fresh);
      collector.taken();
    }
    for (const sample of samples) this.#states[sample] = TAKEN;
    this.#fresh = [];
    return part;
  }

  /**
   * Adds what another collector of the same run kept of some samples.
   *
   * @throws RangeError, if it is of another run, or if a sample was added before or is none
   */
  addPart(part: ActivationPart): void {
    for (const [name, value] of Object.entries(this.sizes)) {
      if (part[name as keyof PartSizes] !== value)
        throw new RangeError(
          `The part is of another run: its ${name} is ${part[name as keyof PartSizes]}, not ${value}.`,
        );
    }
    const { samples, highest, minimum, maximum, notFinite, start, rows, maps } = part;
    for (const sample of samples) this.#begin(sample, TAKEN);
    for (const [unit, collector] of this.#units.entries()) {
      const peaks = highest.subarray(unit * samples.length, (unit + 1) * samples.length);
      for (const [row, sample] of samples.entries()) this.#highest[unit * this.sizes.sampleCount + sample] = peaks[row];
      for (let at = start[unit]; at < start[unit + 1]; at++) {
        const map = maps.subarray(at * this.#mapSize, (at + 1) * this.#mapSize);
        collector.replay(samples[rows[at]], peaks[rows[at]], map);
      }
      collector.all.add({ minimum: minimum[unit], maximum: maximum[unit], notFinite: notFinite[unit] });
    }
  }

  /** Everything kept so far, in memory of its own. More samples may be added afterwards. */
  finish(): KeptActivations {
    return this.#layOut(false);
  }

  /** Everything kept. The collector's memory is freed unit by unit as it is laid out, so it can do nothing more afterwards. */
  end(): KeptActivations {
    return this.#layOut(true);
  }

  #begin(sample: number, state: number): void {
    if (this.#units.length !== this.sizes.unitCount) throw new RangeError('The collector has ended.');
    if (this.#states[sample] !== UNREAD) {
      throw new RangeError(`Sample ${sample} is none of ${this.sizes.sampleCount}, or came twice.`);
    }
    this.#states[sample] = state;
    this.#samplesRead++;
  }

  #layOut(last: boolean): KeptActivations {
    const { unitCount, sampleCount, height, width, keptQuantile } = this.sizes;
    const units = this.#units;
    for (const unit of units) unit.prune();
    const mapCount = units.reduce((sum, unit) => sum + unit.reaching(), 0);
    const sizes = { unitCount, sampleCount, samplesRead: this.#samplesRead, height, width, keptQuantile };
    const kept = makeKeptActivations(sizes, mapCount);
    kept.highest.set(this.#highest);
    if (last) {
      this.#units = [];
      release(this.#highest.buffer as ArrayBuffer);
    }
    const entryOf = new Int32Array(sampleCount);
    let at = 0;
    for (const [unit, collector] of units.entries()) {
      const { count, samples, peaks, maps, bound, all } = collector;
      entryOf.fill(-1);
      for (let entry = 0; entry < count; entry++) if (peaks[entry] >= bound) entryOf[samples[entry]] = entry;
      for (let sample = 0; sample < sampleCount; sample++) {
        const entry = entryOf[sample];
        if (entry < 0) continue;
        kept.samples[at] = sample;
        kept.peaks[at] = peaks[entry];
        kept.maps.set(maps.at(entry), at * this.#mapSize);
        at++;
      }
      kept.start[unit + 1] = at;
      kept.floor[unit] = bound;
      setExtremes(kept, unit, all);
      if (last) maps.cut(0);
    }
    return kept;
  }
}

/** Adding 0 makes one zero of the two, whichever came first. */
function setExtremes(
  to: Pick<KeptActivations, 'minimum' | 'maximum' | 'notFinite'>,
  unit: number,
  { minimum, maximum, notFinite }: UnitCollector['all'],
): void {
  to.minimum[unit] = minimum + 0;
  to.maximum[unit] = maximum + 0;
  to.notFinite[unit] = notFinite;
}
