import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A POST as it arrived. */
interface ArrivedPost {
  path: string;
  key: string | null;
  message: string | undefined;
}

export interface OddServer {
  url: string;
  posts: ArrivedPost[];
  /** Everything else but preflights, as `METHOD /path`. */
  questions: string[];
  close(): Promise<void>;
}

export interface OddServerOptions {
  /** What its CORS list lets through. */
  allowHeaders: string;
  /** How the POST is answered; `count` is 1 for the first. */
  answer: (response: ServerResponse, post: ArrivedPost, count: number) => void;
}

/** A server on another origin that does to a socket what no `Response` can say. */
export async function startOddServer({ allowHeaders, answer }: OddServerOptions): Promise<OddServer> {
  const posts: ArrivedPost[] = [];
  const questions: string[] = [];
  const server = createServer((request, response) => {
    // A browser repeats by itself what a socket that it has used before has lost.
    response.setHeader('connection', 'close');
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', allowHeaders);
    const { method = '', url: path = '', headers } = request;
    if (method === 'OPTIONS') return void response.writeHead(204).end();
    if (method !== 'POST') {
      questions.push(`${method} ${path}`);
      return void response.writeHead(405).end();
    }
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      const { message } = JSON.parse(body) as { message?: string };
      const key = headers['idempotency-key'];
      const post = { path, message, key: typeof key === 'string' ? key : null };
      posts.push(post);
      answer(response, post, posts.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    questions,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function answerJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
