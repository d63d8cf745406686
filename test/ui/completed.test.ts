import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedCaret, completed, stepped } from '../../src/ui/pages/unit/completed.ts';

/** The text with the completion in it, `|` where typing goes on. */
function put(text: string, chosen: string): string {
  const from = text.indexOf('<');
  const to = text.indexOf('>') - 1;
  const plain = text.replace(/[<>]/g, '');
  const { inserted, caret } = completed(plain, { from, to }, chosen);
  const whole = plain.slice(0, from) + inserted + plain.slice(to);
  return `${whole.slice(0, caret)}|${whole.slice(caret)}`;
}

describe('a completion', () => {
  it.each([
    ['<wat>', 'water', 'water |'],
    ['(<wat>)', 'water', '(water|)'],
    ['<wat> OR car', 'water', 'water |OR car'],
    ['water <o>', 'OR ', 'water OR |'],
    ['<ne>', 'NEIGHBORS(', 'NEIGHBORS(|'],
    ['(water <>', ')', '(water )|'],
  ])('in %s', (text, chosen, expected) => {
    expect(put(text, chosen)).toBe(expected);
  });

  it('goes on at once behind operators and open brackets only', () => {
    const more = (chosen: string): boolean => completed('', { from: 0, to: 0 }, chosen).more;
    expect(['AND ', 'NEIGHBORS(', 'water', ')'].map(more)).toEqual([true, true, false, false]);
  });
});

it('keeps a caret within its text', () => {
  expect([boundedCaret(9, 'abc'), boundedCaret(-1, 'abc'), boundedCaret(2, 'abc')]).toEqual([3, 0, 2]);
});

it('steps through options and none, and comes round both ways', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.constantFrom(1, -1), (count, step) => {
      const seen = new Set<number>();
      let at = -1;
      for (let i = 0; i <= count; i += 1) {
        seen.add(at);
        at = stepped(at, step, count);
      }
      expect(at).toBe(-1);
      expect(seen.size).toBe(count + 1);
      expect(Math.max(...seen)).toBe(count - 1);
    }),
  );
});
