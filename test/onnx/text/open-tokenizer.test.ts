import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sentence } from '../../../src/engine/text/sentence-pair.ts';
import { modelTokenizer } from '../../../src/onnx/text/model-tokenizer.ts';
import { openTokenizer } from '../../../src/onnx/text/open-tokenizer.ts';
import { readModel } from '../../../src/onnx/read-model.ts';
import type { EncodedRow, PairTokenizer } from '../../../src/onnx/text/tokenizer.ts';
import { expectFault } from '../../bad-files/bad-file.ts';
import { twoSentenceModel } from '../support/pair-models.ts';
import { sentence, WORDS } from '../support/pairs.ts';
import { byteLevelFile, unigramFile, wordPieceFile } from '../support/tokenizer-files.ts';

const utf8 = new TextEncoder();

function open(text: string | object, name = 'tokenizer.json'): Promise<PairTokenizer> {
  return openTokenizer(utf8.encode(typeof text === 'string' ? text : JSON.stringify(text)), name);
}

/** A sentence with the given words, found in the text one behind the other. */
function cut(text: string, words: readonly string[]): Sentence {
  const spans: number[] = [];
  let at = 0;
  for (const word of words) {
    const start = text.indexOf(word, at);
    at = start + word.length;
    spans.push(start, at);
  }
  return { text, spans, tags: [] };
}

function row({ ids, words, types }: EncodedRow): EncodedRow {
  return { ids: [...ids], words: [...words], types: [...types] };
}

describe('vocabularies', () => {
  const expected = { kind: 'vocabulary', tokens: 5, largestId: 4, joins: false };

  it.each([
    ['words.txt', 'UNK\nPAD\nman\ndog\nruns\n'],
    ['words.txt', 'UNK\r\nPAD\r\nman\r\ndog\r\nruns'],
    ['words.txt', '\ufeffman\t2\ndog\t3\nPAD\t1\nUNK\t0\nruns\t4\n'],
    ['words', 'man 2\ndog 3\nPAD 1\nUNK 0\nruns 4'],
    ['words.json', '["UNK", "PAD", "man", "dog", "runs"]'],
    ['words.json', '{"man": 2, "dog": 3, "PAD": 1, "UNK": 0, "runs": 4}'],
    ['words.json', '{"stoi": {"man": 2, "dog": 3, "PAD": 1, "UNK": 0, "runs": 4}, "other": 1}'],
  ])('%s %j', async (name, text) => {
    const tokenizer = await open(text, name);
    expect(tokenizer.info).toMatchObject({ ...expected, name });
    expect(tokenizer.padding).toBe(1);
    expect(row(tokenizer.sentence(sentence('the Man RUNS PAD dog'), 7, 10))).toEqual({
      ids: [0, 2, 4, 0, 3],
      words: [7, 8, 9, 10, 11],
      types: [0, 0, 0, 0, 0],
    });
  });

  it('give their SHA-256', async () => {
    expect((await open('a\n', 'a.txt')).info.hash).toBe(
      '87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7',
    );
  });

  it('cut at the end, and never give an empty row', async () => {
    const tokenizer = await open('UNK\na\nb', 'v.txt');
    expect(row(tokenizer.sentence(sentence('a b a'), 0, 2))).toEqual({ ids: [1, 2], words: [0, 1], types: [0, 0] });
    expect(row(tokenizer.sentence(sentence(''), 4, 2))).toEqual({ ids: [0], words: [-1], types: [0] });
    expect(() => tokenizer.pair(sentence('a'), sentence('b'), 9)).toThrow(RangeError);
  });

  it('with upper case words look words up as they are written first', async () => {
    const tokenizer = await open('<unk>\nUS\nus\nPaul', 'v.txt');
    const ids = (text: string) => tokenizer.sentence(sentence(text), 0, 9).ids;
    expect(ids('US us Us Paul paul')).toEqual([1, 2, 2, 3, 0]);
  });

  it('without an unknown word leave words out', async () => {
    const tokenizer = await open('man\ndog', 'v.txt');
    expect(row(tokenizer.sentence(sentence('the Dog sees man'), 0, 9))).toEqual({
      ids: [1, 0],
      words: [1, 3],
      types: [0, 0],
    });
    expect(tokenizer.padding).toBe(0);
  });

  it('may stand in the metadata of the model', async () => {
    const own = modelTokenizer(await readModel(twoSentenceModel({ words: WORDS }), 'nli.onnx'));
    expect(own?.name).toBe('nli.onnx');
    const tokenizer = await openTokenizer(own?.bytes ?? new Uint8Array(), own?.name ?? '');
    expect(tokenizer.info).toMatchObject({ name: 'nli.onnx', tokens: WORDS.length });
    expect(modelTokenizer(await readModel(twoSentenceModel(), 'nli.onnx'))).toBeUndefined();
  });
});

describe('WordPiece', () => {
  const pieces = ['the', 'cafe', 'emb', '##rac', '##ing', 'do', 'don', "'", 't', 'n', '##n', '.', ','];
  const id = (piece: string) => pieces.indexOf(piece) + 4;

  it('joins two sentences, and knows the word of each token', async () => {
    const tokenizer = await open(wordPieceFile(pieces));
    expect(tokenizer.info).toMatchObject({
      kind: 'tokenizer',
      tokens: pieces.length + 4,
      largestId: pieces.length + 3,
      joins: true,
    });
    const premise = cut('The Café, embracing.', ['The', 'Café', ',', 'embracing', '.']);
    const hypothesis = cut("don't xyz café", ['do', "n't", 'xyz', 'café']);
    expect(row(tokenizer.pair(premise, hypothesis, 64))).toEqual({
      ids: [
        2,
        id('the'),
        id('cafe'),
        id(','),
        id('emb'),
        id('##rac'),
        id('##ing'),
        id('.'),
        3,
        id('don'),
        id("'"),
        id('t'),
        1,
        id('cafe'),
        3,
      ],
      words: [-1, 0, 1, 2, 3, 3, 3, 4, -1, 5, 6, 6, 7, 8, -1],
      types: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1],
    });
    expect(row(tokenizer.sentence(hypothesis, 3, 64)).words).toEqual([-1, 3, 4, 4, 5, 6, -1]);
  });

  it('cuts the longer sentence first, and keeps special tokens', async () => {
    const tokenizer = await open(wordPieceFile(pieces));
    const long = sentence('the the the the the');
    const words = (one: Sentence, other: Sentence, most: number) => row(tokenizer.pair(one, other, most)).words;
    expect(words(long, sentence('the'), 7)).toEqual([-1, 0, 1, 2, -1, 5, -1]);
    expect(words(sentence('the'), long, 7)).toEqual([-1, 0, -1, 1, 2, 3, -1]);
    expect(words(long, long, 8)).toEqual([-1, 0, 1, 2, -1, 5, 6, -1]);
    expect(words(long, sentence(''), 8)).toEqual([-1, 0, 1, 2, 3, 4, -1, -1]);
    expect(row(tokenizer.sentence(long, 0, 4)).words).toEqual([-1, 0, 1, -1]);
  });

  it('is made of a vocab.txt as well', async () => {
    const text = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', ...pieces].join('\n');
    const [file, made] = await Promise.all([open(wordPieceFile(pieces)), open(text, 'vocab.txt')]);
    expect(made.info).toMatchObject({ kind: 'vocabulary', joins: true, largestId: pieces.length + 3 });
    const [one, other] = [sentence('Embracing the café .'), sentence('nn qq')];
    expect(made.pair(one, other, 32)).toEqual(file.pair(one, other, 32));
  });

  it('knows the word of every token, however sentences are cut and spelt', async () => {
    const letters = ['a', 'b', 'é', 'Ä', 'ß', 'Σ', '.', "'", '中', '-', 'ﬁ', 'q'];
    const file = wordPieceFile([
      'a',
      '##a',
      'b',
      '##b',
      'e',
      '##e',
      'ab',
      '##ab',
      '.',
      "'",
      '中',
      'ß',
      '##ß',
      '-',
      'σ',
      '##σ',
    ]);
    const tokenizer = await open(file);
    const part = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 4 }).map((list) => list.join(''));
    const parts = fc.array(fc.tuple(part, fc.boolean()), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(parts, (list) => {
        // Words that stand apart are tokenised as they are alone; their tokens belong to them.
        const text = list.map(([word]) => word).join(' ');
        const alone = list.map(([word]) => tokenizer.sentence(sentence(word), 0, 99).ids.slice(1, -1));
        const encoded = tokenizer.sentence(sentence(text), 0, 99);
        expect(encoded.ids.slice(1, -1)).toEqual(alone.flat());
        expect(encoded.words.slice(1, -1)).toEqual(alone.flatMap((ids, word) => ids.map(() => word)));
      }),
      { numRuns: 300, seed: 3 },
    );
  });
});

describe('byte-level BPE', () => {
  const merges = ['t h', 'th e', 'Ġ the', 'Ġ c', 'Ġc a', 'Ġca f', 'Ġ t', 'Ġt he', 'Ã ©'];

  it('knows the words of tokens with spaces and of cut characters', async () => {
    const tokenizer = await open(byteLevelFile(merges));
    expect(tokenizer.padding).toBe(1);
    expect(tokenizer.info.joins).toBe(true);
    const premise = cut("the café 🙂isn't", ['the', 'café', '🙂', 'is', "n't"]);
    const encoded = row(tokenizer.pair(premise, sentence('the'), 64));
    // <s> the | Ġcaf é | Ġ and four bytes | i s | n ' t </s></s> the </s>
    expect(encoded.words).toEqual([-1, 0, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 4, 4, -1, -1, 5, -1]);
    expect(encoded.ids.filter((_, i) => encoded.words[i] === -1)).toEqual([0, 2, 2, 2]);
    expect(encoded.types).toEqual(encoded.ids.map(() => 0));
  });

  it('knows the word of every token of any text', async () => {
    const tokenizer = await open(byteLevelFile(merges));
    const word = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 5 })
      .map((text) => text.replace(/[\s\p{C}\ufffd]/gu, '') || 'x');
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const encoded = tokenizer.sentence(sentence(words.join(' ')), 0, 999);
        const alone = words.map((one, at) =>
          tokenizer.sentence(sentence(at === 0 ? one : ` ${one}`), 0, 999).ids.slice(1, -1),
        );
        expect(encoded.ids.slice(1, -1)).toEqual(alone.flat());
        expect(encoded.words.slice(1, -1)).toEqual(alone.flatMap((ids, at) => ids.map(() => at)));
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

describe('Unigram', () => {
  it('knows the words of pieces and of unknown letters, and joins nothing without a template', async () => {
    const tokenizer = await open(unigramFile(['▁', '▁the', '▁ca', 'fe', 'n', "'t", '▁do']));
    const encoded = row(
      tokenizer.sentence(cut("the cafe don't zz the", ['the', 'cafe', 'do', "n't", 'zz', 'the']), 0, 64),
    );
    expect(encoded.words).toEqual([0, 1, 1, 2, 3, 3, 4, 4, 5]);
    expect(tokenizer.info.joins).toBe(false);
    expect(() => tokenizer.pair(sentence('the'), sentence('the'), 9)).toThrow(
      new RangeError('tokenizer.json cannot join two sentences into one row.'),
    );
  });
});

describe('whole words', () => {
  it('of a tokenizer.json, unknown ones by its own mark', async () => {
    const tokenizer = await open({
      pre_tokenizer: { type: 'Whitespace' },
      model: { type: 'WordLevel', unk_token: '<unk>', vocab: { '<unk>': 0, '<pad>': 1, man: 2, dog: 3 } },
    });
    expect(row(tokenizer.sentence(sentence('man sees dog'), 2, 9))).toEqual({
      ids: [2, 0, 3],
      words: [2, 3, 4],
      types: [0, 0, 0],
    });
    expect(tokenizer.padding).toBe(1);
  });
});

describe('files that are no tokenizer', () => {
  it.each([
    [
      'empty',
      '',
      'v.txt',
      'v.txt is empty. Drop the vocabulary or the tokenizer.json that the model was trained with.',
    ],
    ['empty', '{}', 'v.json', undefined],
    [
      'unknown-json',
      '{"a": "b"}',
      'v.json',
      'v.json is neither a list of words, nor words with their ids, nor a tokenizer.json. Drop the vocabulary or the tokenizer.json that the model was trained with.',
    ],
    ['unknown-json', '[1, 2]', 'v.json', undefined],
    [
      'not-text',
      'a\0b',
      'v.txt',
      'v.txt is not a text file in UTF-8. Drop a vocabulary with a word on each line, a JSON file of words and ids, or a tokenizer.json.',
    ],
    [
      'pieces',
      '{"Ġthe": 0, "Ġman": 1, "s": 2}',
      'vocab.json',
      'vocab.json lists the pieces of a byte-level tokenizer, but not how words are cut into them. Drop its tokenizer.json instead.',
    ],
    [
      'refused',
      '{"model": {"type": "Quantum", "vocab": {}}}',
      't.json',
      "t.json describes a tokenizer that cannot be used (its model is of the unknown kind Quantum). Save it again with the Python package tokenizers: tokenizer.save('tokenizer.json').",
    ],
  ])('%s: %j', async (kind, text, name, message) => {
    const act = open(text, name);
    if (message === undefined) await expect(act).rejects.toMatchObject({ code: `onnx/tokenizer-${kind}` });
    else await expectFault(() => act, `onnx/tokenizer-${kind}`, message);
  });

  it.each([
    [
      'line',
      'a\nb c d\ne',
      'Line 2 of v.txt is neither a word nor a word and its id. A vocabulary has one word on each line, with or without an id behind it.',
    ],
    ['same-id', 'a 1\nb 1', 'v.txt gives the words a and b the same id 1. Each word needs an id of its own.'],
    ['same-word', 'a\nb\na', 'v.txt has the word a twice, with the ids 0 and 2. Each word may stand there once.'],
    ['id', '{"a": 0.5}', 'v.txt gives the word a the id 0.5. Ids are whole numbers from 0.'],
  ])('vocabulary: %s', async (kind, text, message) => {
    await expectFault(() => open(text, 'v.txt'), `onnx/vocabulary-${kind}`, message);
  });

  it('are not JSON, too large, or cut off in the middle of a letter', async () => {
    await expect(open('{"a": 1', 'v.json')).rejects.toThrow(/^v\.json is not valid JSON \(.+\)\. Drop a vocabulary/);
    await expectFault(
      () => openTokenizer(new Uint8Array(64 * 2 ** 20 + 1), 'v.txt'),
      'onnx/tokenizer-too-large',
      'v.txt has 65 MB; a vocabulary or a tokenizer.json of up to 64 MB can be read. Drop the one that the model was trained with.',
    );
    await expect(openTokenizer(Uint8Array.of(97, 0xc3), 'v.txt')).rejects.toMatchObject({
      code: 'onnx/tokenizer-not-text',
    });
  });
});
