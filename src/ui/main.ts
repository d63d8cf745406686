import './tokens.css';
import './base.css';
import './formula/categories.css';
import { mount } from 'svelte';
import { openApp } from '../state/open-app.ts';
import App from './app.svelte';

const target = document.querySelector('#app');
if (target) mount(App, { target, props: { state: openApp() } });
