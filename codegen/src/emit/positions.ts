import type { AckModel, ContractModel, EventModel, RoomModel, TypeNode } from '../model.ts';
import type { Position } from './names.ts';

/** A {@link Position} of a contract and its schema. */
export interface CheckedPosition {
  readonly position: Position;
  readonly node: TypeNode;
}

/**
 * Every place of a contract that has a validated value, in the order of generated files. Positional arguments and acks
 * of several values are tuples, room parameters are objects.
 */
export function positions(model: ContractModel): readonly CheckedPosition[] {
  const known = checked.get(model);
  if (known !== undefined) return known;
  const found = places(model).flatMap((position) => {
    const node = nodeAt(model, position);
    return node === undefined ? [] : [{ position, node }];
  });
  checked.set(model, found);
  return found;
}

/** A cache: models never change, and several files need their positions. */
const checked = new WeakMap<ContractModel, readonly CheckedPosition[]>();

/** The schema of a place; `undefined` if it has none. */
export function nodeAt(model: ContractModel, { at, name }: Position): TypeNode | undefined {
  switch (at) {
    case 'auth':
    case 'identity':
      return model[at];
    case 'params': {
      const room = model.rooms[name];
      return room && paramsNode(room);
    }
    case 'details':
      return model.errors[name]?.details;
    case 'payload':
      return payloadNode(model.clientToServer[name]);
    case 'ack':
      return ackNode(model.clientToServer[name]?.ack);
    case 'event':
      return payloadNode(model.serverToClient[name]);
    case 'reply':
      return ackNode(model.serverToClient[name]?.ack);
    case 'entry': {
      const projection = model.projections?.[name];
      return projection?.kind === 'presence' ? projection.of : undefined;
    }
    default:
      return at satisfies never;
  }
}

function places(model: ContractModel): readonly Position[] {
  const each = (names: object, ...kinds: readonly Position['at'][]): Position[] =>
    Object.keys(names)
      .sort()
      .flatMap((name) => kinds.map((at) => ({ at, name })));
  return [
    { at: 'auth', name: model.name },
    { at: 'identity', name: model.name },
    ...each(model.rooms, 'params'),
    ...each(model.errors, 'details'),
    ...each(model.clientToServer, 'payload', 'ack'),
    ...each(model.serverToClient, 'event', 'reply'),
    ...each(model.projections ?? {}, 'entry'),
  ];
}

/** Schema of an event's payload, or of its arguments as a tuple; `undefined` if it has none. */
export function payloadNode(event: EventModel | undefined): TypeNode | undefined {
  if (event === undefined) return undefined;
  return event.args ? { kind: 'tuple', items: event.args } : event.payload;
}

/** Schema of an ack: its data, or its arguments as a tuple. */
export function ackNode(ack: AckModel | undefined): TypeNode | undefined {
  return ack?.kind === 'raw-args' ? { kind: 'tuple', items: ack.items } : ack?.data;
}

/** Parameters of a room, as an object. */
export function paramsNode(room: RoomModel): TypeNode {
  return { kind: 'object', properties: room.params, unknownKeys: 'strip' };
}
