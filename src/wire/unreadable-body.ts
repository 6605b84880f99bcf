import { ApiError } from './api-error.js';

/** Says for the logs what a body contained in place of JSON. */
export function nameOf(body: string): string {
  return body.trimStart().startsWith('<')
    ? 'a page of HTML, as a proxy or a wrong `base-url` sends it'
    : 'no JSON';
}

export function unreadableBody(what: string, status: number): ApiError {
  return new ApiError('invalid-response', `The widget API answered with ${what}`, { status: status || null });
}
