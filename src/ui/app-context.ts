import { createContext } from 'svelte';
import type { AppState } from '../state/app-state.svelte.ts';

/** The page's state, given to every component by the root. */
export const [useApp, provideApp] = createContext<AppState>();
