/**
 * The one way in which this package loads code late: `const load = lazy(() => import('./late.js'))`.
 *
 * All callers get the same promise, loading or loaded. When loading fails, those who waited get the rejection, and the next call
 * tries again. A caller that only loads ahead of need may ignore the rejection.
 */
export function lazy<Module>(fetch: () => Promise<Module>): () => Promise<Module> {
  let loading: Promise<Module> | null = null;
  return () => {
    if (!loading) {
      loading = fetch();
      loading.catch(() => (loading = null));
    }
    return loading;
  };
}
