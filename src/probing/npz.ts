import { checkRange, type ActivationFile } from './activation-values.ts';
import { probingFaults } from './errors.ts';
import type { TreeFile } from './file-tree.ts';
import { HEADER_BYTES } from './npy-header.ts';
import { npyValues, openNpyActivations, readNpyActivations } from './npy-activations.ts';
import { StreamBytes } from './stream-bytes.ts';
import { zipTree } from './trees/zip-tree.ts';

/**
 * Opens activations in a `.npz` file (numpy.savez, numpy.savez_compressed): its only array, or the one named `activations`. A stored array is
 * read in any order, and its checksum is not compared; a packed one is unpacked as it is read, in order.
 *
 * @param name for messages
 * @throws Fault naming the file, and the array where there is one
 */
export async function openNpzActivations(blob: Blob, name: string): Promise<ActivationFile> {
  const file = arrayIn(await zipTree(blob, name).then(({ files }) => [...files.values()]), name);
  const within = `${file.path} in ${name}`;
  const stored = await file.stored?.();
  return stored ? openNpyActivations(stored, within) : openPacked(file, within);
}

function arrayIn(files: readonly TreeFile[], name: string): TreeFile {
  const arrays = files.filter(({ path }) => path.endsWith('.npy'));
  if (arrays.length === 0) throw probingFaults['npz-no-arrays'](name);
  const chosen = arrays.length === 1 ? arrays[0] : arrays.find(({ path }) => path === 'activations.npy');
  if (!chosen) throw probingFaults['npz-arrays'](name, arrays.map(({ path }) => path.slice(0, -4)).join(', '));
  return chosen;
}

async function openPacked(file: TreeFile, name: string): Promise<ActivationFile> {
  let bytes = new StreamBytes(file.stream());
  const header = await bytes.peek(HEADER_BYTES);
  const array = readNpyActivations(header, file.size, name);
  const { samples, units, height, width, dataOffset, bytesPerSample } = array;
  let next = 0;
  await bytes.skip(dataOffset);
  let last: Promise<unknown> = Promise.resolve();

  const readNow = async (first: number, count: number): Promise<Float32Array<ArrayBuffer>> => {
    if (first < next) {
      await bytes.close();
      bytes = new StreamBytes(file.stream());
      await bytes.skip(dataOffset);
      next = 0;
    }
    const skipped = (first - next) * bytesPerSample;
    // Until the read succeeds, what comes next is unknown: a failed one begins anew.
    next = Infinity;
    await bytes.skip(skipped);
    const values = npyValues(array, await bytes.read(count * bytesPerSample), count);
    next = first + count;
    // The checksum is compared at the very end of the stream.
    if (next === samples) await bytes.peek(1);
    return values;
  };
  return {
    samples,
    units,
    height,
    width,
    sequential: true,
    async read(first, count) {
      checkRange(name, samples, first, count);
      const reading = last.then(() => readNow(first, count));
      last = reading.catch(() => undefined);
      return reading;
    },
  };
}
