import { describe, expect, it } from 'vitest';
import { readModel } from '../../src/onnx/read-model.ts';
import { tap } from '../../src/onnx/tap.ts';
import { openSession } from '../../src/runtime/ort-node.ts';
import { network, node, plainNetwork, wave, weights } from './support/networks.ts';

describe('tapping tensors', () => {
  it('appends bytes and leaves the rest of the file as it is', async () => {
    const model = plainNetwork();
    const tapped = new Uint8Array(
      await tap(model, await readModel(model, 'a.onnx'), ['relu2', 'relu2', 'logits']).arrayBuffer(),
    );
    expect(tapped.subarray(0, model.length)).toEqual(model);
    expect([...tapped.subarray(model.length)]).toEqual([
      0x3a,
      9,
      0x62,
      7,
      0x0a,
      5,
      ...new TextEncoder().encode('relu2'),
    ]);
    const again = await readModel(tapped, 'b.onnx');
    expect(again.outputs.map((output) => output.name)).toEqual(['logits', 'relu2']);
  });

  it('gives the same numbers as the network cut off there, and does not disturb its outputs', async () => {
    const w = weights('w', [4, 3, 3, 3]);
    const conv = node('Conv', ['picture', 'w'], 'conv', { kernel_shape: [3, 3] });
    const cut = network([conv], [w], ['conv']);
    const whole = network([conv, node('Relu', 'conv', 'relu'), node('GlobalMaxPool', 'relu', 'max')], [w], ['max']);
    const tapped = tap(new Blob([whole]), await readModel(whole, 'whole.onnx'), ['conv', 'relu']);
    const picture = { dims: [2, 3, 16, 20], data: wave(2 * 3 * 16 * 20) };
    const [one, other, plain] = await Promise.all([
      openSession(cut, { taps: ['conv'] }),
      openSession(tapped, { taps: ['conv', 'relu', 'max'] }),
      openSession(whole, { taps: ['max'] }),
    ]);
    const expected = await one.run({ picture });
    const found = await other.run({ picture });
    const untouched = await plain.run({ picture });
    expect(found['conv'].dims).toEqual([2, 4, 14, 18]);
    expect(found['conv'].data).toEqual(expected['conv'].data);
    expect(found['relu'].data).toEqual(expected['conv'].data.map((value) => Math.max(0, value)));
    expect(found['max'].data).toEqual(untouched['max'].data);
    await Promise.all([one.close(), other.close(), plain.close()]);
  });

  it('refuses names that no operator computes, and the one that JavaScript would swallow', async () => {
    const model = network([node('Relu', 'picture', '__proto__'), node('Relu', '__proto__', 'out')], [], ['out']);
    const summary = await readModel(model, 'odd.onnx');
    expect(() => tap(model, summary, ['nowhere'])).toThrow('odd.onnx computes no tensor named nowhere.');
    expect(() => tap(model, summary, ['picture'])).toThrow('odd.onnx computes no tensor named picture.');
    expect(() => tap(model, summary, [''])).toThrow('odd.onnx computes no tensor named .');
    expect(() => tap(model, summary, ['__proto__'])).toThrow(
      'The tensor name __proto__ has a special meaning in JavaScript',
    );
  });
});
