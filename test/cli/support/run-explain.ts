import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What starts the command line; its words follow. */
export const program = ['--import', 'tsx', 'src/cli/main.ts'];

/** Runs the command line as `npm run explain` does. */
export function runExplain(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...words], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
