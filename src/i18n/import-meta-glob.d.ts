interface ImportMeta {
  /** Returns the files that match, by path, each as an `import()` of its own. Vite and the build write the calls out. */
  glob<Module>(pattern: string): Record<string, () => Promise<Module>>;
}
