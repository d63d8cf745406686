/** Makes the embedded samples again, from their sources; see each folder under scripts/ for what it needs. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const run = (command: string, ...words: string[]): void => {
  execFileSync(command, words, { stdio: 'inherit', cwd: fileURLToPath(new URL('..', import.meta.url)) });
};

run('bash', 'scripts/scenes/make.sh');
run('npx', 'tsx', 'scripts/coco-mobilenet/make.ts');
