import type { ContractSpec } from './define.ts';
import { durationMs } from './duration.ts';
import {
  fieldsOf,
  isCount,
  isPlainObject,
  isRoomValue,
  isSchema,
  mayBeAbsent,
  schemaHint,
} from './inspect-schema.ts';
import { checkKeys, type Report } from './report.ts';

/** Checks the rooms themselves: names, parameters, automatic joins. */
export function checkRooms(spec: ContractSpec, report: Report): void {
  if (spec.rooms === undefined) return;
  if (!isPlainObject(spec.rooms))
    return report(['rooms'], 'rooms is not an object.', 'Write { name: room({ ... }) }.');
  for (const [name, room] of Object.entries(spec.rooms)) {
    const path = ['rooms', name];
    if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) {
      report(
        path,
        `"${name}" is not a valid room name.`,
        'Start with a letter, and use letters, digits, hyphens and underscores.',
      );
    }
    if (!isPlainObject(room) || room.kind !== 'room' || !isPlainObject(room.params)) {
      report(path, 'This is not a room definition.', 'Write room({ taskId: TaskId }).');
      continue;
    }
    checkKeys(room, {
      known: ['kind', 'params', 'auto', 'summary', 'history', 'keep', 'maxAge'],
      path,
      report,
    });
    if (Object.keys(room.params).length === 0) {
      report(
        path,
        'The room has no parameter.',
        'Add a parameter. To reach everyone in the namespace, no room is needed: use all().',
      );
    }
    for (const [param, schema] of Object.entries(room.params)) {
      if (!isSchema(schema))
        report([...path, param], 'The parameter is not a Zod 4 schema.', schemaHint(schema));
      else if (!isRoomValue(schema) || mayBeAbsent(schema)) {
        report(
          [...path, param],
          'A room parameter must be a required string or number.',
          'Use z.string(), z.int() or z.enum([...]).',
        );
      }
    }
    checkAuto(spec, { name, auto: room.auto, params: Object.keys(room.params) }, report);
    checkLog(spec, { name, ...room }, report);
  }
}

/** Checks how events use rooms: which events join and leave each room, and that one does join it. */
export function checkRoomTraffic(spec: ContractSpec, report: Report): void {
  if (!isPlainObject(spec.rooms) || !isPlainObject(spec.clientToServer)) return;
  for (const [name, room] of Object.entries(spec.rooms)) {
    const joiners = eventsWith(spec, 'joins', name);
    const leavers = eventsWith(spec, 'leaves', name);
    const insiders = eventsWith(spec, 'within', name);
    for (const event of joiners.slice(1)) {
      report(
        ['clientToServer', event, 'joins'],
        `"${joiners[0]}" already joins room "${name}".`,
        'Only one event can join a room.',
      );
    }
    for (const event of leavers.slice(1)) {
      report(
        ['clientToServer', event, 'leaves'],
        `"${leavers[0]}" already leaves room "${name}".`,
        'Only one event can leave a room.',
      );
    }
    if (room?.auto !== undefined) {
      for (const event of [...joiners, ...leavers]) {
        report(
          ['clientToServer', event],
          `The server joins room "${name}" on connect.`,
          'Remove joins and leaves, or remove "auto" from the room.',
        );
      }
    } else if (joiners.length === 0) {
      for (const event of [...leavers, ...insiders]) {
        report(
          ['clientToServer', event],
          `No event joins room "${name}", so nobody can be in it.`,
          `Add joins: '${name}' to an event.`,
        );
      }
    }
  }
}

/** Checks the options for the log of a room's durable events. */
function checkLog(
  spec: ContractSpec,
  room: {
    readonly name: string;
    readonly history?: unknown;
    readonly keep?: unknown;
    readonly maxAge?: unknown;
  },
  report: Report,
): void {
  const { name, history, keep, maxAge } = room;
  const path = ['rooms', name];
  if (history !== undefined && history !== 'full' && history !== 'sinceJoin')
    report([...path, 'history'], 'This is not a valid history.', "Use 'full' or 'sinceJoin'.");
  if (keep !== undefined && !isCount(keep))
    report([...path, 'keep'], 'keep is not a whole number above 0.', 'Write keep: 10_000.');
  if (maxAge !== undefined && (typeof maxAge !== 'string' || durationMs(maxAge) === undefined))
    report([...path, 'maxAge'], 'maxAge is not a duration.', "Use a number and a unit: '12h', '7d'.");
  if ((history ?? keep ?? maxAge) === undefined || !isPlainObject(spec.serverToClient)) return;
  const isLogged = Object.values(spec.serverToClient).some(
    (event) => event?.spec?.room === name && event.spec.delivery === 'durable',
  );
  if (!isLogged)
    report(
      path,
      `Room "${name}" has no durable events, so nothing is kept.`,
      "Add delivery: 'durable' to an event of the room, or remove history, keep and maxAge.",
    );
}

function checkAuto(
  spec: ContractSpec,
  room: { readonly name: string; readonly auto: unknown; readonly params: readonly string[] },
  report: Report,
): void {
  if (room.auto === undefined) return;
  const path = ['rooms', room.name, 'auto'];
  const identity = fieldsOf(spec.identity);
  if (!isPlainObject(room.auto))
    return report(path, '"auto" is not an object.', "Write { auto: { userId: 'id' } }.");
  if (!identity)
    return report(
      path,
      'The contract has no identity to read the parameters from.',
      'Add identity: z.object({ ... }).',
    );
  for (const param of room.params) {
    const field = room.auto[param];
    if (typeof field !== 'string') {
      report(path, `Parameter "${param}" has no identity field.`, `Write auto: { ${param}: 'id' }.`);
    } else if (!Object.hasOwn(identity, field)) {
      report(
        path,
        `The identity has no field "${field}".`,
        `Its fields: ${Object.keys(identity).join(', ')}.`,
      );
    } else if (!isRoomValue(identity[field]) || mayBeAbsent(identity[field])) {
      report(path, `Identity field "${field}" is not a required string or number.`, 'Use a field that is.');
    }
  }
  checkKeys(room.auto, { known: room.params, path, report });
}

function eventsWith(
  spec: ContractSpec,
  field: 'joins' | 'leaves' | 'within',
  room: string,
): readonly string[] {
  return Object.keys(spec.clientToServer).filter((name) => spec.clientToServer[name]?.spec?.[field] === room);
}
