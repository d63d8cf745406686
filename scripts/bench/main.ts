import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchCounting } from './counting.ts';
import { benchLive } from './live.ts';
import { benchScenes } from './scenes.ts';
import { benchSearch } from './search.ts';

const parts: Record<string, (say: (line: string) => void) => Promise<Record<string, number>>> = {
  search: benchSearch,
  counting: benchCounting,
  scenes: benchScenes,
  live: benchLive,
};

const { values } = parseArgs({ options: { only: { type: 'string' } } });
if (values.only !== undefined && !(values.only in parts)) {
  console.error(`--only takes one of: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
const figures: Record<string, number> = {};
for (const [name, bench] of Object.entries(parts)) {
  if (values.only === undefined || values.only === name)
    Object.assign(figures, await bench((line) => console.log(line)));
}
const width = Math.max(...Object.keys(figures).map((name) => name.length));
console.log();
for (const [name, value] of Object.entries(figures)) {
  console.log(`${name.padEnd(width)}  ${Number.isInteger(value) ? value : value.toPrecision(4)}`);
}
writeFileSync('bench.json', `${JSON.stringify(figures, null, 1)}\n`);
