import type { ContractModel, EventModel, ObjectNode, TypeNode } from '../../../codegen/src/model.ts';

/**
 * A model with so many events, half in each direction, about ten fields each: half with a nested object, a quarter with
 * a union of three, a third acknowledged. Every tenth server event is bound to the one room.
 */
export function syntheticModel(events: number): ContractModel {
  const half = Math.floor(events / 2);
  const numbered = (count: number, prefix: string, make: (index: number) => EventModel) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}:${index}`, make(index)]));
  return {
    format: 1,
    name: 'load',
    version: '1.0.0',
    namespace: '/',
    auth: object({ token: text }),
    identity: object({ id: { kind: 'ref', name: 'UserId' } }),
    rooms: { board: { params: { boardId: text } } },
    errors: { QUOTA_EXCEEDED: { details: object({ limit: { kind: 'number' } }) } },
    clientToServer: {
      'board:join': {
        payload: object({ boardId: text }),
        ack: { kind: 'envelope', data: object({}) },
        joins: 'board',
      },
      ...numbered(half, 'command', (index) => ({
        summary: `Command number ${index}.`,
        payload: payload(index),
        ...(index % 3 === 0
          ? { ack: { kind: 'envelope', data: object({ version: { kind: 'number' } }) } }
          : {}),
        ...(index % 6 === 0 ? { errors: ['QUOTA_EXCEEDED'] } : {}),
      })),
    },
    serverToClient: numbered(events - half, 'event', (index) => ({
      summary: `Event number ${index}.`,
      payload: payload(index),
      ...(index % 10 === 0 ? { room: 'board' } : {}),
    })),
    types: {
      Author: object({ id: { kind: 'ref', name: 'UserId' }, name: text }),
      UserId: { kind: 'string', description: 'Identifies a user.' },
    },
  };
}

const text: TypeNode = { kind: 'string', checks: [{ check: 'max-length', value: 200 }] };

function payload(index: number): ObjectNode {
  const nested = {
    position: object({ x: { kind: 'number' }, y: { kind: 'number' }, z: optional({ kind: 'number' }) }),
  };
  const union: TypeNode = {
    kind: 'union',
    discriminator: 'kind',
    members: ['circle', 'label', 'square'].map((kind) =>
      object({ kind: { kind: 'literal', values: [kind] }, size: { kind: 'number' } }),
    ),
  };
  return object({
    author: { kind: 'ref', name: 'Author' },
    boardId: text,
    count: { kind: 'number' },
    done: { kind: 'boolean' },
    id: { kind: 'string', checks: [{ check: 'pattern', pattern: '^[0-9a-f-]{36}$' }] },
    labels: { kind: 'array', item: text },
    notes: optional(text),
    status: { kind: 'enum', values: ['active', 'done', 'open'] },
    title: text,
    ...(index % 2 === 0 ? nested : {}),
    ...(index % 4 === 0 ? { shape: union } : {}),
  });
}

function object(properties: Readonly<Record<string, TypeNode>>): ObjectNode {
  return { kind: 'object', properties, unknownKeys: 'strip' };
}

function optional(inner: TypeNode): TypeNode {
  return { kind: 'optional', inner };
}
