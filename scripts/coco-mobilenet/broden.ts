import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { TextReader, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import Papa from 'papaparse';
import sharp from 'sharp';
import { maskSize, type Annotation } from './annotation.ts';
import { pictureSize } from './canvas.ts';
import { categories, concepts, type Category } from './concepts.ts';

/** One picture with everything that is written about it. */
export interface AnnotatedPicture {
  /** File name without its ending. */
  readonly name: string;
  readonly jpeg: Uint8Array;
  readonly annotation: Annotation;
  /** COCO's classes that can be seen in it. */
  readonly classes: readonly string[];
}

/** Columns of Broden's index.csv, and our category `group`. Part, material and texture stay empty. */
const columns = 'image split ih iw sh sw color object part material scene texture group'.split(' ');

/**
 * Writes a probing set in Broden's layout as a zip: index.csv, category.csv, label.csv, c_*.csv, images/, and labels.csv with the
 * classes seen in each picture. Every fifth picture is of the split `val`. The same pictures give the same bytes.
 */
export async function writeBroden(path: string, pictures: readonly AnnotatedPicture[]): Promise<void> {
  const zip = new ZipWriter(Writable.toWeb(createWriteStream(path)), {
    lastModDate: new Date(2020, 0, 1),
    extendedTimestamp: false,
    useWebWorkers: false,
  });
  const table = (name: string, rows: readonly object[]): Promise<unknown> =>
    zip.add(name, new TextReader(`${Papa.unparse([...rows], { newline: '\n' })}\n`));
  const coverage = measure(pictures);
  await table('index.csv', pictures.map(indexRow));
  await table(
    'labels.csv',
    pictures.map(({ name, classes }) => ({ image: `${name}.jpg`, classes: classes.join(';') })),
  );
  await table('label.csv', labelRows(coverage));
  await table('category.csv', categoryRows(coverage));
  for (const category of categories) await table(`c_${category}.csv`, codeRows(category, coverage));
  for (const { name, jpeg, annotation } of pictures) {
    await zip.add(`images/${name}.jpg`, new Uint8ArrayReader(jpeg), { level: 0 });
    for (const [category, plane] of Object.entries(annotation.planes)) {
      if (plane.every((number) => number === 0)) continue;
      await zip.add(`images/${name}_${category}.png`, new Uint8ArrayReader(await labelPng(plane)), { level: 0 });
    }
  }
  await zip.close();
}

/** A label map as Broden stores it: red plus 256 times green is the concept's number. */
function labelPng(plane: Uint16Array): Promise<Uint8Array> {
  const rgb = Uint8Array.from({ length: plane.length * 3 }, (_, at) => {
    const number = plane[Math.floor(at / 3)];
    return [number & 255, number >> 8, 0][at % 3];
  });
  return sharp(rgb, { raw: { width: maskSize, height: maskSize, channels: 3 } })
    .png({ compressionLevel: 9, adaptiveFiltering: false })
    .toBuffer();
}

function indexRow({ name, annotation }: AnnotatedPicture, index: number): object {
  const row: Record<string, string | number> = Object.fromEntries(columns.map((column) => [column, '']));
  Object.assign(row, { image: `${name}.jpg`, split: index % 5 === 4 ? 'val' : 'train' });
  Object.assign(row, { ih: pictureSize, iw: pictureSize, sh: maskSize, sw: maskSize, scene: annotation.scene });
  for (const [category, plane] of Object.entries(annotation.planes)) {
    row[category] = plane.some((number) => number > 0) ? `${name}_${category}.png` : '';
  }
  return row;
}

/** By concept number: in how many pictures it is, and the sum over pictures of the share it covers. */
interface Coverage {
  readonly frequency: readonly number[];
  readonly coverage: readonly number[];
}

function measure(pictures: readonly AnnotatedPicture[]): Coverage {
  const frequency = new Array<number>(concepts.length + 1).fill(0);
  const coverage = new Array<number>(concepts.length + 1).fill(0);
  for (const { annotation } of pictures) {
    const positions = new Map<number, number>([[annotation.scene, maskSize * maskSize]]);
    for (const plane of Object.values(annotation.planes)) {
      for (const number of plane) if (number > 0) positions.set(number, (positions.get(number) ?? 0) + 1);
    }
    for (const [number, count] of positions) {
      frequency[number]++;
      coverage[number] += count / (maskSize * maskSize);
    }
  }
  return { frequency, coverage };
}

function labelRows({ frequency, coverage }: Coverage): object[] {
  return concepts.map(({ number, name, category }) => ({
    number,
    name,
    category: `${category}(${frequency[number]})`,
    frequency: frequency[number],
    coverage: coverage[number].toFixed(6),
    syns: '',
  }));
}

function categoryRows({ frequency }: Coverage): object[] {
  return categories.map((name) => {
    const members = concepts.filter(({ category }) => category === name);
    const total = members.reduce((sum, { number }) => sum + frequency[number], 0);
    return { name, first: members[0].number, last: members.at(-1)?.number, count: members.length, frequency: total };
  });
}

/** A category's concepts by falling frequency, numbered from 1. */
function codeRows(name: Category, { frequency, coverage }: Coverage): object[] {
  return concepts
    .filter(({ category }) => category === name)
    .sort((a, b) => frequency[b.number] - frequency[a.number] || a.number - b.number)
    .map(({ number, name: label }, index) => ({
      code: index + 1,
      number,
      name: label,
      frequency: frequency[number],
      coverage: coverage[number].toFixed(6),
    }));
}
