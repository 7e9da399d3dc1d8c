/**
 * Once-only commands: each has a key, and is resent with it, over any number of connections, until it is answered.
 * Several are in flight at a time; an unanswered one does not block the others.
 *
 * @module commands
 */
import type { Result } from '@sockeye/contract/wire';
import type { Prepared, Settle, StartCall } from './calls.ts';
import { fail, passing } from './errors.ts';
import type { Runtime } from './runtime.ts';
import type { StoredCommand } from './storage.ts';
import { whenAborted } from './subscribers.ts';
import type { RequestOptions } from './surface.ts';

/** The commands of one client. */
export interface Commands {
  /** Resends the commands of an earlier page. A second call does nothing. */
  readonly open: () => void;
  /** Number of queued commands. */
  readonly waiting: () => number;
  readonly run: (call: Prepared, options: RequestOptions) => Promise<Result<unknown>>;
  /** Ends all commands with DISCONNECTED and removes stored ones. */
  readonly close: () => void;
}

/** What commands need of the rest of a client. */
export interface CommandsOwner {
  readonly start: StartCall;
  /** {@link Commands.waiting} may have changed. */
  readonly changed: () => void;
}

/** Starts a command; `done` is called once, when it ends. */
export type GiveCommand = (call: Prepared, options: RequestOptions, done: Settle) => void;

interface Command extends StoredCommand {
  readonly begin: () => void;
  readonly settle: Settle;
}

/** Maximum number of commands in flight. */
const windowSize = 16;
/** Default time limit of a command, in milliseconds. */
const defaultTimeoutMs = 60_000;

/** Sends once-only commands, for a generated client. */
export function once(runtime: Runtime, { start, changed }: CommandsOwner): Commands {
  const { options, clock } = runtime;
  const clientId = randomId();
  const all = new Set<Command>();
  const backlog: Command[] = [];
  const outbox = options.outbox?.(runtime);
  let flying = 0;
  let sequence = 0;
  let closed = false;
  let opened = false;

  function store(): void {
    outbox?.save([...all].map(({ id, event, payload, at }) => ({ id, event, payload, at })));
  }

  function next(): void {
    while (flying < windowSize && backlog.length) backlog.shift()!.begin();
    changed();
  }

  function give(
    call: Prepared,
    { timeoutMs, signal, whenOffline = 'queue' }: RequestOptions,
    done: Settle,
  ): void {
    const abort = new AbortController();
    /** Commands of an earlier page wait for their room, without blocking others. */
    const weight = call.patient ? 0 : 1;
    let state: 'waiting' | 'flying' | 'settled' = 'waiting';
    let failures = 0;
    let cancelRetry = (): void => undefined;
    let ignore = (): void => undefined;
    const command: Command = {
      id: call.meta!.id!,
      event: call.event,
      payload: call.args[0],
      at: call.at ?? clock.now(),
      begin: () => {
        if (state === 'waiting') flying += weight;
        state = 'flying';
        start(call, { signal: abort.signal, whenOffline }, (result) => {
          const isOpen = !result.ok && passing.includes(result.error.code) && whenOffline === 'queue';
          if (state === 'settled' || !isOpen) return command.settle(result);
          const { code, retryAfterMs } = result.error;
          if (code === 'DISCONNECTED') return command.begin();
          const delay = retryAfterMs ?? runtime.backoff(++failures);
          cancelRetry = clock.after(delay, command.begin);
        });
      },
      settle: (result) => {
        if (state === 'settled') return;
        if (state === 'flying') flying -= weight;
        else backlog.splice(backlog.indexOf(command), 1);
        state = 'settled';
        cancelRetry();
        cancelTimer();
        ignore();
        all.delete(command);
        abort.abort();
        store();
        done(result);
        if (closed) changed();
        else next();
      },
    };
    const end = (code: string) => command.settle(fail(code));
    const cancelTimer = clock.after(timeoutMs ?? defaultTimeoutMs, () => end('TIMEOUT'));
    all.add(command);
    backlog.push(command);
    if (closed) return end('DISCONNECTED');
    ignore = whenAborted(signal, () => end('ABORTED'));
    // Commands in flight do not count.
    if (backlog.length > (options.queueLimit ?? 100)) return end('UNAVAILABLE');
    store();
    next();
  }

  function open(): void {
    if (!opened) outbox?.open(give);
    opened = true;
  }

  return {
    open,
    waiting: () => backlog.length,
    run: (call, how) => {
      open();
      return new Promise((done) => give({ ...call, meta: { id: `${clientId}:${++sequence}` } }, how, done));
    },
    close: () => {
      closed = true;
      for (const { settle: end } of [...all]) end(fail('DISCONNECTED'));
    },
  };
}

/** Works without HTTPS too, where `crypto.randomUUID` is missing. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
