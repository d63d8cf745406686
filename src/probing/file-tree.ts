/** One file of a dropped folder or zip. */
export interface TreeFile {
  /** Path inside the tree with forward slashes, without the dropped folder's own name, for example `images/a/b.png`. */
  readonly path: string;
  /** Size in bytes, uncompressed. */
  readonly size: number;
  /** Something that changes with the contents: a CRC-32 for zips, the time of change for folders. */
  readonly stamp: string;
  /** Reads the whole file. @throws Fault, if the file has changed, is gone, or fails its checksum */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /** The contents in pieces, for files too large to hold. */
  stream(): ReadableStream<Uint8Array>;
  /** The contents to be read in any order, where they lie in an archive unpacked: their checksum is not compared. Else undefined. */
  stored?(): Promise<Blob | undefined>;
}

/** The files of a dropped folder, a zip, or a folder on disk. */
export interface FileTree {
  /** Name of the folder or zip. */
  readonly name: string;
  readonly files: ReadonlyMap<string, TreeFile>;
}
