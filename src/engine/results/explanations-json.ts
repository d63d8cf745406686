import { version } from '../version.ts';
import { formulaText, referenceText } from '../formula/print.ts';
import type { ScoredFormula } from './explanation.ts';
import type { LayerResults } from './layer-results.ts';

/** Name of the file format; raised when a field changes its meaning. */
export const explanationsSchema = 'formulens/explanations/2';

/** Name of the form before: a model's preprocessing and the size of its input stood in place of a feed. */
export const olderSchema = 'formulens/explanations/1';

/**
 * Results as the documented JSON (docs/formats.md, explanations.json): settings, provenance with hashes, concepts, and for each unit
 * its threshold, area, formula, IoU, score, and the best formula and IoU at every length. NaN and infinities do not occur.
 */
export function explanationsJson(results: LayerResults): string {
  const { concepts } = results;
  const scored = (found: ScoredFormula) => ({
    text: formulaText(found.formula, (id) => concepts[id].name),
    label: referenceText(found.formula, (id) => concepts[id].name),
    formula: found.formula,
    iou: found.iou,
    score: found.score,
    size: found.size,
    intersection: found.intersection,
  });
  const document = {
    schema: explanationsSchema,
    madeBy: `Formulens ${version}`,
    madeAt: results.madeAt,
    samplesRead: results.samplesRead,
    tookMs: results.tookMs,
    probing: results.probing,
    activations: results.activations,
    settings: results.settings,
    unitRange: results.unitRange,
    unitCount: results.unitCount,
    categories: results.categories,
    concepts,
    ...(results.classes && { classes: results.classes }),
    units: results.units.map((unit) => ({
      unit: unit.unit,
      state: unit.state,
      threshold: unit.threshold,
      area: unit.area,
      firing: unit.firing,
      best: unit.best && scored(unit.best),
      byLength: unit.byLength.map((found, i) => ({ length: i + 1, ...scored(found) })),
      beam: unit.beam.map(scored),
      top: unit.top,
    })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}
