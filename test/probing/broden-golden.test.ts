import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openBroden } from '../../src/probing/broden/broden.ts';
import type { ProbingSet } from '../../src/probing/probing-set.ts';
import { zipTree } from '../../src/probing/trees/zip-tree.ts';
import { asFolder, asZip, goldenFiles, goldenJson } from './support/trees.ts';

interface GoldenLabel {
  readonly name: string;
  readonly category: string;
  readonly pixels: number;
  readonly images: number;
  readonly crc32: number;
}

/** The categories that the reference program probes (its settings.CATEGORIES). */
const CATEGORIES = ['object', 'part', 'scene', 'texture', 'color'];

describe.each(['tiny', 'small', 'edge'])('golden %s', (golden) => {
  const files = goldenFiles(golden);

  it('gives every label the pixels, pictures and mask of the reference', async () => {
    const set = await openBroden(asFolder(files), { categories: CATEGORIES });
    const expected = (goldenJson(golden, 'masks.json') as { labels: Record<string, GoldenLabel> }).labels;
    const found = await labelMasks(set);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(
        Object.entries(expected).map(([number, { name, category, pixels, images, crc32: crc }]) => [
          number,
          { name, category, pixels, images, crc },
        ]),
      ),
    );
  });

  it('counts the pictures as the reference does', async () => {
    const set = await openBroden(asFolder(files), { categories: CATEGORIES });
    const { n_images: images } = goldenJson(golden, anExpectation(golden)) as {
      n_images: number;
    };
    expect(set.sampleCount).toBe(images);
  });

  it('reads the same from a zip', async () => {
    const fromFolder = await openBroden(asFolder(files), { categories: CATEGORIES });
    const zip = await asZip(Array.from(files, ([path, bytes]) => [`${golden}/${path}`, bytes]));
    const fromZip = await openBroden(await zipTree(zip, `${golden}.zip`), { categories: CATEGORIES });
    expect(fromZip.concepts).toEqual(fromFolder.concepts);
    expect(fromZip.sampleCount).toBe(fromFolder.sampleCount);
    for (let sample = 0; sample < fromFolder.sampleCount; sample += 7) {
      expect(await fromZip.labels(sample)).toEqual(await fromFolder.labels(sample));
      expect(await fromZip.picture(sample)).toEqual(await fromFolder.picture(sample));
      expect(fromZip.sampleName(sample)).toBe(fromFolder.sampleName(sample));
    }
  });
});

function anExpectation(golden: string): string {
  return golden === 'edge' ? 'expected-n3-b5-p1-lnone-q0.02.json' : 'expected-n1-b5-p1-lnone.json';
}

/** By label number, for labels that occur: name, category, pixels, pictures, and the CRC-32 of the mask in the goldens' order. */
async function labelMasks(set: ProbingSet): Promise<Map<string, unknown>> {
  const positions = set.grid.height * set.grid.width;
  const masks = set.concepts.map(() => new Uint8Array((set.sampleCount * positions) / 8));
  const pixels = new Array<number>(set.concepts.length).fill(0);
  const images = new Array<number>(set.concepts.length).fill(0);
  for (let sample = 0; sample < set.sampleCount; sample += 1) {
    const { planes, everywhere } = await set.labels(sample);
    const trueAt = set.concepts.map(() => new Uint8Array(0));
    const mark = (concept: number, position: number): void => {
      if (trueAt[concept].length === 0) trueAt[concept] = new Uint8Array(positions);
      trueAt[concept][position] = 1;
    };
    for (const plane of planes) {
      plane.forEach((value, position) => {
        if (value > 0) mark(value - 1, position);
      });
    }
    for (const concept of everywhere)
      for (let position = 0; position < positions; position += 1) mark(concept, position);
    trueAt.forEach((flags, concept) => {
      let any = 0;
      flags.forEach((flag, position) => {
        const bit = sample * positions + position;
        if (flag === 1) masks[concept][bit >> 3] |= 0x80 >> (bit & 7);
        any += flag;
      });
      pixels[concept] += any;
      images[concept] += any > 0 ? 1 : 0;
    });
  }
  const occurring = set.concepts.filter(({ id }) => pixels[id] > 0);
  return new Map(
    occurring.map(({ id, number, name, category }) => [
      String(number),
      { name, category, pixels: pixels[id], images: images[id], crc: crc32(masks[id]) },
    ]),
  );
}
