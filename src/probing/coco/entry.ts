import { probingFaults } from '../errors.ts';
import { shown, type CocoList, type Fields } from './json-entries.ts';

/** Sides of pictures are at most this long, so that numbers of pixels stay below 2^31. */
const MOST_PIXELS_A_SIDE = 32_768;

/** An id: a number, or a text where a tool made one up. */
export type Id = number | string;

/** One entry of a COCO file, whose fields are checked as they are taken; faults name the file, the entry and the field. */
export class Entry {
  readonly file: string;
  /** The entry for people: `annotations[5]`, counted from 0 as programs do. */
  readonly where: string;
  readonly fields: Fields;

  constructor(file: string, list: CocoList, at: number, fields: Fields) {
    this.file = file;
    this.where = `${list}[${at}]`;
    this.fields = fields;
  }

  id(field: string): Id {
    const value = this.fields[field];
    if (Number.isSafeInteger(value) || (typeof value === 'string' && value !== '')) return value as Id;
    throw this.wrong(field, 'a whole number');
  }

  text(field: string): string {
    const value = this.fields[field];
    if (typeof value === 'string' && value.trim() !== '') return value;
    throw this.wrong(field, 'a text');
  }

  side(field: string): number {
    const value = this.fields[field];
    if (isSide(value)) return value;
    throw this.wrong(field, `a whole number from 1 to ${MOST_PIXELS_A_SIDE}`);
  }

  /** A pair of height and width. */
  size(value: unknown, field: string): { readonly height: number; readonly width: number } {
    const [height, width, more]: unknown[] = Array.isArray(value) ? value : [];
    if (isSide(height) && isSide(width) && more === undefined) return { height, width };
    throw probingFaults['coco-field'](this.file, this.where, field, shown(value), 'a pair of height and width');
  }

  wrong(field: string, wanted: string): Error {
    return probingFaults['coco-field'](this.file, this.where, field, shown(this.fields[field]), wanted);
  }
}

function isSide(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST_PIXELS_A_SIDE;
}
