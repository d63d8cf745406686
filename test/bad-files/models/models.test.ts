import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/engine/fault.ts';
import { chooseLayer } from '../../../src/onnx/choose-layer.ts';
import { layers } from '../../../src/onnx/layers.ts';
import { pictureInput } from '../../../src/onnx/picture-input.ts';
import { readModel } from '../../../src/onnx/read-model.ts';
import messages from './messages.json' with { type: 'json' };

const folder = new URL('files/', import.meta.url);

// The files ending in .pth, .pth.tar and .pt were written by PyTorch 1.13, the archives by Python, all others byte by byte.

/** All that happens to a model before it runs. */
async function take(model: Blob | Uint8Array<ArrayBuffer>, name: string): Promise<unknown> {
  try {
    const summary = await readModel(model, name);
    return chooseLayer(summary, layers(summary, pictureInput(summary)));
  } catch (error) {
    return error;
  }
}

describe('files that are no model to probe', () => {
  it.each(messages)('$file', async ({ file, code, message }) => {
    const bytes = new Uint8Array(await readFile(new URL(file, folder)));
    for (const model of [bytes, new Blob([bytes])]) {
      const fault = await take(model, file);
      expect(fault).toBeInstanceOf(Fault);
      expect({ code: (fault as Fault).code, message: (fault as Fault).message }).toEqual({ code, message });
    }
  });

  it('are all listed', async () => {
    expect(messages.map((entry) => entry.file).toSorted()).toEqual((await readdir(folder)).toSorted());
  });

  it('that vanish after being picked are said to be gone', async () => {
    const gone = new File(['x'], 'gone.onnx');
    gone.slice = () => {
      throw new DOMException('A requested file could not be found', 'NotFoundError');
    };
    expect(await take(gone, 'gone.onnx')).toMatchObject({
      code: 'onnx/unreadable',
      message: 'gone.onnx could not be read (NotFoundError). It may have been moved or changed since it was picked: pick it again.',
    });
  });
});
