import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import { columnsByName, type ColumnChoice } from './columns.ts';
import { PairGatherer } from './gather-pairs.ts';
import type { PairColumns } from './pair-options.ts';
import { readLines } from './read-lines.ts';
import { idName, layoutName, type ReadPairs } from './read-pairs.ts';
import { WrittenSentences } from './written-sentence.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Started {
  readonly choice: ColumnChoice;
  readonly gatherer: PairGatherer;
}

/**
 * Reads sentence pairs in JSON lines, an object a line: SNLI and MultiNLI as they are distributed, and others with fields for premise, hypothesis
 * and label by the names of docs/formats.md. The first object tells which fields there are. Empty lines are passed over.
 *
 * @throws Fault naming the row, if it is no object or one of its fields is not what it must be
 */
export async function readJsonl(file: TreeFile, chosen: PairColumns | undefined): Promise<ReadPairs> {
  const sentences = new WrittenSentences();
  let started: Started | undefined;
  const digest = await readLines(file, (line, row) => {
    if (line.trim() === '') return;
    const fields = parseObject(file.path, line, row);
    started ??= start(file.path, Object.keys(fields), chosen);
    const { choice, gatherer } = started;
    const { places, found } = choice;
    const value = (place: number): unknown => (place < 0 ? undefined : fields[found[place]]);
    const textOf = (place: number): string => sentenceText(file.path, row, found[place], value(place));
    const sentence = (side: 0 | 1) =>
      sentences.sentence(
        textOf(side === 0 ? places.premise : places.hypothesis),
        parseText(value(places.parses[side])),
        parseText(value(places.binaryParses[side])),
      );
    const id = value(places.id);
    const name = typeof id === 'string' || typeof id === 'number' ? idName(found[places.id], String(id)) : undefined;
    gatherer.add({
      where: `row ${row}`,
      ...(name !== undefined && { name }),
      premise: sentence(0),
      hypothesis: sentence(1),
      gold: value(places.gold),
      given: value(places.prediction),
    });
  });
  if (started === undefined) throw probingFaults['pair-none'](file.path);
  const { choice, gatherer } = started;
  const notes = gatherer.finish();
  const completed = await sentences.complete(file.path, gatherer.pairs);
  return {
    pairs: completed.pairs,
    layout: layoutName(choice.found, 'JSON lines'),
    found: choice.found,
    columns: choice.columns,
    digest,
    notes: [...notes, ...completed.notes],
  };
}

/** Names of the fields of an object of JSON, or undefined where the line holds none. */
export function fieldNames(line: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? Object.keys(value) : undefined;
  } catch {
    return undefined;
  }
}

function start(file: string, names: readonly string[], chosen: PairColumns | undefined): Started {
  const choice = columnsByName(file, names, chosen);
  return { choice, gatherer: new PairGatherer(file, choice.columns) };
}

function parseObject(file: string, line: string, row: number): Fields {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw probingFaults['pair-json'](file, row);
  }
  if (!isObject(value)) throw probingFaults['pair-json'](file, row);
  return value;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sentenceText(file: string, row: number, column: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw probingFaults['pair-not-text'](file, row, column, shortened(value));
  return value;
}

function parseText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
