import { memberName } from '@sockeye/contract/wire';
import {
  defaultLogRule,
  type AckModel,
  type ContractModel,
  type EventModel,
  type RoomModel,
} from '../model.ts';
import { hasLog } from './events.ts';
import type { EmitContext, SourceFile } from './source-file.ts';
import { bracketed, broken, objectValue, print, type Layout } from './layout.ts';
import { member, propertyKey, quote, sortedEntries } from './literal.ts';
import { identifier, validatorName, type Position } from './names.ts';
import { payloadNode } from './positions.ts';
import { projectionEntry } from './projections.ts';
import { roomInPayload } from './room-in-payload.ts';
import { isCompiledAt } from './validators/uncompiled.ts';

/** The runtime that reads the table. The table contains only what that needs. */
export type TableSide = 'server' | 'client';

interface TableContext extends EmitContext {
  readonly file: SourceFile;
  readonly side: TableSide;
}

/** The table of a contract, as a constant. */
export function tableText(context: EmitContext, file: SourceFile, side: TableSide): string {
  const { model, options } = context;
  const table: TableContext = { ...context, file, side };
  const contract = entry({
    contract: quote(model.name),
    version: quote(model.version),
    hash: quote(options.hash),
    namespace: quote(model.namespace),
  });
  const head = `const table: ${file.type('ContractTable')} = `;
  const layout = entry({
    contract,
    auth: model.auth && validator(table, { at: 'auth', name: model.name }),
    identity:
      model.identity && side === 'server'
        ? validator(table, { at: 'identity', name: model.name })
        : undefined,
    rooms: roomsEntry(table),
    errors: errorsEntry(table),
    clientToServer: eventsEntry(table, 'clientToServer'),
    serverToClient: eventsEntry(table, 'serverToClient'),
    presence: side === 'server' ? presencesEntry(table) : undefined,
    projections: side === 'client' ? projectionsEntry(table) : undefined,
  });
  return `${head}${print(broken(layout), '', [head.length, 1])};\n`;
}

/** Import of the contract's module. */
export function contractReference({ options }: EmitContext, file: SourceFile): string {
  const isTaken =
    options.exportName === 'default' ||
    ['table', 'zod', 't', 'v', 'defineServer', 'earlierForms'].includes(options.exportName);
  return file.imports.value(
    isTaken ? `${options.exportName} as contract` : options.exportName,
    options.contractImport,
  );
}

function roomsEntry(context: TableContext): Layout {
  return objectValue(
    sortedEntries(context.model.rooms).map(([name, room]) => [
      `${propertyKey(name)}: `,
      entry({
        params: bracketed(Object.keys(room.params).sort().map(quote)),
        validator: context.side === 'server' ? validator(context, { at: 'params', name }) : undefined,
        auto:
          room.auto &&
          objectValue(sortedEntries(room.auto).map(([key, field]) => `${propertyKey(key)}: ${quote(field)}`)),
        log: context.side === 'server' && hasLog(name, context.model) ? logRule(room) : undefined,
      }),
    ]),
  );
}

function logRule(room: RoomModel): Layout {
  const { history, keep, maxAgeMs } = { ...defaultLogRule, ...room };
  return entry({ history: quote(history), keep: String(keep), maxAgeMs: String(maxAgeMs) });
}

function errorsEntry(context: TableContext): Layout {
  return objectValue(
    sortedEntries(context.model.errors).map(([code, error]) => [
      `${propertyKey(code)}: `,
      entry({
        details: error.details && validator(context, { at: 'details', name: code }),
        retryable: error.retryable && 'true',
      }),
    ]),
  );
}

function projectionsEntry({ file, model }: TableContext): Layout | undefined {
  if (model.projections === undefined) return undefined;
  return objectValue(
    sortedEntries(model.projections).map(([name]) => [`${name}: `, projectionEntry(file, name, model)]),
  );
}

function presencesEntry(context: TableContext): Layout | undefined {
  const presences = sortedEntries(context.model.projections ?? {}).flatMap(([name, projection]) =>
    projection.kind === 'presence' ? [[name, projection] as const] : [],
  );
  if (presences.length === 0) return undefined;
  return objectValue(
    presences.map(([name, { room = '', key, list = {} }]) => {
      const [told] = Object.entries(list);
      return [
        `${name}: `,
        entry({
          room: quote(room),
          key: quote(key),
          of: validator(context, { at: 'entry', name }),
          list: told && entry({ event: quote(told[0]), field: quote(told[1]) }),
        }),
      ];
    }),
  );
}

type Direction = 'clientToServer' | 'serverToClient';

function eventsEntry(context: TableContext, direction: Direction): Layout {
  return objectValue(
    context.file.each(direction, sortedEntries(context.model[direction]), {
      // Printed as in a broken list; if the list is not broken, neither is the entry.
      write: (name, event) =>
        print([`${propertyKey(name)}: `, eventEntry(context, { name, event, direction })], '    ', [4, 1]),
      between: ',\n    ',
    }),
  );
}

interface NamedEvent {
  readonly name: string;
  readonly event: EventModel;
  readonly direction: Direction;
}

function eventEntry(context: TableContext, { name, event, direction }: NamedEvent): Layout {
  const [payload, ack] =
    direction === 'clientToServer' ? (['payload', 'ack'] as const) : (['event', 'reply'] as const);
  return entry({
    name: context.side === 'client' ? ownName(name) : undefined,
    payload: payloadNode(event) && validator(context, { at: payload, name }),
    args: event.args && 'true',
    ack: event.ack && validator(context, { at: ack, name }),
    rawAck: rawAck(event.ack),
    rawFailure: rawFailure(context, { name, event, direction }),
    errors: context.side === 'server' ? errorCodes(event) : undefined,
    joins: event.joins && quote(event.joins),
    leaves: event.leaves && quote(event.leaves),
    within: event.within && quote(event.within),
    room: event.room && quote(event.room),
    roomInPayload: roomInPayload(event, context.model) ? 'true' : undefined,
    volatile: event.delivery === 'volatile' ? 'true' : undefined,
    durable: event.delivery === 'durable' ? 'true' : undefined,
    once: event.once && 'true',
    versions: context.side === 'server' ? earlierForms(context, { name, event, direction }) : undefined,
    limit: context.side === 'server' ? limit(event) : undefined,
    timeoutMs: event.timeoutMs === undefined ? undefined : String(event.timeoutMs),
  });
}

/** The identifier of an event, if clients would derive another one. */
function ownName(event: string): Layout | undefined {
  const name = identifier(event);
  return name === memberName(event) ? undefined : quote(name);
}

function errorCodes({ errors }: EventModel): Layout | undefined {
  return errors && bracketed([...errors].sort().map(quote));
}

function rawAck(ack: AckModel | undefined): Layout | undefined {
  if (ack === undefined || ack.kind === 'envelope') return undefined;
  return quote(ack.kind === 'raw-value' ? 'value' : 'args');
}

/** A function stays in the contract, which only servers import. Only the side that answers needs it. */
function rawFailure(context: TableContext, { name, event, direction }: NamedEvent): Layout | undefined {
  const hasFailure = event.ack !== undefined && event.ack.kind !== 'envelope' && event.ack.failure === true;
  if (!hasFailure || context.side === 'client' || direction === 'serverToClient') return undefined;
  return `${contractReference(context, context.file)}.spec.clientToServer${member(name)}.spec.ack.failure`;
}

/** Casts are functions of the contract, so the runtime takes the forms from there. */
function earlierForms(context: TableContext, { name, event, direction }: NamedEvent): Layout | undefined {
  if (event.versions === undefined) return undefined;
  const forms = context.file.imports.value('earlierForms', '@sockeye/server/codegen');
  return `${forms}(${contractReference(context, context.file)}.spec.${direction}${member(name)})`;
}

function limit({ limit: rule }: EventModel): Layout | undefined {
  return rule && entry({ rate: String(rule.rate), perMs: String(rule.perMs), burst: String(rule.burst) });
}

function validator(context: TableContext, position: Position): Layout {
  const { file, options, side, model } = context;
  // A server must make every check: Zod makes those that generated code cannot.
  const generated = options.validators === 'generated' && isCompiledAt(model, position);
  if (side === 'client' || generated) return file.v(validatorName(position));
  const zod = file.imports.value('zod', '@sockeye/server/codegen');
  const spec = `${contractReference(context, file)}.spec`;
  return position.at === 'params'
    ? `${zod}.params(${spec}.rooms${member(position.name)})`
    : `${zod}(${spec}${schemaPath(position, model)})`;
}

/** Path to the schema of a position in a contract's specification. */
export function schemaPath({ at, name }: Position, model: ContractModel): string {
  switch (at) {
    case 'auth':
    case 'identity':
      return `.${at}`;
    case 'params':
      return `.rooms${member(name)}`;
    case 'details':
      return `.errors${member(name)}.details`;
    case 'payload':
      return `.clientToServer${member(name)}.spec.${model.clientToServer[name]?.args ? 'args' : 'payload'}`;
    case 'event':
      return `.serverToClient${member(name)}.spec.${model.serverToClient[name]?.args ? 'args' : 'payload'}`;
    case 'ack':
      return `.clientToServer${member(name)}.spec.ack${rawAck(model.clientToServer[name]?.ack) ? '.schema' : ''}`;
    case 'reply':
      return `.serverToClient${member(name)}.spec.ack${rawAck(model.serverToClient[name]?.ack) ? '.schema' : ''}`;
    case 'entry':
      return `.projections${member(name)}.spec.of`;
    default:
      return at satisfies never;
  }
}

/** An object value without absent facts. */
function entry(facts: Readonly<Record<string, Layout | undefined>>): Layout {
  const items: Layout[] = [];
  for (const key in facts) {
    const value = facts[key];
    if (value !== undefined) items.push([`${key}: `, value]);
  }
  return objectValue(items);
}
