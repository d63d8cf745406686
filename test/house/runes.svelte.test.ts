import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import { Counter } from './canary/counter.svelte.ts';

it('runs effects of rune modules in Node as a page does', () => {
  const counter = new Counter();
  const seen: number[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(counter.double);
    });
  });
  flushSync();
  counter.count = 5;
  flushSync();
  stop();
  expect(seen).toEqual([2, 10]);
});
