import { ContractError, type ContractTable } from '@sockeye/contract/wire';
import { contextNames } from './context.ts';
import type { GivenOptions } from './resolve-options.ts';

/**
 * Checks for plain JavaScript callers what types guarantee otherwise: a handler for each event and for nothing else, an
 * authorizer for each room that clients join, `authenticate` if there is an identity.
 *
 * @throws ContractError that lists all problems.
 */
export function checkOptions(table: ContractTable, options: GivenOptions): void {
  const faults = [
    ...handlerFaults(table, options),
    ...authorizerFaults(table, options),
    ...nameFaults(table),
    ...presenceFaults(table, options),
    ...logFaults(table, options),
    ...(table.identity !== undefined && typeof options.authenticate !== 'function'
      ? ['authenticate is missing: the contract declares an identity.']
      : []),
  ];
  if (faults.length === 0) return;
  throw new ContractError('INTERNAL', {
    message: `The server of "${table.contract.contract}" cannot start. ${faults.join(' ')}`,
  });
}

function handlerFaults(table: ContractTable, { handlers = {} }: Partial<GivenOptions>): readonly string[] {
  const events = Object.keys(table.clientToServer);
  return [
    ...events
      .filter((event) => typeof handlers[event] !== 'function')
      .map((event) => `handlers['${event}'] is missing.`),
    ...Object.keys(handlers)
      .filter((event) => !events.includes(event))
      .map((event) => `handlers['${event}'] matches no event of the contract.`),
  ];
}

function logFaults(table: ContractTable, { eventLog }: GivenOptions): readonly string[] {
  if (typeof eventLog?.append === 'function') return [];
  const durable = Object.values(table.serverToClient).some((entry) => entry.durable);
  const once = Object.values(table.clientToServer).some((entry) => entry.once);
  if (!durable && !once) return [];
  return [`eventLog is missing: the contract has ${durable ? 'durable events' : 'events with once: true'}.`];
}

function authorizerFaults(table: ContractTable, { authorize = {} }: GivenOptions): readonly string[] {
  const joined = new Set(Object.values(table.clientToServer).flatMap(({ joins }) => joins ?? []));
  return [...joined]
    .filter((room) => typeof authorize[room] !== 'function')
    .map((room) => `authorize.${room} is missing: clients join that room.`);
}

function presenceFaults(table: ContractTable, { presence = {} }: GivenOptions): readonly string[] {
  return Object.keys(table.presence ?? {})
    .filter((name) => typeof presence[name] !== 'function')
    .map((name) => `presence.${name} is missing: it describes what others see of a user.`);
}

function nameFaults(table: ContractTable): readonly string[] {
  const taken: readonly string[] = [...contextNames, 'clients', 'close', 'contract', 'namespace'];
  return Object.keys(table.rooms)
    .filter((room) => taken.includes(room))
    .map((room) => `Rename the room "${room}": the name is reserved in handler contexts and servers.`);
}
