import type { SourceConcept } from '../annotated/annotated-source.ts';
import { field, numberField, textField, type CsvRow, type CsvTable } from '../csv.ts';
import { probingFaults } from '../errors.ts';
import { isSplit } from '../picture-paths.ts';
import type { BoxColumns } from './box-columns.ts';
import type { Box } from './cover.ts';
import type { PictureIndex, TreePicture } from './picture-index.ts';

const CATEGORY = 'object';

/** A box of a table, with where it stands. */
export interface TableBox {
  readonly file: string;
  readonly row: number;
  /** Its concept's place. */
  readonly place: number;
  /** In pixels, or in parts of the picture. */
  readonly box: Box;
  readonly relative: boolean;
}

/** A picture with the boxes that a table gives it. */
export interface BoxedPicture extends TreePicture {
  readonly split: string | undefined;
  readonly boxes: TableBox[];
  /** Width and height in pixels, where the table says. */
  readonly size: { readonly width: number; readonly height: number } | undefined;
}

/** Gathers the boxes of one table after the other. */
export class BoxGatherer {
  readonly concepts: SourceConcept[] = [];
  readonly pictures = new Map<string, BoxedPicture>();
  /** Rows about pictures that are not there. */
  strangers = 0;
  /** The first picture that is not there. */
  firstStranger = '';
  readonly #index: PictureIndex;
  readonly #names: ReadonlyMap<string, string>;
  readonly #places = new Map<string, number>();

  /** @param names of labels that are codes (Open Images: `/m/0199g` is Bicycle) */
  constructor(index: PictureIndex, names: ReadonlyMap<string, string>) {
    this.#index = index;
    this.#names = names;
  }

  /**
   * Adds a table. Without a column split, a table named as one (`train.csv`, `validation-annotations-bbox.csv`) is that split.
   *
   * @throws Fault naming file, row and column
   */
  add(table: CsvTable, columns: BoxColumns): void {
    const word = /^[a-z]+/i.exec(table.file.slice(table.file.lastIndexOf('/') + 1))?.[0] ?? '';
    const own = isSplit(word) ? word : undefined;
    for (const row of table.rows) {
      const written = textField(table, row, columns.image);
      const found = this.#index.find(written);
      if (found.length > 1)
        throw probingFaults['box-two-pictures'](table.file, row.number, written, found[0].path, found[1].path);
      if (found.length === 0) {
        if (this.strangers === 0) this.firstStranger = written;
        this.strangers++;
        continue;
      }
      const split = columns.split === undefined ? own : field(table, row, columns.split) || undefined;
      const picture = this.pictures.get(found[0].path) ?? {
        ...found[0],
        ...{ split, boxes: [], size: columns.size && readSize(table, row, columns.size) },
      };
      this.pictures.set(picture.path, picture);
      const { relative } = columns;
      const box = readBox(table, row, columns);
      picture.boxes.push({ file: table.file, row: row.number, place: this.#place(table, row, columns), box, relative });
    }
  }

  #place(table: CsvTable, row: CsvRow, columns: BoxColumns): number {
    const label = textField(table, row, columns.label);
    const category = columns.category === undefined ? CATEGORY : textField(table, row, columns.category);
    const key = `${category}\n${label}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.concepts.length;
    this.#places.set(key, place);
    this.concepts.push({ number: place + 1, name: this.#names.get(label) ?? label, category });
    return place;
  }
}

function readSize(
  table: CsvTable,
  row: CsvRow,
  { width, height }: NonNullable<BoxColumns['size']>,
): { width: number; height: number } {
  const size = { width: numberField(table, row, width), height: numberField(table, row, height) };
  if (size.width > 0 && size.height > 0) return size;
  throw probingFaults['box-empty'](table.file, row.number, `in a picture of ${size.width} x ${size.height}`);
}

function readBox(table: CsvTable, row: CsvRow, columns: BoxColumns): Box {
  const number = (column: string): number => {
    const text = field(table, row, column);
    const value = Number(text);
    if (text === '' || !Number.isFinite(value))
      throw probingFaults['box-number'](table.file, row.number, column, text.slice(0, 40));
    return value;
  };
  const [left, top] = [number(columns.left), number(columns.top)];
  const [across, down] = [number(columns.right), number(columns.bottom)];
  const box = {
    left,
    top,
    right: columns.asSize ? left + across : across,
    bottom: columns.asSize ? top + down : down,
  };
  const shown = [columns.left, columns.top, columns.right, columns.bottom].map((name) => field(table, row, name));
  if (box.right <= box.left || box.bottom <= box.top)
    throw probingFaults['box-empty'](table.file, row.number, shown.join(', '));
  if (
    columns.relative &&
    (box.left >= 1 || box.top >= 1 || box.right > 1.001 || box.bottom > 1.001 || box.right <= 0 || box.bottom <= 0)
  )
    throw probingFaults['box-relative'](table.file, row.number, shown.join(', '));
  return box;
}
