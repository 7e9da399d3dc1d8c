import { isThenable, type Call, type Scope } from '../call.ts';
import { roomAudience } from '../create-target.ts';
import { isFailure, type HandlerFailure } from '../failure.ts';
import type { Awaitable } from '../options.ts';
import type { Runtime } from '../runtime.ts';
import type { StoreTransaction } from '../stores/log.ts';
import { answerOf } from './once.ts';
import { pack } from './pack.ts';
import { durableOf, newEntry } from './publish.ts';

/**
 * Runs writes and publishes in one transaction of the event log; if `work` throws or returns a failure, it is rolled
 * back. In a command that takes effect once, the result of `work` is the command's answer and is stored with the
 * effect; there can be only one such transaction.
 *
 * @param scope What the transaction belongs to; undefined outside of handlers.
 */
export async function transact(
  runtime: Runtime,
  work: (tx: object) => Awaitable<unknown>,
  scope: Scope | undefined,
): Promise<unknown> {
  const { log } = durableOf(runtime);
  const call = (scope as Call | undefined)?.claim === undefined ? undefined : (scope as Call);
  let answer: Call['answer'];
  try {
    const value = await log.transaction((store) => {
      const finish = (given: unknown): unknown => {
        if (isFailure(given)) throw new RolledBack(given);
        if (call === undefined) return given;
        const wire = answerOf(call, given);
        answer = { wire };
        return after(store.settle({ ...call.claim!, result: pack(wire) }), () => given);
      };
      return after(work(transactionOf(runtime, store)), finish);
    });
    if (call !== undefined) call.answer = answer;
    return value;
  } catch (error) {
    if (error instanceof RolledBack) return error.failure;
    throw error;
  }
}

/** Continues synchronously with an available value: the transactions of some stores are synchronous. */
function after(value: unknown, go: (value: unknown) => unknown): unknown {
  return isThenable(value) ? value.then(go) : go(value);
}

/** Undoes a transaction whose work returned a failure. */
class RolledBack extends Error {
  readonly failure: HandlerFailure;

  constructor(failure: HandlerFailure) {
    super('The work of a transaction returned a failure.');
    this.failure = failure;
  }
}

function transactionOf(runtime: Runtime, store: StoreTransaction): object {
  const tx: Record<string, unknown> = { native: store.native };
  for (const [room, { log }] of Object.entries(runtime.table.rooms)) {
    if (log === undefined) continue;
    tx[room] = (params: Readonly<Record<string, unknown>>) => ({
      publish: (event: string, payload: unknown): void => {
        const audience = roomAudience(runtime, { room, params: [params] });
        void store.append(newEntry(audience, { event, payload }, undefined));
      },
    });
  }
  return tx;
}
