import type { AccuracyAnalysis } from '../engine/analysis/accuracy.ts';
import type { Analysis } from '../engine/analysis/analysis.ts';
import type { ClassAnalysis, ClassPull } from '../engine/analysis/class-units.ts';
import type { LengthAnalysis } from '../engine/analysis/lengths.ts';
import type { UniquenessAnalysis } from '../engine/analysis/uniqueness.ts';
import type { Correlation } from '../engine/statistics/correlation.ts';

/** Classes that are named, at most. */
const MOST_CLASSES_NAMED = 12;

/** What an analysis found, a line each: IoU by length, uniqueness, accuracy, classes. */
export function reportWords({ lengths, uniqueness, accuracy, classes }: Analysis): readonly string[] {
  return [lengthWords(lengths), uniquenessWords(uniqueness), accuracyWords(accuracy), classWords(classes)];
}

function lengthWords({ units, lengths, tests, flatFrom }: LengthAnalysis): string {
  const [first, last] = [lengths.at(0), lengths.at(-1)];
  if (!first?.spread || !last?.spread) return 'IoU: no unit is explained.';
  const mean = `IoU: on average ${first.spread.mean.toFixed(3)} with one concept`;
  if (!tests) return `${mean}, over ${unitsText(units.length)}.`;
  const increase = last.increase === null ? '' : ` (${signed(last.increase)} %)`;
  const test = tests.wilcoxon;
  const tested = test ? `; Wilcoxon signed-rank W = ${test.statistic}, ${probability(test.p)}` : '; no unit differs';
  const flat = flatFrom === null ? 'It still grows.' : `It is flat from length ${flatFrom} on.`;
  return `${mean}, ${last.spread.mean.toFixed(3)} with up to ${last.length}${increase}, over ${unitsText(units.length)}${tested}. ${flat}`;
}

function uniquenessWords({ units, lengths }: UniquenessAnalysis): string {
  const last = lengths.at(-1);
  if (!last || last.uniqueShare === null) return 'Formulas: none.';
  const most = last.concepts.slice(0, 3).map((concept) => `${concept.name} (${unitsText(concept.units)})`);
  const repeated = most.length > 0 ? ` Most repeated: ${most.join(', ')}.` : '';
  const unique = `${last.unique} of ${unitsText(units)} (${percent(last.uniqueShare)}) have one that no other has`;
  return `Formulas: ${last.distinct} different ones; ${unique}.${repeated}`;
}

function accuracyWords(accuracy: AccuracyAnalysis | null): string {
  if (!accuracy) return 'Accuracy: not known, for want of predictions or of gold labels that are named as classes are.';
  const { overall, withoutClass, points, leftOut, least, lengths } = accuracy;
  const share = accuracy.accuracy === null ? '' : ` (${percent(accuracy.accuracy)})`;
  const odd =
    withoutClass > 0 ? ` ${withoutClass} more have a gold label that stands for no class and are left out.` : '';
  const all = `Accuracy: right on ${overall.right} of ${overall.compared} samples${share}.${odd}`;
  const rest = leftOut.length > 0 ? `, ${leftOut.length} left out` : '';
  const over = `over ${unitsText(points.length)} that fire on ${least} of them or more${rest}`;
  const last = lengths.at(-1);
  if (!last?.pearson) return `${all} No correlation with IoU can be told, ${over}.`;
  const others = last.spearman ? `; Spearman ${correlation(last.spearman)}` : '';
  return `${all} Where units fire, with IoU: Pearson ${correlation(last.pearson)}${others}, ${over}.`;
}

function classWords(classes: ClassAnalysis | null): string {
  if (!classes) return 'Classes: not known, for want of a model with an output of classes.';
  const list = classes.classes.slice(0, MOST_CLASSES_NAMED).map(({ name, push, hold }) => {
    const pulls = [pullText('pushed', push), pullText('held back', hold)].filter((text) => text !== '');
    return `${name} ${pulls.join(', ') || 'by none'}`;
  });
  const more = classes.classes.length - list.length;
  const how =
    classes.by === 'weight'
      ? 'the largest weight'
      : `correlation (r) over ${classes.samples} samples, which is no cause`;
  return `Classes, by ${how}: ${list.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}

const pullText = (what: string, pulls: readonly ClassPull[]): string =>
  pulls.length === 0 ? '' : `${what} by unit ${pulls[0].unit} (${signed(pulls[0].value, 2)})`;

const unitsText = (count: number): string => `${count} ${count === 1 ? 'unit' : 'units'}`;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const signed = (value: number, digits = 1): string => `${value < 0 ? '' : '+'}${value.toFixed(digits)}`;
const correlation = ({ r, p }: Correlation): string => `r = ${r.toFixed(3)} (${probability(p)})`;

/** Below what a number can hold p comes out as 0. */
const probability = (p: number): string => (p === 0 ? 'p < 1e-300' : `p = ${p.toPrecision(2)}`);
