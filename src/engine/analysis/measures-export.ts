import { formulaText } from '../formula/print.ts';
import { csvText } from '../results/csv.ts';
import type { LayerResults } from '../results/layer-results.ts';
import { countsOfMeasure, measureNames, type MeasureName, type MeasuresAnalysis } from './measures.ts';

/** How a measure is called in files. */
export const measureKeys: Readonly<Record<MeasureName, string>> = {
  iou: 'iou',
  activationCoverage: 'activation_coverage',
  detectionAccuracy: 'detection_accuracy',
  explanationCoverage: 'explanation_coverage',
  samplesCoverage: 'samples_coverage',
  auroc: 'auroc',
};

/**
 * Measures as a table: a row an explained unit, for each measure its value, numerator (`_some`) and denominator (`_of`), then the formula. Empty
 * where a measure has no value. Header only where nothing was measured.
 */
export function measuresCsv(
  analysis: MeasuresAnalysis | null,
  { units, concepts }: Pick<LayerResults, 'units' | 'concepts'>,
): string {
  const header = [
    'unit',
    ...measureNames.flatMap((name) => [measureKeys[name], `${measureKeys[name]}_some`, `${measureKeys[name]}_of`]),
    'formula',
  ];
  const formulas = new Map(units.map(({ unit, best }) => [unit, best?.formula ?? null]));
  const rows = (analysis?.units ?? []).map((measured) => {
    const formula = formulas.get(measured.unit) ?? null;
    return [
      measured.unit,
      ...measureNames.flatMap((name) => {
        const counts = countsOfMeasure(measured, name);
        return [measured[name], counts && counts.some, counts && counts.of];
      }),
      formula && formulaText(formula, (id) => concepts[id].name),
    ];
  });
  return csvText([header, ...rows]);
}

/** Measures as a part of a JSON document: every value with its numerator and denominator. Null where nothing was measured. */
export function measuresJson(analysis: MeasuresAnalysis | null) {
  return (
    analysis && {
      ofSamples: analysis.ofSamples,
      measures: analysis.measures,
      units: analysis.units.map((measured) => ({
        unit: measured.unit,
        samples: measured.samples,
        ...Object.fromEntries(
          measureNames.map((name) => {
            const counts = countsOfMeasure(measured, name);
            return [name, { value: measured[name], some: counts && counts.some, of: counts && counts.of }];
          }),
        ),
      })),
    }
  );
}
