export default {
  globs: ['src/element/osmtalk-widget.ts', 'src/element/define.ts'],
  outdir: 'dist',
};
