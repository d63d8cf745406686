import { changedRoute, home, parseRoute, printRoute } from './route.ts';
import type { Route } from './route.ts';

/** The address bar: where the page is, and the way to go elsewhere. The browser's back and forward work. */
export class Address {
  route: Route = $state.raw(home);

  /** Reads the address and follows it from now on. @returns stops following */
  follow(): () => void {
    const read = (): void => {
      // The skip link's target is a place on the page, not a page.
      if (location.hash === '#main') history.replaceState(null, '', printRoute(this.route));
      else this.route = parseRoute(location.hash);
    };
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }

  /** The address of a changed route, for links. */
  href(change: Partial<Route>): string {
    return printRoute(changedRoute(this.route, change));
  }

  /** Goes there; back leads to where we were. */
  go(change: Partial<Route>): void {
    const route = changedRoute(this.route, change);
    if (printRoute(route) === printRoute(this.route)) return;
    this.route = route;
    history.pushState(null, '', printRoute(route));
  }

  /** Goes there without a new step in the history: for what changes with every key press. */
  adjust(change: Partial<Route>): void {
    this.route = changedRoute(this.route, change);
    history.replaceState(null, '', printRoute(this.route));
  }
}
