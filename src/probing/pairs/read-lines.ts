import { BlockDigest } from '../block-digest.ts';
import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import { identify, wrongKind } from '../identify.ts';

/** A line longer than this (UTF-16 units) is no row of sentence pairs, and would have to be held as a whole. */
const MOST_IN_A_LINE = 16_000_000;

/**
 * Reads a text file line by line, without holding it: UTF-8, with or without a byte order mark, lines ended by LF, CRLF or CR.
 *
 * @param take called with each line and its number, from 1
 * @returns the digest of the contents, as {@link BlockDigest} makes it
 * @throws Fault naming the file, if it is empty or no UTF-8 text; naming the line, if one is longer than 16 million characters; and what
 *   `take` throws
 */
export async function readLines(file: TreeFile, take: (line: string, number: number) => void): Promise<string> {
  const digest = new BlockDigest();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = file.stream().getReader();
  let [rest, number, size] = ['', 0, 0];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (value !== undefined && size === 0 && identify(value) !== undefined)
        throw wrongKind(file.path, value, 'a text file');
      size += value?.length ?? 0;
      if (value !== undefined) await digest.add(value);
      const text = rest + decodePart(decoder, value, file.path);
      // A CR at the end may be the first half of a line end.
      const held = !done && text.endsWith('\r') ? 1 : 0;
      const lines = linesIn(held === 0 ? text : text.slice(0, -1));
      rest = (lines.pop() ?? '') + '\r'.repeat(held);
      for (const line of lines) take(line, (number += 1));
      if (rest.length > MOST_IN_A_LINE) throw probingFaults['pair-line'](file.path, number + 1, MOST_IN_A_LINE);
      if (done) break;
    }
    if (rest !== '') take(rest, number + 1);
  } finally {
    await reader.cancel();
  }
  if (size === 0) throw probingFaults['pair-empty'](file.path);
  return digest.finish();
}

function linesIn(text: string): string[] {
  return text.includes('\r') ? text.split(/\r\n?|\n/) : text.split('\n');
}

function decodePart(decoder: TextDecoder, bytes: Uint8Array | undefined, path: string): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    throw probingFaults['not-utf8'](path);
  }
}
