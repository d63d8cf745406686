import { probingFaults } from './errors.ts';
import type { TreeFile } from './file-tree.ts';
import { sha256 } from './hash.ts';
import { identify, wrongKind } from './identify.ts';

/** A small text file, read whole. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
  /** Path and SHA-256, for a content hash. */
  readonly digest: string;
}

/** Reads a text file. @throws Fault naming it, if it is not UTF-8 text */
export async function readText(file: TreeFile): Promise<TextFile> {
  const bytes = await file.bytes();
  if (bytes.length > 0 && identify(bytes) !== undefined) throw wrongKind(file.path, bytes, 'a text file');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { path: file.path, text, digest: `${file.path} ${await sha256(bytes)}` };
  } catch {
    throw probingFaults['not-utf8'](file.path);
  }
}

/** Lines that are not empty, without spaces around them, with their numbers from 1. */
export function linesOf(text: string): readonly { readonly line: number; readonly text: string }[] {
  return text
    .split(/\r\n?|\n/)
    .map((line, at) => ({ line: at + 1, text: line.trim() }))
    .filter(({ text: line }) => line !== '');
}
