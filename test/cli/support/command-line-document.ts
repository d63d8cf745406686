import { readFileSync } from 'node:fs';

const document = readFileSync(new URL('../../../docs/command-line.md', import.meta.url), 'utf8');

/** A fenced block of docs/command-line.md by what stands behind its opening fence: `sh xargs`. */
export function block(kind: string): string {
  const found = document.split(`\n\`\`\`${kind}\n`);
  if (found.length !== 2) throw new Error(`docs/command-line.md has ${found.length - 1} blocks "${kind}".`);
  return found[1].slice(0, found[1].indexOf('\n```'));
}
