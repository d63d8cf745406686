import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskTree } from '../../../src/cli/disk-tree.ts';
import { openPairs, recognisePairs } from '../../../src/probing/pairs/open-pairs.ts';

const real = process.env['FORMULENS_REAL'];

describe.skipIf(real === undefined)('the SNLI development set', () => {
  it('has 10,000 pairs with gold labels and the predictions of the reference model', async () => {
    const tree = await diskTree(join(real ?? '', 'snli/snli_dev.tsv'));
    expect(await recognisePairs(tree)).toBe(true);
    const { pairs, notes, columns, title } = await openPairs(tree, {});
    const count = (of: (at: number) => string | null): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const at of pairs.keys()) counts[of(at) ?? 'none'] = (counts[of(at) ?? 'none'] ?? 0) + 1;
      return counts;
    };
    expect([title, notes]).toEqual(['snli_dev.tsv', []]);
    expect(columns?.prediction).toBe('reference_prediction');
    expect(count((at) => pairs[at].gold)).toEqual({ entailment: 3329, neutral: 3235, contradiction: 3278, none: 158 });
    expect(count((at) => pairs[at].given)).toEqual({ entailment: 3387, neutral: 3285, contradiction: 3328 });
    const right = pairs.filter(({ gold, given }) => gold !== null && gold === given).length;
    expect(right / (10_000 - 158)).toBeGreaterThan(0.75);
    expect(pairs[0].premise.text).toBe('Two women are embracing while holding to go packages .');
  });
});
