import type { Concept } from '../concepts.ts';
import type { ConceptId } from '../ids.ts';
import { ARROW_MAGIC, openArrowCells } from './arrow.ts';
import type { CellFileInfo, ListedConcept } from './cell-file.ts';
import { CellSums, MOST_CONCEPTS } from './cell-sums.ts';
import type { CountedCells } from './counted-cells.ts';
import { cellFaults } from './errors.ts';
import { joinInfo } from './join-info.ts';
import { PARQUET_MAGIC } from './parquet-file.ts';
import { openParquetCells, type CellFile } from './read-parquet.ts';

/** A file of cells, not yet read. */
export interface NamedBlob {
  readonly name: string;
  readonly blob: Blob;
}

/** What files of cells hold together. */
export interface ReadCells {
  readonly counted: CountedCells;
  readonly concepts: readonly Concept[];
  /** What the files say of themselves, added up. */
  readonly info: CellFileInfo;
}

/** How reading goes on. */
export interface ReadCellsOptions {
  /** What numbers of concepts mean where a file does not say so itself, and which names there are: `concepts.csv`. */
  readonly concepts?: readonly ListedConcept[] | undefined;
  /** Called after each piece of a file. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Units a layer may have. */
const MOST_UNITS = 2 ** 24;
/** How the list is called that is given beside the files. */
const GIVEN = 'concepts.csv';

/** Opens a file of cells, Parquet or Arrow by its first bytes. @throws Fault naming the file */
export async function openCells({ blob, name }: NamedBlob): Promise<CellFile> {
  const bytes = await blob
    .slice(0, 8)
    .arrayBuffer()
    .catch((error: unknown) => {
      throw cellFaults.unreadable(name, error instanceof Error ? error.message : String(error));
    });
  const start = String.fromCharCode(...new Uint8Array(bytes));
  if (start.startsWith(PARQUET_MAGIC)) return openParquetCells(blob, name);
  if (start.startsWith(ARROW_MAGIC)) return openArrowCells(blob, name);
  const shown = start === '' ? 'nothing, it is empty' : `"${start.replaceAll(/[^ -~]/g, '.')}"`;
  throw cellFaults['wrong-kind'](name, shown);
}

/**
 * Reads files of cells and adds them up: shards of one probing set, or one file.
 *
 * Concepts stand in the order of the metadata, else of the list given, else (names only) by category and name.
 *
 * @throws Fault naming file, row and column
 */
export async function readCells(files: readonly NamedBlob[], options: ReadCellsOptions = {}): Promise<ReadCells> {
  const opened = await Promise.all(files.map(openCells));
  const names = files.map(({ name }) => name);
  const info = joinInfo(opened.map((file, i) => ({ info: file.info, name: names[i] })));
  const sums = new CellSums();
  const list = info.concepts ?? options.concepts ?? null;
  const met = list ? undefined : new MetConcepts();
  for (const [i, file] of opened.entries()) {
    const name = names[i];
    const idOf = list
      ? listedId(
          list,
          file.info.concepts === null && options.concepts !== undefined,
          name,
          info.concepts ? name : GIVEN,
        )
      : (concept: number | string, row: number): number => met?.id(concept, row, name) ?? 0;
    const most = info.unitCount ?? MOST_UNITS;
    let first = 0;
    let pieces = 0;
    for await (const rows of file.rows()) {
      const wrong = rows.units.findIndex((unit) => unit >= most);
      if (wrong >= 0) {
        const row = first + rows.unitStart.findIndex((start) => start > wrong);
        throw cellFaults['unit-range'](name, row, rows.units[wrong], most);
      }
      sums.add(rows, idOf, first, name);
      first += rows.count;
      pieces++;
      options.onProgress?.(i + pieces / Math.max(pieces, file.pieces), files.length);
    }
  }
  const { listed, order } = list ? { listed: list, order: undefined } : (met ?? new MetConcepts()).sorted();
  const concepts = listed.map(({ number, name, category }, id) => ({ id: id as ConceptId, number, name, category }));
  const unitCount = info.unitCount ?? sums.unitCount;
  const counted = sums.finish(concepts.length, unitCount, (id) => fullName(concepts[id]), order);
  if (counted.table.cellCount === 0) throw cellFaults.empty(names.join(', '));
  return { counted, concepts, info };
}

const fullName = ({ category, name }: ListedConcept): string => `${category}/${name}`;

/**
 * Ids of concepts by a list.
 *
 * @param byNumber a number in the file is the concept's own, not its place in the list
 */
function listedId(
  list: readonly ListedConcept[],
  byNumber: boolean,
  file: string,
  source: string,
): (concept: number | string, row: number) => number {
  const ids = new Map<number | string, number>();
  const ambiguous = new Set<string>();
  for (const [id, concept] of list.entries()) {
    const name = fullName(concept);
    if (ids.has(name)) ambiguous.add(name);
    if (byNumber && ids.has(concept.number)) throw cellFaults['number-twice'](source, concept.number);
    ids.set(name, id);
    ids.set(byNumber ? concept.number : id, id);
  }
  return (concept, row) => {
    const id = ids.get(concept);
    if (id === undefined) throw cellFaults['concept-unknown'](file, row, String(concept), source);
    if (typeof concept === 'string' && ambiguous.has(concept)) {
      throw cellFaults['concept-ambiguous'](file, row, concept, source);
    }
    return id;
  };
}

/** Concepts named in files that no list explains, as they are met. */
class MetConcepts {
  readonly #ids = new Map<string, number>();

  id(concept: number | string, row: number, file: string): number {
    if (typeof concept === 'number') throw cellFaults['no-concepts'](file);
    const known = this.#ids.get(concept);
    if (known !== undefined) return known;
    const slash = concept.indexOf('/');
    if (slash < 1 || slash === concept.length - 1) throw cellFaults['concept-name'](file, row, concept);
    if (this.#ids.size === MOST_CONCEPTS) throw cellFaults['too-many-concepts'](file, MOST_CONCEPTS);
    this.#ids.set(concept, this.#ids.size);
    return this.#ids.size - 1;
  }

  /** The concepts by category and name, and the place of each that was met. */
  sorted(): { readonly listed: readonly ListedConcept[]; readonly order: Uint16Array } {
    const split = (concept: string): readonly [category: string, name: string] => {
      const slash = concept.indexOf('/');
      return [concept.slice(0, slash), concept.slice(slash + 1)];
    };
    const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
    const met = Array.from(this.#ids, ([concept, id]) => ({ id, parts: split(concept) }));
    met.sort((a, b) => before(a.parts[0], b.parts[0]) || before(a.parts[1], b.parts[1]));
    const order = new Uint16Array(met.length);
    for (const [place, { id }] of met.entries()) order[id] = place;
    const listed = met.map(({ parts: [category, name] }, number) => ({ number, name, category }));
    return { listed, order };
  }
}
