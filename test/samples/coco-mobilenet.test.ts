import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { decode } from 'fast-png';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import Papa from 'papaparse';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { openProbing } from '../../src/probing/open.ts';
import { zipTree } from '../../src/probing/trees/zip-tree.ts';
import provenance from '../../public/samples/coco-mobilenet/provenance.json' with { type: 'json' };

const folder = join(import.meta.dirname, '../../public/samples/coco-mobilenet');
const classes: readonly string[] = provenance.model.classes;
const largestFile = 8 * 1024 * 1024;

type Row = Readonly<Record<string, string>>;

let files: Map<string, Uint8Array>;

beforeAll(async () => {
  const reader = new ZipReader(new Uint8ArrayReader(new Uint8Array(readFileSync(join(folder, 'probing.zip')))), {
    checkSignature: true,
    checkOverlappingEntry: true,
    useWebWorkers: false,
  });
  files = new Map();
  for (const entry of await reader.getEntries()) {
    if (!entry.directory) files.set(entry.filename, await entry.getData(new Uint8ArrayWriter()));
  }
});

function bytesOf(name: string): Uint8Array {
  const bytes = files.get(name);
  if (bytes === undefined) throw new Error(`The zip has no ${name}.`);
  return bytes;
}

function table(name: string): readonly Row[] {
  const { data, errors } = Papa.parse<Row>(new TextDecoder().decode(bytesOf(name)).trim(), { header: true });
  expect(errors).toEqual([]);
  return data;
}

function labelMap(name: string): Uint16Array {
  const { width, height, channels, depth, data } = decode(bytesOf(`images/${name}`), { checkCrc: true });
  expect([width, height, channels, depth]).toEqual([150, 150, 3, 8]);
  return Uint16Array.from({ length: width * height }, (_, at) => data[3 * at] + 256 * data[3 * at + 1]);
}

describe('files of the sample', () => {
  it.each(Object.entries(provenance.files))('%s is the one that provenance.json names', (name, { bytes, sha256 }) => {
    const path = join(folder, name);
    expect(statSync(path).size).toBe(bytes);
    expect(bytes).toBeLessThan(largestFile);
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(sha256);
  });

  it('states both licenses beside them', () => {
    expect(readFileSync(join(folder, 'LICENSE-model.txt'), 'utf8')).toContain('Apache License');
    expect(readFileSync(join(folder, 'NOTICE-model.txt'), 'utf8')).toContain('Changes made');
    expect(readFileSync(join(folder, 'LICENSE-pictures.txt'), 'utf8')).toContain('MIT License');
  });

  it('has the names of the classes in the model', () => {
    const model = readFileSync(join(folder, 'model.onnx'));
    expect(classes).toHaveLength(80);
    expect(model.includes(classes.map((name) => `"${name}"`).join(', '))).toBe(true);
  });
});

describe('the probing set', () => {
  it('opens without a remark, with all its pictures and concepts', async () => {
    const zip = new Blob([new Uint8Array(readFileSync(join(folder, 'probing.zip')))]);
    const set = await openProbing(await zipTree(zip, 'probing.zip'));
    expect(set.notes).toEqual([]);
    expect(set.sampleCount).toBe(provenance.pictures.count);
    expect(set.concepts).toHaveLength(provenance.pictures.concepts);
    expect(set.categories).toEqual(['color', 'object', 'group', 'scene']);
    expect(set.grid).toEqual({ height: 150, width: 150 });
    const labels = await set.labels(0);
    expect(labels.everywhere.map((id) => set.concepts[id].category)).toEqual(['scene']);
  });

  it('numbers its concepts from 1 without gaps, each in one category', () => {
    const labels = table('label.csv');
    expect(labels.map((row) => Number(row['number']))).toEqual(labels.map((_, index) => index + 1));
    for (const { name, first, last, count } of table('category.csv')) {
      const members = labels
        .filter((row) => row['category'].startsWith(`${name}(`))
        .map((row) => Number(row['number']));
      expect([members[0], members.at(-1), members.length], name).toEqual([first, last, count].map(Number));
      const listed = table(`c_${name}.csv`).map((row) => Number(row['number']));
      expect(
        listed.sort((a, b) => a - b),
        name,
      ).toEqual(members);
    }
  });

  it('has exactly the pictures and label maps that the index names', () => {
    const rows = table('index.csv');
    const named = rows.flatMap((row) => ['image', 'color', 'object', 'group'].map((column) => row[column]));
    const present = [...files.keys()].filter((path) => path.startsWith('images/'));
    expect(rows).toHaveLength(provenance.pictures.count);
    expect(
      named
        .filter((name) => name !== '')
        .map((name) => `images/${name}`)
        .sort(),
    ).toEqual(present.sort());
  });

  it('labels every position with an object and a color, and only with concepts of the right category, as often as it says', () => {
    const labels = table('label.csv');
    const categoryOf = ['', ...labels.map((row) => row['category'].split('(')[0])];
    const frequency = new Array<number>(labels.length + 1).fill(0);
    for (const row of table('index.csv')) {
      frequency[Number(row['scene'])]++;
      expect(categoryOf[Number(row['scene'])], row['image']).toBe('scene');
      for (const category of ['color', 'object', 'group'].filter((column) => row[column] !== '')) {
        const numbers = new Set(labelMap(row[category]));
        if (category !== 'group') expect(numbers.has(0), row[category]).toBe(false);
        numbers.delete(0);
        expect(new Set([...numbers].map((number) => categoryOf[number])), row[category]).toEqual(new Set([category]));
        for (const number of numbers) frequency[number]++;
      }
    }
    expect(frequency.slice(1)).toEqual(labels.map((row) => Number(row['frequency'])));
    expect(Math.min(...frequency.slice(1))).toBeGreaterThan(9);
  });

  it('names as classes of a picture only what its objects show', () => {
    const numberOf = new Map(table('c_object.csv').map((row) => [row['name'], Number(row['number'])]));
    const objects = new Map(table('index.csv').map((row) => [row['image'], row['object']]));
    for (const { image, classes: named } of table('labels.csv').slice(0, 40)) {
      const shown = new Set(labelMap(objects.get(image) ?? ''));
      for (const name of named.split(';').filter((text) => text !== '')) {
        expect(classes).toContain(name);
        expect(shown.has(numberOf.get(name) ?? -1), `${name} in ${image}`).toBe(true);
      }
    }
  });
});

describe('the network on its probing set', () => {
  let session: InferenceSession;

  beforeAll(async () => {
    session = await InferenceSession.create(new Uint8Array(readFileSync(join(folder, 'model.onnx'))));
  });

  it.each(['laptop', 'teddy bear', 'scissors', 'clock', 'chair', 'umbrella', 'airplane', 'person'] as const)(
    'recognises the %s',
    async (name) => {
      const { image, score } = provenance.recognition.classes[name].best;
      const pixels = await sharp(bytesOf(`images/${image}`))
        .removeAlpha()
        .raw()
        .toBuffer();
      const plane = pixels.length / 3;
      const input = Float32Array.from({ length: pixels.length }, (_, at) => {
        return pixels[3 * (at % plane) + Math.floor(at / plane)] / 127.5 - 1;
      });
      const { scores } = await session.run({ image: new Tensor('float32', input, [1, 3, 300, 300]) });
      expect(scores.dims).toEqual([1, 80]);
      const given = Number(scores.data[classes.indexOf(name)]);
      expect(given).toBeGreaterThan(0.5);
      expect(given).toBeCloseTo(score, 2);
    },
  );
});
