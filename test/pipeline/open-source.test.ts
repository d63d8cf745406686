import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openSource } from '../../src/pipeline/open-source.ts';

const root = fileURLToPath(new URL('../golden/tiny', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.csv') || /^images.*\./.test(path))
  .map((path) => ({ path: `tiny/${path}`, file: new File([readFileSync(join(root, path))], path) }));
const tools = { decode: () => expect.fail('nothing is computed from pixels here') };

it('reads of a folder what the options ask for', async () => {
  const all = await openSource({ kind: 'folder', name: 'tiny', files, base: '' }, tools);
  expect(all.categories).toContain('color');
  const options = { categories: ['object', 'scene'] };
  const some = await openSource({ kind: 'folder', name: 'tiny', files, options, base: '' }, tools);
  expect([...some.categories].sort()).toEqual(['object', 'scene']);
  expect(some.contentHash).not.toBe(all.contentHash);
});
