import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Concept, SampleLabels } from '../../src/engine/concepts.ts';
import { joinCellParts } from '../../src/engine/cells/join-cell-parts.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import { presets, toInput } from '../../src/onnx/preprocess.ts';
import {
  batchLength,
  batchSize,
  fillBatch,
  inputDims,
  type Decode,
  type PictureSpec,
} from '../../src/pipeline/batches.ts';
import { collectActivations, LayerCollector } from '../../src/pipeline/collect.ts';
import { Feeder } from '../../src/pipeline/feeder.ts';
import { hashFile } from '../../src/pipeline/hash-file.ts';
import { ingest, readCellPart, readCellParts } from '../../src/pipeline/ingest.ts';
import { expectedBytes, KEEP_ALL_BYTES, keptQuantileFor } from '../../src/pipeline/kept-quantile.ts';
import { ProbingService } from '../../src/pipeline/probing-service.ts';
import { SearchService } from '../../src/pipeline/search-service.ts';
import type { PixelImage, ProbingSet } from '../../src/probing/probing-set.ts';
import type { FloatTensor, ModelSession } from '../../src/runtime/model-session.ts';
import { groupByStrings } from '../engine/support/group-by-strings.ts';

const concepts: readonly Concept[] = ['a', 'b', 'c'].map((name, id) => ({
  ...{ id: id as ConceptId, number: id + 1, name, category: 'object' },
}));

const pixelsOf = (sample: number): PixelImage => ({
  ...{ width: 2, height: 2, rgba: Uint8ClampedArray.from({ length: 16 }, (_, i) => (sample * 16 + i * 5) % 256) },
});
const labelsOf = (sample: number): SampleLabels => ({
  planes: [Uint16Array.from({ length: 4 }, (_, i) => (sample + i) % 4)],
  everywhere: sample % 2 === 0 ? [2 as ConceptId] : [],
});

function probingSet(sampleCount: number, change: Partial<ProbingSet> = {}): ProbingSet {
  return {
    ...{
      format: 'broden',
      title: 'made up',
      concepts,
      categories: ['object'],
      sampleCount,
      contentHash: 'hash',
      notes: [],
    },
    grid: { height: 2, width: 2 },
    survey: { layout: 'made up', categories: [], splits: [], colors: 'none' },
    sampleName: (sample) => `row ${sample}`,
    labels: async (sample) => labelsOf(sample),
    picture: async (sample) => ({ kind: 'pixels', pixels: pixelsOf(sample) }),
    ...change,
  };
}

const spec: PictureSpec = {
  ...{
    kind: 'pictures',
    input: 'x',
    layout: 'NCHW',
    fixedBatch: null,
    height: 2,
    width: 2,
    preprocessing: presets['zero-to-one'],
  },
};
const decode = async (picture: Parameters<Decode>[0]): Promise<PixelImage> =>
  picture.kind === 'pixels' ? picture.pixels : expect.fail('only pixels here');

/** All orders of so many samples. */
const orders = (count: number): fc.Arbitrary<number[]> =>
  fc.shuffledSubarray(
    Array.from({ length: count }, (_, sample) => sample),
    { minLength: count },
  );

/** A session whose tapped tensor is made from its input. */
function session(tap: (input: FloatTensor) => FloatTensor): ModelSession {
  return {
    ...{ provider: 'wasm', providerNote: '', runtimeVersion: '0', close: async () => undefined },
    run: async (inputs) => ({ tapped: tap(inputs['x'] as FloatTensor) }),
  };
}

/** The input itself as a layer of three units. */
const identity = ({ dims, data }: FloatTensor): FloatTensor => ({ dims, data: data.slice() });

describe('ingesting', () => {
  it('reads every sample once, a few ahead of the one that is needed, into what grouping by text gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }).chain((count) => fc.tuple(fc.constant(count), orders(count))),
        async ([count, order]) => {
          const read: number[] = [];
          let under = 0;
          let most = 0;
          const labels = async (sample: number): Promise<SampleLabels> => {
            read.push(sample);
            most = Math.max(most, ++under);
            await new Promise((resolve) => setTimeout(resolve, sample % 3 === 0 ? 1 : 0));
            under--;
            return labelsOf(sample);
          };
          const part = await readCellPart(probingSet(count, { labels }), order);
          expect(read).toEqual(order);
          expect(most).toBe(Math.min(4, count));
          expect([...part.samples]).toEqual(order);
          const { table, maps } = joinCellParts([part]);
          const expected = groupByStrings(
            { height: 2, width: 2 },
            3,
            Array.from({ length: count }, (_, sample) => labelsOf(sample)),
          );
          expect(new Uint8Array(table.buffer)).toEqual(new Uint8Array(expected.table.buffer));
          expect(new Uint8Array(maps.buffer)).toEqual(new Uint8Array(expected.maps.buffer));
          const whole = await ingest(probingSet(count));
          expect(new Uint8Array(whole.maps.buffer)).toEqual(new Uint8Array(expected.maps.buffer));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('tells how far it is, and stops when told', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const onProgress = (done: number, total: number): void => {
      expect(total).toBe(100);
      seen.push(done);
      if (done > 40) stop.abort(new Error('enough'));
    };
    await expect(ingest(probingSet(100), { onProgress, signal: stop.signal })).rejects.toThrow('enough');
    expect(seen).toEqual([8, 16, 24, 32, 40, 48]);
  });

  it('fails at a sample that cannot be read, whatever was read ahead', async () => {
    const labels = async (sample: number): Promise<SampleLabels> => {
      if (sample > 2) throw new Error(`sample ${sample} was moved away`);
      return labelsOf(sample);
    };
    const reading = readCellPart(probingSet(9, { labels }), [0, 1, 2, 3, 4, 5]);
    await expect(reading).rejects.toThrow('sample 3 was moved away');
  });

  it('gives parts of bounded size', async () => {
    const side = 700;
    const grid = { height: side, width: side };
    const labels = async (): Promise<SampleLabels> => ({ planes: [new Uint16Array(side * side)], everywhere: [] });
    const samples = Array.from({ length: 50 }, (_, sample) => sample);
    const parts = await readCellParts(probingSet(50, { grid, labels }), samples);
    expect(parts.map((part) => part.samples.length)).toEqual([35, 15]);
    expect(parts.flatMap((part) => [...part.samples])).toEqual(samples);
  });
});

describe('batches', () => {
  it.each([
    [{ height: 224, width: 224 }, 8],
    [{ height: 112, width: 112 }, 32],
    [{ height: 16, width: 16 }, 32],
    [{ height: 512, width: 512 }, 1],
    [{ height: 2000, width: 2000 }, 1],
    [{ fixedBatch: 3 }, 3],
  ])('hold, at %o, %i pictures', (change, pictures) => {
    expect(batchSize({ ...spec, ...change })).toBe(pictures);
  });

  it('hold each picture as the preprocessing gives it, and zeros beyond', async () => {
    const fixed = { ...spec, fixedBatch: 4 };
    const out = new Float32Array(batchLength(fixed)).fill(9);
    const seen: number[] = [];
    await fillBatch(probingSet(7), [5, 2], fixed, decode, out, async (sample) => void seen.push(sample));
    const expected = new Float32Array(12);
    for (const [row, sample] of [5, 2].entries()) {
      toInput(pixelsOf(sample), spec.preprocessing, 2, 2, 'NCHW', expected, 0);
      expect(out.slice(row * 12, row * 12 + 12)).toEqual(expected);
    }
    expect([...out.subarray(24)]).toEqual(Array.from({ length: 24 }, () => 0));
    expect(seen).toEqual([5, 2]);
    expect(inputDims(fixed, 2)).toEqual([4, 3, 2, 2]);
    expect(inputDims({ ...spec, layout: 'NHWC' }, 2)).toEqual([2, 2, 2, 3]);
  });

  it('name the sample that has no picture', async () => {
    const picture = async (): Promise<undefined> => undefined;
    const filling = fillBatch(probingSet(3, { picture }), [1], spec, decode, new Float32Array(batchLength(spec)));
    await expect(filling).rejects.toMatchObject({
      code: 'pipeline/no-picture',
      message: expect.stringContaining('row 1'),
    });
  });
});

describe('collecting', () => {
  const collect = {
    fixedBatch: null,
    layer: { tensor: 'tapped', layout: 'NCHW' },
    threshold: { kind: 'fixed', above: 0 },
  } as const;
  const feeder = new Feeder(spec, null);

  it.each([null, 5])('gives every map of every sample (fixed batch: %s)', async (fixedBatch) => {
    const probing = probingSet(37);
    const input = { ...spec, fixedBatch };
    const seen: number[] = [];
    const [kept] = await collectActivations(
      probing,
      session(identity),
      new Feeder(input, null),
      [{ ...collect, fixedBatch }],
      { decode, onProgress: (done) => seen.push(done) },
    );
    expect(kept).toMatchObject({ unitCount: 3, sampleCount: 37, height: 2, width: 2, keptQuantile: 1 });
    const expected = new Float32Array(12);
    for (let sample = 0; sample < 37; sample++) {
      toInput(pixelsOf(sample), spec.preprocessing, 2, 2, 'NCHW', expected, 0);
      for (let unit = 0; unit < 3; unit++) {
        const at = (kept.start[unit] + sample) * 4;
        expect(kept.maps.slice(at, at + 4)).toEqual(expected.slice(unit * 4, unit * 4 + 4));
      }
    }
    expect(seen.at(-1)).toBe(37);
  });

  it('takes units from the last axis of NHWC maps, and from flat tensors', () => {
    const maps = new LayerCollector({ ...collect, layer: { tensor: 'tapped', layout: 'NHWC' } }, 1);
    maps.add([0], { dims: [1, 1, 2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
    expect(maps.finish()).toMatchObject({ unitCount: 3, height: 1, width: 2, maps: Float32Array.of(1, 4, 2, 5, 3, 6) });
    const flat = new LayerCollector({ ...collect, layer: { tensor: 'tapped', layout: 'flat' } }, 1);
    flat.add([0], { dims: [1, 3], data: Float32Array.of(1, 2, 3) });
    expect(flat.finish()).toMatchObject({ unitCount: 3, height: 1, width: 1 });
  });

  it.each([
    [[2, 3, 4], 'pipeline/not-a-map'],
    [[], 'pipeline/not-a-map'],
    [[1, 24], 'pipeline/other-batch'],
  ])('refuses a tensor of shape [%s]', (dims, code) => {
    const collector = new LayerCollector(collect, 2);
    expect(() => collector.add([0, 1], { dims, data: new Float32Array(24) })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('refuses a tensor that changes its shape', () => {
    const collector = new LayerCollector(collect, 4);
    collector.add([0, 1], { dims: [2, 6], data: new Float32Array(12) });
    const change = (): void => collector.add([2, 3], { dims: [2, 3], data: new Float32Array(6) });
    expect(change).toThrow(expect.objectContaining({ code: 'pipeline/other-shape' }));
  });

  it('stops at the failure of a model, a decoder or a signal', async () => {
    const broken = session(() => {
      throw new Error('the model failed');
    });
    await expect(collectActivations(probingSet(99), broken, feeder, [collect], { decode })).rejects.toThrow(
      'the model failed',
    );
    const blind = async (): Promise<PixelImage> => Promise.reject(new Error('no decoder'));
    await expect(
      collectActivations(probingSet(99), session(identity), feeder, [collect], { decode: blind }),
    ).rejects.toThrow('no decoder');
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(
      collectActivations(probingSet(99), session(identity), feeder, [collect], { decode, signal }),
    ).rejects.toThrow('enough');
  });
});

describe('how much is kept', () => {
  const large = { sampleCount: 22_210, unitCount: 512, height: 7, width: 7 };
  const exact = { sampleCount: KEEP_ALL_BYTES / 4096, unitCount: 1024, height: 1, width: 1 };

  it('is everything up to the bound, and beyond it what the quantile needs', () => {
    expect(keptQuantileFor(exact, { kind: 'quantile', quantile: 0.005 })).toBe(1);
    expect(keptQuantileFor({ ...exact, unitCount: 1025 }, { kind: 'quantile', quantile: 0.005 })).toBe(0.02);
    expect(keptQuantileFor(large, { kind: 'quantile', quantile: 0.05 })).toBe(0.05);
    expect(keptQuantileFor(large, { kind: 'quantile', quantile: 0.005 })).toBe(0.01);
    expect(keptQuantileFor(large, { kind: 'quantile', quantile: 0.005 }, 3)).toBe(0.005);
    expect(keptQuantileFor({ ...large, sampleCount: 16_000 }, { kind: 'quantile', quantile: 0.005 })).toBe(0.02);
    expect(keptQuantileFor({ ...exact, unitCount: 1025 }, { kind: 'fixed', above: 0 })).toBe(1);
    expect(keptQuantileFor({ ...exact, unitCount: 512 }, { kind: 'quantile', quantile: 0.005 }, 2)).toBe(1);
    expect(keptQuantileFor({ ...exact, unitCount: 513 }, { kind: 'quantile', quantile: 0.005 }, 2)).toBe(0.02);
  });

  it.each([
    ['MobileNet, 10 x 10', 10, [0.336, 0.5, 0.724]],
    ['MobileNet, 19 x 19', 19, [0.636, 0.797, 0.904]],
    ['drawn scenes, 14 x 14', 14, [0.152, 0.218, 0.315]],
  ])('is expected within a factor of two of what was measured: %s', (_, side, measured) => {
    const size = { sampleCount: 400, unitCount: 100, height: side, width: side };
    const all = 400 * 100 * side * side * 4;
    for (const [i, quantile] of [0.005, 0.01, 0.02].entries()) {
      const ratio = expectedBytes(size, quantile) / all / measured[i];
      expect(ratio).toBeGreaterThan(0.5);
      expect(ratio).toBeLessThan(2);
    }
  });

  it('is expected to be a value a map at least, and all maps at most', () => {
    expect(expectedBytes({ ...exact, unitCount: 1 }, 0.02)).toBeCloseTo(0.02 * exact.sampleCount * 4, 6);
    expect(expectedBytes({ ...large, height: 112, width: 112 }, 0.5)).toBeLessThanOrEqual(22_210 * 512 * 112 * 112 * 4);
  });

  it('is refused where a fixed threshold needs more than fits', () => {
    const ask = (): number => keptQuantileFor(large, { kind: 'given', thresholds: [] });
    expect(ask).toThrow(expect.objectContaining({ code: 'pipeline/too-many-values' }));
  });
});

describe('services', () => {
  it('give a search everything it reads of a probing set', async () => {
    const tools = {
      ...{ open: async () => probingSet(6), decode },
      ...{ drawThumbnail: async () => new Blob(['small']), drawPicture: async () => new Blob(['large']) },
    };
    const service = new ProbingService<{ readonly kind: string }>(tools);
    await expect(service.finishCells([], null)).rejects.toMatchObject({ code: 'pipeline/nothing-open' });
    expect(await service.open({ kind: 'sample' })).toMatchObject({
      synthetic: true,
      hasPictures: true,
      hasVectors: false,
    });
    expect(await service.open({ kind: 'zip' })).toMatchObject({ synthetic: false, title: 'made up', sampleCount: 6 });
    const { cells, extras, maps, names } = await service.finishCells([await service.readPart(1, 3)], null);
    const search = new SearchService();
    search.attach({ search: { cells, extras }, maps, names });
    expect(search.sampleName(4)).toBe('row 4');
    expect(new Set(search.sampleConcepts(0).palette.flat())).toEqual(new Set([0, 1, 2]));
    expect([...search.formulaMask({ kind: 'concept', concept: 0 as ConceptId }, 1)]).toEqual([1, 0, 0, 0]);
    expect(() => search.unitMask(0, 0, 0)).toThrow(expect.objectContaining({ code: 'pipeline/nothing-open' }));
    expect(await service.thumbnails([0, 5])).toHaveLength(2);
  });

  it('make the same cells of whatever parts are there, and read only what is missing', async () => {
    let reads = 0;
    const labels = async (sample: number): Promise<SampleLabels> => {
      reads++;
      return labelsOf(sample);
    };
    const service = new ProbingService<{ readonly kind: string }>({
      ...{ open: async () => probingSet(12, { labels }), decode, drawPicture: async () => new Blob([]) },
      drawThumbnail: async () => new Blob([]),
    });
    await service.open({ kind: 'zip' });
    const expected = await service.finishCells([], 9);
    const filled = await service.fill(5, 2, spec, new Float32Array(batchLength(spec)), true);
    const parts = [await service.readPart(0, 5), filled.part ?? expect.fail('labels were asked for')];
    reads = 0;
    const bytes = (buffer: ArrayBufferLike): Uint8Array => new Uint8Array(buffer);
    for (const given of [parts, parts.toReversed(), [service.mergeParts(parts)]]) {
      const cells = await service.finishCells(given, 9);
      for (const name of ['cells', 'extras', 'maps', 'names'] as const)
        expect(bytes(cells[name])).toEqual(bytes(expected[name]));
    }
    expect(reads).toBe(3 * 2);
    const soFar = service.cellsSoFar(parts, 6, null);
    const cut = service.cellsSoFar([], 6, expected);
    for (const name of ['cells', 'extras', 'maps'] as const) expect(bytes(soFar[name])).toEqual(bytes(cut[name]));
    expect(reads).toBe(3 * 2);
    expect(() => service.cellsSoFar(parts, 8, null)).toThrow(RangeError);
    const without = await service.fill(0, 2, spec, new Float32Array(batchLength(spec)), false);
    expect(without.part).toBeNull();
    expect(without.values.subarray(0, 24)).toEqual(
      (await service.fill(0, 2, spec, new Float32Array(batchLength(spec)), true)).values.subarray(0, 24),
    );
  });

  it('keep what is open when another cannot be opened', async () => {
    let next = async (): Promise<ProbingSet> => probingSet(2);
    const service = new ProbingService<{ readonly kind: string }>({
      ...{ open: () => next(), decode, drawPicture: async () => new Blob(['large']) },
      drawThumbnail: async () => Promise.reject(new Error('no canvas')),
    });
    await service.open({ kind: 'zip' });
    next = async () => Promise.reject(new Error('damaged'));
    await expect(service.open({ kind: 'zip' })).rejects.toThrow('damaged');
    expect((await service.readPart(0, 2)).byteLength).toBeGreaterThan(0);
    expect(await service.thumbnails([0])).toEqual([]);
  });
});

describe('hashing files', () => {
  it('gives the SHA-256 of a small file', async () => {
    expect(await hashFile(new Blob(['abc']))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(await hashFile(new Blob([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('changes with any piece of a large one', async () => {
    const piece = new Uint8Array(64 * 2 ** 20);
    const hashes = [new Blob([piece]), new Blob([piece, 'a']), new Blob([piece, 'b'])].map(hashFile);
    expect(new Set(await Promise.all(hashes)).size).toBe(3);
  });
});
