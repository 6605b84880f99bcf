/** The version of package.json; a test fails when the two differ. */
export const VERSION: string = '0.1.0';
