import { probingFaults } from '../errors.ts';
import { columnsByContent, columnsByName, isHeader, type ColumnChoice } from './columns.ts';
import { PairGatherer } from './gather-pairs.ts';
import type { PairColumns } from './pair-options.ts';
import { idName, type ReadPairs } from './read-pairs.ts';
import { WrittenSentences } from './written-sentence.ts';

/** Rows that are looked at to find the columns where there is no header. */
const LOOKED_AT = 50;

interface Row {
  readonly fields: readonly string[];
  readonly number: number;
}

interface Started {
  readonly choice: ColumnChoice;
  readonly gatherer: PairGatherer;
}

/** Makes pairs of the rows of a table, as they come: the first may be a header, rows have as many fields as it at most. */
export class TableRows {
  readonly #file: string;
  readonly #chosen: PairColumns | undefined;
  readonly #sentences = new WrittenSentences();
  #first: Row[] = [];
  #started: Started | undefined;
  #quoted = 0;

  /**
   * @param file for messages
   * @param chosen columns as a person chose them
   */
  constructor(file: string, chosen: PairColumns | undefined) {
    this.#file = file;
    this.#chosen = chosen;
  }

  /** Takes the next row. @param number as a spreadsheet counts, from 1 @throws Fault naming the row */
  add(fields: readonly string[], number: number): void {
    if (fields.every((field) => field.trim() === '')) return;
    if (this.#started !== undefined) this.#take(this.#started, { fields, number });
    else if (this.#first.push({ fields, number }) === LOOKED_AT) this.#start();
  }

  /** All rows were taken. @throws Fault, if there are no pairs among them */
  async finish(): Promise<Pick<ReadPairs, 'pairs' | 'found' | 'columns' | 'notes'>> {
    const { choice, gatherer } = this.#started ?? this.#start();
    const notes = gatherer.finish();
    const completed = await this.#sentences.complete(this.#file, gatherer.pairs);
    const { found, columns } = choice;
    return { pairs: completed.pairs, found, columns, notes: [...notes, ...completed.notes] };
  }

  /** Sentences that stand in double quotes, some of them doubled: as a CSV file writes them. */
  get quoted(): number {
    return this.#quoted;
  }

  #start(): Started {
    const rows = this.#first;
    if (rows.length === 0) throw probingFaults['pair-none'](this.#file);
    if (rows.every(({ fields }) => fields.length < 2)) throw probingFaults['pair-one-column'](this.#file);
    const names = rows[0].fields.map((name) => name.trim());
    const header = isHeader(names, this.#chosen);
    const choice = header
      ? columnsByName(this.#file, names, this.#chosen)
      : columnsByContent(
          this.#file,
          rows.map(({ fields }) => fields),
          this.#chosen,
        );
    const started = { choice, gatherer: new PairGatherer(this.#file, choice.columns) };
    this.#started = started;
    this.#first = [];
    for (const row of header ? rows.slice(1) : rows) this.#take(started, row);
    return started;
  }

  #take({ choice: { places, found }, gatherer }: Started, { fields, number }: Row): void {
    const { premise, hypothesis, gold, prediction, id } = places;
    const extra = fields.slice(found.length).some((field) => field !== '');
    const wanted = Math.max(premise, hypothesis, gold, prediction) + 1;
    if (extra || fields.length < wanted) {
      throw probingFaults['pair-fields'](this.#file, number, fields.length, found.length);
    }
    const sentence = (side: 0 | 1) =>
      this.#sentences.sentence(
        this.#text(fields[side === 0 ? premise : hypothesis]),
        fields[places.parses[side]],
        fields[places.binaryParses[side]],
      );
    const name = id < 0 ? undefined : idName(found[id], detached(fields[id] ?? ''));
    gatherer.add({
      where: `row ${number}`,
      ...(name !== undefined && { name }),
      premise: sentence(0),
      hypothesis: sentence(1),
      gold: fields[gold],
      given: fields[prediction],
    });
  }

  #text(field: string): string {
    if (/^".*""|"".*"$/.test(field)) this.#quoted += 1;
    return detached(field);
  }
}

/** The same text without the line it was cut from, which engines otherwise keep in memory with it. */
function detached(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
