import { memberName, type ContractTable } from '@sockeye/contract/wire';
import { createClient } from './client.ts';
import type { Handler } from './event-hub.ts';
import type { ClientFeatures } from './features.ts';
import type { ClientOptions } from './options.ts';
import type { ClientBase, EmitOptions, ListenOptions, RequestOptions } from './surface.ts';

/**
 * Returns the function that creates a contract's clients: {@link ClientBase} with `on`, `answer`, `emit` and `request`
 * by event name, and a method for each event and each joinable room.
 *
 * @param features Parts that the contract needs besides events and requests.
 */
export function defineClient<Options extends ClientOptions, Client extends ClientBase>(
  table: ContractTable,
  features: ClientFeatures = {},
): (options: Options) => Client {
  return (options) => {
    const { room, stores, ...client } = createClient(table, features, options);
    const methods: Record<string, unknown> = {};
    for (const [event, { name = memberName(event), ack, joins, leaves }] of Object.entries(
      table.clientToServer,
    )) {
      if (joins !== undefined) {
        methods[table.rooms[joins]?.name ?? joins] = (params: object) => room(joins, params);
      } else if (leaves === undefined) {
        methods[name] = ack
          ? (payload?: unknown, how?: RequestOptions) => client.request(event, payload, how)
          : (payload?: unknown, how?: EmitOptions) => client.emit(event, payload, how);
      }
    }
    for (const [event, { name = memberName(event), ack }] of Object.entries(table.serverToClient)) {
      const listen = client[ack ? 'answer' : 'on'];
      methods[(ack ? 'answer' : 'on') + name.charAt(0).toUpperCase() + name.slice(1)] = (
        handler: Handler,
        how?: ListenOptions,
      ) => listen(event, handler, how);
    }
    return { ...methods, ...stores, ...client } as unknown as Client;
  };
}
