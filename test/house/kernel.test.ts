import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { countingModule, modulePath } from '../../scripts/kernel/build.ts';
import { root } from './source-files.ts';

it('the counting kernel is what its source compiles to', { timeout: 60_000 }, async () => {
  expect(await countingModule()).toBe(readFileSync(modulePath, 'utf8'));
});

it('the counting kernel never rounds otherwise than its twin', () => {
  const source = readFileSync(join(root, 'assembly/counting.ts'), 'utf8');
  expect(source).not.toMatch(/relaxed|fma|madd/i);
});
