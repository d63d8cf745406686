import { LargestValues } from './largest.ts';
import { MapStore } from './map-store.ts';

/** Maps a unit may keep before it looks for the first time which of them still matter. */
const FIRST_LOOK = 64;

/** It looks again when its maps have become so many times as many. */
const NEXT_LOOK = 1.25;

/** Smallest and largest finite value, and how many values were NaN or infinite. */
export class Extremes {
  minimum = Infinity;
  maximum = -Infinity;
  notFinite = 0;

  add({ minimum, maximum, notFinite }: Pick<Extremes, 'minimum' | 'maximum' | 'notFinite'>): void {
    if (minimum < this.minimum) this.minimum = minimum;
    if (maximum > this.maximum) this.maximum = maximum;
    this.notFinite += notFinite;
  }
}

/** The maps of one unit that can still matter, in the order in which they came. */
export class UnitCollector {
  count = 0;
  /** `[count]` sample of each map. */
  samples = new Uint32Array(16);
  /** `[count]` largest finite value of each map. */
  peaks = new Float32Array(16);
  readonly maps: MapStore;
  /** Of everything that was added. */
  readonly all = new Extremes();
  /** Of what was added since this was last set anew. */
  fresh = new Extremes();
  readonly #size: number;
  /** Absent where every map is kept. */
  readonly #largest: LargestValues | undefined;
  /** Samples whose maps hold plus infinity: it counts among the largest values, so a part must bring it along. */
  readonly #infinite = new Set<number>();
  #nextLook = FIRST_LOOK;

  /**
   * @param size values of a map
   * @param k how many of the largest values count; Infinity keeps every map
   */
  constructor(size: number, k: number) {
    this.#size = size;
    this.maps = new MapStore(size);
    if (k !== Infinity) this.#largest = new LargestValues(k);
  }

  /** Lower bound of the final threshold; no map that reaches it was left out. */
  get bound(): number {
    return this.#largest?.bound ?? -Infinity;
  }

  /** Adds a map: the values from `from` on. @returns its largest finite value */
  add(sample: number, values: Float32Array, from: number): number {
    const to = from + this.#size;
    let minimum = Infinity;
    let maximum = -Infinity;
    let notFinite = 0;
    let infinite = false;
    for (let i = from; i < to; i++) {
      const value = values[i];
      if (!Number.isFinite(value)) {
        notFinite++;
        infinite ||= value === Infinity;
      } else {
        if (value < minimum) minimum = value;
        if (value > maximum) maximum = value;
      }
    }
    this.all.add({ minimum, maximum, notFinite });
    this.fresh.add({ minimum, maximum, notFinite });
    // With k infinite values, neither a map nor one more of them can matter.
    if (maximum < this.bound && (!infinite || this.bound === Infinity)) return maximum;
    this.#largest?.add(values, from, to);
    if (infinite && this.#largest) this.#infinite.add(sample);
    this.#keep(sample, maximum, values.subarray(from, to));
    return maximum;
  }

  /** Adds a map that was collected before; its extremes are added apart. */
  replay(sample: number, peak: number, map: Float32Array): void {
    this.#largest?.add(map);
    if (peak >= this.bound) this.#keep(sample, peak, map);
  }

  /** Does a map belong to a part that is taken now? */
  isPartOf(entry: number): boolean {
    return this.peaks[entry] >= this.bound || this.#infinite.has(this.samples[entry]);
  }

  /** All maps so far were taken in parts. */
  taken(): void {
    this.fresh = new Extremes();
    this.#infinite.clear();
  }

  /** Forgets maps that fell below the bound since they were kept. */
  prune(): void {
    if (!this.#largest) return;
    this.#largest.settle();
    let kept = 0;
    for (let entry = 0; entry < this.count; entry++) {
      if (!this.isPartOf(entry)) continue;
      if (kept !== entry) {
        this.samples[kept] = this.samples[entry];
        this.peaks[kept] = this.peaks[entry];
        this.maps.set(kept, this.maps.at(entry));
      }
      kept++;
    }
    this.count = kept;
    this.maps.cut(kept);
    this.#nextLook = Math.max(FIRST_LOOK, Math.ceil(NEXT_LOOK * kept));
  }

  /** Maps that reach the bound. */
  reaching(): number {
    let count = 0;
    for (let entry = 0; entry < this.count; entry++) if (this.peaks[entry] >= this.bound) count++;
    return count;
  }

  #keep(sample: number, peak: number, map: Float32Array): void {
    if (this.#largest && this.count >= this.#nextLook) this.prune();
    if (this.count === this.samples.length) {
      this.samples = longer(this.samples, new Uint32Array(this.count * 2));
      this.peaks = longer(this.peaks, new Float32Array(this.count * 2));
    }
    this.samples[this.count] = sample;
    this.peaks[this.count] = peak;
    this.maps.set(this.count, map);
    this.count++;
  }
}

function longer<List extends Uint32Array | Float32Array>(list: List, into: List): List {
  into.set(list);
  return into;
}
