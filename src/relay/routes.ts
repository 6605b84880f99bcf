/** What the relay speaks. */
export type RouteName = 'connect' | 'chat' | 'callback' | 'record' | 'features';

export interface Route {
  name: RouteName;
  method: 'GET' | 'POST';
  /** The `:id` of the path, decoded. */
  id: string;
}

/** Matched against the end of the path: the relay may stand under any prefix. */
const ROUTES: readonly (Omit<Route, 'id'> & { path: RegExp })[] = [
  { name: 'connect', method: 'POST', path: /\/api\/widget\/agents\/([^/]+)\/connect$/ },
  { name: 'chat', method: 'POST', path: /\/api\/widget\/agents\/([^/]+)\/chat$/ },
  { name: 'callback', method: 'POST', path: /\/api\/widget\/calls\/outbound$/ },
  { name: 'record', method: 'GET', path: /\/api\/widget\/calls\/([^/]+)$/ },
  { name: 'features', method: 'GET', path: /\/api\/widget\/features$/ },
];

/** The routes at this path, whatever their method; an `OPTIONS` asks about the path alone. */
export function routesAt(url: string): Route[] {
  const { pathname } = new URL(url);
  return ROUTES.flatMap(({ name, method, path }) => {
    const found = path.exec(pathname);
    const id = found && decode(found[1] ?? '');
    return id === null ? [] : [{ name, method, id }];
  });
}

/** `null` where the escapes are broken. */
function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
