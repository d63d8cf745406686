/** Milliseconds of a frame that drawing may take. */
const budget = 4;
const waiting = new Set<() => void>();
let frame = 0;

/**
 * Draws at the next frame, or at a later one where a frame's time is spent: hundreds of drawings never block the page.
 *
 * @returns takes the drawing back
 */
export function paintSoon(paint: () => void): () => void {
  waiting.add(paint);
  frame ||= requestAnimationFrame(paintSome);
  return () => waiting.delete(paint);
}

function paintSome(start: number): void {
  frame = 0;
  const end = Math.max(start, performance.now()) + budget;
  for (const paint of waiting) {
    waiting.delete(paint);
    paint();
    if (performance.now() >= end) break;
  }
  // What a drawing queued has asked for a frame already.
  if (waiting.size > 0) frame ||= requestAnimationFrame(paintSome);
}

const kept = new Map<string, ImageData>();

/** Pixels of a size, to draw into and put on a canvas at once: the same ones at every call, so that none are allocated for each drawing. */
export function sharedPixels(width: number, height: number): ImageData {
  const key = `${width}x${height}`;
  const known = kept.get(key);
  if (known) return known;
  const made = new ImageData(width, height);
  const [oldest] = kept.keys();
  if (kept.size >= 4 && oldest !== undefined) kept.delete(oldest);
  kept.set(key, made);
  return made;
}
