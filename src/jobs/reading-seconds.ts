const LEAST_SECONDS = 60;
/** Bytes a second that any machine reads, unpacks and hashes. */
const SLOWEST = 4 * 2 ** 20;

/** Seconds after which reading files counts as stuck: far more than a sound file of that size takes. */
export function readingSeconds(files: readonly Pick<Blob, 'size'>[]): number {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return LEAST_SECONDS + Math.ceil(bytes / SLOWEST);
}
