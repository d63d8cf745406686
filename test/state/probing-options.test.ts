import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProbingSurvey } from '../../src/jobs/api.ts';
import {
  isComputed,
  keepOptions,
  keptOptions,
  optionsAfter,
  optionsOf,
  pairOptionsAfter,
} from '../../src/state/probing-options.ts';
import { fakeSurvey } from '../ui/fake-data.ts';
import { fakePairProbing } from '../ui/fake-pairs.ts';

const given: ProbingSurvey = { ...fakeSurvey, splits: [], colors: 'given' };
const category = (name: string, on: boolean) => ({ kind: 'category', name, on }) as const;
const split = (name: string, on: boolean) => ({ kind: 'split', name, on }) as const;

describe('what is read of a probing set', () => {
  it('is what its survey says', () => {
    expect(optionsOf(fakeSurvey)).toEqual({
      categories: ['scene', 'object', 'part', 'color'],
      splits: ['training', 'validation'],
      colors: true,
    });
    expect(optionsOf({ ...fakeSurvey, colors: 'off' }).colors).toBe(false);
  });

  it('changes by one choice, in the order of the source; all splits need no word', () => {
    expect(optionsAfter(fakeSurvey, {}, category('object', false))).toEqual({
      categories: ['scene', 'part', 'color'],
      colors: true,
    });
    expect(optionsAfter(fakeSurvey, {}, split('training', false))).toEqual({
      categories: ['scene', 'object', 'part', 'color'],
      splits: ['validation'],
      colors: true,
    });
    expect(optionsAfter(given, {}, category('color', false))).toEqual({ categories: ['scene', 'object', 'part'] });
  });

  it('adds up over choices made while the set is opened, and comes back to where it was', () => {
    const first = optionsAfter(fakeSurvey, {}, category('object', false));
    const second = optionsAfter(fakeSurvey, first, category('scene', false));
    expect(second.categories).toEqual(['part', 'color']);
    const back = optionsAfter(fakeSurvey, second, category('scene', true));
    expect(optionsAfter(fakeSurvey, back, category('object', true))).toEqual(
      optionsAfter(fakeSurvey, {}, category('object', true)),
    );
  });

  it('computes colors or not, as their category says', () => {
    expect(isComputed(fakeSurvey, 'color')).toBe(true);
    expect(isComputed(given, 'color')).toBe(false);
    const off = optionsAfter(fakeSurvey, {}, category('color', false));
    expect(off).toEqual({ categories: ['scene', 'object', 'part'], colors: false });
    expect(optionsAfter(fakeSurvey, off, category('color', true)).colors).toBe(true);
  });
});

describe('what is read of sentence pairs', () => {
  const { survey } = fakePairProbing;
  const columns = { premise: 'sentence1', hypothesis: 'sentence2', gold: 'gold_label', prediction: 'prediction' };
  const now = { columns, tokens: 'cut', words: 2000, overlap: 'paper', lemmas: false } as const;
  const names = survey.categories.map(({ name }) => name);

  it('changes by one choice, and leaves the categories to the reader where none is left out', () => {
    expect(pairOptionsAfter(survey, {}, { words: 500 })).toEqual({ pairs: { ...now, words: 500 } });
    const first = pairOptionsAfter(survey, {}, { overlap: 'reference' });
    expect(pairOptionsAfter(survey, first, { lemmas: true })).toEqual({
      pairs: { ...now, overlap: 'reference', lemmas: true },
    });
    const chosen = { ...columns, prediction: null };
    expect(pairOptionsAfter(survey, {}, { columns: chosen }).pairs?.columns).toEqual(chosen);
  });

  it('goes together with categories: those left out stay so, those of lemmas come and go with the lemmas', () => {
    const first = optionsAfter(survey, {}, category('overlap', false));
    expect(first).toEqual({ categories: names.slice(0, 4), pairs: now });
    const withLemmas = pairOptionsAfter(survey, first, { lemmas: true });
    expect(withLemmas.categories).toEqual([...names.slice(0, 4), 'pre:lemma', 'hyp:lemma']);
    expect(pairOptionsAfter(survey, withLemmas, { lemmas: false }).categories).toEqual(names.slice(0, 4));
  });
});

describe('what was read of a probing set', () => {
  const store = new Map<string, string>();
  beforeEach(() => {
    store.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, text: string) => store.set(key, text),
    });
  });

  it('is remembered by its hash, the 24 last ones', () => {
    for (let at = 0; at < 30; at++) keepOptions(`hash ${at}`, { categories: [`c${at}`], colors: false });
    expect(keptOptions('hash 29')).toEqual({ categories: ['c29'], colors: false });
    expect(keptOptions('hash 6')).toEqual({ categories: ['c6'], colors: false });
    expect(keptOptions('hash 5')).toBeUndefined();
    keepOptions('hash 6', { splits: ['val'] });
    expect(keptOptions('hash 6')).toEqual({ splits: ['val'] });
  });

  it('is remembered of sentence pairs too', () => {
    const columns = { premise: '1', hypothesis: '2', gold: null, prediction: null };
    const pairs = { columns, tokens: 'given', words: 100, overlap: 'reference', lemmas: false } as const;
    keepOptions('a', { pairs });
    expect(keptOptions('a')).toEqual({ pairs });
  });

  it('is nothing where what is stored makes no sense', () => {
    store.set('formulens:probing-options', '[["a",{"categories":3,"colors":true}],["b"],4]');
    expect(keptOptions('a')).toEqual({ colors: true });
    expect(keptOptions('b')).toBeUndefined();
    store.set(
      'formulens:probing-options',
      '[["a",{"pairs":{"words":-3,"overlap":"most","lemmas":true,"columns":{}}}]]',
    );
    expect(keptOptions('a')).toEqual({ pairs: { lemmas: true } });
  });
});
