import { meaningOf } from '../canonical.ts';
import type { ContractModel, EventModel, TypeNode } from '../model.ts';

/**
 * Whether the payload of a server event contains every parameter of its room, with the same name and schema, so that a
 * client can derive the room from the payload.
 */
export function roomInPayload(event: EventModel, model: ContractModel): boolean {
  const room = event.room === undefined ? undefined : model.rooms[event.room];
  const payload = event.payload && resolved(event.payload, model);
  if (!room || payload?.kind !== 'object') return false;
  return Object.entries(room.params).every(([name, param]) => {
    const property = payload.properties[name];
    return (
      property !== undefined && meaningOf(resolved(property, model)) === meaningOf(resolved(param, model))
    );
  });
}

function resolved(node: TypeNode, { types }: ContractModel): TypeNode {
  const seen = new Set<string>();
  let current = node;
  while (current.kind === 'ref' && !seen.has(current.name)) {
    seen.add(current.name);
    current = types[current.name] ?? current;
  }
  return current;
}
