import type { Theme } from '../state/theme.svelte.ts';

/** Puts the chosen theme, or the system's, on the page, from now on. Called in an effect, which follows the choice. @returns stops it */
export function followTheme(theme: Theme): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const { choice } = theme;
  const apply = (): void => {
    const isDark = choice === 'dark' || (choice === 'auto' && dark.matches);
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  };
  apply();
  dark.addEventListener('change', apply);
  return () => dark.removeEventListener('change', apply);
}
