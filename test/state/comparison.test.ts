import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import { Comparison } from '../../src/state/comparison.svelte.ts';
import { FakeWorkbench } from '../ui/fake-workbench.ts';

async function kept(key: string): Promise<LayerResults> {
  const results = await new FakeWorkbench().results('kept');
  if (results === null) throw new Error('the made-up workbench keeps no results');
  return { ...results, key };
}

const keys = ({ parts }: Comparison): string[] => parts.map(({ results }) => results.key);

describe('Comparison', () => {
  it('reads results once each, in the order asked for, and says which are gone', async () => {
    const read: string[] = [];
    const comparison = new Comparison(async (key) => {
      read.push(key);
      return key === 'gone' ? null : kept(key);
    });
    await comparison.show(['a', 'gone', 'b']);
    expect(keys(comparison)).toEqual(['a', 'b']);
    expect(comparison.gone).toEqual(['gone']);
    await comparison.show(['b', 'c']);
    expect(keys(comparison)).toEqual(['b', 'c']);
    expect(read).toEqual(['a', 'gone', 'b', 'c']);
    expect(comparison.left).toBe(0);
    expect(comparison.parts[0].summary.units).toBe(comparison.parts[0].rows.length);
  });

  it('leaves off what is no longer asked for', async () => {
    const waiting: (() => void)[] = [];
    const comparison = new Comparison(async (key) => {
      if (key === 'slow') await new Promise<void>((resolve) => waiting.push(resolve));
      return kept(key);
    });
    const slow = comparison.show(['slow', 'never']);
    await comparison.show(['quick']);
    waiting.forEach((resolve) => resolve());
    await slow;
    expect(keys(comparison)).toEqual(['quick']);
  });

  it('tells why something could not be read, and goes on', async () => {
    const comparison = new Comparison(async (key) => {
      if (key === 'bad') throw new Fault('storage/damaged', 'It cannot be read.');
      return kept(key);
    });
    await comparison.show(['bad', 'good']);
    expect(comparison.fault?.code).toBe('storage/damaged');
    expect(keys(comparison)).toEqual(['good']);
  });
});
