import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './source-files.ts';

const canary = 'test/house/canary';

function runTool(tool: string, ...words: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules', tool), ...words], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

it('refuses `document` in the engine', { timeout: 120_000 }, () => {
  const { status, output } = runTool('typescript/bin/tsc', '-p', `${canary}/tsconfig.engine.json`);
  expect(output).toMatch(/document-in-engine\.ts\(2,30\): error TS2584: Cannot find name 'document'/);
  expect(output.match(/error TS/g)).toHaveLength(1);
  expect(status).not.toBe(0);
});

it('reports a wrong type in a component', { timeout: 120_000 }, () => {
  const { status, output } = runTool(
    'svelte-check/bin/svelte-check',
    ...['--tsconfig', `${canary}/tsconfig.svelte.json`, '--output', 'machine'],
  );
  expect(output).toMatch(/ERROR ".*wrong-type\.svelte" 2:9 "Type 'string' is not assignable to type 'number'\."/);
  expect(output).toMatch(/COMPLETED \d+ FILES 1 ERRORS 0 WARNINGS/);
  expect(status).not.toBe(0);
});
