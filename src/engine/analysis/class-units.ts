import type { UnitId } from '../ids.ts';
import type { LayerResults } from '../results/layer-results.ts';
import { explainedUnits } from './explained-units.ts';

/** A weight of the linear layer that makes classes of units. */
export interface ClassWeight {
  /** Any unit of the layer, also one that was not asked for. */
  readonly unit: UnitId;
  /** The class, as an index into {@link ClassAnalysis.names}. */
  readonly place: number;
  readonly weight: number;
  /** IoU of the unit's best formula; null where it is not explained, or was not asked for. */
  readonly iou: number | null;
}

/** Weights that stand out, at most 10 each way. */
export interface Pulls {
  /** Weights above 0, the largest first. */
  readonly push: readonly ClassWeight[];
  /** Weights below 0, the smallest first. */
  readonly hold: readonly ClassWeight[];
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

/** Classes and units, by the weights of the linear layer between them (paper, section 6 and Figure 8, left). */
export interface ClassAnalysis {
  /** Names of the classes, in the order of the model's output. */
  readonly names: readonly string[];
  /** In the order of the model's output. */
  readonly classes: readonly ClassUnits[];
  /** One entry for each of the results' units, in their order. */
  readonly units: readonly UnitClasses[];
}

const MOST = 10;

/** Classes and units by weight. Null where no linear layer reads the units, or that is not known. */
export function classAnalysis({ units, classes }: Pick<LayerResults, 'units' | 'classes'>): ClassAnalysis | null {
  if (!classes?.weights) return null;
  const ious = new Map(explainedUnits({ units }).map(({ unit, best }) => [unit, best.iou]));
  const { names, weights } = classes;
  const entry = (unit: UnitId, place: number): ClassWeight => {
    const weight = weights[unit][place];
    return { unit, place, weight, iou: ious.get(unit) ?? null };
  };
  return {
    names,
    classes: names.map((name, place) => {
      const column = weights.map((row) => row[place]);
      return { place, name, ...pulls(column, (unit) => entry(unit as UnitId, place)) };
    }),
    units: units.map(({ unit }) => ({ unit, ...pulls(weights[unit] ?? [], (place) => entry(unit, place)) })),
  };
}

/** The weights that stand out. Equal ones keep their order; those that are not finite numbers are none. */
function pulls(weights: readonly number[], entry: (at: number) => ClassWeight): Pulls {
  const finite = [...weights.keys()].filter((at) => Number.isFinite(weights[at]));
  const push = finite.filter((at) => weights[at] > 0).sort((a, b) => weights[b] - weights[a]);
  const hold = finite.filter((at) => weights[at] < 0).sort((a, b) => weights[a] - weights[b]);
  return { push: push.slice(0, MOST).map(entry), hold: hold.slice(0, MOST).map(entry) };
}
