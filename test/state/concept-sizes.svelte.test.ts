import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/jobs/api.ts';
import { ConceptSizes } from '../../src/state/concept-sizes.svelte.ts';

const evidence = (sizes: readonly number[]): Evidence =>
  ({
    coverage: () => Promise.resolve({ positions: 100, samplesRead: 1, sizes: Float64Array.from(sizes), samples: [] }),
  }) as unknown as Evidence;

describe('ConceptSizes', () => {
  it('counts the concepts that are too small, once it is told of their sizes', async () => {
    let shown: Evidence | null = null;
    let text = '';
    let wanted = $state(4);
    const sizes = new ConceptSizes(() => shown);
    const stop = $effect.root(() => {
      $effect(() => {
        text = sizes.leftOut(wanted);
      });
    });
    await expect.poll(() => text).toBe('');
    sizes.follow();
    expect(sizes.leftOut(4)).toBe('');
    shown = evidence([0, 3, 4, 1200]);
    sizes.follow();
    await expect.poll(() => text).toBe('Leaves out 2 of 4 concepts.');
    wanted = 1;
    await expect.poll(() => text).toBe('Leaves out 1 of 4 concepts.');
    stop();
  });
});
