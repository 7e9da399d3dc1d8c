import { ContractError, type ContractTable } from '@sockeye/contract/wire';
import type { Namespace } from 'socket.io';
import { attach } from './attach.ts';
import { allTarget, roomTarget, socketTarget } from './create-target.ts';
import { checkOptions } from './check-options.ts';
import { createClientLedger, type ClientVersions } from './client-versions.ts';
import { createContexts } from './context.ts';
import type { CloseOptions, ContractServer } from './options.ts';
import { createDeadlines } from './deadlines.ts';
import { drain } from './drain.ts';
import { transact } from './durable/transaction.ts';
import { createWithdrawals } from './durable/withdrawals.ts';
import { expire, stepsFor } from './pipeline.ts';
import { resolveOptions, type GivenOptions, type ResolvedOptions } from './resolve-options.ts';
import type { Route } from './route.ts';
import type { Runtime } from './runtime.ts';
import { turningPoints } from './version-rooms.ts';

/** The part of a Socket.IO server that is needed, whatever its event types. */
export interface SocketServer {
  of(namespace: string): unknown;
}

/** Events that contracts handle, by namespace. */
const served = new WeakMap<Namespace, Set<string>>();

/**
 * Creates the function that serves a contract. Generated code calls it with the types of the contract.
 *
 * @returns A function that attaches the contract to a Socket.IO server, next to existing listeners.
 * @throws ContractError (the returned function) if the options are invalid or another contract already handles one of
 * the events on the namespace.
 */
export function defineServer<Options, Server>(
  table: ContractTable,
): (io: SocketServer, options: Options) => Server {
  return (io, options) => {
    const given = options as unknown as GivenOptions;
    checkOptions(table, given);
    const runtime = createRuntime(table, io.of(table.contract.namespace) as Namespace, resolveOptions(given));
    claimEvents(runtime);
    attach(runtime);
    return serverOf(runtime) as Server;
  };
}

function createRuntime(table: ContractTable, namespace: Namespace, options: ResolvedOptions): Runtime {
  const runtime: Runtime = {
    table,
    options,
    namespace,
    routes: routesOf(table, options),
    outgoing: new Map(Object.entries(table.serverToClient)),
    turningPoints: turningPoints(table),
    clients: createClientLedger(),
    sessionKey: Symbol(`sockeye.session.${table.contract.contract}`),
    contexts: {},
    durable: undefined,
    withdrawals: createWithdrawals(),
    presence: undefined,
    closing: false,
    running: createDeadlines(expire),
    onIdle: undefined,
  };
  runtime.contexts = createContexts(runtime);
  return runtime;
}

function routesOf(table: ContractTable, options: ResolvedOptions): ReadonlyMap<string, Route> {
  const routes = Object.entries(table.clientToServer).map(([event, entry], index): Route => {
    const timeoutMs = entry.timeoutMs ?? options.timeoutMs;
    const handler = options.handlers[event]!;
    const answer = `the answer to "${event}"`;
    return { event, entry, index, handler, answer, timeoutMs, steps: stepsFor(entry) };
  });
  return new Map(routes.map((route) => [route.event, route]));
}

function claimEvents({ namespace, routes, table }: Runtime): void {
  const events = served.get(namespace) ?? new Set<string>();
  const taken = [...routes.keys()].filter((event) => events.has(event));
  if (taken.length > 0) {
    const message = `"${table.contract.contract}" cannot be served on "${namespace.name}": another contract already handles ${taken.join(', ')}.`;
    throw new ContractError('INTERNAL', { message });
  }
  served.set(namespace, new Set([...events, ...routes.keys()]));
}

function serverOf(runtime: Runtime): object {
  let closed: Promise<void> | undefined;
  const server: ContractServer & Record<string, unknown> = {
    contract: runtime.table.contract,
    namespace: runtime.namespace,
    clients: () => clientVersions(runtime),
    close: (options) => (closed ??= close(runtime, options)),
    all: () => allTarget(runtime),
    socket: (id: string) => socketTarget(runtime, id),
    presence: runtime.presence?.targets,
    transaction: (work: (tx: object) => unknown) => transact(runtime, work, undefined),
  };
  for (const room of Object.keys(runtime.table.rooms)) {
    server[room] = (...params: Readonly<Record<string, unknown>>[]) => roomTarget(runtime, { room, params });
  }
  return server;
}

function clientVersions({ table, clients }: Runtime): ClientVersions {
  const { contract, version, hash } = table.contract;
  return { server: { contract, version, hash }, ...clients.view() };
}

async function close(runtime: Runtime, options: CloseOptions = {}): Promise<void> {
  const { timeoutMs = 10_000, cut = 'namespace', spreadMs = 1_000 } = options;
  runtime.closing = true;
  await drain(runtime, spreadMs);
  if (runtime.running.size > 0) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      runtime.onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  await runtime.presence?.close();
  runtime.durable?.close();
  if (cut === 'transport') for (const socket of runtime.namespace.sockets.values()) socket.conn.close();
  else runtime.namespace.local.disconnectSockets();
}
