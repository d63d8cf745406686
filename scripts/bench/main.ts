import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchCounting } from './counting.ts';
import { benchLive } from './live.ts';
import { benchPairs } from './pairs.ts';
import { benchPage } from './paper/bench-page.ts';
import { benchPaper } from './paper/bench-paper.ts';
import { benchScenes } from './scenes.ts';
import { benchSearch } from './search.ts';

type Bench = (say: (line: string) => void) => Promise<Record<string, number>>;

const usage = `npm run bench                      everything but the following
npm run bench -- --only PART       search, pairs, counting, scenes or live
npm run bench -- --paper           all stages at the paper's size, how they grow, and the reference's way: about 6 minutes
npm run bench -- --paper-page      the same setting in a tab of Chromium, with its memory
           --folder DIR            where the generated set is kept for the next time, 2.4 GB (out/paper)`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    paper: { type: 'boolean', default: false },
    'paper-page': { type: 'boolean', default: false },
    folder: { type: 'string', default: join('out', 'paper') },
    help: { type: 'boolean', default: false },
  },
});
const parts: Record<string, Bench> = {
  search: benchSearch,
  pairs: benchPairs,
  counting: benchCounting,
  scenes: benchScenes,
  live: benchLive,
};
const paper: Record<string, Bench> = {
  ...(values.paper && { paper: (say) => benchPaper(say, values.folder) }),
  ...(values['paper-page'] && { page: (say) => benchPage(say, values.folder) }),
};
if (values.help || (values.only !== undefined && !(values.only in parts))) {
  console.error(usage);
  process.exit(values.help ? 0 : 2);
}
const figures: Record<string, number> = {};
for (const [name, bench] of Object.entries(Object.keys(paper).length > 0 ? paper : parts)) {
  if (values.only === undefined || values.only === name)
    Object.assign(figures, await bench((line) => console.log(line)));
}
const width = Math.max(...Object.keys(figures).map((name) => name.length));
console.log();
for (const [name, value] of Object.entries(figures)) {
  console.log(`${name.padEnd(width)}  ${Number.isInteger(value) ? value : value.toPrecision(4)}`);
}
writeFileSync('bench.json', `${JSON.stringify(figures, null, 1)}\n`);
