import type { DroppedFile, ProbingSource } from '../jobs/api.ts';

/** What a drop holds, by what it is for. */
export interface SortedDrop {
  /** A model, or a file that the model reader shall name. */
  readonly model: File | null;
  readonly probing: ProbingSource | null;
  readonly activations: File | null;
  /** Saved work, with its results. */
  readonly workspaceFile: File | null;
  /** What was left aside, a sentence each. */
  readonly aside: readonly string[];
}

const pictureEnding = /\.(jpe?g|png|webp|gif|bmp|tiff?|avif|heic)$/i;
const tableEnding = /\.(csv|tsv|txt|json|md|xlsx?|ya?ml)$/i;

/**
 * Sorts what was dropped or picked. A folder is a probing set where it holds `index.csv` (Broden's layout) or `concepts.npy` (table);
 * loose files that include one of these are taken as such a folder. `.zip` is a probing set, `.npy` activations, `.onnx` a model,
 * `.formulens` saved work.
 * A file of another kind goes to the model reader, which knows the other frameworks' files by name.
 */
export function sortDrop(files: readonly DroppedFile[]): SortedDrop {
  const aside: string[] = [];
  const kept = files.filter(({ path }) => !/(^|\/)(\.|__MACOSX\/|Thumbs\.db$)/.test(path));
  const root = probingRoot(kept);
  const inside = root === null ? [] : kept.filter(({ path }) => path.startsWith(root));
  const outside = kept.filter((file) => !inside.includes(file));

  const models = [...outside, ...inside].filter(({ path }) => /\.onnx$/i.test(path));
  const zips = outside.filter(({ path }) => /\.zip$/i.test(path));
  const arrays = outside.filter(({ path }) => /\.npy$/i.test(path));
  const saved = outside.filter(({ path }) => /\.formulens$/i.test(path));
  const rest = outside.filter((file) => ![...models, ...zips, ...arrays, ...saved].includes(file));

  let probing: ProbingSource | null = null;
  if (root !== null) {
    const members = inside.filter(({ path }) => !/\.onnx$/i.test(path));
    const name = root.replace(/\/$/, '').split('/').pop() || 'Dropped files';
    probing = {
      kind: 'folder',
      name,
      files: members.map(({ path, file }) => ({ path: path.slice(root.length), file })),
    };
    aside.push(...zips.map(({ path }) => `${path} was left aside: ${name} is the probing set of this drop.`));
  } else if (zips.length > 0) {
    probing = { kind: 'zip', file: zips[0].file };
    aside.push(...onlyOne(zips, 'probing set'));
  }

  let model: File | null = models[0]?.file ?? null;
  aside.push(
    ...onlyOne(models, 'model'),
    ...onlyOne(arrays, 'file of activations'),
    ...onlyOne(saved, 'workspace file'),
  );

  const folders = new Set<string>();
  for (const { path, file } of rest) {
    const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : null;
    if (folder !== null) folders.add(folder);
    else if (pictureEnding.test(path)) {
      aside.push(
        `${path} is a picture on its own. Drop a probing set: a folder or zip with pictures and their concepts.`,
      );
    } else if (tableEnding.test(path)) {
      aside.push(
        `${path} is not enough on its own. Drop the whole folder of the probing set, with index.csv or concepts.npy.`,
      );
    } else if (model === null) model = file;
    else aside.push(`${path} was left aside: only one model is read at a time.`);
  }
  if (root === null) {
    for (const folder of folders) {
      if (models.some(({ path }) => path.startsWith(`${folder}/`))) continue;
      aside.push(
        `The folder ${folder} is not a probing set: it has neither index.csv (Broden's layout) nor concepts.npy (table). Help says how to prepare one.`,
      );
    }
  }
  if (kept.length === 0) aside.push('Nothing in the drop can be read: it holds no files.');
  return { model, probing, activations: arrays[0]?.file ?? null, workspaceFile: saved[0]?.file ?? null, aside };
}

/** The folder (with a closing slash; empty: loose files) that is a probing set, the shallowest one; null where none is. */
function probingRoot(files: readonly DroppedFile[]): string | null {
  const roots = files
    .map(({ path }) => /^(.*\/)?(index\.csv|concepts\.npy)$/.exec(path))
    .flatMap((match) => (match === null ? [] : [match[1] ?? '']));
  roots.sort((one, other) => one.split('/').length - other.split('/').length);
  return roots[0] ?? null;
}

function onlyOne(found: readonly DroppedFile[], what: string): string[] {
  return found.slice(1).map(({ path }) => `${path} was left aside: only one ${what} is read at a time.`);
}
