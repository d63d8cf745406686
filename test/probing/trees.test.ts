import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { openAsBlob } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderTree } from '../../src/probing/trees/folder-tree.ts';
import { treePaths } from '../../src/probing/trees/paths.ts';
import { zipTree } from '../../src/probing/trees/zip-tree.ts';
import { expectFault } from '../bad-files/bad-file.ts';
import { asFolder, asZip, utf8 } from './support/trees.ts';

const pathsOf = (paths: readonly string[]): string[] =>
  Array.from(treePaths(paths.map((path) => ({ path }))).byPath.keys());

describe('treePaths', () => {
  it.each([
    {
      name: 'takes one common top folder off',
      given: ['set/a.csv', 'set/images/b.png'],
      found: ['a.csv', 'images/b.png'],
    },
    {
      name: 'takes only one folder off',
      given: ['set/deep/a.csv', 'set/deep/b.csv'],
      found: ['deep/a.csv', 'deep/b.csv'],
    },
    { name: 'keeps two top folders', given: ['x/a.csv', 'y/b.csv'], found: ['x/a.csv', 'y/b.csv'] },
    { name: 'keeps a file beside a folder', given: ['a.csv', 'images/b.png'], found: ['a.csv', 'images/b.png'] },
    {
      name: 'leaves hidden files out before it looks',
      given: ['__MACOSX/set/._a.csv', '.git/x', 'set/.DS_Store', 'set/a.csv'],
      found: ['a.csv'],
    },
    {
      name: 'reads slashes of every kind',
      given: ['/set/a.csv', './set//b.csv', 'set\\c.csv'],
      found: ['a.csv', 'b.csv', 'c.csv'],
    },
  ])('$name', ({ given, found }) => {
    expect(pathsOf(given)).toEqual(found);
  });
});

describe('zipTree and folderTree', () => {
  it('give the same files, whole and in pieces', async () => {
    const name = fc.stringMatching(/^[a-z]{1,6}$/);
    const files = fc.dictionary(name, fc.uint8Array({ maxLength: 300 }), { minKeys: 1, maxKeys: 5 });
    await fc.assert(
      fc.asyncProperty(files, async (contents) => {
        const entries = Object.entries(contents).map(([path, bytes]): [string, Uint8Array<ArrayBuffer>] => [
          path,
          bytes.slice(),
        ]);
        const folder = asFolder(new Map(entries));
        const zip = await zipTree(await asZip(entries.map(([path, bytes]) => [`set/${path}`, bytes])), 'set.zip');
        expect(Array.from(zip.files.keys()).sort()).toEqual(Array.from(folder.files.keys()).sort());
        for (const [path, bytes] of entries) {
          for (const file of [zip.files.get(path), folder.files.get(path)]) {
            expect(file?.size).toBe(bytes.length);
            expect(await file?.bytes()).toEqual(bytes);
            expect(new Uint8Array(await new Response(file?.stream()).arrayBuffer())).toEqual(bytes);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('stamp a zipped file with its checksum', async () => {
    const zip = await zipTree(
      await asZip([
        ['a.csv', utf8('123456789')],
        ['b.csv', utf8('')],
      ]),
      'set.zip',
    );
    expect(zip.files.get('a.csv')?.stamp).toBe('cbf43926');
  });

  it('can stop in the middle of a zipped file', async () => {
    const zip = await zipTree(
      await asZip([
        ['a.csv', new Uint8Array(1_000_000)],
        ['b.csv', utf8('b')],
      ]),
      'set.zip',
    );
    const reader = zip.files.get('a.csv')?.stream().getReader();
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
    await reader?.cancel();
    expect(await zip.files.get('b.csv')?.bytes()).toEqual(utf8('b'));
  });
});

describe('files that change or go after they were picked', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trees-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are named, whole and in pieces', async () => {
    const path = join(folder, 'a.csv');
    await writeFile(path, 'before');
    const file = new File([await openAsBlob(path)], 'a.csv');
    const tree = folderTree([{ path: 'set/images/a.csv', file }]);
    await writeFile(path, 'after, and longer');
    const sentence = 'images/a.csv has changed since it was picked. Pick the folder or zip again.';
    const picked = tree.files.get('images/a.csv');
    await expectFault(() => picked?.bytes(), 'probing/changed', sentence);
    await expectFault(() => new Response(picked?.stream()).text(), 'probing/changed', sentence);
  });

  it('name the zip, if it is one', async () => {
    const path = join(folder, 'set.zip');
    const zip = await asZip([['a.csv', utf8('some text')]]);
    await writeFile(path, new Uint8Array(await zip.arrayBuffer()));
    const tree = await zipTree(await openAsBlob(path), 'set.zip');
    await writeFile(path, 'other');
    await expectFault(
      () => tree.files.get('a.csv')?.bytes(),
      'probing/changed',
      'set.zip has changed since it was picked. Pick the folder or zip again.',
    );
  });

  it('tell a browser that found them gone', async () => {
    const file = new File(['x'], 'a.csv');
    file.arrayBuffer = () => Promise.reject(new DOMException('', 'NotFoundError'));
    const tree = folderTree([{ path: 'a.csv', file }]);
    await expectFault(
      () => tree.files.get('a.csv')?.bytes(),
      'probing/gone',
      'a.csv is gone: it was moved or deleted since it was picked. Pick the folder or zip again.',
    );
  });

  it('pass on what else a browser says', async () => {
    const file = new File(['x'], 'a.csv');
    file.arrayBuffer = () => Promise.reject(new DOMException('no permission', 'SecurityError'));
    const tree = folderTree([{ path: 'a.csv', file }]);
    await expectFault(
      () => tree.files.get('a.csv')?.bytes(),
      'probing/unreadable',
      'a.csv could not be read (no permission). Check that it may be opened, then pick it again.',
    );
  });
});
