import type { ContractTable } from '@sockeye/contract/wire';
import type { ClientOptions } from './options.ts';
import type { ClientBase } from './surface.ts';

/**
 * Turns a contract's table into the function that makes its clients: those of {@link ClientBase} with a method for
 * each event and room of the table.
 */
export function defineClient<Options extends ClientOptions, Client extends ClientBase>(
  table: ContractTable,
): (options: Options) => Client {
  return (options) => ({ table, options }) as never;
}
