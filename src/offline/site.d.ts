/** What the built folder holds, as the service worker needs to know it. Put in by scripts/site/offline-site.ts. */
interface Site {
  /** Of all files, what is in them and the headers; another build has another. */
  readonly version: string;
  /** Script that the page starts with, a path; an index.html without it belongs to another build. */
  readonly entry: string;
  /** Paths of what every visit needs, kept at installing; the page itself is the empty path. */
  readonly shell: readonly string[];
  /** Paths of what is kept when first used, with a hash of each one's bytes. */
  readonly later: Readonly<Record<string, string>>;
}

declare const __SITE__: Site;
