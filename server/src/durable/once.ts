/**
 * Commands that take effect once. The first call with a key claims it, runs, and stores its answer in the log's
 * store: in the transaction of its effect if there is one, else right after it. Every later call with the key, on any
 * node, gets that answer; a call with another payload gets CONFLICT.
 *
 * @module once
 */
import { createHash } from 'node:crypto';
import { INVALID } from '@sockeye/contract/wire';
import { later, refuseCall, type Call } from '../call.ts';
import { contextOf } from '../context.ts';
import { failedWith } from '../errors.ts';
import { isFailure } from '../failure.ts';
import { invoke } from '../invoke.ts';
import { encodeOutgoing } from '../outgoing.ts';
import { logWarning } from '../report.ts';
import { newId, type Bid, type EventLog, type Settlement } from '../stores/log.ts';
import { pack, unpack } from './pack.ts';
import { durableOf } from './publish.ts';
import { unavailable } from './serve.ts';

/** How long a handler's claim is renewed beyond its deadline, in milliseconds: it may still be running. */
const spareMs = 5_000;

/** How often a call checks whether the first one with its key has finished, in milliseconds. */
const lookEveryMs = 20;

/** A command's key in the store, and the right to answer it. */
export type OwnClaim = Omit<Settlement, 'result'>;

/** Runs the handler of a command, unless another call with the same key has done so. */
export function invokeOnce(call: Call, payload: unknown): unknown {
  const { id } = call.meta;
  if (id === undefined || id === '') return invoke(call, payload);
  if (!call.session.socket.connected) return refuseCall(call, 'DISCONNECTED');
  return later(call, perform(call, payload, id), (_call, outcome) => outcome);
}

async function perform(call: Call, payload: unknown, id: string): Promise<unknown> {
  const { log } = durableOf(call.runtime);
  const key = keyOf(call, id);
  const digest = digestOf(call, payload);
  const { leaseMs } = call.runtime.options.durable;
  const bid: Bid = { key, digest, token: newId(), leaseMs };
  while (!call.settled) {
    const claim = await log.claim(bid).catch((error: unknown) => {
      throw unavailable(error);
    });
    if (claim.kind === 'mine') {
      if (call.settled) return void (await log.release(key, bid.token));
      const stop = prolong(call, log, bid);
      const outcome = await run(call, payload, { key, token: bid.token }).finally(stop);
      if (outcome !== overtaken) return outcome;
      continue;
    }
    if (claim.digest !== digest)
      return refuseCall(call, 'CONFLICT', { message: 'The key was used before with another payload.' });
    if (claim.kind === 'done') {
      call.answer = { wire: unpack(claim.result) };
      return undefined;
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  return undefined;
}

/** Renews a claim while its handler runs; returns the function that stops this. */
function prolong({ route }: Call, log: EventLog, bid: Bid): () => void {
  const everyMs = bid.leaseMs / 4;
  let left = Math.ceil((route.timeoutMs + spareMs) / everyMs);
  const timer = setInterval(() => {
    if ((left -= 1) > 0) void log.claim(bid).catch(() => undefined);
    else clearInterval(timer);
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Another node took over the claim and answered. */
const overtaken: unique symbol = Symbol('sockeye.overtaken');

async function run(call: Call, payload: unknown, claim: OwnClaim): Promise<unknown> {
  const { log } = durableOf(call.runtime);
  const giveBack = async (): Promise<void> => {
    await log.release(claim.key, claim.token).catch(() => undefined);
  };
  call.claim = claim;
  let answer: unknown;
  try {
    answer = await call.route.handler(payload, contextOf(call));
  } catch (error) {
    if (call.answer === undefined) await giveBack();
    else logWarning(call.runtime.options, { err: error }, `"${call.event}" failed after its effect`);
    if (call.answer === undefined) throw error;
  }
  if (call.answer !== undefined) return undefined;
  if (isFailure(answer)) {
    await giveBack();
    return failedWith(call, answer);
  }
  const wire = answerOf(call, answer);
  const isKept = await log.settle({ ...claim, result: pack(wire) }).catch((error: unknown) => {
    throw unavailable(error);
  });
  if (!isKept) return overtaken;
  call.answer = { wire };
  return undefined;
}

/**
 * A command's answer in wire form.
 *
 * @throws ContractError when it does not match the contract.
 */
export function answerOf({ route }: Call, answer: unknown): unknown {
  return encodeOutgoing(route.entry.ack!, answer, `the answer to "${route.event}"`);
}

/** Keys are per user: nobody can get the answer to somebody else's command. */
function keyOf({ runtime, session }: Call, id: string): string {
  const scope = [runtime.table.contract.contract, runtime.options.durable.commandOwner(session.identity), id];
  return `command:${hash(JSON.stringify(scope))}`;
}

function digestOf({ route }: Call, payload: unknown): string {
  const wire = route.entry.payload?.encode(payload);
  return hash(canonical([route.event, wire === INVALID || wire === undefined ? payload : wire]));
}

/** Text that is equal for equal values, whatever the order of their keys. */
function canonical(value: unknown): string {
  return pack(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sorted(inner)]);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
