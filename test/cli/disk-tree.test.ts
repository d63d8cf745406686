import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskTree } from '../../src/cli/disk-tree.ts';
import { expectFault } from '../bad-files/bad-file.ts';
import { asZip, utf8 } from '../probing/support/trees.ts';

describe('diskTree', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'disk-tree-'));
    await mkdir(join(root, 'set/images'), { recursive: true });
    await writeFile(join(root, 'set/index.csv'), 'image');
    await writeFile(join(root, 'set/images/a.png'), 'a mask');
    await writeFile(join(root, 'set/.DS_Store'), 'x');
    await symlink(join(root, 'nowhere'), join(root, 'set/link.csv'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('lists and reads a folder', async () => {
    const tree = await diskTree(join(root, 'set'));
    expect(tree.name).toBe('set');
    expect(Array.from(tree.files.keys()).sort()).toEqual(['images/a.png', 'index.csv']);
    expect(await tree.files.get('images/a.png')?.bytes()).toEqual(utf8('a mask'));
    expect(await new Response(tree.files.get('images/a.png')?.stream()).text()).toBe('a mask');
  });

  it('looks through a folder that holds only a folder', async () => {
    const tree = await diskTree(root);
    expect(tree.files.has('index.csv')).toBe(true);
  });

  it('reads a zip', async () => {
    const zip = await asZip([
      ['set/index.csv', utf8('image')],
      ['set/images/a.png', utf8('a mask')],
    ]);
    await writeFile(join(root, 'packed.zip'), new Uint8Array(await zip.arrayBuffer()));
    const tree = await diskTree(join(root, 'packed.zip'));
    expect(tree.name).toBe('packed.zip');
    expect(await tree.files.get('images/a.png')?.bytes()).toEqual(utf8('a mask'));
  });

  it('takes another file for a folder with this one file', async () => {
    const tree = await diskTree(join(root, 'set/index.csv'));
    expect([tree.name, Array.from(tree.files.keys())]).toEqual(['index.csv', ['index.csv']]);
    expect(await tree.files.get('index.csv')?.bytes()).toEqual(utf8('image'));
  });

  it('knows a zip by its first bytes or its ending', async () => {
    const zip = await asZip([['a.txt', utf8('x')]]);
    await writeFile(join(root, 'packed.bin'), new Uint8Array(await zip.arrayBuffer()));
    expect(Array.from((await diskTree(join(root, 'packed.bin'))).files.keys())).toEqual(['a.txt']);
    await writeFile(join(root, 'cut.zip'), 'nothing');
    const message =
      'cut.zip is not a zip archive: its first bytes belong to no format we know. Make or download it again.';
    await expectFault(() => diskTree(join(root, 'cut.zip')), 'probing/unknown-kind', message);
  });

  it('names what is not there, has changed, or is gone', async () => {
    const missing = join(root, 'nothing');
    await expectFault(
      () => diskTree(missing),
      'probing/not-found',
      `There is no folder or file ${missing}. Check the path.`,
    );
    const tree = await diskTree(join(root, 'set'));
    await writeFile(join(root, 'set/index.csv'), 'image,sh');
    await rm(join(root, 'set/images/a.png'));
    await expectFault(
      () => tree.files.get('index.csv')?.bytes(),
      'probing/changed',
      'index.csv has changed since it was picked. Pick the folder or zip again.',
    );
    const gone = 'images/a.png is gone: it was moved or deleted since it was picked. Pick the folder or zip again.';
    await expectFault(() => tree.files.get('images/a.png')?.bytes(), 'probing/gone', gone);
    await expectFault(() => new Response(tree.files.get('images/a.png')?.stream()).text(), 'probing/gone', gone);
  });
});
