import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  defaultPageSettings,
  defaultPairPageSettings,
  readSettings,
  settingsProblems,
} from '../../src/state/defaults.ts';
import { Settings } from '../../src/state/settings.svelte.ts';

it('accepts the defaults', () => {
  expect(settingsProblems(defaultPageSettings)).toEqual({});
  expect(readSettings(undefined)).toEqual(defaultPageSettings);
});

it('gives back settings that were stored', () => {
  const settings = {
    ...defaultPageSettings,
    length: 10,
    candidates: 50,
    threshold: { kind: 'fixed', above: 0 },
    units: [3, 9],
  } as const;
  expect(readSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
});

it('takes the default for each stored field that makes no sense, and only for those', () => {
  const stored = {
    length: 0,
    beam: 'x',
    penalty: 2,
    threshold: { kind: 'quantile', quantile: 3 },
    units: [9, 3],
    minActive: 500,
  };
  expect(readSettings(stored)).toEqual({ ...defaultPageSettings, minActive: 500 });
});

it('names each field that makes no sense', () => {
  const wrong = { ...defaultPageSettings, length: 1.5, beam: Number.NaN, candidates: 0, units: [4, 2] } as const;
  expect(Object.keys(settingsProblems(wrong)).sort()).toEqual(['beam', 'candidates', 'length', 'units']);
});

describe('settings for sentence pairs', () => {
  const store = new Map<string, string>();
  beforeEach(() => {
    store.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, text: string) => store.set(key, text),
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  const pairs = { hasPairs: true, sampleCount: 10_000 };

  it("begin with the paper's, whose least activity follows the pairs that are read", () => {
    const settings = new Settings(() => pairs);
    expect(settings.value).toEqual(defaultPairPageSettings(10_000));
    expect(settings.value).toMatchObject({ threshold: { kind: 'fixed', above: 0 }, length: 5, minActive: 500 });
    settings.change({ samples: 2000 });
    expect(settings.value.minActive).toBe(100);
    settings.change({ minActive: 60 });
    settings.change({ samples: null });
    expect(settings.value.minActive).toBe(300);
    settings.reset();
    expect(settings.value).toEqual(settings.defaults);
  });

  it('are remembered apart from those for pictures, and for a set of another size', () => {
    const settings = new Settings(() => pairs);
    settings.change({ length: 30, minActive: 200 });
    settings.change({ beam: Number.NaN });
    expect(settings.problems).toHaveProperty('beam');
    expect(new Settings().value).toEqual(defaultPageSettings);
    new Settings().change({ length: 4 });
    const again = new Settings(() => ({ hasPairs: true, sampleCount: 500 }));
    expect(again.value).toEqual({ ...defaultPairPageSettings(500), length: 30, minActive: 10 });
    expect(new Settings(() => ({ ...pairs, hasPairs: false })).value.length).toBe(4);
  });

  it('take the default where what is stored makes no sense', () => {
    store.set('formulens:pair-settings', '{"leastActive":7,"length":41,"beam":3}');
    expect(new Settings(() => pairs).value).toEqual({ ...defaultPairPageSettings(10_000), beam: 3 });
  });
});
