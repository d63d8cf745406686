import { describe, it } from 'vitest';
import { crc32 } from '../../../src/probing/trees/crc32.ts';
import { openActivations } from '../../../src/probing/activation-file.ts';
import { npz, parquet, safetensors } from '../../probing/support/activation-files.ts';
import { floats, npyBytes } from '../../probing/support/npy.ts';
import { WEB_PAGE } from '../../probing/support/sets.ts';
import { utf8 } from '../../probing/support/trees.ts';
import { expectFault } from '../bad-file.ts';

interface Bad {
  readonly name: string;
  readonly bytes: () => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer> | Blob>;
  readonly code: string;
  readonly message: string;
}

const two = { dtype: 'F32', shape: [1, 2], data: floats([1, 2]) };
const list = (data: readonly unknown[]) => [{ name: 'activations', type: 'FLOAT' as const, list: true, data }];
const numbers = (name: string, data: readonly unknown[]) => ({ name, type: 'INT32' as const, data });
const array = npyBytes({ shape: [1, 2], data: floats([1, 2]) });

const badFiles: readonly Bad[] = [
  { name: 'a web page', bytes: () => WEB_PAGE, code: 'probing/wrong-kind', message: 'a is a web page (HTML), not a file of activations (.npy, .npz, .safetensors or Parquet). Download the file itself again.' },
  { name: 'something', bytes: () => utf8('activations'), code: 'probing/unknown-kind', message: 'a is not a file of activations (.npy, .npz, .safetensors or Parquet): its first bytes belong to no format we know. Make or download it again.' },
  { name: 'npz without an array', bytes: () => npz([['model/data.pkl', utf8('x')]], false), code: 'probing/npz-no-arrays', message: 'a is a zip archive without a NumPy array. Activations are read from archives made by numpy.savez; save a tensor of PyTorch as .npy or .safetensors.' },
  { name: 'npz with several arrays', bytes: () => npz([['a.npy', array], ['b.npy', array]], true), code: 'probing/npz-arrays', message: 'a holds the arrays a, b, none of them named activations. Save it with numpy.savez(name, activations=array).' },
  { name: 'npz, stored, cut off inside', bytes: () => npz([['x.npy', array.slice(0, -1)]], false), code: 'probing/npy-truncated', message: 'x.npy in a is cut off: its header asks for 136 bytes, and it has 135. Save or download it again.' },
  { name: 'npz, packed, of three axes', bytes: () => npz([['x.npy', npyBytes({ shape: [1, 2, 1], data: floats([1, 2]) })]], true), code: 'probing/npy-shape', message: 'x.npy in a has shape (1, 2, 1); (samples, units, height, width) or (samples, units), each at least 1, is wanted.' },
  { name: 'safetensors, cut off in the header', bytes: () => safetensors({ two }).slice(0, 40), code: 'probing/npy-truncated', message: 'a is cut off: its header asks for 97 bytes, and it has 40. Save or download it again.' },
  { name: 'safetensors, cut off in the values', bytes: () => safetensors({ two }).slice(0, -1), code: 'probing/npy-truncated', message: 'a is cut off: its header asks for 105 bytes, and it has 104. Save or download it again.' },
  { name: 'safetensors, no JSON', bytes: () => safetensors({ two }).fill(0x7b, 9, 12), code: 'probing/safetensors-header', message: 'a has a damaged header: it is no JSON. Save it again with safetensors.' },
  { name: 'safetensors, no offsets', bytes: () => safetensors({ two }, () => ({ two: { dtype: 'F32', shape: [1, 2] } })), code: 'probing/safetensors-header', message: 'a has a damaged header: two has no dtype, shape and data_offsets. Save it again with safetensors.' },
  { name: 'safetensors, another shape than bytes', bytes: () => safetensors({ two: { ...two, shape: [2, 2] } }), code: 'probing/safetensors-header', message: 'a has a damaged header: the bytes of two do not match its shape. Save it again with safetensors.' },
  { name: 'safetensors of whole numbers', bytes: () => safetensors({ two: { ...two, dtype: 'I32' } }), code: 'probing/safetensors-type', message: 'a, tensor two: its values are I32; F16, BF16, F32 or F64 is wanted. Convert the tensor and save again.' },
  { name: 'safetensors, several tensors', bytes: () => safetensors({ first: two, second: two }), code: 'probing/safetensors-tensors', message: 'a has the tensors first, second; none is named activations. Name it so, or save it alone.' },
  { name: 'safetensors, none', bytes: () => safetensors({}), code: 'probing/safetensors-tensors', message: 'a has no tensor in it. Save one named activations.' },
  { name: 'safetensors, one axis', bytes: () => safetensors({ one: { ...two, shape: [2] } }), code: 'probing/npy-shape', message: 'one in a has shape (2,); (samples, units, height, width) or (samples, units), each at least 1, is wanted.' },
  { name: 'Parquet, cut off', bytes: async () => (await parquet(list([[1, 2]]))).slice(0, -1), code: 'probing/parquet-damaged', message: 'a is damaged, or written in a way that is not read here (parquet file invalid (footer != PAR1)). Write it again.' },
  { name: 'Parquet of other columns', bytes: () => parquet([numbers('x', [1]), numbers('unit_1', [1])]), code: 'probing/parquet-columns', message: 'a has the columns x, unit_1. Activations stand in a column activations, or in columns unit_0, unit_1 and so on; a row is a sample.' },
  { name: 'Parquet, a shape that is none', bytes: () => parquet(list([[1, 2]]), { metadata: { shape: '[2]' } }), code: 'probing/parquet-shape', message: 'a has [2] under the key shape of its metadata; [units, height, width], whole numbers of at least 1, is wanted.' },
  { name: 'Parquet, a sample twice', bytes: () => parquet([numbers('sample', [0, 0]), numbers('unit_0', [1, 2])]), code: 'probing/parquet-sample', message: 'a, row 2, column sample: 0 is out of place. Each of the samples 0 to 1 has one row.' },
  { name: 'Parquet, an empty list', bytes: () => parquet(list([[]])), code: 'probing/parquet-value', message: 'a, row 1, column activations: an empty list is found where a number is wanted.' },
];

describe('activations', () => {
  it.each(badFiles)('$name', async ({ bytes, code, message }) => {
    const made = await bytes();
    await expectFault(() => openActivations(new Blob([made]), 'a'), code, message);
  });

  it.each([
    [[[1, 2], [3]], 'probing/parquet-length', 'a, row 2, column activations: it has 1 values, not 2. All rows have as many as the shape says, or as the first row.'],
    [[[1, 2], [3, null]], 'probing/parquet-value', 'a, row 2, column activations: nothing is found where a number is wanted.'],
    [[[1, 2], null], 'probing/parquet-value', 'a, row 2, column activations: no list is found where a number is wanted.'],
  ])('Parquet, rows that do not fit: %j', async (rows, code, message) => {
    const opened = await openActivations(new Blob([await parquet(list(rows))]), 'a');
    await expectFault(() => opened.read(0, 1), code, message);
  });

  it('npz, packed, with another checksum', async () => {
    const blob = await npz([['x.npy', array]], true);
    const bytes = Buffer.from(await blob.arrayBuffer());
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32LE(crc32(array));
    for (let at = bytes.indexOf(checksum); at >= 0; at = bytes.indexOf(checksum, at)) bytes[at] ^= 1;
    const opened = openActivations(new Blob([bytes]), 'a').then((file) => file.read(0, 1));
    await expectFault(() => opened, 'probing/zip-entry', 'x.npy in a is damaged: its checksum does not match. Make or download the zip again.');
  });

  it.each(['stored', 'packed'])('samples beyond the end of a %s array', async (how) => {
    const opened = await openActivations(await npz([['x.npy', array]], how === 'packed'), 'a');
    await expectFault(() => opened.read(0, 2), 'probing/npy-range', 'x.npy in a has 1 samples; samples 0 to 1 were asked for.');
  });
});
