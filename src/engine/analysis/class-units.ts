import type { UnitId } from '../ids.ts';
import type { LayerClasses, LayerResults } from '../results/layer-results.ts';
import type { ClassCorrelations } from './class-correlations.ts';
import { explainedUnits } from './explained-units.ts';

/**
 * How it is known what a unit does to a class:
 * - `weight`: the weight of the linear layer that makes the classes of the units (paper, section 6)
 * - `correlation`: Pearson's r of the unit's highest activation on a sample and the class's output, where no linear layer reads the units
 */
export type ClassMeasure = 'weight' | 'correlation';

/** A number for each unit of a layer and each class: above 0 the unit goes with the class, below 0 against it. */
export interface ClassLinks {
  readonly by: ClassMeasure;
  /** Samples over which units and classes are correlated; null of weights, which need none. */
  readonly samples: number | null;
  /** Names of the classes, in the order of the model's output. */
  readonly names: readonly string[];
  /** Units of the layer. */
  readonly unitCount: number;
  /** The number; NaN where there is none. */
  readonly value: (unit: number, place: number) => number;
}

/** What a unit does to a class. */
export interface ClassPull {
  /** Any unit of the layer, also one that was not asked for. */
  readonly unit: UnitId;
  /** The class, as an index into the names. */
  readonly place: number;
  /** The weight, or r: see {@link ClassMeasure}. */
  readonly value: number;
  /** IoU of the unit's best formula; null where it is not explained, or was not asked for. */
  readonly iou: number | null;
}

/** Pulls that stand out, at most 10 each way. */
export interface Pulls {
  /** Above 0, the largest first. */
  readonly push: readonly ClassPull[];
  /** Below 0, the smallest first. */
  readonly hold: readonly ClassPull[];
}

/** A class and the units that push it most and hold it back most. */
export interface ClassUnits extends Pulls {
  readonly place: number;
  readonly name: string;
}

/** A unit and the classes that it pushes most and holds back most. */
export interface UnitClasses extends Pulls {
  readonly unit: UnitId;
}

/** Classes and units (paper, section 6 and Figure 8, left). */
export interface ClassAnalysis extends Pick<ClassLinks, 'by' | 'samples' | 'names'> {
  /** In the order of the model's output. */
  readonly classes: readonly ClassUnits[];
  /** One entry for each of the results' units, in their order. */
  readonly units: readonly UnitClasses[];
}

/** IoU of the best formula of each unit that is explained. */
export type UnitIous = ReadonlyMap<number, number>;

const MOST = 10;

/** Links by the weights of the linear layer; null where no linear layer reads the units, or that is not known. */
export function weightLinks(classes: LayerClasses | undefined): ClassLinks | null {
  if (!classes?.weights) return null;
  const { names, weights } = classes;
  return {
    ...{ by: 'weight', samples: null, names, unitCount: weights.length },
    value: (unit, place) => weights[unit]?.[place] ?? NaN,
  };
}

/**
 * Links by correlation.
 *
 * @param correlations of units `first`, `first + 1` and so on
 */
export function correlationLinks(
  { names }: Pick<LayerClasses, 'names'>,
  { samples, r }: ClassCorrelations,
  first = 0,
): ClassLinks {
  const unitCount = first + Math.floor(r.length / Math.max(1, names.length));
  return {
    ...{ by: 'correlation', samples, names, unitCount },
    value: (unit, place) => (unit < first ? NaN : (r[(unit - first) * names.length + place] ?? NaN)),
  };
}

/** The largest weight, by its size; 0 where there is none. */
export function largestWeight({ weights }: Pick<LayerClasses, 'weights'>): number {
  let most = 0;
  for (const row of weights ?? []) {
    for (let place = 0; place < row.length; place++) {
      const size = Math.abs(row[place]);
      if (size > most && size < Infinity) most = size;
    }
  }
  return most;
}

/** IoUs by unit. */
export function unitIous(results: Pick<LayerResults, 'units'>): UnitIous {
  return new Map(explainedUnits(results).map(({ unit, best }) => [unit, best.iou]));
}

/** The units that push a class most and hold it back most. Equal ones keep their order; values that are not finite numbers are none. */
export function unitsOfClass(links: ClassLinks, place: number, ious: UnitIous): ClassUnits {
  const { push, hold } = outermost(links.unitCount, (unit) => links.value(unit, place));
  const entry = (unit: number): ClassPull => pullOf(links, unit, place, ious);
  return { place, name: links.names[place], push: push.map(entry), hold: hold.map(entry) };
}

/** The classes that a unit pushes most and holds back most; see {@link unitsOfClass}. */
export function classesOfUnit(links: ClassLinks, unit: UnitId, ious: UnitIous): UnitClasses {
  const { push, hold } = outermost(links.names.length, (place) => links.value(unit, place));
  const entry = (place: number): ClassPull => pullOf(links, unit, place, ious);
  return { unit, push: push.map(entry), hold: hold.map(entry) };
}

/**
 * All classes and all units.
 *
 * @param correlations of all units of the layer, for where no linear layer reads them
 * @returns null where neither weights nor correlations are known
 */
export function classAnalysis(
  results: Pick<LayerResults, 'units' | 'classes'>,
  correlations: ClassCorrelations | null = null,
): ClassAnalysis | null {
  const { units, classes } = results;
  const links = weightLinks(classes) ?? (classes && correlations ? correlationLinks(classes, correlations) : null);
  if (!links) return null;
  const { by, samples, names } = links;
  const ious = unitIous(results);
  return {
    ...{ by, samples, names },
    classes: names.map((_, place) => unitsOfClass(links, place, ious)),
    units: units.map(({ unit }) => classesOfUnit(links, unit, ious)),
  };
}

function pullOf(links: ClassLinks, unit: number, place: number, ious: UnitIous): ClassPull {
  return { unit: unit as UnitId, place, value: links.value(unit, place), iou: ious.get(unit) ?? null };
}

/** Places of the values that stand out, at most {@link MOST} each way. */
function outermost(
  count: number,
  valueOf: (at: number) => number,
): { readonly push: readonly number[]; readonly hold: readonly number[] } {
  const push = new Strongest();
  const hold = new Strongest();
  for (let at = 0; at < count; at++) {
    const value = valueOf(at);
    if (!Number.isFinite(value)) continue;
    if (value > 0) push.offer(at, value);
    else if (value < 0) hold.offer(at, -value);
  }
  return { push: push.places, hold: hold.places };
}

/** The {@link MOST} largest of what is offered, the largest first; of equal ones the first offered. */
class Strongest {
  readonly places: number[] = [];
  readonly #sizes: number[] = [];

  offer(place: number, size: number): void {
    const { places } = this;
    const sizes = this.#sizes;
    if (places.length === MOST && size <= sizes[MOST - 1]) return;
    let at = places.length;
    while (at > 0 && sizes[at - 1] < size) at -= 1;
    places.splice(at, 0, place);
    sizes.splice(at, 0, size);
    places.length = sizes.length = Math.min(places.length, MOST);
  }
}
