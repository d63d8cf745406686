import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/engine/fault.ts';
import { readModel } from '../../../src/onnx/read-model.ts';
import { tap } from '../../../src/onnx/tap.ts';
import { crossCheck } from '../../../src/runtime/cross-check.ts';
import type { ModelSession, Provider } from '../../../src/runtime/model-session.ts';
import type { SessionOptions } from '../../../src/runtime/session-options.ts';
import { network, node, plainNetwork, wave, weights } from '../../onnx/support/networks.ts';
import { channelsLast, convolveAndRectify } from './by-hand.ts';

type Open = (model: Blob | Uint8Array, options: SessionOptions) => Promise<ModelSession>;

const tooFar = 1e-5;
const kernels = weights('w1', [4, 3, 3, 3], 1);

async function openTapped(open: Open, model: Uint8Array<ArrayBuffer>, taps: string[]): Promise<ModelSession> {
  return open(tap(model, await readModel(model, 'test.onnx'), taps), { taps });
}

/** What every runtime must do, whatever it runs on. */
export function runtimeSuite(name: string, provider: Provider, open: Open): void {
  describe(`${name} runs models`, () => {
    it('and gives the numbers worked out by hand, for any number of pictures', async () => {
      const session = await openTapped(open, plainNetwork(), ['relu1']);
      expect(session.provider).toBe(provider);
      expect(session.runtimeVersion).toMatch(/^\d+\.\d+\.\d+/);
      for (const count of [1, 3]) {
        const data = wave(count * 960);
        const found = await session.run({ picture: { dims: [count, 3, 16, 20], data } });
        const expected = new Float32Array(count * 4 * 320);
        for (let i = 0; i < count; i += 1) {
          expected.set(convolveAndRectify(data.subarray(i * 960, (i + 1) * 960), [3, 16, 20], kernels), i * 4 * 320);
        }
        expect(Object.keys(found)).toEqual(['relu1']);
        expect(crossCheck(found, { relu1: { dims: [count, 4, 16, 20], data: expected } })).toBeLessThan(tooFar);
      }
      await session.close();
    });

    it('with the channels last as with the channels first', async () => {
      const first = await openTapped(open, plainNetwork('NCHW'), ['relu2', 'logits']);
      const last = await openTapped(open, plainNetwork('NHWC'), ['relu2', 'logits']);
      const data = wave(2 * 960);
      const expected = await first.run({ picture: { dims: [2, 3, 16, 20], data } });
      const found = await last.run({ picture: { dims: [2, 16, 20, 3], data: channelsLast(data, [2, 3, 16, 20]) } });
      expect(found['relu2'].dims).toEqual([2, 6, 8, 10]);
      expect(crossCheck(found, expected)).toBeLessThan(tooFar);
      await Promise.all([first.close(), last.close()]);
    });

    it('one batch at a time, though asked for all at once', async () => {
      const session = await openTapped(open, plainNetwork(), ['relu2']);
      const batches = [1, 2, 3, 4].map((count) => ({ picture: { dims: [count, 3, 16, 20], data: wave(count * 960) } }));
      const found = await Promise.all(batches.map((batch) => session.run(batch)));
      expect(found.map((result) => result['relu2'].dims[0])).toEqual([1, 2, 3, 4]);
      for (const result of found) {
        const one = { relu2: { dims: [1, 6, 8, 10], data: result['relu2'].data.subarray(0, 480) } };
        expect(crossCheck(one, found[0])).toBeLessThan(tooFar);
      }
      await session.close();
    });

    it('and says what is wrong with an input, and goes on', async () => {
      const session = await openTapped(open, plainNetwork(), ['relu2']);
      const wrong = { dims: [1, 3, 16, 19], data: wave(912) };
      await expect(session.run({ picture: wrong })).rejects.toThrow(
        'The model refuses its input picture: a side of 19 where it wants 20.',
      );
      await expect(session.run({ image: wrong })).rejects.toThrow('The model has no input image; it needs picture.');
      const right = await session.run({ picture: { dims: [1, 3, 16, 20], data: wave(960) } });
      expect(right['relu2'].dims).toEqual([1, 6, 8, 10]);
      await session.close();
      await expect(session.run({ picture: wrong })).rejects.toThrow('The model was closed');
    });

    it('and says what is wrong with a model', async () => {
      const cases: [Uint8Array, string[], string][] = [
        [new Uint8Array(100), [], 'runtime/damaged-model'],
        [plainNetwork(), ['relu2'], 'runtime/unknown-tap'],
        [network([node('Frobnicate', 'picture', 'out')], [], ['out']), ['out'], 'runtime/unsupported-operator'],
        [network([node('Relu', 'nowhere', 'out')], [], ['out']), ['out'], 'runtime/invalid-model'],
        [plainNetwork('NCHW', { opset: 99 }), ['logits'], 'runtime/unsupported-version'],
      ];
      for (const [model, taps, code] of cases) {
        const fault = await open(model, { taps }).catch((error: unknown) => error);
        expect(fault).toBeInstanceOf(Fault);
        expect((fault as Fault).code).toBe(code);
      }
    });

    it('and refuses a tensor of whole numbers', async () => {
      const model = network(
        [node('ArgMax', 'picture', 'most', { axis: 1 })],
        [],
        [{ name: 'most', elemType: 'int64' }],
      );
      const session = await open(model, { taps: ['most'] });
      await expect(session.run({ picture: { dims: [1, 3, 16, 20], data: wave(960) } })).rejects.toThrow(
        'The tensor most has values of type int64, and only float (32 bits) can be probed. Choose another layer.',
      );
      await session.close();
    });
  });
}
