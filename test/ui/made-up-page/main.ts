import '../../../src/ui/tokens.css';
import '../../../src/ui/base.css';
import '../../../src/ui/formula/categories.css';
import { mount } from 'svelte';
import { makeAppState } from '../../../src/state/app-state.svelte.ts';
import App from '../../../src/ui/app.svelte';
import { FakeWorkbench } from '../fake-workbench.ts';

const target = document.querySelector('#app');
const pace = Number(new URLSearchParams(location.search).get('pace') ?? 120);
if (target) mount(App, { target, props: { state: makeAppState(new FakeWorkbench({ pace })) } });
