import { describe, it } from 'vitest';
import { openActivations } from '../../../src/probing/activation-file.ts';
import { readNpy, readVector } from '../../../src/probing/npy.ts';
import { doubles, floats, npyBytes, npyWithHeader } from '../../probing/support/npy.ts';
import { goodActivations, LFS_POINTER, WEB_PAGE } from '../../probing/support/sets.ts';
import { utf8 } from '../../probing/support/trees.ts';
import { expectFault } from '../bad-file.ts';

interface BadNpy {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly code: string;
  readonly message: string;
}

const good = npyBytes({ shape: [3], data: floats([1, 2, 3]) });
const withByte = (at: number, value: number): Uint8Array<ArrayBuffer> => good.map((byte, index) => (index === at ? value : byte));

const badArrays: readonly BadNpy[] = [
  { name: 'a value too few', bytes: good.slice(0, -4), code: 'probing/npy-truncated', message: 'a.npy is cut off: its header asks for 140 bytes, and it has 136. Save or download it again.' },
  { name: 'half a value too many', bytes: Uint8Array.of(...good, 1, 2), code: 'probing/npy-too-long', message: 'a.npy is longer than its header says: 142 bytes instead of 140. Save it again with numpy.save.' },
  { name: 'cut off in the header', bytes: good.slice(0, 40), code: 'probing/npy-truncated', message: 'a.npy is cut off: its header asks for 128 bytes, and it has 40. Save or download it again.' },
  { name: 'cut off after the magic', bytes: good.slice(0, 6), code: 'probing/npy-truncated', message: 'a.npy is cut off: its header asks for 10 bytes, and it has 6. Save or download it again.' },
  { name: 'version 9', bytes: withByte(6, 9), code: 'probing/npy-version', message: 'a.npy has version 9.0 of the .npy form; 1.0, 2.0 and 3.0 are known.' },
  { name: 'a type that is not read', bytes: npyBytes({ descr: '<c8', shape: [1], data: new Uint8Array(8) }), code: 'probing/npy-type', message: 'a.npy holds c8 values; bool, uint8, float16, float32 or float64 is wanted. Convert them in Python with .astype and save again.' },
  { name: 'pickled objects', bytes: npyBytes({ descr: '|O', shape: [1], data: new Uint8Array(8) }), code: 'probing/npy-type', message: 'a.npy holds O values; bool, uint8, float16, float32 or float64 is wanted. Convert them in Python with .astype and save again.' },
  { name: 'fields', bytes: npyWithHeader("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", floats([1])), code: 'probing/npy-type', message: 'a.npy holds structured values; a plain array is wanted. Convert them in Python with .astype and save again.' },
  { name: 'no type', bytes: npyWithHeader("{'fortran_order': False, 'shape': (1,), }", floats([1])), code: 'probing/npy-header', message: 'a.npy has a damaged header: it names no type (descr). Save it again with numpy.save.' },
  { name: 'no order', bytes: npyWithHeader("{'descr': '<f4', 'shape': (1,), }", floats([1])), code: 'probing/npy-header', message: 'a.npy has a damaged header: it does not say fortran_order True or False. Save it again with numpy.save.' },
  { name: 'no shape', bytes: npyWithHeader("{'descr': '<f4', 'fortran_order': False, }", floats([1])), code: 'probing/npy-header', message: 'a.npy has a damaged header: it has no shape of whole numbers. Save it again with numpy.save.' },
  { name: 'a negative shape', bytes: npyBytes({ shape: [-1], data: floats([1]) }), code: 'probing/npy-header', message: 'a.npy has a damaged header: it has no shape of whole numbers. Save it again with numpy.save.' },
  { name: 'a shape beyond reason', bytes: npyBytes({ shape: [1e9, 1e9], data: floats([1]) }), code: 'probing/npy-header', message: 'a.npy has a damaged header: the shape (1000000000, 1000000000) is too large to be true. Save it again with numpy.save.' },
  { name: 'a shape beyond memory', bytes: npyBytes({ shape: [1e6, 1e6], data: floats([1]) }), code: 'probing/npy-too-large', message: 'a.npy has shape (1000000, 1000000), which is more than fits into memory here.' },
  { name: 'a header of 4 GB', bytes: Uint8Array.of(...npyBytes({ shape: [1], data: floats([1]), version: 2 }).fill(255, 8, 12)), code: 'probing/npy-header', message: 'a.npy has a damaged header: it is too long for a plain array. Save it again with numpy.save.' },
  { name: 'a zip (.npz)', bytes: utf8('PK\x03\x04 and more'), code: 'probing/wrong-kind', message: 'a.npy is a zip archive, not a .npy file. Unpack it first.' },
  { name: 'an LFS pointer', bytes: LFS_POINTER, code: 'probing/wrong-kind', message: 'a.npy is a Git LFS pointer, not a .npy file. Fetch the real file with git lfs pull.' },
  { name: 'a web page', bytes: WEB_PAGE, code: 'probing/wrong-kind', message: 'a.npy is a web page (HTML), not a .npy file. Download the file itself again.' },
  { name: 'nothing', bytes: utf8(''), code: 'probing/wrong-kind', message: 'a.npy is empty (0 bytes), not a .npy file. Make or download it again.' },
];

describe('an array', () => {
  it.each(badArrays)('$name', async ({ bytes, code, message }) => {
    await expectFault(() => readNpy(bytes, 'a.npy'), code, message);
  });
});

const badVectors: readonly BadNpy[] = [
  { name: 'two axes', bytes: npyBytes({ descr: '<f8', shape: [1, 2], data: doubles([1, 2]) }), code: 'probing/npy-shape', message: 't.npy has shape (1, 2); (units,) is wanted.' },
  { name: 'bytes', bytes: npyBytes({ descr: '|u1', shape: [2], data: Uint8Array.of(1, 2) }), code: 'probing/npy-type', message: 't.npy holds uint8 values; float64 or float32 is wanted. Convert them in Python with .astype and save again.' },
  { name: 'not a number', bytes: npyBytes({ descr: '<f8', shape: [2], data: doubles([1, NaN]) }), code: 'probing/npy-not-finite', message: 't.npy contains NaN at position 1. Only finite numbers can be used.' },
];

describe('thresholds', () => {
  it.each(badVectors)('$name', async ({ bytes, code, message }) => {
    await expectFault(() => readVector(bytes, 't.npy'), code, message);
  });
});

const badActivations: readonly BadNpy[] = [
  { name: 'bytes', bytes: npyBytes({ descr: '|u1', shape: [1, 2], data: Uint8Array.of(1, 2) }), code: 'probing/npy-type', message: 'acts.npy holds uint8 values; float16, float32 or float64 is wanted. Convert them in Python with .astype and save again.' },
  { name: 'three axes', bytes: npyBytes({ shape: [1, 2, 1], data: floats([1, 2]) }), code: 'probing/npy-shape', message: 'acts.npy has shape (1, 2, 1); (samples, units, height, width) or (samples, units), each at least 1, is wanted.' },
  { name: 'no samples', bytes: npyBytes({ shape: [0, 2], data: floats([]) }), code: 'probing/npy-shape', message: 'acts.npy has shape (0, 2); (samples, units, height, width) or (samples, units), each at least 1, is wanted.' },
  { name: 'Fortran order', bytes: npyBytes({ shape: [1, 2], data: floats([1, 2]), fortran: true }), code: 'probing/npy-fortran', message: 'acts.npy is in Fortran order. Save it in C order, in Python: numpy.save(name, numpy.ascontiguousarray(array)).' },
  { name: 'cut off', bytes: goodActivations().slice(0, -1), code: 'probing/npy-truncated', message: 'acts.npy is cut off: its header asks for 176 bytes, and it has 175. Save or download it again.' },
  { name: 'too long', bytes: Uint8Array.of(...goodActivations(), 0), code: 'probing/npy-too-long', message: 'acts.npy is longer than its header says: 177 bytes instead of 176. Save it again with numpy.save.' },
  { name: 'an LFS pointer', bytes: LFS_POINTER, code: 'probing/wrong-kind', message: 'acts.npy is a Git LFS pointer, not a file of activations (.npy, .npz, .safetensors or Parquet). Fetch the real file with git lfs pull.' },
];

describe('activations', () => {
  it.each(badActivations)('$name', async ({ bytes, code, message }) => {
    await expectFault(() => openActivations(new Blob([bytes]), 'acts.npy'), code, message);
  });

  it('samples beyond the end', async () => {
    const opened = await openActivations(new Blob([goodActivations()]), 'acts.npy');
    await expectFault(() => opened.read(1, 2), 'probing/npy-range', 'acts.npy has 2 samples; samples 1 to 2 were asked for.');
  });
});
