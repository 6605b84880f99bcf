import type { AnswerMemory } from './idempotency-cache.js';
import type { AuditTrail } from './audit-trail.js';
import { eventStream } from './event-stream.js';
import { readFailureReport } from './failure-report.js';
import { Guard, type GuardServices } from './guard.js';
import { mergeFields } from './page-rules.js';
import { readCallback, readChat, readConnect } from './read-requests.js';
import { readJson, type JsonObject } from './read-json.js';
import type { RelaySettings } from './read-options.js';
import { badField, RelayError } from './relay-error.js';
import type { RelayCall } from './relay-options.js';
import type { Route } from './routes.js';
import { SecretFilter } from './secret-filter.js';
import { UpstreamLink } from './upstream-link.js';
import { within } from './within.js';
import type {
  CallbackRequest,
  ChatAnswer,
  ChatRequest,
  ChatEvent,
  ConnectRequest,
  Feature,
  Upstream,
} from './upstream.js';

/** The services that are made once per relay. */
export interface RelayServices extends GuardServices {
  answers: AnswerMemory;
  /** A memory of its own, so that no flood of chats makes it forget a call that was paid for. */
  paidAnswers: AnswerMemory;
}

type AnyAsk = ConnectRequest | ChatRequest | CallbackRequest;

/** An answer, and the visitor who gets the ids in it: under a repeated `Idempotency-Key` the one who asked first. */
interface AnswerFor<T> {
  answer: T;
  visitor: string;
  isNamed: boolean;
}

/** One request of an allowed page, on a path that the relay knows. */
export class RelayedRequest {
  readonly #request: Request;
  readonly #route: Route;
  readonly #trail: AuditTrail;
  readonly #services: RelayServices;
  readonly #settings: RelaySettings;
  readonly #guard: Guard;
  readonly #filter: SecretFilter;
  /** Aborts the requests to the upstream when the page has gone. */
  readonly #gone = new AbortController();

  constructor(request: Request, route: Route, trail: AuditTrail, services: RelayServices) {
    this.#request = request;
    this.#route = route;
    this.#trail = trail;
    this.#services = services;
    this.#settings = services.settings;
    this.#guard = new Guard(request, trail, services);
    this.#filter = new SecretFilter(services.settings.upstream.secrets);
    const leave = (): void => this.#gone.abort();
    if (request.signal.aborted) leave();
    else request.signal.addEventListener('abort', leave, { once: true });
  }

  /** Answers the request. Rejects with a `RelayError` for what is not let through. */
  async answer(): Promise<Response> {
    const { name } = this.#route;
    this.#trail.entry.action = name === 'connect' ? 'voice' : name;
    switch (name) {
      case 'features':
        return this.#features();
      case 'record':
        return this.#record();
      case 'report':
        return this.#report();
      case 'connect':
        return this.#connect();
      case 'chat':
        return this.#chat();
      case 'callback':
        return this.#callback();
    }
  }

  async #features(): Promise<Response> {
    await this.#guard.meet(['features', 'featuresShared']);
    await this.#guard.admit('features', null, null);
    const { features, upstream, allow } = this.#settings;
    const needsNoLine = features.includes('callback') && upstream.choosesLine && !allow.phoneNumberIds;
    return this.#json({ features, ...(needsNoLine && { phoneNumberIdOptional: true }) });
  }

  async #connect(): Promise<Response> {
    const agentId = this.#route.id;
    this.#checkAllowed('voice', agentId);
    const body = await this.#readBody();
    const ask = readConnect(this.#request, agentId, body, this.#guard.rules);
    // An id that is not of this visitor's own chat with this agent is dropped: it must not cost the call.
    const session = await this.#guard.open('chat', ask.sessionId, [agentId]);
    const visitor = await this.#guard.admit('voice', agentId, session?.visitor ?? null);
    const asked = { ...ask, sessionId: session?.id };
    const whole = await this.#complete<ConnectRequest>('voice', asked, visitor);
    const { answer, ...owner } = await this.#send(whole, this.#offered('connect'), () =>
      this.#guard.countCall(),
    );
    const callId = answer.callId === null ? null : await this.#sealCall(answer.callId, owner, agentId);
    return this.#json({ ...answer.offer, callId });
  }

  async #chat(): Promise<Response> {
    const agentId = this.#route.id;
    this.#checkAllowed('chat', agentId);
    const body = await this.#readBody();
    const ask = readChat(this.#request, agentId, body, this.#guard.rules);
    const session = await this.#guard.open('chat', ask.sessionId, [agentId]);
    const newcomer = await this.#guard.admit('chat', agentId, session?.visitor ?? null);
    const own = {
      sessionId: session?.id,
      isKnownVisitor: this.#guard.knownVisitor !== null,
      // No stream where the relay remembers answers: they are remembered whole.
      wantsStream: ask.wantsStream && this.#settings.upstream.knowsIdempotencyKeys,
    };
    const whole = await this.#complete<ChatRequest>('chat', { ...ask, ...own }, newcomer);
    const { answer, ...owner } = await this.#send<ChatRequest, ChatAnswer>(whole, this.#offered('chat'));
    const seal = async (id: string | null): Promise<string | null> =>
      id === null ? null : this.#services.ids.seal('chat', { id, ...owner }, agentId);
    if (Symbol.asyncIterator in answer) return this.#stream(answer, seal);
    return this.#json({ ...answer, sessionId: await seal(answer.sessionId) });
  }

  async #callback(): Promise<Response> {
    const body = await this.#readBody();
    const ask = readCallback(this.#request, body, this.#guard.rules);
    this.#checkAllowed('callback', ask.agentId);
    const { allow, destinations } = this.#settings;
    if (allow.phoneNumberIds && !allow.phoneNumberIds.includes(ask.phoneNumberId ?? ''))
      throw badField('phoneNumberId', 'is not allowed');
    if (!destinations?.allows(ask.destination)) throw badField('destination', 'is not allowed');
    const newcomer = await this.#guard.admit('callback', ask.agentId, null);
    const whole = await this.#complete<CallbackRequest>('callback', ask, newcomer);
    const { answer, ...owner } = await this.#send(whole, this.#offered('startCall'), () =>
      this.#guard.countCallback(ask.destination),
    );
    return this.#json({ callId: await this.#sealCall(answer.callId, owner, ask.agentId) });
  }

  async #record(): Promise<Response> {
    await this.#guard.meet();
    const call = await this.#guard.open('call', this.#route.id, this.#settings.allow.agents);
    if (!call) throw new RelayError('call_not_found');
    this.#trail.entry.callId = call.id;
    await this.#guard.admit('record', null, call.visitor);
    const facts = await this.#offered('readCall')(call.id, this.#link());
    return this.#json({ callId: this.#route.id, ...facts });
  }

  async #report(): Promise<Response> {
    const { onReport, timeoutMs } = this.#settings;
    if (!onReport) throw new RelayError('not_offered');
    await this.#guard.meet();
    const visitor = await this.#guard.admit('report', null, null);
    // A beacon's text: with the type of JSON, a page of another origin would have to ask first.
    const report = readFailureReport(await readJson(this.#request, this.#settings, 'text/plain'));
    const call: RelayCall = { action: 'report', agentId: null, visitor: visitor || null };
    await within(timeoutMs, onReport(report, this.#request, call));
    this.#trail.end(204);
    return new Response(null, { status: 204 });
  }

  /** Throws a 404 for an agent or a feature that the site has not named. */
  #checkAllowed(feature: Feature, agentId: string): void {
    if (!this.#settings.allow.agents.includes(agentId)) throw new RelayError('agent_not_found');
    this.#trail.entry.agentId = agentId;
    const { features, upstream } = this.#settings;
    if (!features.includes(feature))
      throw new RelayError('not_offered', { message: upstream.notOffered?.[feature] });
  }

  async #readBody(): Promise<JsonObject> {
    await this.#guard.meet();
    return readJson(this.#request, this.#settings);
  }

  /** Adds the site's own variables and metadata, which win over what the page has sent. */
  async #complete<A extends AnyAsk>(action: Feature, ask: Omit<A, 'visitor'>, visitor: string): Promise<A> {
    const { dynamicVariables, metadata, timeoutMs } = this.#settings;
    const call: RelayCall = { action, agentId: this.#trail.entry.agentId, visitor };
    const whole = { ...ask, visitor } as A;
    const variables = await within(timeoutMs, dynamicVariables?.(this.#request, call));
    const complete = { ...whole, dynamicVariables: mergeFields(whole.dynamicVariables, variables) };
    if (!metadata || action === 'callback') return complete;
    const facts = await within(timeoutMs, metadata(this.#request, call));
    return { ...complete, metadata: mergeFields((whole as ConnectRequest).metadata, facts) };
  }

  #offered<M extends 'connect' | 'chat' | 'startCall' | 'readCall'>(method: M): NonNullable<Upstream[M]> {
    const { upstream } = this.#settings;
    const offered = upstream[method];
    if (!offered) throw new RelayError('not_offered');
    return offered.bind(upstream) as NonNullable<Upstream[M]>;
  }

  /**
   * Sends the request to the upstream. For an upstream that knows no `Idempotency-Key` the relay remembers the answer to each
   * key. `count` is called for what is really sent, and refuses it by throwing.
   */
  async #send<A extends AnyAsk, T>(
    ask: A,
    make: (ask: A, link: UpstreamLink) => Promise<T>,
    count: () => Promise<void> = async () => undefined,
  ): Promise<AnswerFor<T>> {
    const { visitor, idempotencyKey } = ask;
    const { ids, settings, answers, paidAnswers } = this.#services;
    const { knownVisitor } = this.#guard;
    const send = async (link: UpstreamLink): Promise<AnswerFor<T>> => ({
      answer: await make(ask, link),
      visitor,
      isNamed: knownVisitor !== null,
    });
    // Carried through when the page has gone: another request may wait for the answer too, and a phone that rings is not taken
    // back.
    const link = this.#link(settings.upstream.knowsIdempotencyKeys ? undefined : null);
    if (settings.upstream.knowsIdempotencyKeys || idempotencyKey === undefined) {
      await count();
      return send(link);
    }
    const isPaid = this.#route.name === 'callback';
    const key = JSON.stringify([settings.upstream.name, this.#route.name, knownVisitor, idempotencyKey]);
    const question = await ids.digest(JSON.stringify({ ...ask, visitor: knownVisitor }));
    const keeper = isPaid ? paidAnswers : answers;
    return keeper.run(key, question, () => send(link), { keepFailures: isPaid, admit: count });
  }

  #link(gone: AbortSignal | null = this.#gone.signal): UpstreamLink {
    const { fetch: send = globalThis.fetch, upstream } = this.#settings;
    return new UpstreamLink({
      ...this.#settings,
      fetch: send,
      secrets: upstream.secrets,
      gone,
      onStatus: (status) => (this.#trail.entry.upstreamStatus = status),
    });
  }

  async #sealCall(id: string, owner: Omit<AnswerFor<unknown>, 'answer'>, agentId: string): Promise<string> {
    this.#trail.entry.callId = id;
    return this.#services.ids.seal('call', { id, ...owner }, agentId);
  }

  #stream(
    events: AsyncGenerator<ChatEvent, void>,
    seal: (id: string | null) => Promise<string | null>,
  ): Response {
    const body = eventStream(withoutSecrets(events, this.#filter), {
      write: async ({ sessionId, ...event }) => ({
        ...event,
        ...(sessionId !== undefined && { sessionId: await seal(sessionId) }),
      }),
      onCancel: () => this.#gone.abort(),
      onEnd: (error) => this.#trail.end(200, error),
    });
    return new Response(body, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        // nginx holds a stream back otherwise.
        'x-accel-buffering': 'no',
      },
    });
  }

  #json(body: object): Response {
    this.#filter.check(body);
    const response = Response.json(body);
    this.#trail.end(200);
    return response;
  }
}

/** Yields the events, each with as much of the text as is certain to hold no secret. */
async function* withoutSecrets(
  events: AsyncGenerator<ChatEvent, void>,
  filter: SecretFilter,
): AsyncGenerator<ChatEvent, void> {
  const pieces = filter.pieces();
  for await (const { delta = '', ...event } of events) {
    filter.check(event);
    const text = pieces.push(delta) + (event.done ? pieces.end() : '');
    yield { ...(text && { delta: text }), ...event };
  }
  const rest = pieces.end();
  if (rest) yield { delta: rest };
}
