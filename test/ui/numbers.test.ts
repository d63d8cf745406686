import { expect, it } from 'vitest';
import {
  agoText,
  bytesText,
  durationText,
  iouText,
  plural,
  shareText,
  valueText,
} from '../../src/figures/text/numbers.ts';
import { progressText, runShare } from '../../src/ui/text/progress.ts';

it('writes numbers for people', () => {
  expect(iouText(0.16)).toBe('0.160');
  expect([0.005, 0.12, 0, 0.00001].map(shareText)).toEqual(['0.5 %', '12 %', '0 %', 'under 0.01 %']);
  expect([0, 12.34567, 0.000012, 45_000_000].map(valueText)).toEqual(['0', '12.35', '1.20e-5', '4.50e+7']);
  expect([12, 1200, 12_400_000, 2.5e9].map(bytesText)).toEqual(['12 B', '1.2 kB', '12 MB', '2.5 GB']);
  expect([0.2, 59.4, 125, 3_700].map(durationText)).toEqual(['1 s', '59 s', '2 min 5 s', '1 h 1 min']);
  expect([plural(1, 'unit'), plural(1200, 'unit')]).toEqual(['1 unit', '1,200 units']);
});

it('says how long ago something was', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  const ago = (seconds: number): string => agoText(new Date(now - 1000 * seconds).toISOString(), now);
  expect([10, 50, 12 * 60, 59 * 60, 26 * 3600, 6 * 86_400].map(ago)).toEqual([
    'just now',
    '1 minute ago',
    '12 minutes ago',
    '1 hour ago',
    'yesterday',
    '6 days ago',
  ]);
  expect(agoText('never', now)).toBe('never');
});

it('says where a run is', () => {
  const progress = { stage: 'activations', done: 320, total: 1000, secondsLeft: 11.6 } as const;
  expect(progressText(progress)).toBe('Running the model: 320 of 1,000 samples, about 12 s left');
  expect(progressText({ stage: 'model', done: 0, total: 1, secondsLeft: null })).toBe('Loading the model');
  expect(runShare(null)).toBe(0);
  expect(runShare({ stage: 'saving', done: 1, total: 1, secondsLeft: null })).toBeCloseTo(1);
});
