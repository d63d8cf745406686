import type { DroppedFile, ProbingSource } from '../jobs/api.ts';
import { chooseTokenizer, isModelSettings, isTokenizer, isVectors, mayHoldPairs, namesPairs } from './drop-text.ts';

/** What a drop holds, by what it is for. */
export interface SortedDrop {
  /** A model, or a file that the model reader shall name. */
  readonly model: File | null;
  readonly probing: ProbingSource | null;
  readonly activations: File | null;
  /** Files that may be cell tables: their columns tell. A `.parquet` file among them that is none holds `activations`. */
  readonly tables: readonly File[];
  /** What the numbers of concepts in `tables` mean, where a `concepts.csv` lies beside them. */
  readonly conceptList: File | null;
  /** Word vectors for a set of sentence pairs, where none is in the drop: for the one that is open. */
  readonly vectors: File | null;
  /** A tokenizer or vocabulary, for a model of sentence pairs. */
  readonly tokenizer: File | null;
  /** Saved work, with its results. */
  readonly workspaceFile: File | null;
  /** What was left aside, a sentence each. */
  readonly aside: readonly string[];
}

const pictureEnding = /\.(jpe?g|png|webp|gif|bmp|tiff?|avif|heic)$/i;
const tableEnding = /\.(csv|tsv|txt|json|md|xlsx?|xml|ya?ml)$/i;
const arrayEnding = /\.(npy|npz|safetensors|parquet)$/i;
const tableFileEnding = /\.(parquet|arrow)$/i;
const conceptListName = /^(.*\/)?concepts\.csv$/i;
const modelEnding = /\.onnx$/i;
const archiveEnding = /\.zip$/i;
const savedEnding = /\.formulens$/i;
const looseName = 'Dropped files';

/** The files that are taken as a probing set, with their paths inside it. */
interface Root {
  readonly name: string;
  readonly files: readonly DroppedFile[];
  readonly members: readonly DroppedFile[];
}

/**
 * Sorts what was dropped or picked. A folder with pictures or tables is a probing set (its reader finds out the layout), several of them are one
 * together, and so are loose pictures with their tables, a folder with a loose `.csv` or `.json`, and loose files that include `index.csv` or
 * `concepts.npy`. Without any of these, loose `.tsv`, `.csv`, `.txt`, `.jsonl`,
 * `.tok` and `.feats` files are a probing set of sentence pairs, with word vectors (`glove*.txt`, `vectors.txt`, `.vec`) beside them; `tokenizer.json`,
 * `vocab.txt` and the like are a tokenizer. `.zip` is a probing set, `.npy`, `.npz`, `.safetensors` and `.parquet` outside of one are activations, `.onnx` is a model,
 * `.formulens` saved work, `.arrow` a cell table, and so is `.parquet` if its columns say so: all of them are one table then. A file of another kind goes to the model reader, which knows the other frameworks' files by name.
 */
export function sortDrop(files: readonly DroppedFile[]): SortedDrop {
  const aside: string[] = [];
  const kept = files.filter(({ path }) => !/(^|\/)(\.|__MACOSX\/|Thumbs\.db$)/.test(path));
  const lists = conceptLists(kept);
  const hasPictures = kept.some(({ path }) => pictureEnding.test(path));
  const tokenizers = hasPictures ? [] : kept.filter(({ path }) => isTokenizer(path));
  const { chosen: tokenizer, others: otherTokenizers } = chooseTokenizer(tokenizers);
  const ofModels = new Set(hasPictures ? [] : kept.filter(({ path }) => isTokenizer(path) || isModelSettings(path)));
  const plain = kept.filter((file) => !lists.includes(file) && !ofModels.has(file));
  const pictureRoot = knownRoot(kept) ?? plainRoot(plain);
  const root = pictureRoot === null ? looseText(kept) : withVectors(pictureRoot, kept);
  const inside = new Set(root?.files);
  const outside = kept.filter((file) => !inside.has(file));

  const models = [...outside, ...inside].filter(({ path }) => modelEnding.test(path));
  const zips = outside.filter(({ path }) => archiveEnding.test(path));
  const modelFolders = models.map(({ path }) => folderOf(path)).filter((folder) => folder !== '');
  const arrays = outside.filter(({ path }) => arrayEnding.test(path) && !isWeights(path, modelFolders));
  const parquet = arrays.filter(({ path }) => tableFileEnding.test(path));
  const arrow = outside.filter(({ path }) => /\.arrow$/i.test(path));
  const tables = [...(parquet.length === arrays.length ? parquet : []), ...arrow];
  const saved = outside.filter(({ path }) => savedEnding.test(path));
  const vectors = outside.filter(({ path }) => isVectors(path));
  const taken = new Set([
    ...[...models, ...zips, ...arrays, ...arrow, ...saved, ...vectors],
    ...(tables.length > 0 ? lists : []),
    ...(models.length > 0 || tokenizer !== undefined ? ofModels : []),
  ]);
  const rest = outside.filter((file) => !taken.has(file));

  let probing: ProbingSource | null = null;
  if (root !== null) {
    probing = { kind: 'folder', name: root.name, files: root.members };
    aside.push(...zips.map(({ path }) => `${path} was left aside: ${root.name} is the probing set of this drop.`));
  } else if (zips.length > 0) {
    probing = { kind: 'zip', file: zips[0].file };
    aside.push(...onlyOne(zips, 'probing set'));
  }

  let model: File | null = models[0]?.file ?? null;
  aside.push(
    ...onlyOne(models, 'model'),
    ...onlyOne(
      arrays.filter((file) => !tables.includes(file)),
      'file of activations',
    ),
    ...onlyOne(saved, 'workspace file'),
    ...onlyOne(vectors, 'file of word vectors'),
    ...otherTokenizers.map(({ path }) => leftAside(path, 'tokenizer')),
  );

  const folders = new Set<string>();
  for (const { path, file } of rest) {
    const folder = topOf(path);
    if (folder !== '') folders.add(folder);
    else if (pictureEnding.test(path)) {
      aside.push(
        `${path} is a picture on its own. Drop a probing set: a folder or zip with pictures and their concepts.`,
      );
    } else if (probing !== null && mayHoldPairs(path)) aside.push(leftAside(path, 'probing set'));
    else if (tableEnding.test(path)) {
      aside.push(`${path} is not enough on its own. Drop the whole folder of the probing set, with its pictures.`);
    } else if (model === null) model = file;
    else aside.push(`${path} was left aside: only one model is read at a time.`);
  }
  if (root === null) {
    const used = [...taken].map(({ path }) => topOf(path));
    for (const folder of folders) {
      if (used.includes(folder)) continue;
      aside.push(
        `The folder ${folder} is not a probing set: it has neither pictures nor tables. Help says how to prepare one.`,
      );
    }
  }
  if (kept.length === 0) aside.push('Nothing in the drop can be read: it holds no files.');
  return {
    ...{ model, probing, activations: arrays[0]?.file ?? null },
    tables: tables.map(({ file }) => file),
    conceptList: tables.length > 0 ? (lists[0]?.file ?? null) : null,
    ...{ vectors: vectors[0]?.file ?? null, tokenizer: tokenizer?.file ?? null },
    ...{ workspaceFile: saved[0]?.file ?? null, aside },
  };
}

/** Lists of concepts that lie beside files that may be cell tables, where neither pictures nor a known set are among them. */
function conceptLists(files: readonly DroppedFile[]): readonly DroppedFile[] {
  if (files.some(({ path }) => pictureEnding.test(path) || /(^|\/)(index\.csv|concepts\.npy)$/.test(path))) return [];
  const folders = files.filter(({ path }) => tableFileEnding.test(path)).map(({ path }) => folderOf(path));
  return files.filter(({ path }) => conceptListName.test(path) && folders.includes(folderOf(path)));
}

/** The shallowest folder with `index.csv` or `concepts.npy`, or the loose files where these are among them; null where none is. */
function knownRoot(files: readonly DroppedFile[]): Root | null {
  const roots = files
    .map(({ path }) => /^(.*\/)?(index\.csv|concepts\.npy)$/.exec(path))
    .flatMap((match) => (match === null ? [] : [match[1] ?? '']));
  roots.sort((one, other) => one.split('/').length - other.split('/').length);
  if (roots.length === 0) return null;
  const [root] = roots;
  if (root === '') return rootOf(looseName, '', files.filter(belongsToLoose));
  const name = root.replace(/\/$/, '').split('/').pop() ?? looseName;
  return rootOf(
    name,
    root,
    files.filter(({ path }) => path.startsWith(root)),
  );
}

/** Folders with pictures or tables, with the loose files that go with them; or loose pictures with tables. */
function plainRoot(files: readonly DroppedFile[]): Root | null {
  const byFolder = new Map<string, DroppedFile[]>();
  for (const file of files) {
    const folder = topOf(file.path);
    const known = byFolder.get(folder);
    if (known === undefined) byFolder.set(folder, [file]);
    else known.push(file);
  }
  const loose = byFolder.get('') ?? [];
  const folders = Array.from(byFolder).filter(([folder, members]) => folder !== '' && looksLikeSet(members));
  const tables = loose.filter(({ path }) => /\.(csv|json)$/i.test(path));
  if (folders.length === 1 && tables.length === 0) return rootOf(folders[0][0], `${folders[0][0]}/`, folders[0][1]);
  const hasPictures = loose.some(({ path }) => pictureEnding.test(path));
  if (folders.length === 0 && !(hasPictures && loose.some(({ path }) => tableEnding.test(path)))) return null;
  return rootOf(looseName, '', [...folders.flatMap(([, members]) => members), ...loose.filter(belongsToLoose)]);
}

/** Loose files that may hold sentence pairs, with loose word vectors; null where there are none, or a zip is the probing set. */
function looseText(files: readonly DroppedFile[]): Root | null {
  const loose = files.filter(({ path }) => !path.includes('/'));
  const pairs = loose.filter(({ path }) => mayHoldPairs(path));
  if (pairs.length === 0 || files.some(({ path }) => pictureEnding.test(path) || archiveEnding.test(path))) return null;
  const name = pairs.length === 1 ? pairs[0].path : looseName;
  return rootOf(name, '', [...pairs, ...loose.filter(({ path }) => isVectors(path))]);
}

/** A folder of sentence pairs, with the loose word vectors of the same drop; other sets as they are. */
function withVectors(root: Root, files: readonly DroppedFile[]): Root {
  if (!root.members.some(({ path }) => namesPairs(path)) || root.files.some(({ path }) => pictureEnding.test(path)))
    return root;
  const vectors = files.filter(
    (file) => !file.path.includes('/') && isVectors(file.path) && !root.files.includes(file),
  );
  return { ...root, files: [...root.files, ...vectors], members: [...root.members, ...vectors] };
}

function looksLikeSet(files: readonly DroppedFile[]): boolean {
  const has = (ending: RegExp): boolean => files.some(({ path }) => ending.test(path));
  // Folders of models often hold their settings as JSON.
  if (files.some(({ path }) => namesPairs(path))) return true;
  return has(pictureEnding) || has(/\.csv$/i) || (has(/\.json$/i) && !has(modelEnding));
}

function rootOf(name: string, root: string, files: readonly DroppedFile[]): Root {
  const members = files
    .filter(({ path }) => !modelEnding.test(path))
    .map(({ path, file }) => ({ path: path.slice(root.length), file }));
  return { name, files, members };
}

function belongsToLoose({ path }: DroppedFile): boolean {
  if (path.includes('/') || path === 'concepts.npy') return true;
  return pictureEnding.test(path) || tableEnding.test(path);
}

/** Weights of a model lie beside it; they are no activations. */
function isWeights(path: string, modelFolders: readonly string[]): boolean {
  return /\.safetensors$/i.test(path) && modelFolders.includes(folderOf(path));
}

function topOf(path: string): string {
  return path.slice(0, Math.max(0, path.indexOf('/')));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function onlyOne(found: readonly DroppedFile[], what: string): string[] {
  return found.slice(1).map(({ path }) => leftAside(path, what));
}

/** Says that a file was left aside beside another of its kind. */
export function leftAside(path: string, what: string): string {
  return `${path} was left aside: only one ${what} is read at a time.`;
}
