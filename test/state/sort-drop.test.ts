import { describe, expect, it } from 'vitest';
import { sortDrop } from '../../src/state/sort-drop.ts';

const files = (...paths: string[]): { path: string; file: File }[] =>
  paths.map((path) => ({ path, file: new File(['x'], path.split('/').pop() ?? path) }));

describe('sortDrop', () => {
  it('knows model, zip and activations by their endings', () => {
    const { model, probing, activations, aside } = sortDrop(files('net.onnx', 'broden.zip', 'acts.npy'));
    expect([model?.name, probing?.kind, activations?.name, aside]).toEqual(['net.onnx', 'zip', 'acts.npy', []]);
  });

  it('takes a folder with index.csv, wherever it lies, without the paths above it', () => {
    const { probing, model } = sortDrop(files('top/broden/index.csv', 'top/broden/images/a.png', 'top/net.onnx'));
    expect(probing).toMatchObject({ kind: 'folder', name: 'broden' });
    expect(probing?.kind === 'folder' && probing.files.map(({ path }) => path)).toEqual(['index.csv', 'images/a.png']);
    expect(model?.name).toBe('net.onnx');
  });

  it('keeps the arrays of a table inside it', () => {
    const { probing, activations } = sortDrop(files('nli/concepts.npy', 'nli/concepts.csv', 'acts.npy'));
    expect(probing?.kind === 'folder' && probing.files).toHaveLength(2);
    expect(activations?.name).toBe('acts.npy');
  });

  it('takes loose files that belong together as a folder', () => {
    const { probing, aside } = sortDrop(files('concepts.npy', 'concepts.csv'));
    expect(probing).toMatchObject({ kind: 'folder', name: 'Dropped files' });
    expect(aside).toEqual([]);
  });

  it('leaves a file of another kind to the model reader, which names it', () => {
    expect(sortDrop(files('resnet.pth')).model?.name).toBe('resnet.pth');
  });

  it.each([
    ['a picture', files('cat.jpg'), 'cat.jpg is a picture on its own.'],
    ['a table', files('label.csv'), 'label.csv is not enough on its own.'],
    ['a folder of something else', files('photos/a.jpg', 'photos/b.jpg'), 'The folder photos is not a probing set'],
    ['a second model', files('a.onnx', 'b.onnx'), 'b.onnx was left aside: only one model is read at a time.'],
    ['nothing', files('.DS_Store'), 'Nothing in the drop can be read'],
  ])('says what became of %s', (_, dropped, sentence) => {
    const { aside } = sortDrop(dropped);
    expect(aside).toHaveLength(1);
    expect(aside[0]).toContain(sentence);
  });
});
