import { expect, it } from 'vitest';
import { defaultPageSettings, readSettings, settingsProblems } from '../../src/state/defaults.ts';

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
