/** A sample that a name means, several that it may mean, or none. */
export type NamedSample = { readonly sample: number } | { readonly several: readonly [number, number] } | null;

/** Finds samples by their names: by the whole name, or by as much of its end as only one sample has. */
export class SampleIndex {
  readonly #whole = new Map<string, number>();
  /** By each ending at a slash, with and without the file's extension: the first sample that has it, and another, or -1. */
  readonly #endings = new Map<string, readonly [number, number]>();

  /** @param names of all samples, by number */
  constructor(names: readonly string[]) {
    for (const [sample, name] of names.entries()) {
      const path = plain(name);
      if (!this.#whole.has(path)) this.#whole.set(path, sample);
      for (const ending of endings(path)) {
        for (const key of new Set([ending, withoutExtension(ending)])) this.#add(key, sample);
      }
    }
  }

  /** The sample of a name: a path or the end of one, with the file's extension or without. */
  find(name: string): NamedSample {
    const path = plain(name);
    const exact = this.#whole.get(path);
    if (exact !== undefined) return { sample: exact };
    const found = this.#endings.get(path);
    if (found) return found[1] < 0 ? { sample: found[0] } : { several: found };
    // A path that says more than the sample's name: its folder may have been opened further down.
    for (const ending of endings(path)) {
      const sample = this.#whole.get(ending);
      if (sample !== undefined) return { sample };
    }
    return null;
  }

  #add(key: string, sample: number): void {
    const known = this.#endings.get(key);
    if (!known) this.#endings.set(key, [sample, -1]);
    else if (known[0] !== sample && known[1] < 0) this.#endings.set(key, [known[0], sample]);
  }
}

const plain = (name: string): string =>
  name
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '');

const withoutExtension = (path: string): string => path.replace(/(?<=[^/])\.[a-z0-9]{1,5}$/i, '');

/** A path and what is left of it without its first folder, without its first two, and so on. */
function endings(path: string): readonly string[] {
  const found = [path];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) found.push(path.slice(at + 1));
  return found;
}
