import type { FeedProvenance } from './layer-results.ts';

/** How samples became a model's input, in a few words: `224 × 224`, or `tokens of vocab.txt, 128 at most`. */
export function feedText(feed: FeedProvenance): string {
  if (feed.kind === 'pictures') return `${feed.height} × ${feed.width}`;
  const { tokenizer, maxTokens } = feed.encoding;
  return `tokens${tokenizer ? ` of ${tokenizer.name}` : ''}, ${maxTokens} at most`;
}
