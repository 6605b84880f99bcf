/** Replaced by the build with the version of package.json. */
declare const __OSMTALK_VERSION__: string;

export const VERSION: string = __OSMTALK_VERSION__;
