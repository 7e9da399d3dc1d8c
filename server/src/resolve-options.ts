import type { RoomParams } from '@sockeye/contract/wire';
import type {
  Authenticate,
  Awaitable,
  ContractPolicy,
  Log,
  Observation,
  RoomAuthorizer,
  ServerOptions,
} from './options.ts';
import { resolveBackpressure, type BackpressureRule } from './backpressure.ts';
import { resolveDurable, type DurableRule } from './durable/options.ts';
import type { ShapeBounds } from './nesting.ts';
import type { RateLimits } from './rate-limits.ts';
import { resolvePresence } from './presence/options.ts';
import type { PresentUser } from './presence/target.ts';
import type { EventLog } from './stores/log.ts';

/** A handler as the runtime calls it. */
export type Handler = (payload: unknown, ctx: unknown) => unknown;

/** The options of a generated `createXServer`, without their types. */
export interface GivenOptions extends ServerOptions {
  readonly authenticate?: Authenticate<unknown, unknown>;
  readonly authorize?: Readonly<Record<string, RoomAuthorizer<RoomParams, unknown>>>;
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly presence?: Readonly<Record<string, PresentUser<unknown, unknown, unknown>>>;
}

type Hook = (ctx: unknown, reason: string) => Awaitable<void>;

/** Options with their defaults filled in. */
export interface ResolvedOptions {
  readonly authenticate: Authenticate<unknown, unknown> | undefined;
  readonly authorize: Readonly<Record<string, RoomAuthorizer<RoomParams, unknown>>>;
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly requireContract: boolean;
  readonly contractPolicy: ContractPolicy;
  readonly timeoutMs: number;
  readonly authenticateTimeoutMs: number;
  readonly expiryGraceMs: number;
  readonly maxRooms: number;
  readonly bounds: ShapeBounds;
  readonly answerUnknown: boolean;
  readonly backpressure: BackpressureRule;
  readonly volatileTickMs: number;
  readonly rateLimits: RateLimits | undefined;
  readonly eventLog: EventLog | undefined;
  readonly durable: DurableRule;
  readonly presence: ReturnType<typeof resolvePresence>;
  /** What others see of a user, by projection. */
  readonly presentUsers: Readonly<Record<string, PresentUser<unknown, unknown, unknown>>>;
  readonly onConnect: Hook | undefined;
  readonly onDisconnecting: Hook | undefined;
  readonly onDisconnect: Hook | undefined;
  readonly observe: ((observation: Observation) => unknown) | undefined;
  readonly log: Log;
  readonly now: () => number;
}

/** Fills in the defaults that {@link ServerOptions} documents. */
export function resolveOptions(given: GivenOptions): ResolvedOptions {
  return {
    authenticate: given.authenticate,
    authorize: given.authorize ?? {},
    handlers: given.handlers,
    requireContract: given.requireContract ?? false,
    contractPolicy: given.contractPolicy ?? 'reject',
    timeoutMs: given.timeoutMs ?? 10_000,
    authenticateTimeoutMs: given.authenticateTimeoutMs ?? 10_000,
    expiryGraceMs: given.expiryGraceMs ?? 25_000,
    maxRooms: given.maxRooms ?? 128,
    bounds: {
      depth: given.limits?.depth ?? 64,
      keys: given.limits?.keys ?? 1_000,
      items: given.limits?.items ?? 10_000,
    },
    backpressure: resolveBackpressure(given.backpressure),
    volatileTickMs: given.volatileTickMs ?? 33,
    rateLimits: given.rateLimits,
    eventLog: given.eventLog,
    durable: resolveDurable(given.durable),
    presence: resolvePresence(given.presenceOptions),
    presentUsers: given.presence ?? {},
    answerUnknown: given.unknownEvents !== 'ignore',
    onConnect: given.onConnect,
    onDisconnecting: given.onDisconnecting,
    onDisconnect: given.onDisconnect,
    observe: given.observe,
    log: given.log ?? consoleLog,
    now: given.now ?? (() => performance.now()),
  };
}

/* eslint-disable no-console -- the default log */
const consoleLog: Log = {
  error: (fields, message) => console.error(`sockeye: ${message}`, fields),
  warn: (fields, message) => console.warn(`sockeye: ${message}`, fields),
};
