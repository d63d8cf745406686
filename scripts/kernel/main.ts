import { writeFileSync } from 'node:fs';
import { countingModule, modulePath } from './build.ts';

writeFileSync(modulePath, await countingModule());
