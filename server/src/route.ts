import type { EventEntry } from '@sockeye/contract/wire';
import type { Step } from './call.ts';
import type { Handler } from './resolve-options.ts';

/** One event of the clients', with everything that can be worked out before it comes. */
export interface Route {
  readonly event: string;
  readonly entry: EventEntry;
  /** Position among the routes; names the rate limit's bucket. */
  readonly index: number;
  readonly handler: Handler;
  /** What errors call its answer. */
  readonly answer: string;
  /** How long the handler with its authorizer may take, in milliseconds. */
  readonly timeoutMs: number;
  /** The steps that this event needs, in order. */
  readonly steps: readonly Step[];
}
