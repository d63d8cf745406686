import type { Component } from 'svelte';
import type { PageName, Route } from '../state/route.ts';
import StartPage from './pages/start/start-page.svelte';

interface LoadedPage {
  readonly default: Component;
}

const files: Readonly<Record<PageName, () => Promise<LoadedPage>>> = {
  start: () => Promise.resolve({ default: StartPage }),
  prepare: () => import('./pages/prepare/prepare-page.svelte'),
  layer: () => import('./pages/layer/layer-page.svelte'),
  unit: () => import('./pages/unit/unit-page.svelte'),
  concept: () => import('./pages/concept/concept-page.svelte'),
  compare: () => import('./pages/compare/compare-page.svelte'),
  analysis: () => import('./pages/analysis/analysis-page.svelte'),
  storage: () => import('./pages/storage/storage-page.svelte'),
  help: () => import('./pages/help/help-page.svelte'),
};

const loaded = new Map<PageName, Component>([['start', StartPage]]);

/** Pages one is likely to go to from another, likeliest first. */
const next: Readonly<Record<PageName, readonly PageName[]>> = {
  start: ['layer', 'prepare'],
  prepare: ['layer', 'unit'],
  layer: ['unit', 'concept', 'analysis', 'compare'],
  unit: ['layer', 'concept'],
  concept: ['unit', 'layer'],
  compare: ['layer', 'unit'],
  analysis: ['unit', 'layer'],
  storage: ['layer', 'start'],
  help: ['start', 'prepare'],
};

/** A page's component where it is here already. */
export function pageNow(name: PageName): Component | undefined {
  return loaded.get(name);
}

/** Loads a page. Rejects where its file cannot be had; a later call tries again. */
export async function loadPage(name: PageName): Promise<Component> {
  const known = loaded.get(name);
  if (known) return known;
  const { default: component } = await files[name]();
  loaded.set(name, component);
  return component;
}

/** Loads the pages one is likely to go to, when nothing else is to be done. @returns stops it */
export function preloadFrom(name: PageName): () => void {
  let stopped = false;
  const work = async (): Promise<void> => {
    for (const page of next[name]) {
      if (stopped) return;
      try {
        await loadPage(page);
      } catch {
        return;
      }
    }
  };
  const timer = setTimeout(() => requestIdleCallback(() => void work(), { timeout: 2000 }), 600);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** The title of a page, for the window and for screen readers. */
export function pageTitle({ page, unit }: Route): string {
  const titles: Readonly<Record<PageName, string>> = {
    start: 'Formulens',
    prepare: 'Prepare',
    layer: 'Units',
    unit: `Unit ${unit}`,
    concept: 'Concept',
    compare: 'Compare layers',
    analysis: 'Analyses',
    storage: 'What is kept here',
    help: 'Help',
  };
  return titles[page];
}
