import { demand, demandBelow, demandStarts, isCount } from '../bits/check.ts';
import type { ActivationPart } from './activation-part.ts';

/**
 * Checks that a part is whole and refers to nothing outside of it, so that whatever reads it later need not: for parts out of files.
 *
 * @throws RangeError with what is wrong
 */
export function checkActivationPart(part: ActivationPart): void {
  const { unitCount, sampleCount, samplesToRead, height, width, keptQuantile } = part;
  const { samples, highest, minimum, maximum, notFinite, start, rows, maps } = part;
  const counts = [unitCount, sampleCount, samplesToRead, height, width];
  demand(counts.every(isCount) && samplesToRead <= sampleCount, 'its sizes are none');
  demand(typeof keptQuantile === 'number' && keptQuantile > 0 && keptQuantile <= 1, 'its sizes are none');
  demand(samples instanceof Uint32Array && rows instanceof Uint32Array, 'it lacks an array');
  demand(start instanceof Float64Array && notFinite instanceof Float64Array, 'it lacks an array');
  for (const array of [highest, minimum, maximum, maps]) demand(array instanceof Float32Array, 'it lacks an array');
  demandBelow(samples, sampleCount, 'it names samples that there are not');
  demand(new Set(samples).size === samples.length, 'it has a sample twice');
  demand(samples.length <= samplesToRead, 'it has more samples than are read');
  for (const array of [minimum, maximum, notFinite])
    demand(array.length === unitCount, 'it lacks values of some units');
  demand(highest.length === unitCount * samples.length, 'it lacks some peaks');
  demandStarts(start, unitCount, rows.length);
  demand(maps.length === rows.length * height * width, 'it lacks some maps');
  demandBelow(rows, samples.length, 'it has maps of samples that are not its own');
  for (let unit = 0; unit < unitCount; unit++) {
    for (let i = start[unit] + 1; i < start[unit + 1]; i++)
      demand(rows[i - 1] < rows[i], `its maps of unit ${unit} are out of order`);
  }
}
