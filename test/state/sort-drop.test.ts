import { describe, expect, it } from 'vitest';
import type { ProbingSource } from '../../src/jobs/api.ts';
import { sortDrop } from '../../src/state/sort-drop.ts';

const files = (...paths: string[]): { path: string; file: File }[] =>
  paths.map((path) => ({ path, file: new File(['x'], path.split('/').pop() ?? path) }));

const pathsOf = (probing: ProbingSource | null): string[] =>
  probing?.kind === 'folder' ? probing.files.map(({ path }) => path) : [];

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

  it('leaves what is for others out of loose files', () => {
    const { probing, activations, model } = sortDrop(files('concepts.npy', 'concepts.csv', 'acts.npy', 'net.onnx'));
    expect(pathsOf(probing)).toEqual(['concepts.npy', 'concepts.csv']);
    expect([activations?.name, model?.name]).toEqual(['acts.npy', 'net.onnx']);
  });

  it('takes any folder with pictures or tables as a probing set, and the model in it as a model', () => {
    const { probing, model, aside } = sortDrop(files('pets/cat/a.jpg', 'pets/dog/b.jpg', 'pets/net.onnx', 'readme.md'));
    expect(probing).toMatchObject({ kind: 'folder', name: 'pets' });
    expect(pathsOf(probing)).toEqual(['cat/a.jpg', 'dog/b.jpg']);
    expect(model?.name).toBe('net.onnx');
    expect(aside).toEqual([
      'readme.md is not enough on its own. Drop the whole folder of the probing set, with its pictures.',
    ]);
  });

  it.each([
    ['two folders', files('images/a.jpg', 'masks/a.png'), ['images/a.jpg', 'masks/a.png']],
    ['a folder and its table', files('val2017/a.jpg', 'instances.json'), ['val2017/a.jpg', 'instances.json']],
    ['pictures and a table', files('a.jpg', 'boxes.csv'), ['a.jpg', 'boxes.csv']],
  ])('takes %s together', (_, dropped, paths) => {
    const { probing, aside } = sortDrop(dropped);
    expect(probing).toMatchObject({ kind: 'folder', name: 'Dropped files' });
    expect(pathsOf(probing)).toEqual(paths);
    expect(aside).toEqual([]);
  });

  it('takes Parquet and Arrow files for one cell table, with the list of concepts beside them', () => {
    const sorted = sortDrop(
      files('cells/part-0.parquet', 'cells/part-1.arrow', 'cells/_SUCCESS', 'cells/concepts.csv'),
    );
    expect(sorted.tables.map(({ name }) => name)).toEqual(['part-0.parquet', 'part-1.arrow']);
    expect([sorted.conceptList?.name, sorted.probing, sorted.model, sorted.aside]).toEqual([
      'concepts.csv',
      null,
      null,
      [],
    ]);
  });

  it('leaves the list of concepts to a probing set that is dropped with a table', () => {
    const { probing, tables, conceptList } = sortDrop(files('acts.parquet', 'concepts.npy', 'concepts.csv'));
    expect(pathsOf(probing)).toEqual(['concepts.npy', 'concepts.csv']);
    expect([tables.length, conceptList]).toEqual([1, null]);
  });

  it('takes activations of another kind before a Parquet file', () => {
    const { activations, tables, aside } = sortDrop(files('acts.npy', 'cells.parquet'));
    expect([activations?.name, tables, aside]).toEqual([
      'acts.npy',
      [],
      ['cells.parquet was left aside: only one file of activations is read at a time.'],
    ]);
  });

  it.each(['acts.npz', 'acts.safetensors', 'acts.parquet'])('takes %s as activations', (name) => {
    const { activations, model, aside } = sortDrop(files(name));
    expect([activations?.name, model, aside]).toEqual([name, null, []]);
  });

  it.each(['dev.tsv', 'pairs.csv', 'snli_1.0_dev.txt', 'dev.jsonl', 'dev.ndjson', 'dev.tok', 'dev.feats'])(
    'takes %s for sentence pairs, and the model beside it',
    (name) => {
      const { probing, model, aside } = sortDrop(files(name, 'net.onnx'));
      expect(probing).toMatchObject({ kind: 'folder', name });
      expect([pathsOf(probing), model?.name, aside]).toEqual([[name], 'net.onnx', []]);
    },
  );

  it('takes several files of sentence pairs together, with the vectors beside them', () => {
    const { probing, vectors, aside } = sortDrop(files('dev.tsv', 'test.tsv', 'glove.6B.50d.txt'));
    expect(probing).toMatchObject({ kind: 'folder', name: 'Dropped files' });
    expect([pathsOf(probing), vectors, aside]).toEqual([['dev.tsv', 'test.tsv', 'glove.6B.50d.txt'], null, []]);
  });

  it('takes a folder of sentence pairs, with loose vectors', () => {
    const { probing, vectors, aside } = sortDrop(files('snli_1.0/dev.jsonl', 'snli_1.0/README.txt', 'vectors.txt'));
    expect(probing).toMatchObject({ kind: 'folder', name: 'snli_1.0' });
    expect([pathsOf(probing), vectors, aside]).toEqual([['dev.jsonl', 'README.txt', 'vectors.txt'], null, []]);
  });

  it.each(['vectors.txt', 'glove.6B.100d.txt', 'wiki.vec', 'my-embeddings.txt'])(
    'takes %s alone for vectors',
    (name) => {
      const { probing, vectors, model, aside } = sortDrop(files(name));
      expect([probing, vectors?.name, model, aside]).toEqual([null, name, null, []]);
    },
  );

  it('leaves vectors to the probing set that is open where the drop has another kind', () => {
    const { probing, vectors } = sortDrop(files('pairs.zip', 'vectors.txt'));
    expect([probing?.kind, vectors?.name]).toEqual(['zip', 'vectors.txt']);
  });

  it.each(['tokenizer.json', 'vocab.txt', 'vocab.json', 'vocabulary.txt', 'bert-base-uncased-vocab.txt', 'snli.vocab'])(
    'takes %s for a tokenizer',
    (name) => {
      const { tokenizer, probing, model, aside } = sortDrop(files(name, 'dev.tsv'));
      expect([tokenizer?.name, pathsOf(probing), model, aside]).toEqual([name, ['dev.tsv'], null, []]);
      expect(sortDrop(files(name))).toMatchObject({ probing: null, model: null, aside: [] });
    },
  );

  it('takes a folder of a language model for model and tokenizer', () => {
    const names = [
      'config.json',
      'merges.txt',
      'model.onnx',
      'special_tokens_map.json',
      'tokenizer.json',
      'vocab.json',
    ];
    const { probing, model, tokenizer, aside } = sortDrop(files(...names.map((name) => `roberta/${name}`), 'dev.tsv'));
    expect([pathsOf(probing), model?.name, tokenizer?.name]).toEqual([['dev.tsv'], 'model.onnx', 'tokenizer.json']);
    expect(aside).toEqual([]);
    expect(sortDrop(files('roberta/tokenizer.json', 'roberta/config.json'))).toMatchObject({
      probing: null,
      aside: [],
    });
  });

  it('keeps files of these names in sets of pictures', () => {
    const { probing, tokenizer, vectors } = sortDrop(files('set/a.jpg', 'set/vocab.txt', 'set/vectors.txt'));
    expect([pathsOf(probing), tokenizer, vectors]).toEqual([['a.jpg', 'vocab.txt', 'vectors.txt'], null, null]);
  });

  it('takes settings and weights beside a model for neither', () => {
    const sorted = sortDrop(files('net/model.onnx', 'net/config.json', 'net/model.safetensors'));
    expect(sorted).toMatchObject({ probing: null, activations: null, aside: [] });
    expect(sorted.model?.name).toBe('model.onnx');
  });

  it('leaves a file of another kind to the model reader, which names it', () => {
    expect(sortDrop(files('resnet.pth')).model?.name).toBe('resnet.pth');
  });

  it.each([
    ['a picture', files('cat.jpg'), 'cat.jpg is a picture on its own.'],
    ['a table', files('label.csv'), 'label.csv is not enough on its own.'],
    ['a folder of something else', files('notes/a.txt', 'notes/b.doc'), 'The folder notes is not a probing set'],
    ['a table without pictures', files('instances.json'), 'instances.json is not enough on its own.'],
    ['sentence pairs beside a zip', files('a.zip', 'dev.tsv'), 'dev.tsv was left aside: only one probing set is read'],
    [
      'a second file of vectors',
      files('a.vec', 'b.vec'),
      'b.vec was left aside: only one file of word vectors is read',
    ],
    [
      'a tokenizer of another model',
      files('a/tokenizer.json', 'b/tokenizer.json'),
      'b/tokenizer.json was left aside: only one tokenizer is read',
    ],
    ['a second model', files('a.onnx', 'b.onnx'), 'b.onnx was left aside: only one model is read at a time.'],
    ['nothing', files('.DS_Store'), 'Nothing in the drop can be read'],
  ])('says what became of %s', (_, dropped, sentence) => {
    const { aside } = sortDrop(dropped);
    expect(aside).toHaveLength(1);
    expect(aside[0]).toContain(sentence);
  });
});
