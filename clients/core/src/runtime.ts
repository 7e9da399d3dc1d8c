import type { ContractTable } from '@sockeye/contract/wire';
import type { Boundary } from './boundary.ts';
import type { Clock } from './clock.ts';
import type { ClientFeatures } from './features.ts';
import type { ClientOptions } from './options.ts';

/** Shared by all parts of one client. */
export interface Runtime {
  readonly table: ContractTable;
  readonly options: ClientOptions;
  readonly features: ClientFeatures;
  readonly clock: Clock;
  readonly lingerMs: number;
  /** Delay before the next attempt after this many failures, in milliseconds. */
  readonly backoff: (failures: number) => number;
  readonly boundary: Boundary;
  /** Called with errors thrown by the application's functions. */
  readonly report: (error: unknown) => void;
  /** Handles an event as if the server had sent it. Available once the client is created. */
  readonly relay: (event: string, wire: unknown) => void;
}
