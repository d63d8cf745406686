import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LayerCollector } from '../../src/pipeline/collect.ts';
import { FileReading, type FileRun } from '../../src/pipeline/file-run.ts';
import type { ActivationFile } from '../../src/probing/activation-values.ts';

const SAMPLES = 50;
const UNITS = 3;
const size = { units: UNITS, height: 2, width: 3 };

/** Values that follow from their place. */
const file: ActivationFile = {
  ...{ ...size, samples: SAMPLES, sequential: false },
  read: async (first, count) =>
    Float32Array.from({ length: count * UNITS * 6 }, (_, i) => Math.sin((first * UNITS * 6 + i) * 1.7) * 5),
};

const bytes = (buffer: ArrayBufferLike): Buffer => Buffer.from(new Uint8Array(buffer));

describe('reading a file of activations', () => {
  it('gives the same when it goes on after it was broken off', async () => {
    const cases = fc.record({
      order: fc.constantFrom<FileRun['order']>('spread', 'ascending'),
      samples: fc.integer({ min: 1, max: SAMPLES }),
      cuts: fc.array(fc.integer({ min: 0, max: SAMPLES }), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ order, samples, cuts }) => {
        const run: FileRun = { threshold: { kind: 'quantile', quantile: 0.01 }, samples, order };
        const atOnce = new FileReading(file, run);
        await atOnce.read(0, samples);
        const kept: ArrayBufferLike[] = [];
        let from = 0;
        for (const cut of cuts.filter((at) => at < samples).sort((a, b) => a - b)) {
          const reading = new FileReading(file, run);
          reading.addParts(kept);
          if (cut > from) await reading.read(from, cut - from);
          const part = reading.takePart();
          expect(part === null).toBe(cut === from);
          if (part) kept.push(part);
          from = cut;
        }
        const last = new FileReading(file, run);
        last.addParts(kept.toReversed());
        await last.read(from, samples - from);
        expect(bytes(last.finish().buffer).equals(bytes(atOnce.finish().buffer))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses what another run has kept', async () => {
    const run: FileRun = { threshold: { kind: 'quantile', quantile: 0.01 }, samples: 20, order: 'ascending' };
    const other = new FileReading(file, { ...run, samples: 21 });
    await other.read(0, 4);
    const part = other.takePart() ?? expect.fail('samples were read');
    expect(() => new FileReading(file, run).addParts([part])).toThrow('its samplesToRead is 21, not 20');
  });
});

describe('a layer of a model', () => {
  const spec = {
    fixedBatch: null,
    layer: { tensor: 'tapped', layout: 'NCHW' },
    threshold: { kind: 'fixed', above: 0 },
  } as const;

  it('goes on with parts, and refuses maps of another size than theirs', () => {
    const before = new LayerCollector(spec, 3);
    expect(before.takePart()).toBeNull();
    before.add([2], { dims: [1, 2, 1, 2], data: Float32Array.of(1, 2, 3, 4) });
    const part = before.takePart() ?? expect.fail('a batch was added');
    const after = new LayerCollector(spec, 3);
    after.addPart(part);
    expect(() => after.add([0], { dims: [1, 2, 2, 1], data: Float32Array.of(1, 2, 3, 4) })).toThrow(
      expect.objectContaining({
        code: 'pipeline/other-shape',
        message: expect.stringContaining('from [batch, 2, 1, 2] to [batch, 2, 2, 1]'),
      }),
    );
    after.add([0], { dims: [1, 2, 1, 2], data: Float32Array.of(5, 6, 7, 8) });
    expect(after.bytes).toBe(4 * 8);
    expect([...after.end().maps]).toEqual([5, 6, 1, 2, 7, 8, 3, 4]);
  });
});
