/** Long enough for what stands on the page to be drawn, and for keys and clicks. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
