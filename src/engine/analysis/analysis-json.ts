import { formulaText } from '../formula/print.ts';
import type { LayerResults } from '../results/layer-results.ts';
import { version } from '../version.ts';
import type { Analysis } from './analysis.ts';
import { measuresJson } from './measures-export.ts';
import type { UniquenessAnalysis } from './uniqueness.ts';

/** Name of the file format; raised when a field changes its meaning. */
export const analysisSchema = 'formulens/analysis/1';

/**
 * An analysis as the documented JSON (docs/analysis.md): where the formulas come from, each unit with its formula, and every number of the
 * analyses. NaN and infinities do not occur.
 */
export function analysisJson(results: LayerResults, analysis: Analysis): string {
  const { lengths, uniqueness, accuracy, classes, kinds, measures, ablation } = analysis;
  const { concepts } = results;
  const document = {
    schema: analysisSchema,
    madeBy: `Formulens ${version}`,
    madeAt: results.madeAt,
    samplesRead: results.samplesRead,
    probing: results.probing,
    activations: results.activations,
    settings: results.settings,
    unitRange: results.unitRange,
    unitCount: results.unitCount,
    units: results.units.map(({ unit, state, firing, best }) => ({
      unit,
      state,
      firing,
      formula: best && formulaText(best.formula, (id) => concepts[id].name),
      iou: best && best.iou,
    })),
    lengths,
    uniqueness: withTexts(uniqueness, results),
    accuracy,
    classes,
    kinds: kinds && {
      ...kinds,
      units: kinds.units.map((unit) => ({ ...unit, formula: formulaText(unit.formula, (id) => concepts[id].name) })),
    },
    measures: measuresJson(measures),
    ablation,
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** Formulas that several units have, as text in place of trees. */
function withTexts({ units, lengths }: UniquenessAnalysis, { concepts }: Pick<LayerResults, 'concepts'>) {
  return {
    units,
    lengths: lengths.map((step) => ({
      ...step,
      shared: step.shared.map(({ formula, units: having }) => ({
        formula: formulaText(formula, (id) => concepts[id].name),
        units: having,
      })),
    })),
  };
}
