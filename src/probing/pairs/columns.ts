import { probingFaults } from '../errors.ts';
import { isLabel, maybeLabel } from './gold-label.ts';
import type { PairColumns } from './pair-options.ts';

/** Names of columns, as {@link plain} makes them, the likelier first. */
const NAMES: Readonly<Record<keyof PairColumns, readonly string[]>> = {
  premise: ['premise', 'sentence1', 'text1', 'texta', 'sentencea', 'sent1', 's1', 'context'],
  hypothesis: ['hypothesis', 'sentence2', 'text2', 'textb', 'sentenceb', 'sent2', 's2'],
  gold: ['goldlabel', 'gold', 'gt', 'label', 'entailmentjudgment', 'entailmentlabel'],
  prediction: [
    'prediction',
    'predicted',
    'predictedlabel',
    'predictionlabel',
    'pred',
    'predlabel',
    'referenceprediction',
  ],
};
const IDS = ['pairid', 'uid', 'guid', 'id', 'idx'];

/** Where the parts of a pair stand in a row: places in the row, from 0; -1 where there is no such column. */
export interface PairPlaces {
  readonly premise: number;
  readonly hypothesis: number;
  readonly gold: number;
  readonly prediction: number;
  /** An id of the pair. */
  readonly id: number;
  /** Penn Treebank parses of the two sentences, and their binary parses, which have no tags. */
  readonly parses: readonly [number, number];
  readonly binaryParses: readonly [number, number];
}

/** What the columns of a table are. */
export interface ColumnChoice {
  /** Names to choose from; numbers from 1 where there is no header. */
  readonly found: readonly string[];
  /** The columns in force, with names of `found`. */
  readonly columns: PairColumns;
  readonly places: PairPlaces;
}

/** Whether these are the names of columns of sentence pairs: premise and hypothesis are among them. */
export function namesPairs(names: readonly string[]): boolean {
  return placeOf(names, NAMES.premise) >= 0 && placeOf(names, NAMES.hypothesis) >= 0;
}

/** Places of columns of labels among names of columns, -1 for those that are not there. */
export function labelPlaces(names: readonly string[]): { readonly gold: number; readonly prediction: number } {
  return { gold: placeOf(names, NAMES.gold), prediction: placeOf(names, NAMES.prediction) };
}

/** Whether the names have all columns that a person chose. */
export function hasColumns(names: readonly string[], chosen: PairColumns | undefined): boolean {
  if (chosen === undefined) return false;
  const wanted = [chosen.premise, chosen.hypothesis, chosen.gold, chosen.prediction];
  return wanted.every((name) => name === null || names.includes(name));
}

/**
 * Finds the columns of sentence pairs by their names, small or large letters, with `_`, `-`, spaces or without.
 *
 * @param file for messages
 * @param names the header, or the fields of the first object
 * @param chosen a person's choice: names, or numbers from 1
 * @throws Fault naming the columns that there are, if premise or hypothesis or a chosen column is not among them
 */
export function columnsByName(file: string, names: readonly string[], chosen: PairColumns | undefined): ColumnChoice {
  if (chosen !== undefined) return choiceOf(names, chosenPlaces(file, names, chosen));
  const premise = placeOf(names, NAMES.premise);
  const hypothesis = placeOf(names, NAMES.hypothesis);
  if (premise < 0 || hypothesis < 0) {
    const missing = [...(premise < 0 ? ['premise'] : []), ...(hypothesis < 0 ? ['hypothesis'] : [])];
    throw probingFaults['pair-columns'](file, missing.join(' and '), listed(names));
  }
  return choiceOf(names, { premise, hypothesis, ...labelPlaces(names) });
}

/**
 * Finds the columns of a table without a header by what stands in its first rows: columns of labels are the gold label and the prediction, the
 * first two others with several words are premise and hypothesis.
 *
 * @throws as {@link columnsByName}
 */
export function columnsByContent(
  file: string,
  rows: readonly (readonly string[])[],
  chosen: PairColumns | undefined,
): ColumnChoice {
  const width = Math.max(...rows.map((row) => row.length));
  const names = Array.from({ length: width }, (_, at) => String(at + 1));
  if (chosen !== undefined) return choiceOf(names, chosenPlaces(file, names, chosen));
  const fieldsOf = names.map((_, at) => rows.map((row) => row[at] ?? ''));
  const fitting = [...fieldsOf.keys()].filter((at) => fieldsOf[at].every(maybeLabel) && fieldsOf[at].some(isLabel));
  // Numbers beside words are no labels but count the rows.
  const words = fitting.filter((at) => fieldsOf[at].some((field) => isLabel(field) && !/\d/.test(field)));
  const labels = words.length > 0 ? words : fitting;
  const sentences = [...fieldsOf.keys()].filter((at) => !fitting.includes(at) && isText(fieldsOf[at]));
  if (sentences.length < 2) throw probingFaults['pair-columns'](file, 'premise and hypothesis', listed(names));
  const [premise, hypothesis] = sentences;
  return choiceOf(names, { premise, hypothesis, gold: labels[0] ?? -1, prediction: labels[1] ?? -1 });
}

/**
 * Whether the first row of a table names its columns: it has a name that is known or chosen, or neither a label nor several fields of several
 * words.
 */
export function isHeader(row: readonly string[], chosen: PairColumns | undefined): boolean {
  const known = Object.values(NAMES).flat();
  if (row.some((name) => known.includes(plain(name)))) return true;
  if (chosen !== undefined && (row.includes(chosen.premise) || row.includes(chosen.hypothesis))) return true;
  if (row.some((field) => isLabel(field) && field !== '')) return false;
  return row.filter((field) => /\S\s+\S+\s+\S/.test(field)).length < 2;
}

/** Names of columns for messages; many are cut short. */
export function listed(names: readonly string[]): string {
  const shown = 20;
  const more = names.length > shown ? ` and ${names.length - shown} more` : '';
  return `${names
    .slice(0, shown)
    .map((name) => (name.length > 40 ? `${name.slice(0, 40)}...` : name))
    .join(', ')}${more}`;
}

type ChosenPlaces = Pick<PairPlaces, keyof PairColumns>;

function chosenPlaces(file: string, names: readonly string[], chosen: PairColumns): ChosenPlaces {
  const place = (name: string | null): number => {
    if (name === null) return -1;
    const exact = names.indexOf(name);
    if (exact >= 0) return exact;
    const number = /^\d+$/.test(name) ? Number(name) : 0;
    if (number < 1 || number > names.length) throw probingFaults['pair-chosen-column'](file, name, listed(names));
    return number - 1;
  };
  const { premise, hypothesis, gold, prediction } = chosen;
  return {
    ...{ premise: place(premise), hypothesis: place(hypothesis) },
    ...{ gold: place(gold), prediction: place(prediction) },
  };
}

function choiceOf(names: readonly string[], chosen: ChosenPlaces): ColumnChoice {
  const nameOf = (place: number): string | null => (place < 0 ? null : names[place]);
  const parse = (place: number, ending: string): number =>
    names.findIndex((name) => plain(name) === plain(names[place]) + ending);
  const { premise, hypothesis, gold, prediction } = chosen;
  return {
    found: names,
    columns: {
      ...{ premise: names[premise], hypothesis: names[hypothesis] },
      ...{ gold: nameOf(gold), prediction: nameOf(prediction) },
    },
    places: {
      ...chosen,
      id: placeOf(names, IDS),
      parses: [parse(premise, 'parse'), parse(hypothesis, 'parse')],
      binaryParses: [parse(premise, 'binaryparse'), parse(hypothesis, 'binaryparse')],
    },
  };
}

function isText(fields: readonly string[]): boolean {
  return fields.filter((field) => /\S\s+\S/.test(field)).length * 2 >= fields.length;
}

function placeOf(names: readonly string[], wanted: readonly string[]): number {
  const plainNames = names.map(plain);
  const name = wanted.find((candidate) => plainNames.includes(candidate));
  return name === undefined ? -1 : plainNames.indexOf(name);
}

function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]/g, '');
}
