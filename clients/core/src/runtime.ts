import type { ContractTable } from '@sockeye/contract/wire';
import type { Boundary } from './boundary.ts';
import type { Clock } from './clock.ts';
import type { ClientFeatures } from './features.ts';
import type { ClientOptions } from './options.ts';

/** What all parts of one client share. */
export interface Runtime {
  readonly table: ContractTable;
  readonly options: ClientOptions;
  readonly features: ClientFeatures;
  readonly clock: Clock;
  readonly lingerMs: number;
  /** How long to wait before the next attempt, after so many that have failed, in milliseconds. */
  readonly backoff: (failures: number) => number;
  readonly boundary: Boundary;
  /** Takes what the application's own functions throw. */
  readonly report: (error: unknown) => void;
  /** Takes an event as if it had come from the server, once the client stands. */
  readonly relay: (event: string, wire: unknown) => void;
}
