import { HttpError } from '../http/http-error.js';
import { type Scope, type WidgetKey, type WidgetKeyName, widgetKeys } from './widget-keys.js';

export interface Access {
  keyName: WidgetKeyName;
  key: WidgetKey;
}

/** Who is asking: 401 without a good key, 403 from a page the key is not for. */
export function checkAccess(request: Request): Access {
  const keyName = request.headers.get('x-api-key');
  if (!keyName) throw new HttpError(401, 'unauthorized', 'The header x-api-key is missing.');
  if (!isKeyName(keyName)) throw new HttpError(401, 'unauthorized', 'This API key is not known.');
  const key: WidgetKey = widgetKeys[keyName];
  const origin = request.headers.get('origin');
  // No Origin means no browser page: a server, or a test.
  if (origin !== null && key.domains && !key.domains.includes(hostOf(origin))) {
    throw new HttpError(403, 'forbidden', `This key may not be used on ${hostOf(origin)}.`, {
      code: 'domain',
    });
  }
  return { keyName, key };
}

export function checkScope({ key }: Access, scope: Scope): void {
  if (key.scopes.includes(scope)) return;
  throw new HttpError(403, 'forbidden', `This key does not have the scope "${scope}".`, { code: 'scope' });
}

function isKeyName(name: string): name is WidgetKeyName {
  return Object.hasOwn(widgetKeys, name);
}

function hostOf(origin: string): string {
  // A sandboxed page sends the word `null`, which is no URL and matches no domain.
  return URL.canParse(origin) ? new URL(origin).hostname : origin;
}
