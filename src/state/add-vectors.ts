import type { OpenedProbing, ProbingSource } from '../jobs/api.ts';

/**
 * Where the open sentence pairs come from with a file of word vectors among their files, in place of an earlier one; or a sentence, where
 * it cannot be added.
 */
export function withVectors(
  file: File,
  source: ProbingSource | null,
  probing: Pick<OpenedProbing, 'hasPairs' | 'title' | 'survey'> | null,
): Extract<ProbingSource, { kind: 'folder' }> | string {
  if (!probing?.hasPairs || source === null) {
    return `${file.name} was left aside: word vectors go with sentence pairs. Open these first, then drop the vectors again.`;
  }
  if (source.kind !== 'folder') {
    return source.kind === 'zip'
      ? besideZip(file, source.file)
      : `${file.name} was left aside: the sample has its own word vectors. Drop sentence pairs of your own, then the vectors.`;
  }
  const earlier = probing.survey.pairs?.vectors?.name;
  const others = source.files.filter(({ path }) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return name !== earlier && name !== file.name;
  });
  return { ...source, files: [...others, { path: file.name, file }] };
}

/** Why word vectors cannot go to a probing set that is a zip file, in a sentence. */
export function besideZip(vectors: File, zip: File): string {
  return `${vectors.name} was left aside: ${zip.name} is a zip file. Unpack it, and drop the folder and the vectors together.`;
}
