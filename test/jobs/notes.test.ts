import { expect, it } from 'vitest';
import type { RunProgress } from '../../src/jobs/api.ts';
import { withNotes } from '../../src/jobs/notes.ts';

it('tells notes beside the progress last heard', () => {
  const heard: RunProgress[] = [];
  const onResults = (): void => undefined;
  const { listener, say } = withNotes({ onProgress: (step) => heard.push(step), onUnits: () => undefined, onResults });
  say('At the start.');
  listener.onProgress({ stage: 'activations', done: 3, total: 9, secondsLeft: 6, note: 'On WebAssembly.' });
  say('No more room.');
  expect(heard).toEqual([
    { stage: 'concepts', done: 0, total: 1, secondsLeft: null, note: 'At the start.' },
    { stage: 'activations', done: 3, total: 9, secondsLeft: 6, note: 'On WebAssembly.' },
    { stage: 'activations', done: 3, total: 9, secondsLeft: 6, note: 'No more room.' },
  ]);
});
