/** The requests that the relay answers. */
type RouteName = 'connect' | 'chat' | 'callback' | 'record' | 'features' | 'report';

export interface Route {
  name: RouteName;
  method: 'GET' | 'POST';
  /** The `:id` of the path, decoded. */
  id: string;
}

const ROUTES: readonly (Omit<Route, 'id'> & { path: RegExp })[] = [
  { name: 'connect', method: 'POST', path: /^(.*)\/api\/widget\/agents\/([^/]+)\/connect$/ },
  { name: 'chat', method: 'POST', path: /^(.*)\/api\/widget\/agents\/([^/]+)\/chat$/ },
  { name: 'callback', method: 'POST', path: /^(.*)\/api\/widget\/calls\/outbound$/ },
  { name: 'record', method: 'GET', path: /^(.*)\/api\/widget\/calls\/([^/]+)$/ },
  { name: 'features', method: 'GET', path: /^(.*)\/api\/widget\/features$/ },
  { name: 'report', method: 'POST', path: /^(.*)\/api\/widget\/reports$/ },
];

/**
 * Returns the routes at this path, whatever their method, since an `OPTIONS` asks about the path alone. Before the route the
 * path has `basePath`, or anything for `null`. Each route has one spelling, so that no request can bypass a guard that the site
 * has put before it.
 */
export function routesAt(url: string, basePath: string | null): Route[] {
  const { pathname } = new URL(url);
  return ROUTES.flatMap(({ name, method, path }) => {
    const [found, base = '', segment = ''] = path.exec(pathname) ?? [];
    const isHere = basePath === null ? isPlain(base) : base === basePath;
    const id = found === undefined || !isHere ? null : decode(segment);
    return id === null ? [] : [{ name, method, id }];
  });
}

/** Whether a path has no empty segment and no escape. */
function isPlain(base: string): boolean {
  return !/\/\/|%|\/$/.test(base);
}

/** Returns the decoded segment; `null` where its escapes are broken, or are not those that `encodeURIComponent` writes. */
function decode(segment: string): string | null {
  try {
    const id = decodeURIComponent(segment);
    return encodeURIComponent(id) === segment ? id : null;
  } catch {
    return null;
  }
}
