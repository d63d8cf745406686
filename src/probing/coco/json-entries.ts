import { Tokenizer, TokenParser } from '@streamparser/json';
import { BlockDigest } from '../block-digest.ts';
import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import { identify, wrongKind } from '../identify.ts';

/** Lists of a COCO file that are read; whatever else stands in it is passed over. */
export type CocoList = 'images' | 'annotations' | 'categories';

/** The fields of an object of JSON. */
export type Fields = Readonly<Record<string, unknown>>;

const LISTS: ReadonlySet<unknown> = new Set<CocoList>(['images', 'annotations', 'categories']);

/**
 * Reads the entries of a COCO file one by one, in the order in which they stand there. Only one entry is held at a time, so files may be
 * larger than memory.
 *
 * @param take called with each entry and its place in its list, from 0
 * @returns a digest of the contents: the SHA-256 of the SHA-256s of its blocks of 4 MiB
 * @throws Fault naming the file and the byte, if it is no JSON; naming the entry, if one is no object; and what `take` throws
 */
export async function readEntries(
  file: TreeFile,
  take: (list: CocoList, at: number, fields: Fields) => void,
): Promise<string> {
  let last = 0;
  const tokenizer = new Tokenizer();
  const parser = new TokenParser({ paths: Array.from(LISTS, (list) => `$.${String(list)}.*`), keepStack: false });
  tokenizer.onToken = (token) => {
    last = token.offset;
    parser.write(token);
  };
  // Errors would otherwise end the parsers silently; thrown here they reach the loop below.
  tokenizer.onError = parser.onError = (error) => {
    throw error;
  };
  let ours: unknown;
  parser.onValue = ({ value, key, stack }) => {
    const list = stack.at(-1)?.key as CocoList;
    try {
      if (!isFields(value)) throw probingFaults['coco-entry'](file.path, `${list}[${key}]`, shown(value));
      take(list, Number(key), value);
    } catch (error) {
      ours = error;
      throw error;
    }
  };

  const digest = new BlockDigest();
  let read = 0;
  for await (const piece of pieces(file)) {
    if (read === 0 && identify(piece) !== undefined) throw wrongKind(file.path, piece, 'a JSON file');
    try {
      tokenizer.write(piece);
    } catch (error) {
      throw ours ?? probingFaults['coco-json'](file.path, positionOf(error) ?? last);
    }
    await digest.add(piece);
    read += piece.length;
  }
  if (read === 0) throw wrongKind(file.path, new Uint8Array(0), 'a JSON file');
  if (!parser.isEnded) throw probingFaults['coco-json-cut'](file.path, read);
  return digest.finish();
}

/** Whether a value of JSON is an object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value of JSON as messages show it. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

async function* pieces(file: TreeFile): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

function positionOf(error: unknown): number | undefined {
  const position = /absolute position "(\d+)"/.exec(error instanceof Error ? error.message : '')?.[1];
  return position === undefined ? undefined : Number(position);
}
