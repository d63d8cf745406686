import type { CellFileInfo, ListedUnit } from './cell-file.ts';
import { cellFaults } from './errors.ts';

/** A file of cells by what it says of itself. */
interface NamedInfo {
  readonly name: string;
  readonly info: CellFileInfo;
}

/**
 * What shards say of themselves, as if they were one file: samples and firing samples add up, everything else must be the same wherever it
 * is said. What not all say of samples and units is unknown.
 *
 * @param files one or more
 * @throws Fault naming two files, if they are not of the same concepts or masks
 */
export function joinInfo(files: readonly NamedInfo[]): CellFileInfo {
  const said = <Key extends keyof CellFileInfo>(key: Key, differ: (file: string, first: string) => Error) => {
    const saying = files.filter(({ info }) => info[key] !== null);
    for (const { name, info } of saying) {
      if (JSON.stringify(info[key]) !== JSON.stringify(saying[0].info[key])) throw differ(name, saying[0].name);
    }
    return saying.at(0)?.info[key] ?? null;
  };
  const masks = (what: string) => (file: string, first: string) => cellFaults['masks-differ'](file, first, what);
  const concepts = said('concepts', cellFaults['concepts-differ']);
  const neighbors = said('neighbors', cellFaults['concepts-differ']);
  const units = joinUnits(files);
  const unitCount = said('unitCount', masks('numbers of units'));
  return {
    concepts,
    neighbors,
    unitCount: unitCount ?? units?.length ?? null,
    samples: sumOf(files.map(({ info }) => info.samples)),
    grid: said('grid', masks('grids')),
    threshold: said('threshold', masks('threshold rules')),
    units,
    probing: files.find(({ info }) => info.probing !== null)?.info.probing ?? null,
    activations: files.find(({ info }) => info.activations !== null)?.info.activations ?? null,
  };
}

function sumOf(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return sum;
}

function joinUnits(files: readonly NamedInfo[]): readonly ListedUnit[] | null {
  const [first, ...others] = files;
  let joined = first.info.units;
  for (const { name, info } of others) {
    const { units } = info;
    if (!joined || !units) return null;
    if (units.length !== joined.length) throw cellFaults['masks-differ'](name, first.name, 'numbers of units');
    joined = joined.map((unit, i) => {
      const other = units[i];
      if (unit.threshold !== null && other.threshold !== null && unit.threshold !== other.threshold) {
        throw cellFaults['masks-differ'](name, first.name, `thresholds of unit ${i}`);
      }
      return {
        threshold: unit.threshold ?? other.threshold,
        firing: unit.firing + other.firing,
        // A unit is constant only if it is so in every shard; NaN in one is NaN in all.
        state: [unit.state, other.state].includes('not-finite')
          ? 'not-finite'
          : unit.state === other.state
            ? unit.state
            : null,
      };
    });
  }
  return joined;
}
