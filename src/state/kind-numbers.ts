import { kindAgreement } from '../engine/kinds/agreement.ts';
import type { KindAgreement } from '../engine/kinds/agreement.ts';
import { kindShares } from '../engine/kinds/kind-analysis.ts';
import type { KindAnalysis, KindShare } from '../engine/kinds/kind-analysis.ts';
import { kindsCsv } from '../engine/kinds/kinds-csv.ts';
import type { LabelsByUnit } from '../engine/kinds/kinds-csv.ts';
import type { Kind, KindLabel } from '../engine/kinds/kind.ts';
import type { UnitId } from '../engine/ids.ts';
import type { ScoredFormula, UnitExplanation } from '../engine/results/explanation.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { ExportedFile } from './exports.ts';

/** Lengths whose formulas stand side by side: 1, 3 and 10, as far as there are so long ones, and the longest below 10. */
export const lengthsShown = (longest: number): readonly number[] => [
  ...new Set([1, 3, 10].map((length) => Math.min(length, longest))),
];

/** A formula of some length. */
export interface FormulaOfLength {
  readonly length: number;
  readonly formula: ScoredFormula;
}

/** The best formulas of a unit by length; none where it has none. */
export function formulasByLength({ byLength }: UnitExplanation, lengths: readonly number[]): FormulaOfLength[] {
  return lengths.flatMap((length) => {
    const formula = byLength.at(Math.min(length, byLength.length) - 1);
    return formula ? [{ length, formula }] : [];
  });
}

/** How many units a person holds to be of each kind, over those that can be told. */
export function labelShares(labels: LabelsByUnit): readonly KindShare[] {
  return kindShares([...labels.values()].filter((label): label is Kind => label !== 'unsure'));
}

/** How far labels agree with suggestions. @param units only these; all that have both where absent */
export function agreementOf(
  { units: suggested }: KindAnalysis,
  labels: LabelsByUnit,
  units?: readonly UnitId[],
): KindAgreement {
  const asked = units && new Set(units);
  const both = suggested.flatMap(({ unit, kind }) => {
    const label = labels.get(unit);
    return label && (asked?.has(unit) ?? true) ? [{ label, suggestion: kind }] : [];
  });
  return kindAgreement(both);
}

/** The labels of some units only. */
export function labelsAmong(labels: LabelsByUnit, units: readonly UnitId[]): LabelsByUnit {
  return new Map(
    units.flatMap((unit): (readonly [UnitId, KindLabel])[] => {
      const label = labels.get(unit);
      return label ? [[unit, label]] : [];
    }),
  );
}

/** Kinds and labels as a file that the page can read again. */
export function exportKinds(analysis: KindAnalysis, results: LayerResults, labels: LabelsByUnit): ExportedFile {
  return { name: 'kinds.csv', text: kindsCsv(analysis, results, labels), type: 'text/csv' };
}
