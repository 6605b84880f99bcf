interface ImportMeta {
  /** Files by their path, each by an `import()` of its own: Vite and the build write them out. */
  glob<Module>(pattern: string): Record<string, () => Promise<Module>>;
}
