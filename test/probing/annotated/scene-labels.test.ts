import { describe, expect, it } from 'vitest';
import { withSceneLabels } from '../../../src/probing/annotated/scene-labels.ts';
import { expectFault } from '../../bad-files/bad-file.ts';
import { asFolder, utf8 } from '../support/trees.ts';
import { madeSource } from './made-source.ts';

const GRID = { height: 2, width: 2 };
const source = madeSource([{ name: 'images/train/ADE_1.jpg' }, { name: 'images/val/b.png' }], [[1], [2]]);

describe('withSceneLabels', () => {
  it('reads the lines of sceneCategories.txt, wherever it lies', async () => {
    const tree = asFolder(
      new Map([['x/sceneCategories.txt', utf8('ADE_1 street\r\nval/b living_room\n\nADE_9 attic\n')]]),
    );
    const labelled = await withSceneLabels(source, tree);
    expect(labelled.categories).toEqual(['object', 'part', 'scene']);
    expect(labelled.concepts.slice(4)).toEqual([
      { number: 1, name: 'street', category: 'scene' },
      { number: 2, name: 'living_room', category: 'scene' },
    ]);
    expect((await labelled.read(0, GRID)).everywhere).toEqual([4]);
    expect((await labelled.read(1, GRID)).everywhere).toEqual([5]);
    expect(labelled.hasCategory?.(0, 'scene')).toBe(true);
    expect(labelled.hasCategory?.(0, 'object')).toBeUndefined();
    expect(labelled.notes).toEqual(['A note.', '1 line of x/sceneCategories.txt names a picture that is not there.']);
  });

  it('reads scenes.csv, in which a picture may have several scenes and a name several pictures', async () => {
    const two = madeSource([{ name: 'a/x.jpg' }, { name: 'b/x.jpg' }], [[1], [2]]);
    const tree = asFolder(new Map([['scenes.csv', utf8('image,scene\nx.jpg,"hall, long"\na/x,lit\n')]]));
    const labelled = await withSceneLabels(two, tree);
    expect((await labelled.read(0, GRID)).everywhere).toEqual([4, 5]);
    expect((await labelled.read(1, GRID)).everywhere).toEqual([4]);
    expect(labelled.concepts[4].name).toBe('hall, long');
  });

  it('leaves a source alone that has scenes, or a tree that has no file', async () => {
    const tree = asFolder(new Map([['scenes.csv', utf8('image,scene\nb,hall\n')]]));
    const own = { ...source, categories: ['scene'] };
    expect(await withSceneLabels(own, tree)).toBe(own);
    expect(await withSceneLabels(source, asFolder(new Map()))).toBe(source);
  });

  it('says that none of the pictures is named', async () => {
    const tree = asFolder(new Map([['scenes.csv', utf8('image,scene\nz,hall\n')]]));
    const labelled = await withSceneLabels(source, tree);
    expect(labelled.categories).toEqual(['object', 'part']);
    expect(labelled.notes).toContain('scenes.csv names none of the pictures, so there are no scenes.');
  });

  it('refuses a line without a scene', async () => {
    const tree = asFolder(new Map([['sceneCategories.txt', utf8('ADE_1 street\nADE_2\n')]]));
    await expectFault(
      () => withSceneLabels(source, tree),
      'probing/scene-line',
      'sceneCategories.txt, line 2: the name of a picture and its scene are wanted, separated by a space.',
    );
  });
});
