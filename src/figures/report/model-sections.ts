import type { AccuracyAnalysis } from '../../engine/analysis/accuracy.ts';
import type { ClassAnalysis } from '../../engine/analysis/class-units.ts';
import type { AblationAnalysis } from '../../engine/ablation/ablation-analysis.ts';
import { lossOptions, lossPoints, lossTable } from '../charts/ablation-options.ts';
import {
  accuracyOptions,
  accuracyPoints,
  accuracyTable,
  correlationOptions,
  correlationTable,
} from '../charts/accuracy-options.ts';
import { formulasBars, formulasOptions, formulasTable } from '../charts/formulas-alone-options.ts';
import { pruningOptions, pruningTable } from '../charts/pruning-options.ts';
import { countedShare, formulasAnswer, pruningAnswer, singleAnswer, unexplainedText } from '../text/ablation.ts';
import { accuracyAnswer, leftOutText, overallText } from '../text/analysis-accuracy.ts';
import { measureWords } from '../text/analysis-classes.ts';
import { countText, plural } from '../text/numbers.ts';
import { emptySection, type ReportFigure, type ReportSection } from './section.ts';

/** Gives a unit's formula as text; null where it has none. */
export type FormulaOf = (unit: number) => string | null;

/** Units listed for each class and way. */
const unitsOfClass = 5;

/** Classes listed; analysis.json has all. */
const mostClasses = 100;

/** Interpretability against accuracy (paper, Figure 7). */
export function accuracySection(analysis: AccuracyAnalysis | null): ReportSection {
  const [id, title] = ['accuracy', 'Are the units we can explain the ones that work?'];
  if (!analysis) {
    return emptySection(
      id,
      title,
      'It is not known how often the model is right: predictions or gold labels are missing.',
    );
  }
  const points = accuracyPoints(analysis.points);
  const fitted = (analysis.lengths.at(-1)?.pearson ?? null) !== null;
  return {
    ...{ id, title },
    answer: accuracyAnswer(analysis),
    notes: [overallText(analysis), leftOutText(analysis)].filter((text) => text !== ''),
    figures: [
      {
        title: 'Accuracy where a unit fires, against its IoU',
        description: accuracyAnswer(analysis),
        make:
          points.length > 0
            ? (plot, width) => accuracyOptions(plot, points, { overall: analysis.accuracy, fitted }, width)
            : null,
        table: accuracyTable(analysis),
      },
      {
        title: 'Correlation of accuracy and IoU by formula length',
        description: `For each of ${plural(analysis.lengths.length, 'length')}, over the same units.`,
        make:
          analysis.lengths.length > 1 && fitted
            ? (plot, width) => correlationOptions(plot, analysis.lengths, width)
            : null,
        table: correlationTable(analysis.lengths),
      },
    ],
    meaning: [
      'A unit fires on a sample where its mask has a position there. Its accuracy is that of the whole model on those samples: the share whose predicted label is the gold label, with the 95 % interval of Wilson.',
      'r is −1 to 1; 0 is no relation. Units of one layer fire on the same samples, so they are not independent, and a relation is no cause.',
    ],
  };
}

/** Classes and units (paper, Figure 8, left). */
export function classesSection(analysis: ClassAnalysis | null, formulaOf: FormulaOf): ReportSection {
  const [id, title] = ['classes', 'Which units make each class?'];
  if (!analysis) {
    return emptySection(id, title, 'No linear layer reads these units, and outputs of classes are not at hand.');
  }
  const { by, samples, names, classes } = analysis;
  const { title: meaning, push, hold, name } = measureWords[by];
  const listed = classes.slice(0, mostClasses);
  const rows = listed.flatMap((one) =>
    (['push', 'hold'] as const).flatMap((way) =>
      one[way]
        .slice(0, unitsOfClass)
        .map(({ unit, value, iou }) => [
          ...[one.name, way === 'push' ? push : hold, unit, value, iou, formulaOf(unit)],
        ]),
    ),
  );
  const how =
    by === 'weight'
      ? 'By the weights of the linear layer that reads the units.'
      : `No linear layer reads these units, so this is by correlation, over ${plural(samples ?? 0, 'sample')}. It is no cause.`;
  return {
    ...{ id, title },
    answer: `${how} The model has ${plural(names.length, 'class', 'classes')}.`,
    notes:
      classes.length > listed.length
        ? [`The first ${countText(listed.length)} classes are listed; analysis.json has all.`]
        : [],
    figures: [
      {
        title: `For each class the ${countText(unitsOfClass)} units that stand out most, each way`,
        description: '',
        make: null,
        table: { columns: ['Class', 'What the unit does', 'Unit', name, 'IoU', 'Formula'], rows },
      },
    ],
    meaning: [meaning],
  };
}

/** What the model loses without its units, and what their formulas can do in their place. @param analysis null or undefined: not made */
export function ablationSection(analysis: AblationAnalysis | null | undefined, formulaOf: FormulaOf): ReportSection {
  const [id, title] = ['ablation', 'What does the model lose without a unit?'];
  if (!analysis) return emptySection(id, title, 'No units were switched off.');
  const { units, pruning, formulas, whole, samples, leftOut } = analysis;
  const points = lossPoints(units.units);
  const compared = whole.right.share !== null;
  const label = compared ? 'Loss of accuracy, points' : 'Predictions that change, %';
  const held = `On ${plural(samples, 'sample')}${leftOut > 0 ? ` (${countText(leftOut)} more do not fit into memory)` : ''}`;
  const all = compared
    ? `${held} the model with all its units is right on ${countedShare(whole.right)}.`
    : `${held}; gold labels are not known, so changed predictions are counted.`;
  return {
    ...{ id, title },
    answer: singleAnswer(units),
    notes: [
      all,
      ...pruning.flatMap((one) => [pruningAnswer(one), unexplainedText(one)]),
      ...(formulas ? [formulasAnswer(formulas)] : []),
    ].filter((text) => text !== ''),
    figures: [
      {
        title: 'What is lost without each unit, against its IoU',
        description: singleAnswer(units),
        make: points.length > 0 ? (plot, width) => lossOptions(plot, points, label, width) : null,
        table: lossTable(units.units, formulaOf),
      },
      ...pruning.map((one): ReportFigure => ({
        title:
          one.pool === 'all'
            ? 'Units switched off one after the other'
            : 'Explained units switched off one after the other',
        description: pruningAnswer(one),
        make: (plot, width) => pruningOptions(plot, one, width),
        table: pruningTable(one),
      })),
      ...(formulas ? [alone(formulas)] : []),
    ],
    meaning: [
      'The layer is multiplied by a mask that is 0 for the units switched off; nothing else of the model changes. McNemar’s exact test compares the same samples before and after.',
      'Pruning: units go in the order of their IoU, or in random orders, of which the band has the middle 95 %.',
      'From formulas alone: each explained unit’s activation is replaced by a line in the share of a position in which its formula holds, and the other units are off.',
    ],
  };
}

function alone(formulas: NonNullable<AblationAnalysis['formulas']>): ReportFigure {
  const bars = formulasBars(formulas);
  return {
    title: 'The model with formulas in place of its units',
    description: formulasAnswer(formulas),
    make: (plot, width) => formulasOptions(plot, bars, width),
    table: formulasTable(bars),
  };
}
