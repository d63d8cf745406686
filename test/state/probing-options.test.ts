import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProbingSurvey } from '../../src/jobs/api.ts';
import { isComputed, keepOptions, keptOptions, optionsAfter, optionsOf } from '../../src/state/probing-options.ts';
import { fakeSurvey } from '../ui/fake-data.ts';

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

  it('is nothing where what is stored makes no sense', () => {
    store.set('formulens:probing-options', '[["a",{"categories":3,"colors":true}],["b"],4]');
    expect(keptOptions('a')).toEqual({ colors: true });
    expect(keptOptions('b')).toBeUndefined();
  });
});
