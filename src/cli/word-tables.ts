import { readFile } from 'node:fs/promises';
import type { NameComparer } from '../engine/kinds/name-similarity.ts';
import { openComparer } from '../pipeline/word-tables.ts';

/** What compares names of concepts, of the tables that come with Formulens. */
export async function givenComparer(): Promise<NameComparer> {
  const table = async (name: string): Promise<Uint8Array<ArrayBuffer>> =>
    new Uint8Array(await readFile(new URL(`../../public/words/${name}`, import.meta.url)));
  return openComparer(await table('nouns.bin'), await table('vectors.bin'));
}
