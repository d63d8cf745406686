import type { DroppedFile } from '../jobs/api.ts';

/** Names of tokenizers and vocabularies, the fullest description first: of one model's several the first is taken. */
const TOKENIZERS = [
  /(^|[-_.])tokenizer\.json$/i,
  /^vocabulary\.(?!onnx$)[a-z0-9]+$/i,
  /(^|[-_.])vocab\.(txt|tsv)$|\.vocab$/i,
  /(^|[-_.])vocab\.json$/i,
];

/** Files that lie beside a model of the transformers library and are not needed here. */
const SETTINGS =
  /^(config|configuration|[a-z]+_config|special_tokens_map|added_tokens|model\.safetensors\.index)\.json$|^merges\.txt$/i;

/** Parts of other probing sets, and what no one means to probe. */
const OTHERS =
  /^(index.*|label|category|c_.+|concepts|samples|scenes|names|labels|classes|class_names|words|synset_words|scenecategories|objectinfo150|requirements)\.(csv|tsv|txt)$|^(readme|licen[cs]e|notice|changes|changelog)\b/i;

/** Whether a file is a tokenizer or a vocabulary, by its name. */
export function isTokenizer(path: string): boolean {
  return rankOf(path) >= 0;
}

/** Whether a file holds settings of a language model that are not read here, by its name. */
export function isModelSettings(path: string): boolean {
  return SETTINGS.test(nameOf(path));
}

/** Whether a file may hold word vectors, by its name. */
export function isVectors(path: string): boolean {
  return /\.vec$|^(glove|vectors|embeddings)[^/]*\.txt$|[-_.](glove|vectors|embeddings)[^/]*\.txt$/i.test(nameOf(path));
}

/** Whether a file may hold sentence pairs, by its name; what is in it, its reader finds out. */
export function mayHoldPairs(path: string): boolean {
  const name = nameOf(path);
  if (OTHERS.test(name) || isTokenizer(path) || isModelSettings(path) || isVectors(path)) return false;
  return /\.(tsv|csv|txt|jsonl|ndjson|tok|feats)$/i.test(name);
}

/** Whether a file of a folder says by its name that the folder holds sentence pairs. */
export function namesPairs(path: string): boolean {
  return mayHoldPairs(path) && /\.(tsv|jsonl|ndjson|tok|feats)$|(nli|pairs)[^/]*\.txt$/i.test(path);
}

/** The tokenizer to take of several, and those of other folders, which are other models' own. */
export function chooseTokenizer(files: readonly DroppedFile[]): {
  readonly chosen: DroppedFile | undefined;
  readonly others: readonly DroppedFile[];
} {
  const sorted = files
    .filter(({ path }) => isTokenizer(path))
    .sort((one, other) => rankOf(one.path) - rankOf(other.path));
  const [chosen] = sorted;
  if (chosen === undefined) return { chosen, others: [] };
  return { chosen, others: sorted.filter(({ path }) => folderOf(path) !== folderOf(chosen.path)) };
}

function rankOf(path: string): number {
  return TOKENIZERS.findIndex((name) => name.test(nameOf(path)));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
