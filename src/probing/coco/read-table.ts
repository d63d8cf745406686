import type { Size } from '../annotated/annotated-source.ts';
import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import type { CocoCategory } from './coco-part.ts';
import { Entry, type Id } from './entry.ts';
import { isFields, readEntries, shown, type CocoList, type Fields } from './json-entries.ts';
import { RegionStore } from './region-store.ts';
import { SegmentStore } from './segment-store.ts';
import { packRegions } from './segmentation.ts';

/** COCO's stuff files call everything that is no stuff by this name. */
const NO_STUFF = 'other';
const MOST_CATEGORIES = 65_535;
const LAST_SEGMENT = 2 ** 24 - 1;

/** Everything that is kept of a COCO file. */
export interface CocoTable {
  readonly file: TreeFile;
  readonly digest: string;
  readonly categories: readonly CocoCategory[];
  /** Names of the pictures, in the order of the file. */
  readonly images: readonly string[];
  readonly regions: RegionStore;
  readonly segments: SegmentStore;
  /** Annotations that have neither segmentation nor box. */
  readonly empty: number;
  /** Name of a class that stands for everything that is no stuff, and is left out; null where there is none. */
  readonly leftOut: string | null;
  sizeOf(image: number): Size;
}

/**
 * Reads a COCO file: `images`, `categories`, and `annotations` with polygons, masks or boxes, or with panoptic segments.
 *
 * @param stuff whether its categories are stuff, unless `isthing` says so; the class that stands for everything else is then left out
 * @throws Fault naming the file, and the byte or the entry and its field
 */
export async function readTable(file: TreeFile, stuff: boolean): Promise<CocoTable> {
  const reader = new TableReader(file.path, stuff);
  const digest = await readEntries(file, (list, at, fields) => reader.take(list, at, fields));
  return { ...reader.finish(), file, digest };
}

class TableReader {
  readonly #file: string;
  readonly #stuff: boolean;
  readonly #imageNumbers: Numbering;
  readonly #categoryNumbers: Numbering;
  readonly #images: string[] = [];
  readonly #sides: number[] = [];
  readonly #categories: CocoCategory[] = [];
  readonly #regions = new RegionStore();
  readonly #segments = new SegmentStore();
  #empty = 0;

  constructor(file: string, stuff: boolean) {
    this.#file = file;
    this.#stuff = stuff;
    this.#imageNumbers = new Numbering(file, 'images', 'image_id');
    this.#categoryNumbers = new Numbering(file, 'categories', 'category_id');
  }

  take(list: CocoList, at: number, fields: Fields): void {
    const entry = new Entry(this.#file, list, at, fields);
    if (list === 'images') this.#takeImage(entry, at);
    else if (list === 'categories') this.#takeCategory(entry, at);
    else if (Array.isArray(fields['segments_info'])) this.#takeSegments(entry, at, fields['segments_info']);
    else this.#takeRegion(entry, at);
  }

  finish(): Omit<CocoTable, 'file' | 'digest'> {
    this.#imageNumbers.checkUses();
    this.#categoryNumbers.checkUses();
    const images = this.#images;
    const places = this.#imageNumbers.places;
    const numbers = new Int32Array(images.length);
    for (let number = 0; number < places.length; number++) numbers[places[number]] = number;

    const leftOut =
      this.#stuff && this.#segments.empty ? this.#categories.findIndex(({ name }) => name === NO_STUFF) : -1;
    const categories = this.#categories.filter((_, at) => at !== leftOut);
    const kept = (place: number): number | undefined =>
      place === leftOut ? undefined : place - (leftOut >= 0 && place > leftOut ? 1 : 0);
    this.#regions.finish(images.length, places, Array.from(this.#categoryNumbers.places, kept));
    this.#segments.finish(numbers, this.#categoryNumbers.places);
    const sides = Uint16Array.from(this.#sides);
    return {
      categories,
      images,
      regions: this.#regions,
      segments: this.#segments,
      empty: this.#empty,
      leftOut: leftOut === -1 ? null : NO_STUFF,
      sizeOf: (image) => ({ height: sides[2 * image], width: sides[2 * image + 1] }),
    };
  }

  #takeImage(entry: Entry, at: number): void {
    this.#imageNumbers.define(entry.id('id'), at, this.#images.length);
    const { file_name: name, coco_url: address } = entry.fields;
    // LVIS gives an address in place of a name.
    const hasName = name !== undefined || typeof address !== 'string';
    this.#images.push(hasName ? entry.text('file_name') : address.split('/').slice(-2).join('/'));
    this.#sides.push(entry.side('height'), entry.side('width'));
  }

  #takeCategory(entry: Entry, at: number): void {
    if (this.#categories.length === MOST_CATEGORIES)
      throw probingFaults['too-many-concepts'](this.#file, MOST_CATEGORIES + 1, MOST_CATEGORIES);
    const id = entry.id('id');
    this.#categoryNumbers.define(id, at, this.#categories.length);
    const { supercategory: group, isthing } = entry.fields;
    const isStuff = isthing === undefined ? this.#stuff : isthing === 0 || isthing === false;
    this.#categories.push({
      id: typeof id === 'number' ? id : at,
      name: entry.text('name').trim(),
      group: typeof group === 'string' && group.trim() !== '' && group !== 'none' ? group.trim() : null,
      kind: isStuff ? 'stuff' : 'object',
    });
  }

  #takeRegion(entry: Entry, at: number): void {
    const image = this.#imageNumbers.use(entry.id('image_id'), at);
    const category = this.#categoryNumbers.use(entry.id('category_id'), at);
    const regions = packRegions(entry);
    if (regions.length === 0) this.#empty++;
    for (const packed of regions) this.#regions.add(image, category, at, packed);
  }

  #takeSegments(entry: Entry, at: number, list: readonly unknown[]): void {
    const image = this.#imageNumbers.use(entry.id('image_id'), at);
    if (this.#segments.has(image))
      throw probingFaults['coco-two-maps'](this.#file, entry.where, shown(entry.id('image_id')));
    const packed = list.flatMap((segment, place) => {
      const where = `segments_info[${place}]`;
      const { id, category_id: category }: Fields = isFields(segment) ? segment : {};
      if (!Number.isInteger(id) || Number(id) < 1 || Number(id) > LAST_SEGMENT)
        throw probingFaults['coco-field'](
          this.#file,
          entry.where,
          `${where}.id`,
          shown(id),
          `a whole number from 1 to ${LAST_SEGMENT}`,
        );
      if (!Number.isSafeInteger(category) && typeof category !== 'string')
        throw probingFaults['coco-field'](
          this.#file,
          entry.where,
          `${where}.category_id`,
          shown(category),
          'a whole number',
        );
      return [Number(id), this.#categoryNumbers.use(category as Id, at)];
    });
    this.#segments.add(image, entry.text('file_name'), packed);
  }
}

/** Numbers ids as they are met, since annotations may stand before what they name. */
class Numbering {
  readonly #file: string;
  readonly #list: CocoList;
  readonly #field: string;
  readonly #numbers = new Map<Id, number>();
  readonly #places: number[] = [];
  readonly #entries: number[] = [];

  /**
   * @param list where ids are defined
   * @param field of the annotations that name them
   */
  constructor(file: string, list: CocoList, field: string) {
    this.#file = file;
    this.#list = list;
    this.#field = field;
  }

  /** Places by number. */
  get places(): readonly number[] {
    return this.#places;
  }

  /** The number of an id that an annotation names. */
  use(id: Id, annotation: number): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number = this.#places.length;
    this.#numbers.set(id, number);
    this.#places.push(-1);
    this.#entries.push(annotation);
    return number;
  }

  /** An id is defined by an entry of the list, and has a place. */
  define(id: Id, entry: number, place: number): void {
    const number = this.use(id, entry);
    if (this.#places[number] !== -1) {
      const first = `${this.#list}[${this.#entries[number]}]`;
      throw probingFaults['coco-repeated-id'](this.#file, `${this.#list}[${entry}]`, shown(id), first);
    }
    this.#places[number] = place;
    this.#entries[number] = entry;
  }

  /** @throws Fault naming the first annotation with an id that is not defined */
  checkUses(): void {
    for (const [id, number] of this.#numbers) {
      if (this.#places[number] !== -1) continue;
      const where = `annotations[${this.#entries[number]}]`;
      throw probingFaults['coco-unknown-id'](this.#file, where, this.#field, shown(id), this.#list);
    }
  }
}
