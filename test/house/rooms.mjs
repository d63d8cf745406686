/**
 * Who may import whom, as in docs/architecture.md. The lint rules and the import test both read this table.
 *
 * @typedef {object} Room
 * @property {string} folder where it stands, from the project's root
 * @property {readonly string[]} values rooms it may import from, or paths within a room (`engine/formula/`, `engine/fault.ts`)
 * @property {readonly string[]} types rooms it may `import type` from, or start as a worker by address, besides
 * @property {readonly string[]} packages packages it may import; `x/` allows all its entry points; `node:` all of Node's modules
 */

const fault = 'engine/fault.ts';
const label = 'engine/results/results-label.ts';
const memory = 'engine/bits/memory.ts';
const runtimePackages = ['onnxruntime-web', 'onnxruntime-web/', 'sharp', 'node:'];

/** @type {Readonly<Record<string, Room>>} */
export const rooms = {
  engine: {
    folder: 'src/engine',
    values: [],
    types: [],
    packages: [
      'pure-rand/',
      'd3-dsv',
      'jstat',
      'hyparquet',
      'hyparquet-writer',
      'hyparquet-compressors',
      'apache-arrow',
    ],
  },
  onnx: {
    folder: 'src/onnx',
    values: [fault, 'engine/text/sentence-pair.ts'],
    types: ['engine', 'probing'],
    packages: ['@bufbuild/protobuf', '@bufbuild/protobuf/', '@huggingface/tokenizers'],
  },
  probing: {
    folder: 'src/probing',
    values: [fault, 'engine/interchange/parquet-file.ts', 'engine/text/sentence-pair.ts'],
    types: ['engine'],
    packages: [
      '@streamparser/json',
      '@zip.js/zip.js',
      'fast-png',
      'fast-xml-parser',
      'papaparse',
      'pure-rand/',
      'wink-pos-tagger',
    ],
  },
  runtime: {
    folder: 'src/runtime',
    values: [fault, 'probing/picture-size.ts'],
    types: ['engine', 'onnx', 'probing'],
    packages: runtimePackages,
  },
  storage: {
    folder: 'src/storage',
    values: [fault, label],
    types: ['engine', 'onnx', 'probing', 'runtime'],
    packages: ['idb'],
  },
  pipeline: {
    folder: 'src/pipeline',
    values: ['engine', 'onnx', 'probing', 'runtime'],
    types: [],
    packages: ['@zip.js/zip.js'],
  },
  offline: { folder: 'src/offline', values: [], types: [], packages: [] },
  workers: {
    folder: 'workers',
    values: [
      'engine',
      'onnx',
      'probing',
      'runtime',
      'storage',
      'pipeline',
      'offline',
      'jobs/fault-transfer.ts',
      'jobs/hand-over.ts',
    ],
    types: ['jobs'],
    packages: ['comlink'],
  },
  jobs: {
    folder: 'src/jobs',
    values: [
      fault,
      label,
      memory,
      'pipeline/versions.ts',
      'pipeline/errors.ts',
      'pipeline/run-cost.ts',
      'pipeline/companions.ts',
      'pipeline/ablation-tries.ts',
      'pipeline/reading-order.ts',
      'engine/activation/kept.ts',
      'engine/results/samples-facts.ts',
      'storage/selection.ts',
    ],
    types: ['engine', 'onnx', 'probing', 'runtime', 'storage', 'pipeline', 'workers'],
    packages: ['comlink'],
  },
  state: {
    folder: 'src/state',
    values: ['jobs', 'engine', 'onnx/preprocess.ts', 'onnx/text/check-encoding.ts'],
    types: ['onnx', 'probing', 'runtime', 'pipeline'],
    packages: ['svelte', 'svelte/', '@zip.js/zip.js'],
  },
  figures: {
    folder: 'src/figures',
    values: ['engine'],
    types: ['state'],
    packages: ['@observablehq/plot'],
  },
  ui: {
    folder: 'src/ui',
    values: [
      'state',
      'figures',
      fault,
      'engine/results/class-accuracy.ts',
      'engine/formula/',
      'engine/text/sentence-runs.ts',
    ],
    types: ['engine'],
    packages: ['svelte', 'svelte/', 'bits-ui', '@observablehq/plot', 'd3-sankey'],
  },
  cli: {
    folder: 'src/cli',
    values: ['engine', 'onnx', 'probing', 'runtime', 'pipeline', 'figures'],
    types: [],
    packages: ['node:', 'sharp', 'tsx/', '@observablehq/plot', 'linkedom'],
  },
};

/**
 * Name of the room a file stands in.
 *
 * @param {string} path from the project's root, with forward slashes
 * @returns {string | undefined}
 */
export function roomOf(path) {
  return Object.keys(rooms).find((name) => path.startsWith(`${rooms[name]?.folder}/`));
}

/**
 * Whether a room may import a package.
 *
 * @param {Room} room
 * @param {string} specifier as written in the import
 */
export function mayImportPackage(room, specifier) {
  return room.packages.some(
    (allowed) => specifier === allowed || (/[/:]$/.test(allowed) && specifier.startsWith(allowed)),
  );
}

/**
 * Whether a file of one room may import a file of another.
 *
 * @param {string} from the importing room's name
 * @param {string} target the imported file's path from the project's root
 * @param {boolean} typeOnly whether it is an `import type`
 */
export function mayImportFile(from, target, typeOnly) {
  const to = roomOf(target);
  const room = rooms[from];
  if (to === undefined || room === undefined) return false;
  if (to === from || (typeOnly && room.types.includes(to))) return true;
  const within = `${to}/${target.slice((rooms[to]?.folder.length ?? 0) + 1)}`;
  return room.values.some(
    (allowed) => allowed === to || within === allowed || (allowed.endsWith('/') && within.startsWith(allowed)),
  );
}
