import type { ContractModel, EventModel, TypeNode } from '../model.ts';

/** A model with nothing in it but what is given. */
export function modelOf(parts: Partial<ContractModel> = {}): ContractModel {
  return {
    format: 1,
    name: 'chat',
    version: '1.0.0',
    namespace: '/',
    rooms: {},
    errors: {},
    clientToServer: {},
    serverToClient: {},
    types: {},
    ...parts,
  };
}

/** Events that carry nothing, by name. */
export function plainEvents(...names: readonly string[]): Record<string, EventModel> {
  return Object.fromEntries(names.map((name) => [name, {}]));
}

/** An object schema. */
export function objectNode(properties: Readonly<Record<string, TypeNode>>): TypeNode {
  return { kind: 'object', properties, unknownKeys: 'strip' };
}
