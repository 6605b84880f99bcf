import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { packedSite } from './packed-site.js';
import { RELAY_AGENTS, RELAY_KEY, RELAY_SECRET, relayChecks } from './relay-checks.js';
import { type RelayHost, startRelayHost } from './relay-host.js';
import { type RelayUpstream, startRelayUpstream } from './relay-upstream.js';
import { type HostManner, RelayVisitor, SITE } from './relay-visitor.js';
import { installRuntimes, type RuntimeName } from './runtimes.js';

interface HostKind extends HostManner {
  name: string;
  /** Node when there is none. */
  runtime?: RuntimeName;
  args: readonly string[];
}

const HOSTS: readonly HostKind[] = [
  { name: 'Node', args: ['node.js'] },
  { name: 'Express', args: ['express.js'] },
  { name: 'Hono', args: ['hono.js'] },
  {
    name: 'Worker',
    runtime: 'workerd',
    args: ['serve', 'relay-worker.capnp', '--control-fd=1'],
    addressHeader: 'cf-connecting-ip',
    needsReset: true,
  },
  {
    name: 'Deno',
    runtime: 'deno',
    args: ['run', '--allow-env', '--allow-net', '--unstable-no-legacy-abort', 'deno.js'],
    leavesClosing: true,
  },
  { name: 'Bun', runtime: 'bun', args: ['bun.js'] },
];

/** Told of each check: what went wrong, or `null`. */
export type RecordCheck = (title: string, problem: string | null) => void;

/**
 * The examples of `demo/examples/relay`, each in a process of its own, from the packed package that lies in `packedSite`,
 * with the embedded backend behind it. A runtime that npm cannot install here is skipped, with a line that says why.
 */
export async function checkRelayHosts(record: RecordCheck): Promise<void> {
  const folder = join(packedSite.folder, 'relay');
  cpSync('demo/examples/relay', folder, { recursive: true });
  cpSync('test/examples/relay-worker.capnp', join(folder, 'relay-worker.capnp'));
  const findRuntime = installRuntimes();
  const upstream = await startRelayUpstream();
  try {
    for (const kind of HOSTS) {
      const runtime = kind.runtime ? findRuntime(kind.runtime) : { command: process.execPath };
      if ('missing' in runtime) console.log(`  skipped relay in ${kind.name}: ${runtime.missing}`);
      else await checkHost(kind, runtime.command, folder, upstream, record);
    }
  } finally {
    await upstream.close();
  }
}

async function checkHost(
  { name, args, ...manner }: HostKind,
  command: string,
  cwd: string,
  upstream: RelayUpstream,
  record: RecordCheck,
): Promise<void> {
  let host: RelayHost;
  try {
    host = await startRelayHost({ command, args, cwd, env: environment(upstream.url) });
  } catch (error) {
    return record(`relay in ${name}: starts`, String(error));
  }
  try {
    const visitor = new RelayVisitor(host.url, manner);
    for (const [title, check] of relayChecks) {
      upstream.forget();
      record(`relay in ${name}: ${title}`, await problemOf(check({ visitor, upstream, host })));
    }
  } finally {
    await host.stop();
  }
}

function environment(upstreamUrl: string): Record<string, string> {
  return {
    PORT: '0',
    OSMTALK_KEY: RELAY_KEY,
    OSMTALK_URL: upstreamUrl,
    OSMTALK_AGENTS: RELAY_AGENTS.join(','),
    OSMTALK_DESTINATIONS: '+1,+44',
    SITE_ORIGINS: SITE,
    RELAY_SECRET,
    DENO_NO_UPDATE_CHECK: '1',
  };
}

async function problemOf(checked: Promise<void>): Promise<string | null> {
  try {
    await checked;
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
