import { describe, expect, it } from 'vitest';
import { actionOf, globalKeys, keyGroups } from '../../src/ui/keys.ts';

describe('the table of keys', () => {
  it('gives every key of it its action, pressed one after the other', () => {
    for (const { keys, does } of globalKeys) {
      const [first, second] = keys.split(' ');
      if (second === undefined) expect(actionOf(first, '')).toBe(does);
      else {
        expect(actionOf(first, '')).toBe('wait');
        expect(actionOf(second, first)).toBe(does);
      }
    }
  });

  it('gives no other key an action', () => {
    for (const key of ['a', 'G', ' ', 'Enter', 's', 'l', 'ArrowDown']) expect(actionOf(key, '')).toBeNull();
    expect(actionOf('x', 'g')).toBeNull();
    expect(actionOf('?', 'g')).toBeNull();
  });

  it('has no key twice in a group', () => {
    for (const { lines } of keyGroups) {
      const keys = lines.map((line) => line.keys);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});
