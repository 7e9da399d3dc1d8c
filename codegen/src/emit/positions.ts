import type { AckModel, ContractModel, EventModel, RoomModel, TypeNode } from '../model.ts';
import { sortedEntries } from './literal.ts';
import type { Position } from './names.ts';

/** A {@link Position} of a contract, and the schema of what stands there. */
export interface CheckedPosition {
  readonly position: Position;
  readonly node: TypeNode;
}

/**
 * Every place of a contract that holds a checked value, in the order of generated files. Positional arguments and
 * acknowledgements of several values are tuples, room parameters are objects.
 */
export function positions(model: ContractModel): readonly CheckedPosition[] {
  const found: CheckedPosition[] = [];
  const add = (at: Position['at'], name: string, node: TypeNode | undefined) => {
    if (node !== undefined) found.push({ position: { at, name }, node });
  };
  add('auth', model.name, model.auth);
  add('identity', model.name, model.identity);
  for (const [name, room] of sortedEntries(model.rooms)) add('params', name, paramsNode(room));
  for (const [code, error] of sortedEntries(model.errors)) add('details', code, error.details);
  for (const [name, event] of sortedEntries(model.clientToServer)) {
    add('payload', name, payloadNode(event));
    add('ack', name, ackNode(event.ack));
  }
  for (const [name, event] of sortedEntries(model.serverToClient)) {
    add('event', name, payloadNode(event));
    add('reply', name, ackNode(event.ack));
  }
  return found;
}

/** What an event carries: its payload, its arguments as a tuple, or nothing. */
export function payloadNode(event: EventModel): TypeNode | undefined {
  return event.args ? { kind: 'tuple', items: event.args } : event.payload;
}

/** What answers an event: the data, or the arguments as a tuple. */
export function ackNode(ack: AckModel | undefined): TypeNode | undefined {
  return ack?.kind === 'raw-args' ? { kind: 'tuple', items: ack.items } : ack?.data;
}

/** Parameters of a room, as the object that callers pass. */
export function paramsNode(room: RoomModel): TypeNode {
  return { kind: 'object', properties: room.params, unknownKeys: 'strip' };
}
