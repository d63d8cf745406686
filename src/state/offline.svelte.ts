const reloadedMark = 'formulens: loaded again to be isolated';

/**
 * The service worker, as the page sees it: whether the page works without a network, and whether a newer one is there.
 *
 * The worker (workers/service.worker.ts) also sends the headers that isolate the page where the host does not send them; they count from
 * the next load on, so at the first visit the page loads itself again, once, while nothing is open yet.
 */
export class Offline {
  /** Whether the page would open without a network. */
  ready = $state(false);
  /** Whether a newer version is there and waits; {@link apply} takes it. */
  update = $state(false);
  /** Whether the page may share memory with its workers; without, everything runs in one worker, slower. */
  readonly isolated = globalThis.crossOriginIsolated === true;
  /** Whether memory cannot be shared, and loading the page again would not help: worth a word on the page. */
  limited = $state(false);
  #waiting: ServiceWorker | null = null;
  #applied = false;
  #reloading = false;

  /**
   * Registers the worker and follows it. Where there can be none (an old browser, a private window, plain http), nothing changes.
   *
   * @param isUntouched whether nothing was opened, so that loading the page again loses nothing
   */
  async follow(isUntouched: () => boolean): Promise<void> {
    const container = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
    if (!container) {
      this.limited = !this.isolated;
      return;
    }
    container.addEventListener('controllerchange', () => {
      if (this.#applied) location.reload();
      else this.#reloadToIsolate(isUntouched);
    });
    // An isolated page has time; its first picture must not wait for what the worker keeps.
    if (this.isolated) await loaded();
    try {
      const registration = await container.register('./sw.js', { updateViaCache: 'none' });
      this.#watch(registration, container);
      await container.ready;
      this.ready = true;
      // After a reload past the worker's cache it is active, and yet the page not its own.
      this.#reloadToIsolate(isUntouched);
    } catch {
      this.limited = !this.isolated;
    }
  }

  /** Takes the version that waits: loads the page again. What is kept in the browser and in the address stays. */
  apply(): void {
    if (this.#waiting === null) return;
    this.#applied = true;
    this.#waiting.postMessage('activate');
  }

  #watch(registration: ServiceWorkerRegistration, container: ServiceWorkerContainer): void {
    const offer = (): void => {
      if (registration.waiting === null || container.controller === null) return;
      this.#waiting = registration.waiting;
      this.update = true;
    };
    offer();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', offer);
    });
  }

  #reloadToIsolate(isUntouched: () => boolean): void {
    if (this.isolated || this.#reloading) return;
    if (isUntouched() && markReload()) {
      this.#reloading = true;
      location.reload();
    } else {
      this.limited = true;
    }
  }
}

/** Remembers in this tab that the page loads itself again. @returns false, if it did already or nothing can be remembered */
function markReload(): boolean {
  try {
    if (sessionStorage.getItem(reloadedMark) !== null) return false;
    sessionStorage.setItem(reloadedMark, 'yes');
    return true;
  } catch {
    return false;
  }
}

function loaded(): Promise<void> {
  if (document.readyState === 'complete') return Promise.resolve();
  return new Promise((resolve) => {
    addEventListener('load', () => resolve(), { once: true });
  });
}
