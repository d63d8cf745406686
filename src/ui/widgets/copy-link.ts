import type { Announcer } from '../../state/announcer.svelte.ts';
import { copyText } from './copy-text.ts';

/** Copies the address of the view, and tells so. @returns false where the browser does not allow it */
export async function copyLink(announcer: Announcer): Promise<boolean> {
  const copied = await copyText(location.href);
  announcer.announce(
    copied
      ? 'The link to this view is copied.'
      : 'The browser does not let the page copy. Copy the link from the address bar.',
  );
  return copied;
}
