import { correlationLinks, largestWeight, weightLinks } from '../engine/analysis/class-units.ts';
import type { ClassLinks, ClassUnits, UnitIous } from '../engine/analysis/class-units.ts';
import type { LayerClasses, LayerResults } from '../engine/results/layer-results.ts';
import type { Evidence } from '../jobs/api.ts';

/**
 * What is known of units and classes: by the weights of the linear layer that reads the units, else by correlation. Another way to know it, such as what
 * classes lose without a unit, would be one more source here.
 *
 * @param unit the only one asked about; null: all
 * @returns null where neither is known
 */
export async function classLinksOf(
  { classes }: Pick<LayerResults, 'classes'>,
  evidence: Pick<Evidence, 'classCorrelations'>,
  unit: number | null,
): Promise<ClassLinks | null> {
  const weighed = weightLinks(classes);
  if (weighed || !classes) return weighed;
  const correlations = await evidence.classCorrelations(unit);
  return correlations && correlationLinks(classes, correlations, unit ?? 0);
}

/** Scales found so far, as long as their classes are in memory. */
const scales = new WeakMap<LayerClasses, number>();

/** Whether {@link scaleOf} need not look through a layer's weights. */
export const isScaled = (classes: LayerClasses): boolean => classes.weights === null || scales.has(classes);

/** Number of a whole bar, the same for all units and classes: the largest weight of the layer, or 1 of correlations; above 0. */
export function scaleOf({ by }: Pick<ClassLinks, 'by'>, classes: LayerClasses): number {
  if (by === 'correlation') return 1;
  const known = scales.get(classes);
  if (known !== undefined) return known;
  const scale = largestWeight(classes) || 1;
  scales.set(classes, scale);
  return scale;
}

/** Units that stand out for some class, each counted once. */
export interface StandingUnits {
  readonly units: number;
  readonly explained: number;
  /** Of those explained; null where there is none. */
  readonly meanIou: number | null;
}

/** The units that stand out for these classes. @param ious of the explained units */
export function standingUnits(classes: readonly ClassUnits[], ious: UnitIous): StandingUnits {
  const units = new Set(classes.flatMap(({ push, hold }) => [...push, ...hold].map(({ unit }) => unit)));
  const known = [...units].flatMap((unit) => ious.get(unit) ?? []);
  const sum = known.reduce((total, iou) => total + iou, 0);
  return { units: units.size, explained: known.length, meanIou: known.length > 0 ? sum / known.length : null };
}
