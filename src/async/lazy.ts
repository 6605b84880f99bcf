/**
 * The one way in which code is loaded late: `const load = lazy(() => import('./late.js'))`.
 *
 * What has come, or is on its way, is given to whoever asks again. A failure is told to those who waited, and the next to ask
 * tries anew. Nobody need catch the failure of what is only fetched ahead of need.
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
