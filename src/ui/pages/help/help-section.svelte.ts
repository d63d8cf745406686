/** The section of the Help page that a link has asked for, until the page has shown it. */
export const helpSection = $state({ wanted: '' });
