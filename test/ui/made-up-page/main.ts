import '../../../src/ui/tokens.css';
import '../../../src/ui/base.css';
import '../../../src/ui/formula/categories.css';
import { mount } from 'svelte';
import { makeAppState } from '../../../src/state/app-state.svelte.ts';
import App from '../../../src/ui/app.svelte';
import { fakeClasses } from '../fake-classes.ts';
import { fakeProbing } from '../fake-data.ts';
import { fakeFiles, fakeKept, fakeUnfinished, largeKept, largeProbing } from '../fake-kept.ts';
import { fakePairResults } from '../fake-pair-results.ts';
import { fakePairModel, fakePairProbing } from '../fake-pairs.ts';
import { FakeWorkbench } from '../fake-workbench.ts';

const target = document.querySelector('#app');
const asked = new URLSearchParams(location.search);
const pace = Number(asked.get('pace') ?? 120);
// With `?much` there is as much as somebody has who works with it.
const much = asked.has('much')
  ? { probing: largeProbing, sets: [largeKept, fakeKept], unfinished: fakeUnfinished, files: fakeFiles }
  : {};
// With `?nli` there are results over sentence pairs, and any file opens as a model or a set of them.
const nli = asked.has('nli')
  ? { kept: false, results: [fakePairResults], model: fakePairModel, probing: fakePairProbing }
  : {};
// With `?classes=1000` the model has so many classes of 1,024 units; with `&by=correlation` no linear layer makes them.
const classCount = Number(asked.get('classes') ?? 0);
const classes =
  classCount > 0
    ? {
        unitCount: 1024,
        classes: fakeClasses({
          ...{ units: 1024, classes: classCount, samples: fakeProbing.sampleCount },
          weighed: asked.get('by') !== 'correlation',
        }),
      }
    : {};
if (target)
  mount(App, { target, props: { state: makeAppState(new FakeWorkbench({ pace, ...much, ...nli, ...classes })) } });
