import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptHost {
  /** Of another origin than any page of the tests. */
  readonly url: string;
  /** Every path that was asked for, with its query. */
  readonly paths: string[];
  close(): Promise<void>;
}

/**
 * A CDN with the built script and its chunks below any path. What a path holds decides how it behaves:
 * - `no-cors`: without `Access-Control-Allow-Origin`
 * - `latest`: everything is redirected to `v1`
 * - `moved`: the script alone is redirected to `v1`, and the chunks are not here
 * - `combined`: `all.js` holds the script between others, and the chunks are not here
 */
export async function startScriptHost(
  edit: (code: string) => string = (code) => code,
  dist = 'dist',
): Promise<ScriptHost> {
  const read = (file: string): string => edit(readFileSync(`${dist}/${file}`, 'utf8'));
  const script = read('osmtalk-widget.js');
  const files = new Map([
    ['osmtalk-widget.js', script],
    ['all.js', `var before = 1;\n${script}\n;var after = 2;`],
    ...readdirSync(`${dist}/chunks`).map((name): [string, string] => [
      `chunks/${name}`,
      read(`chunks/${name}`),
    ]),
  ]);
  const paths: string[] = [];
  const server = createServer(({ url = '/' }, response) => {
    paths.push(url);
    const [path = '/', query] = url.split('?');
    const [, folder = '/', name = ''] = /^(.*?\/)((?:chunks\/)?[^/]*)$/.exec(path) ?? [];
    if (!folder.includes('/no-cors/')) response.setHeader('access-control-allow-origin', '*');
    const file = files.get(name);
    const isAway = /\/(moved|combined)\//.test(folder) && name.startsWith('chunks/');
    if (/\/latest\//.test(folder) || (folder.includes('/moved/') && !isAway)) {
      const location = `${path.replace(/\/(latest|moved)\//, '/v1/')}${query === undefined ? '' : `?${query}`}`;
      response.writeHead(302, { location }).end();
    } else if (file === undefined || isAway) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
