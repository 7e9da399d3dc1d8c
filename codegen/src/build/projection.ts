import { durationMs } from '@sockeye/contract';
import type { TypeNode } from '../model.ts';
import type { ProjectionModel } from '../projection-model.ts';
import { isText } from './docs.ts';
import { sortedEntries } from './entries.ts';
import { factsOf, type Facts } from './event.ts';

/** What building a projection needs. */
export interface ProjectionSource {
  /** The whole contract. */
  readonly spec: Facts;
  readonly root: (schema: unknown, path: readonly string[]) => TypeNode;
}

/** The projections of a contract; `undefined` if it has none. */
export function projectionModels({
  spec,
  root,
}: ProjectionSource): Readonly<Record<string, ProjectionModel>> | undefined {
  const models = sortedEntries(spec['projections'], (value, name) => {
    const { kind, spec: facts } = factsOf(value);
    return projectionModel(String(kind), factsOf(facts), {
      room: (event) => joinedRoom(spec, event),
      row: (schema) => root(schema, ['projections', name, 'of']),
    });
  });
  return Object.keys(models).length > 0 ? models : undefined;
}

interface Surroundings {
  readonly room: (event: string | undefined) => string | undefined;
  readonly row: (schema: unknown) => TypeNode;
}

function projectionModel(kind: string, facts: Facts, { room, row }: Surroundings): ProjectionModel {
  const [first] = [facts['upsert'], facts['patch'], facts['remove']].flatMap((part) =>
    Object.keys(part ?? {}),
  );
  const event = isText(facts['event']) ? facts['event'] : (first ?? '');
  const of = kind === 'presence' ? String(facts['room']) : room(event);
  const shared = {
    ...(isText(facts['summary']) ? { summary: facts['summary'] } : {}),
    ...(of === undefined ? {} : { room: of }),
  };
  const key = String(facts['key']);
  switch (kind) {
    case 'collection':
      return {
        ...shared,
        kind,
        of: row(facts['of']),
        key,
        ...(isText(facts['version']) ? { version: facts['version'] } : {}),
        ...fields(facts, 'upsert', (field) => (field === true ? field : String(field))),
        ...fields(facts, 'patch', (patch) => {
          const { key, changes, version } = factsOf(patch);
          return {
            key: String(key),
            changes: String(changes),
            ...(isText(version) ? { version } : {}),
          };
        }),
        ...fields(facts, 'remove', String),
      };
    case 'expiring':
      return {
        ...shared,
        kind,
        event,
        key,
        ttlMs: durationMs(String(facts['ttl'])) ?? 0,
        ...fields(facts, 'clear', String),
      };
    case 'presence':
      return { ...shared, kind, of: row(facts['of']), key, ...fields(facts, 'list', String) };
    case 'feed':
      return { ...shared, kind, event, key, limit: Number(facts['limit']) };
    default: {
      const { pick } = facts;
      return { ...shared, kind: 'latest', event, ...(isText(pick) ? { pick } : {}) };
    }
  }
}

/** A record of a specification under its key; nothing where it has none. */
function fields<Key extends string, Out>(
  facts: Facts,
  key: Key,
  convert: (value: unknown) => Out,
): { readonly [K in Key]?: Readonly<Record<string, Out>> } {
  const entries = sortedEntries(facts[key], convert);
  if (Object.keys(entries).length === 0) return {};
  return { [key]: entries } as { readonly [K in Key]?: Readonly<Record<string, Out>> };
}

/** Room of a server's event, where a client's event joins it. */
function joinedRoom(spec: Facts, event: string | undefined): string | undefined {
  const { room } = factsOf(factsOf(factsOf(spec['serverToClient'])[event ?? ''])['spec']);
  const joins = Object.values(factsOf(spec['clientToServer'])).map(
    (each) => factsOf(factsOf(each)['spec'])['joins'],
  );
  return isText(room) && joins.includes(room) ? room : undefined;
}
