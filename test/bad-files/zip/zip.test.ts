import { describe, expect, it } from 'vitest';
import type { FileTree } from '../../../src/probing/file-tree.ts';
import { zipTree } from '../../../src/probing/trees/zip-tree.ts';
import { LFS_POINTER, WEB_PAGE } from '../../probing/support/sets.ts';
import { asZip, bytesOf, utf8 } from '../../probing/support/trees.ts';
import { rawZip } from '../../probing/support/raw-zip.ts';
import { expectFault } from '../bad-file.ts';

interface BadZip {
  readonly name: string;
  readonly make: () => Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>;
  readonly code: string;
  readonly message: string;
}

const text = utf8('some text that can be packed, packed, packed, packed, packed');
const good = async (): Promise<Uint8Array<ArrayBuffer>> => bytesOf(await asZip([['a.csv', text], ['b.csv', text]]));

const badArchives: readonly BadZip[] = [
  { name: 'nothing', make: () => utf8(''), code: 'probing/wrong-kind', message: 'set.zip is empty (0 bytes), not a zip archive. Make or download it again.' },
  { name: 'an LFS pointer', make: () => LFS_POINTER, code: 'probing/wrong-kind', message: 'set.zip is a Git LFS pointer, not a zip archive. Fetch the real file with git lfs pull.' },
  { name: 'a web page', make: () => WEB_PAGE, code: 'probing/wrong-kind', message: 'set.zip is a web page (HTML), not a zip archive. Download the file itself again.' },
  { name: 'noise', make: () => Uint8Array.of(1, 2, 3, 4), code: 'probing/unknown-kind', message: 'set.zip is not a zip archive: its first bytes belong to no format we know. Make or download it again.' },
  { name: 'cut off', make: async () => (await good()).slice(0, 100), code: 'probing/not-a-zip', message: 'set.zip cannot be read as a zip archive: its end is missing. Make or download it again.' },
  { name: 'bytes after the end', make: async () => Uint8Array.of(...(await good()), 1, 2, 3), code: 'probing/zip-ambiguous', message: 'set.zip can be read in more than one way: its parts contradict each other. Unpack it with the program that made it and zip the folder again.' },
  { name: 'bytes before the start', make: async () => Uint8Array.of(1, 2, 3, ...(await good())), code: 'probing/zip-ambiguous', message: 'set.zip can be read in more than one way: its parts contradict each other. Unpack it with the program that made it and zip the folder again.' },
  { name: 'a path that leaves the archive', make: () => rawZip([{ name: '../a.csv', data: text }]), code: 'probing/zip-unsafe-name', message: 'set.zip contains an entry named ../a.csv, which is no plain path inside the archive. Zip the folder again.' },
  { name: 'an absolute path', make: () => rawZip([{ name: '/etc/a.csv', data: text }]), code: 'probing/zip-unsafe-name', message: 'set.zip contains an entry named /etc/a.csv, which is no plain path inside the archive. Zip the folder again.' },
  { name: 'a drive letter', make: () => rawZip([{ name: 'C:/a.csv', data: text }]), code: 'probing/zip-unsafe-name', message: 'set.zip contains an entry named C:/a.csv, which is no plain path inside the archive. Zip the folder again.' },
  { name: 'a name twice', make: () => rawZip([{ name: 'a.csv', data: text }, { name: 'a.csv', data: text }]), code: 'probing/zip-ambiguous', message: 'set.zip can be read in more than one way: its parts contradict each other. Unpack it with the program that made it and zip the folder again.' },
  { name: 'encrypted', make: async () => bytesOf(await asZip([['a.csv', text]], 'secret')), code: 'probing/zip-encrypted', message: 'set.zip is encrypted (a.csv). Unpack it with its password and drop the folder, or zip it without one.' },
];

describe('an archive', () => {
  it.each(badArchives)('$name', async ({ make, code, message }) => {
    const bytes = await make();
    await expectFault(() => zipTree(new Blob([bytes]), 'set.zip'), code, message);
  });
});

const badEntries: readonly BadZip[] = [
  { name: 'a wrong checksum', make: () => rawZip([{ name: 'a.csv', data: text, crc: 1 }]), code: 'probing/zip-entry', message: 'a.csv in set.zip is damaged: its checksum does not match. Make or download the zip again.' },
  { name: 'a size that lies', make: () => rawZip([{ name: 'a.csv', data: text, size: 10 }]), code: 'probing/zip-entry', message: 'a.csv in set.zip is damaged: its size is not what the zip says. Make or download the zip again.' },
  { name: 'a local header that contradicts', make: () => rawZip([{ name: 'a.csv', data: text, localName: 'b.csv' }]), code: 'probing/zip-ambiguous', message: 'set.zip can be read in more than one way: its parts contradict each other. Unpack it with the program that made it and zip the folder again.' },
  { name: 'a method that is not known', make: () => rawZip([{ name: 'a.csv', data: text, method: 14 }]), code: 'probing/zip-method', message: 'a.csv in set.zip is packed by a method that is not read here. Zip the folder again with the usual one (deflate).' },
  { name: 'packed data that is none', make: () => rawZip([{ name: 'a.csv', data: Uint8Array.from(text, () => 255), method: 8 }]), code: 'probing/zip-entry', message: 'a.csv in set.zip is damaged: its checksum does not match. Make or download the zip again.' },
];

describe('an entry', () => {
  it.each(badEntries)('$name', async ({ make, code, message }) => {
    const tree = await zipTree(new Blob([await make()]), 'set.zip');
    await expectFault(() => fileOf(tree, 'a.csv').bytes(), code, message);
  });

  it('two that share their bytes', async () => {
    const inner = rawZip([{ name: 'b.csv', data: text }]).slice(0, 35 + text.length);
    const bytes = rawZip([
      { name: 'a.csv', data: inner },
      { name: 'b.csv', data: text, at: 35 },
    ]);
    const tree = await zipTree(new Blob([bytes]), 'set.zip');
    await fileOf(tree, 'a.csv').bytes();
    await expectFault(() => fileOf(tree, 'b.csv').bytes(), 'probing/zip-overlap', 'set.zip is damaged: the entries b.csv and a.csv share the same bytes. Make or download the zip again.');
  });

  it('a wrong checksum, streamed', async () => {
    const tree = await zipTree(new Blob([rawZip([{ name: 'a.csv', data: text, crc: 1 }])]), 'set.zip');
    await expectFault(() => new Response(fileOf(tree, 'a.csv').stream()).text(), 'probing/zip-entry', 'a.csv in set.zip is damaged: its checksum does not match. Make or download the zip again.');
  });
});

function fileOf(tree: FileTree, path: string): { bytes(): Promise<Uint8Array>; stream(): ReadableStream<Uint8Array> } {
  const file = tree.files.get(path);
  expect(file).toBeDefined();
  if (file === undefined) throw new Error(path);
  return file;
}
