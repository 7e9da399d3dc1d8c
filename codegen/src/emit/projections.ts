import type { ContractModel, TypeNode } from '../model.ts';
import type { ProjectionModel } from '../projection-model.ts';
import { mayBeAbsent, mayBeNull } from './absence.ts';
import { property } from './declare.ts';
import { bracketed, objectValue, type Layout } from './layout.ts';
import { propertyKey, quote, sortedEntries } from './literal.ts';
import { entryType, eventType, paramsType, schemaType, validatorName } from './names.ts';
import type { SourceFile } from './source-file.ts';

/** Projections with their names, in the order of generated files. */
export type NamedProjections = readonly (readonly [name: string, projection: ProjectionModel])[];

/** Projections of a room's handle; without `room`, those of the client. */
export function projectionsOf({ projections = {} }: ContractModel, room?: string): NamedProjections {
  return sortedEntries(projections).filter(([, projection]) => projection.room === room);
}

/** Members of an interface, one per projection. */
export function projectionMembers(file: SourceFile, projections: NamedProjections): string[] {
  return projections.map(([name, projection]) =>
    property(`readonly ${name}`, storeType(file, name, projection), {
      summary: projection.summary ?? summaries[projection.kind],
    }),
  );
}

/** The option for loading collections; none without collections. */
export function projectionOptions(file: SourceFile, { projections = {} }: ContractModel): string[] {
  const lines = sortedEntries(projections).flatMap(([name, projection]) => {
    if (projection.kind !== 'collection') return [];
    const types = [rowType(file, projection)];
    if (projection.room !== undefined) types.push(file.t(paramsType(projection.room)));
    return [`    readonly ${name}?: ${file.type('CollectionOptions')}<${types.join(', ')}> | undefined;\n`];
  });
  if (lines.length === 0) return [];
  const summary = 'How each collection loads its rows.';
  return [property('readonly projections?', `{\n${lines.join('')}  } | undefined`, { summary })];
}

/** A projection's entry in the table: a call of the runtime's function for its kind. */
export function projectionEntry(file: SourceFile, name: string, model: ContractModel): Layout {
  const projection = model.projections![name]!;
  const make = file.imports.value(projection.kind, '@sockeye/client/codegen');
  const checked =
    projection.kind === 'presence' ? [`of: ${file.v(validatorName({ at: 'entry', name }))}`] : [];
  return [`/* @__PURE__ */ ${make}(`, objectValue([...facts(projection, model), ...checked]), ')'];
}

const summaries = {
  collection: 'Rows, kept up to date by events, with pending edits applied.',
  expiring: 'The newest payload of each key, until it expires.',
  latest: 'The newest value; `undefined` until the first.',
  feed: 'The latest items, and how many are unread.',
  presence: 'The users in the room, each once, however many tabs they have open.',
} as const satisfies Record<ProjectionModel['kind'], string>;

function storeType(file: SourceFile, name: string, projection: ProjectionModel): string {
  switch (projection.kind) {
    case 'collection': {
      const row = rowType(file, projection);
      return `${file.type('CollectionStore')}<${row}, ${row}[${quote(projection.key)}]>`;
    }
    case 'expiring':
      return `${file.type('ExpiringStore')}<${file.t(eventType(projection.event))}>`;
    case 'latest': {
      const field = projection.pick === undefined ? '' : `[${quote(projection.pick)}]`;
      return `${file.type('LatestStore')}<${file.t(eventType(projection.event))}${field}>`;
    }
    case 'feed': {
      const item = file.t(eventType(projection.event));
      return `${file.type('FeedStore')}<${item}, ${item}[${quote(projection.key)}]>`;
    }
    case 'presence':
      return `${file.type('PresenceStore')}<${file.t(entryType(name))}>`;
    default:
      return projection satisfies never;
  }
}

type Collection = Extract<ProjectionModel, { kind: 'collection' }>;

/** The row's type: its own name, or the type in the first event that carries a whole row. */
function rowType(file: SourceFile, { of, upsert = {} }: Collection): string {
  if (of.kind === 'ref') return file.t(schemaType(of.name));
  const [first] = sortedEntries(upsert);
  if (first === undefined) return 'Record<string, unknown>';
  const [event, field] = first;
  return file.t(eventType(event)) + (field === true ? '' : `[${quote(field)}]`);
}

function facts(projection: ProjectionModel, model: ContractModel): Layout[] {
  const { kind, room } = projection;
  const shared = room === undefined ? [] : [`room: ${quote(room)}`];
  switch (kind) {
    case 'collection': {
      const { key, version, upsert, patch, remove } = projection;
      const unset = unsetFields(projection, model);
      return [
        ...shared,
        ...text({ key, version }),
        ...record('upsert', upsert, (field) => (field === true ? 'true' : quote(field))),
        ...record('patch', patch, (fields) => objectValue(text({ ...fields }))),
        ...record('remove', remove, quote),
        ...(unset.length > 0 ? [['unset: ', bracketed(unset.map(quote))]] : []),
      ];
    }
    case 'expiring': {
      const { event, key, ttlMs, clear } = projection;
      return [...shared, ...text({ event, key }), `ttlMs: ${ttlMs}`, ...record('clear', clear, quote)];
    }
    case 'latest':
      return [...shared, ...text({ event: projection.event, pick: projection.pick })];
    case 'feed': {
      const { event, key, limit } = projection;
      return [...shared, ...text({ event, key }), `limit: ${limit}`];
    }
    case 'presence':
      return [...shared, ...text({ key: projection.key }), ...listFact(projection.list)];
    default:
      return kind satisfies never;
  }
}

function listFact(list: Readonly<Record<string, string>> = {}): Layout[] {
  return Object.entries(list).map(([event, field]): Layout => [
    'list: ',
    objectValue([`event: ${quote(event)}`, `field: ${quote(field)}`]),
  ]);
}

function text(values: Readonly<Record<string, string | undefined>>): Layout[] {
  const order = ['event', 'key', 'changes', 'version', 'pick'];
  return order.flatMap((name) => (values[name] === undefined ? [] : [`${name}: ${quote(values[name])}`]));
}

function record<Value>(
  name: string,
  values: Readonly<Record<string, Value>> | undefined,
  write: (value: Value) => Layout,
): Layout[] {
  if (values === undefined) return [];
  const items = sortedEntries(values).map(([key, value]): Layout => [`${propertyKey(key)}: `, write(value)]);
  return [[`${name}: `, objectValue(items)]];
}

/** Fields that a change can set to `null`, but a row cannot hold `null`: in the row they become absent. */
function unsetFields({ of, patch = {} }: Collection, model: ContractModel): string[] {
  const { types } = model;
  const row = propertiesOf(of, model);
  const names = new Set<string>();
  for (const [event, { changes }] of Object.entries(patch)) {
    const payload = model.serverToClient[event]?.payload;
    const node = payload && propertiesOf(payload, model)[changes];
    for (const [name, change] of Object.entries(node ? propertiesOf(node, model) : {})) {
      const field = row[name];
      const isUnset =
        field && mayBeAbsent(field, types) && !mayBeNull(field, types) && mayBeNull(change, types);
      if (isUnset) names.add(name);
    }
  }
  return [...names].sort();
}

function propertiesOf(node: TypeNode, { types }: ContractModel): Readonly<Record<string, TypeNode>> {
  let current: TypeNode | undefined = node;
  for (let depth = 0; current?.kind === 'ref' && depth < 100; depth++) current = types[current.name];
  return current?.kind === 'object' ? current.properties : {};
}
