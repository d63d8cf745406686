import { expect, it } from 'vitest';
import { openTable } from '../../../src/probing/table/table.ts';
import { doubles, npyBytes } from '../../probing/support/npy.ts';
import { goodTable, LFS_POINTER } from '../../probing/support/sets.ts';
import { asFolder } from '../../probing/support/trees.ts';
import { expectFault } from '../bad-file.ts';
import { put, remove, type Mutation } from '../mutations.ts';

interface BadTable {
  readonly name: string;
  readonly mutate: Mutation;
  readonly code: string;
  readonly message: string;
}

const matrix = (values: readonly number[], shape: readonly number[]): Uint8Array<ArrayBuffer> =>
  npyBytes({ descr: '|u1', shape, data: Uint8Array.from(values) });

const badTables: readonly BadTable[] = [
  { name: 'no concepts.npy', mutate: remove('concepts.npy'), code: 'probing/missing-file', message: 'set has no file concepts.npy.' },
  { name: 'no concepts.csv', mutate: remove('concepts.csv'), code: 'probing/missing-file', message: 'set has no file concepts.csv.' },
  { name: 'a value of 2', mutate: put('concepts.npy', matrix([0, 0, 0, 0, 0, 1, 2, 0], [2, 4])), code: 'probing/not-binary', message: 'concepts.npy, sample 1, concept 2: the value is 2, but only 0 and 1 are allowed.' },
  { name: 'float64', mutate: put('concepts.npy', npyBytes({ descr: '<f8', shape: [1, 4], data: doubles([0, 1, 0, 1]) })), code: 'probing/npy-type', message: 'concepts.npy holds float64 values; uint8 or bool is wanted. Convert them in Python with .astype and save again.' },
  { name: 'one axis', mutate: put('concepts.npy', matrix([0, 1, 0, 1], [4])), code: 'probing/npy-shape', message: 'concepts.npy has shape (4,); (samples, concepts), each at least 1, is wanted.' },
  { name: 'no samples', mutate: put('concepts.npy', matrix([], [0, 4])), code: 'probing/npy-shape', message: 'concepts.npy has shape (0, 4); (samples, concepts), each at least 1, is wanted.' },
  { name: 'too many concepts', mutate: put('concepts.npy', npyBytes({ descr: '|b1', shape: [1, 65_535], data: new Uint8Array(65_535) })), code: 'probing/too-many-concepts', message: 'concepts.npy has 65535 concepts; at most 65534 can be told apart.' },
  { name: 'a column without a concept', mutate: put('concepts.npy', matrix([0, 1, 0, 1, 1], [1, 5])), code: 'probing/concept-count', message: 'concepts.csv lists 4 concepts, but concepts.npy has 5 columns. They must match one to one, in order.' },
  { name: 'numbers that fall', mutate: put('concepts.csv', 'number,name,category\n0,a,x\n2,b,x\n1,c,x\n3,d,x\n'), code: 'probing/not-ascending', message: 'concepts.csv, row 4: number 1 comes after 2. List the columns of concepts.npy in their order, with ascending numbers.' },
  { name: 'a concept without a category', mutate: put('concepts.csv', 'number,name,category\n0,a,\n'), code: 'probing/empty-field', message: 'concepts.csv, row 2, column category: the field is empty.' },
  { name: 'a sample without a name', mutate: put('samples.csv', 'name\na\nb\n'), code: 'probing/sample-count', message: 'samples.csv lists 2 samples, but concepts.npy has 3 rows. They must match one to one, in order.' },
  { name: 'an LFS pointer for the matrix', mutate: put('concepts.npy', LFS_POINTER), code: 'probing/wrong-kind', message: 'concepts.npy is a Git LFS pointer, not a .npy file. Fetch the real file with git lfs pull.' },
  { name: 'an LFS pointer for the vectors', mutate: put('vectors.txt', LFS_POINTER), code: 'probing/wrong-kind', message: 'vectors.txt is a Git LFS pointer, not a text file of word vectors. Fetch the real file with git lfs pull.' },
  { name: 'no vectors', mutate: put('vectors.txt', '\n'), code: 'probing/no-vectors', message: 'vectors.txt is empty. Each line must hold a word and its numbers, separated by spaces.' },
  { name: 'words without numbers', mutate: put('vectors.txt', 'dog\ncat\n'), code: 'probing/vector-line', message: 'vectors.txt, line 1: a word followed by its numbers, separated by spaces, is wanted.' },
  { name: 'a vector too short', mutate: put('vectors.txt', 'dog 1 2 3\ncat 1 2\n'), code: 'probing/vector-length', message: 'vectors.txt, line 2: the word "cat" has 2 values, but the first one has 3.' },
  { name: 'a vector too long', mutate: put('vectors.txt', 'dog 1 2 3\ncat 1 2 3 4\n'), code: 'probing/vector-length', message: 'vectors.txt, line 2: the word "cat" has 4 values, but the first one has 3.' },
  { name: 'a value that is no number', mutate: put('vectors.txt', '2 3\ndog 1 2 3\ncat 1 x 3\n'), code: 'probing/vector-value', message: 'vectors.txt, line 3: the word "cat" has the value "x", which is not a number.' },
  { name: 'vectors that are not UTF-8', mutate: put('vectors.txt', Uint8Array.of(0x63, 0xe9, 0x20, 0x31, 0x0a)), code: 'probing/not-utf8', message: 'vectors.txt is not UTF-8 text. Save it again in UTF-8.' },
];

it.each(badTables)('$name', async ({ mutate, code, message }) => {
  const files = goodTable();
  mutate(files);
  await expectFault(() => openTable(asFolder(files)), code, message);
});

it('the table that they are made from is good', async () => {
  const set = await openTable(asFolder(goodTable()));
  expect(set.sampleCount).toBe(3);
});
