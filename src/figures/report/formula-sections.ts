import type { LengthAnalysis } from '../../engine/analysis/lengths.ts';
import type { MeasuresAnalysis } from '../../engine/analysis/measures.ts';
import type { UniquenessAnalysis } from '../../engine/analysis/uniqueness.ts';
import type { KindAnalysis } from '../../engine/kinds/kind-analysis.ts';
import { iouByLengthOptions, iouByLengthTable, iouPoints } from '../charts/iou-by-length-options.ts';
import { kindsOptions, kindsTable } from '../charts/kinds-options.ts';
import { measurePoints, measuresOptions, measuresTable } from '../charts/measures-options.ts';
import {
  conceptUsesOptions,
  conceptUsesTable,
  uniquenessOptions,
  uniquenessTable,
} from '../charts/uniqueness-options.ts';
import { formulasAnswer, uniquenessDescription } from '../text/analysis-formulas.ts';
import { kindsAnswer, labelTexts, sharesDescription, shortSuggestion, suggestionName } from '../text/analysis-kinds.ts';
import { lengthsAnswer, lengthsDescription, testsText } from '../text/analysis-lengths.ts';
import { measuresAnswer, measuresDescription, measureTexts } from '../text/analysis-measures.ts';
import { emptySection, type ReportFigure, type ReportSection } from './section.ts';

/** IoU against length (paper, Figure 3). */
export function lengthsSection(analysis: LengthAnalysis): ReportSection {
  const points = iouPoints(analysis);
  const tests = testsText(analysis);
  return {
    id: 'length',
    title: 'How much do longer formulas explain?',
    answer: lengthsAnswer(analysis),
    notes: tests ? [tests] : [],
    figures: [
      {
        title: 'IoU of the explained units by formula length',
        description: lengthsDescription(analysis),
        make: points.length > 0 ? (plot, width) => iouByLengthOptions(plot, analysis, points, width) : null,
        table: iouByLengthTable(analysis),
      },
    ],
    meaning: [
      'IoU: positions where unit and formula agree, over those where either of the two is. At length k it is that of the best formula of at most k concepts; units without a formula are left out.',
      'A point is a unit. The box has the middle half of them with the median, whiskers reach at most 1.5 times its height beyond it, diamonds are means.',
      'Both tests compare, unit by unit, the IoU at the longest length with that at length 1; p is two-sided. W is the smaller of the two sums of ranks. The mean counts as flat from the smallest length on behind which every further concept adds less than 1 % to it.',
    ],
  };
}

/** Kinds of units (paper, section 4.1 and Figure 5). @param analysis null: not made */
export function kindsSection(analysis: KindAnalysis | null | undefined): ReportSection {
  const [id, title] = ['kinds', 'What kinds of units are there?'];
  if (!analysis) return emptySection(id, title, 'Kinds were not suggested.');
  return {
    ...{ id, title },
    answer: kindsAnswer(analysis),
    notes: [],
    figures: [
      {
        title: 'Suggested kinds of units',
        description: sharesDescription(analysis.shares),
        make:
          analysis.units.length > 0
            ? (plot, width) => kindsOptions(plot, analysis.shares, shortSuggestion, width)
            : null,
        table: kindsTable(analysis.shares, suggestionName),
      },
    ],
    meaning: [
      ...labelTexts.slice(0, 5).map(({ label, meaning }) => `${suggestionName(label)}: ${meaning}`),
      'Kinds are suggested from the formula, the names in it and the positions in which the unit fires; the paper tells them apart by looking. Lines are 95 % intervals (Wilson), as if the units were drawn at random from many.',
    ],
  };
}

/** Uniqueness and granularity (paper, Appendix A). */
export function varietySection(analysis: UniquenessAnalysis): ReportSection {
  const last = analysis.lengths.at(-1);
  const uses: readonly ReportFigure[] =
    last && last.concepts.length > 0
      ? [
          {
            title: 'Concepts that stand in the formulas of most units',
            description: last.concepts
              .slice(0, 3)
              .map(({ name, units }) => `${name}: ${units}`)
              .join(', '),
            make: (plot, width) => conceptUsesOptions(plot, last.concepts, width),
            table: conceptUsesTable(last.concepts),
          },
        ]
      : [];
  return {
    id: 'variety',
    title: 'How varied are the formulas?',
    answer: formulasAnswer(analysis),
    notes: [],
    figures: [
      {
        title: 'Units with a formula of their own',
        description: uniquenessDescription(analysis.lengths),
        make: analysis.units > 0 ? (plot, width) => uniquenessOptions(plot, analysis, width) : null,
        table: uniquenessTable(analysis.lengths),
      },
      ...uses,
    ],
    meaning: [
      'Two formulas are the same where they differ in no more than the order of the sides of AND and OR and in the brackets within a chain of one operator.',
    ],
  };
}

/** More measures than IoU. @param analysis null: not made */
export function measuresSection(analysis: MeasuresAnalysis | null | undefined): ReportSection {
  const [id, title] = ['measures', 'How well does a formula tell its unit, by other measures?'];
  if (!analysis) return emptySection(id, title, 'Nothing was measured: activations are not at hand.');
  const points = measurePoints(analysis);
  return {
    ...{ id, title },
    answer: measuresAnswer(analysis),
    notes: analysis.ofSamples
      ? []
      : ['These units come from a cell table, which counts positions only: what is counted in samples is not known.'],
    figures: [
      {
        title: 'Measures of the explained units',
        description: measuresDescription(analysis),
        make: points.length > 0 ? (plot, width) => measuresOptions(plot, analysis, points, width) : null,
        table: measuresTable(analysis),
      },
    ],
    meaning: Object.values(measureTexts).map(({ label, definition }) => `${label}: ${definition}`),
  };
}
