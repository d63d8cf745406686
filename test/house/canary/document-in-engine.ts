/** Must not compile under the engine's settings, where there is no page. */
export const title: string = document.title;
