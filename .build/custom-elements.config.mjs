export default {
  globs: ['src/element/osmtalk-widget.ts'],
  outdir: 'dist',
  // Otherwise the analyzer writes `outdir` into package.json.
  packagejson: false,
  plugins: [asPublished()],
};

/** Turns the analyzer's description of the source into one of the package: public members only, and files that are in `dist/`. */
function asPublished() {
  return {
    name: 'as-published',
    packageLinkPhase({ customElementsManifest: manifest }) {
      const [{ declarations }] = manifest.modules;
      const element = declarations.find((declaration) => declaration.customElement);
      element.superclass = { name: 'HTMLElement', package: 'global:' };
      element.members = element.members.filter((member) => member.privacy !== 'private');
      // The default is a constant of the build, not a value.
      delete element.members.find((member) => member.name === 'version').default;
      const declaration = { name: element.name, module: 'dist/element.js' };
      manifest.modules = [
        {
          kind: 'javascript-module',
          path: 'dist/element.js',
          declarations: [element],
          exports: [{ kind: 'js', name: element.name, declaration }],
        },
        {
          kind: 'javascript-module',
          path: 'dist/index.js',
          exports: [
            { kind: 'js', name: element.name, declaration },
            { kind: 'custom-element-definition', name: element.tagName, declaration },
          ],
        },
      ];
    },
  };
}
