import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InputRole, PairEncoding } from '../../../src/engine/text/pair-encoding.ts';
import type { InputTensor } from '../../../src/onnx/input-tensor.ts';
import { encodeBatch, mustRunSingly } from '../../../src/onnx/text/encode-batch.ts';
import { openTokenizer } from '../../../src/onnx/text/open-tokenizer.ts';
import type { PairInput, PairTensor } from '../../../src/onnx/text/pair-input.ts';
import type { EncodedRow } from '../../../src/onnx/text/tokenizer.ts';
import { pair, WORDS } from '../support/pairs.ts';
import { wordPieceFile } from '../support/tokenizer-files.ts';

const utf8 = new TextEncoder();
const vocabulary = await openTokenizer(utf8.encode(JSON.stringify(WORDS)), 'words.json');
const joining = await openTokenizer(
  utf8.encode(JSON.stringify(wordPieceFile(['a', 'man', 'dog', 'run', '##s']))),
  't.json',
);

const ROLES: Record<'single' | 'joint', readonly InputRole[]> = {
  single: ['premise-ids', 'premise-mask', 'premise-lengths', 'hypothesis-ids', 'hypothesis-mask', 'hypothesis-lengths'],
  joint: ['pair-ids', 'pair-mask', 'pair-types', 'pair-positions', 'pair-lengths'],
};

interface Given {
  readonly roles: readonly InputRole[];
  readonly order?: PairEncoding['order'];
  readonly elemType?: PairTensor['elemType'];
  readonly batch?: number | null;
  readonly tokens?: number | null;
  readonly maxTokens?: number;
}

/** A model whose inputs are named like their roles. */
function model({
  roles,
  order = 'batch-first',
  elemType = 'int64',
  batch = null,
  tokens = null,
  maxTokens = 12,
}: Given) {
  const table = order === 'batch-first' ? [batch, tokens] : [tokens, batch];
  const input: PairInput = {
    order,
    batch,
    tokens,
    tensors: roles.map((role) => ({
      name: role,
      elemType,
      role,
      dims: role.endsWith('-lengths') ? [batch] : table,
      vocabulary: null,
    })),
  };
  const encoding: PairEncoding = {
    roles: Object.fromEntries(roles.map((role) => [role, role])),
    order,
    tokenizer: null,
    maxTokens,
    classes: [],
  };
  return { input, encoding };
}

/** The values of a tensor [rows, tokens] or [tokens, rows] at a row and a token. */
function at({ dims, data }: InputTensor, order: PairEncoding['order'], row: number, token: number): number {
  return Number(data[order === 'batch-first' ? row * (dims[1] ?? 0) + token : token * (dims[1] ?? 0) + row]);
}

const text = fc
  .array(fc.constantFrom('a', 'man', 'dog', 'runs', 'zebra'), { minLength: 1, maxLength: 9 })
  .map((words) => words.join(' '));
const anyPairs = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 });
const given = fc.record({
  joint: fc.boolean(),
  order: fc.constantFrom<PairEncoding['order']>('batch-first', 'tokens-first'),
  elemType: fc.constantFrom<PairTensor['elemType']>('int64', 'int32', 'float'),
  batch: fc.constantFrom(null, 8),
  tokens: fc.constantFrom(null, 7),
  maxTokens: fc.integer({ min: 5, max: 24 }),
});
const ARRAYS = { int64: BigInt64Array, int32: Int32Array, float: Float32Array };

describe('encoding a batch', () => {
  it('puts every value where it belongs, in any order, type and size', () => {
    fc.assert(
      fc.property(given, anyPairs, ({ joint, ...shape }, texts) => {
        const roles = ROLES[joint ? 'joint' : 'single'];
        const { input, encoding } = model({ roles, ...shape });
        const tokenizer = joint ? joining : vocabulary;
        const pairs = texts.map(([premise, hypothesis]) => pair(premise, hypothesis));
        const batch = encodeBatch(pairs, input, encoding, tokenizer);
        const { axes, rowsOf, tensors } = batch;
        const most = Math.min(shape.maxTokens, shape.tokens ?? Infinity);
        const expected: Record<string, EncodedRow[]> = joint
          ? { pair: pairs.map(({ premise, hypothesis }) => tokenizer.pair(premise, hypothesis, most)) }
          : {
              premise: pairs.map(({ premise }) => tokenizer.sentence(premise, 0, most)),
              hypothesis: pairs.map(({ premise, hypothesis }) =>
                tokenizer.sentence(hypothesis, premise.spans.length / 2, most),
              ),
            };
        expect(rowsOf).toEqual(expected);
        expect(Object.keys(tensors).toSorted()).toEqual(roles.toSorted());
        for (const role of roles) {
          const [place = '', kind] = role.split('-');
          const tensor = tensors[role];
          const tokens = axes[place as 'pair'] ?? 0;
          expect(tensor.data).toBeInstanceOf(ARRAYS[shape.elemType]);
          expect(tensor.data.length).toBe(tensor.dims.reduce((product, size) => product * size));
          if (shape.tokens !== null) expect(tokens).toBe(shape.tokens);
          for (let row = 0; row < axes.rows; row++) {
            const { ids, types } = expected[place][Math.min(row, pairs.length - 1)];
            if (kind === 'lengths') {
              expect(Number(tensor.data[row])).toBe(ids.length);
              continue;
            }
            for (let token = 0; token < tokens; token++) {
              const inside = token < ids.length;
              const value = {
                ids: inside ? ids[token] : tokenizer.padding,
                mask: inside ? 1 : 0,
                types: inside ? types[token] : 0,
                positions: token,
              }[kind as 'ids'];
              expect([role, at(tensor, shape.order, row, token)]).toEqual([role, value]);
            }
          }
        }
      }),
      { numRuns: 300, seed: 8 },
    );
  });

  it('gives axes different sizes wherever there is room', () => {
    fc.assert(
      fc.property(fc.boolean(), anyPairs, (joint, texts) => {
        const { input, encoding } = model({ roles: ROLES[joint ? 'joint' : 'single'], maxTokens: 40 });
        const pairs = texts.map(([premise, hypothesis]) => pair(premise, hypothesis));
        const { axes, rowsOf } = encodeBatch(pairs, input, encoding, joint ? joining : vocabulary);
        const sizes = [axes.rows, axes.premise, axes.hypothesis, axes.pair].filter((size) => size !== null);
        expect(new Set(sizes).size).toBe(sizes.length);
        expect(axes.rows).toBe(pairs.length);
        for (const place of ['premise', 'hypothesis', 'pair'] as const) {
          const longest = Math.max(...(rowsOf[place] ?? []).map(({ ids }) => ids.length));
          if (rowsOf[place]) expect((axes[place] ?? 0) - longest).toBeOneOf([0, 1, 2]);
        }
      }),
      { numRuns: 200, seed: 9 },
    );
  });

  it('repeats the last pair where tokens are at their limit', () => {
    const { input, encoding } = model({ roles: ['pair-ids', 'pair-mask'], maxTokens: 5 });
    const pairs = ['dog', 'man', 'a', 'dog', 'man'].map((word) => pair(word, 'a'));
    const { axes, tensors, rowsOf } = encodeBatch(pairs, input, encoding, joining);
    expect(axes).toEqual({ rows: 6, premise: null, hypothesis: null, pair: 5 });
    expect(tensors['pair-ids'].dims).toEqual([6, 5]);
    expect(tensors['pair-ids'].data.slice(20, 25)).toEqual(tensors['pair-ids'].data.slice(25, 30));
    expect(rowsOf.pair?.length).toBe(5);
  });
});

describe('models that take no padding', () => {
  it.each([
    [['premise-ids', 'hypothesis-ids'], null, true],
    [['premise-ids', 'premise-lengths', 'hypothesis-ids'], null, true],
    [['premise-ids', 'premise-lengths', 'hypothesis-ids', 'hypothesis-mask'], null, false],
    [['premise-ids', 'hypothesis-ids'], 20, false],
    [['pair-ids', 'pair-types'], null, true],
    [['pair-ids', 'pair-mask'], null, false],
  ] as const)('%j with tokens %s: %s', (roles, tokens, singly) => {
    const { input, encoding } = model({ roles, tokens });
    expect(mustRunSingly(input, encoding)).toBe(singly);
  });

  it('get none', () => {
    const { input, encoding } = model({ roles: ['premise-ids', 'hypothesis-ids'] });
    const [short, long] = [pair('a', 'man'), pair('a dog runs', 'man is')];
    expect(encodeBatch([long], input, encoding, vocabulary).axes).toEqual({
      rows: 1,
      premise: 3,
      hypothesis: 2,
      pair: null,
    });
    expect(encodeBatch([short], input, encoding, vocabulary).axes).toEqual({
      rows: 2,
      premise: 1,
      hypothesis: 1,
      pair: null,
    });
    expect(() => encodeBatch([short, long], input, encoding, vocabulary)).toThrow(
      new RangeError('The model takes no padding, so pairs of different lengths cannot run together.'),
    );
  });
});

it('refuses batches that are empty or too large', () => {
  const { input, encoding } = model({ roles: ROLES.single, batch: 1 });
  expect(() => encodeBatch([], input, encoding, vocabulary)).toThrow(new RangeError('A batch needs a pair at least.'));
  expect(() => encodeBatch([pair('a', 'a'), pair('a', 'a')], input, encoding, vocabulary)).toThrow(
    new RangeError('The model takes 1 pairs at once, not 2.'),
  );
});
