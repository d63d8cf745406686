import '../../../src/ui/tokens.css';
import '../../../src/ui/base.css';
import '../../../src/ui/formula/categories.css';
import { mount } from 'svelte';
import { makeAppState } from '../../../src/state/app-state.svelte.ts';
import App from '../../../src/ui/app.svelte';
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
if (target) mount(App, { target, props: { state: makeAppState(new FakeWorkbench({ pace, ...much, ...nli })) } });
