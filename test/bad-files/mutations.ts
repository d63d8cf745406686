import { utf8 } from '../probing/support/trees.ts';

/** A probing set's files by path, to be damaged. */
export type Files = Map<string, Uint8Array<ArrayBuffer>>;

/** One way to damage a set of files. */
export type Mutation = (files: Files) => void;

/** Takes a file away. */
export const remove =
  (path: string): Mutation =>
  (files) => {
    files.delete(path);
  };

/** Puts a file in, or another in its place. */
export const put =
  (path: string, content: Uint8Array<ArrayBuffer> | string): Mutation =>
  (files) => {
    files.set(path, typeof content === 'string' ? utf8(content) : content);
  };
