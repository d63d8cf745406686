import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DroppedFile } from '../../src/jobs/api.ts';
import { followLaunches } from '../../src/state/launched-files.ts';

type Consumer = (params: { files: { getFile(): Promise<File> }[] }) => void;

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Launches with files, as the system does. @returns what was taken, a list for each launch */
async function launch(...launches: Parameters<Consumer>[0]['files'][]): Promise<DroppedFile[][]> {
  let consumer: Consumer | undefined;
  vi.stubGlobal('launchQueue', { setConsumer: (given: Consumer) => (consumer = given) });
  const taken: DroppedFile[][] = [];
  followLaunches((files) => Promise.resolve(taken.push([...files])));
  for (const files of launches) consumer?.({ files });
  await new Promise((resolve) => setTimeout(resolve));
  return taken;
}

const handle = (name: string) => ({ getFile: () => Promise.resolve(new File(['x'], name)) });
const gone = { getFile: () => Promise.reject(new DOMException('gone', 'NotFoundError')) };

describe('files opened from the desktop', () => {
  it('are taken as if dropped, each launch by itself', async () => {
    const taken = await launch([handle('a.onnx'), handle('b.npy')], [handle('c.formulens')]);
    expect(taken.map((files) => files.map(({ path, file }) => [path, file.name]))).toEqual([
      [
        ['a.onnx', 'a.onnx'],
        ['b.npy', 'b.npy'],
      ],
      [['c.formulens', 'c.formulens']],
    ]);
  });

  it('are left out where they have gone; a launch without files takes nothing', async () => {
    const taken = await launch([gone, handle('a.onnx')], [gone], []);
    expect(taken.map((files) => files.map(({ path }) => path))).toEqual([['a.onnx']]);
  });

  it('are not waited for in a browser that has no such queue', () => {
    expect(() => followLaunches(() => Promise.reject(new Error('never')))).not.toThrow();
  });
});
