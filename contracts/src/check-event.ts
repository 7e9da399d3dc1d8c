import * as z from 'zod';
import type { ContractSpec } from './define.ts';
import { durationMs } from './duration.ts';
import { codes } from './errors.ts';
import type { EventSpec } from './event.ts';
import {
  fieldsOf,
  isCount,
  isPlainObject,
  isRawAck,
  isSchema,
  mayBeAbsent,
  schemaHint,
} from './inspect-schema.ts';
import { checkVersions } from './check-versions.ts';
import { checkKeys, didYouMean, quote, type Report } from './report.ts';

/** Where an event is defined. */
interface Place {
  readonly spec: ContractSpec;
  readonly direction: 'clientToServer' | 'serverToClient';
  readonly name: string;
  readonly report: Report;
}

/** Names that Socket.IO or Node's EventEmitter reserves. */
const reserved: ReadonlySet<string> = new Set([
  'connect',
  'connect_error',
  'connection',
  'disconnect',
  'disconnecting',
  'error',
  'newListener',
  'removeListener',
  '__proto__',
  'constructor',
  'prototype',
]);

const sharedKeys = [
  'summary',
  'description',
  'deprecated',
  'payload',
  'args',
  'ack',
  'errors',
  'delivery',
  'timeout',
  'versions',
  'examples',
];

const ownKeys = {
  clientToServer: ['joins', 'leaves', 'within', 'limit', 'once'],
  serverToClient: ['room'],
} as const;

/** Checks one event. */
export function checkEvent(place: Place): void {
  const { spec, direction, name, report } = place;
  const path = [direction, name];
  checkName(place, path);
  const event: unknown = spec[direction][name];
  if (!isPlainObject(event) || event.kind !== 'event' || !isPlainObject(event.spec)) {
    return report(path, 'This is not an event definition.', 'Write event({ payload: z.object({ ... }) }).');
  }
  const eventSpec = event.spec as EventSpec;
  checkFields(place, path, eventSpec);
  checkSchemas(eventSpec, path, report);
  checkDelivery(eventSpec, path, report);
  checkDurable(place, eventSpec, path);
  checkOnce(eventSpec, path, report);
  checkLimit(eventSpec, path, report);
  checkCodes(spec, { path, codes: eventSpec.errors }, report);
  for (const field of ['joins', 'leaves', 'within', 'room'] as const) {
    if (eventSpec[field] !== undefined) checkRoomField(place, eventSpec, field);
  }
  checkVersions({ direction, spec: eventSpec, path, version: spec.version }, report);
  checkExamples(eventSpec, path, report);
}

function checkName({ name, report }: Place, path: readonly string[]): void {
  if (reserved.has(name)) {
    report(
      path,
      `Socket.IO reserves the event name "${name}".`,
      `Choose another name, such as "app:${name}".`,
    );
  } else if (name.startsWith('sockeye:')) {
    report(path, `The prefix of "${name}" is reserved for Sockeye's own events.`, 'Choose another prefix.');
  } else if (!/^[A-Za-z](?:[\w:./ -]{0,126}[\w:./-])?$/.test(name)) {
    report(
      path,
      `${quote(name)} is not a valid event name.`,
      'Start with a letter, followed by up to 127 letters, digits, spaces, and any of : . / - _',
    );
  }
}

function checkFields({ direction, report }: Place, path: readonly string[], event: EventSpec): void {
  const other = direction === 'clientToServer' ? 'serverToClient' : 'clientToServer';
  for (const key of ownKeys[other]) {
    if (key in event)
      report([...path, key], `"${key}" has no meaning for a ${direction} event.`, `Use it in ${other}.`);
  }
  checkKeys(event, {
    known: [...sharedKeys, ...ownKeys.clientToServer, ...ownKeys.serverToClient],
    path,
    report,
  });
}

function checkSchemas(event: EventSpec, path: readonly string[], report: Report): void {
  if (event.payload !== undefined && event.args !== undefined) {
    report(
      [...path, 'args'],
      'An event cannot have both payload and args.',
      'Use payload, or args to describe an existing wire format.',
    );
  }
  const check = (schema: unknown, key: string) => {
    if (!isSchema(schema)) report([...path, key], `${key} is not a Zod 4 schema.`, schemaHint(schema));
  };
  if (event.payload !== undefined) check(event.payload, 'payload');
  if (event.args !== undefined) {
    if (!Array.isArray(event.args) || event.args.length === 0) {
      report([...path, 'args'], 'args is not an array of schemas.', 'Write args: [z.string(), z.number()].');
    } else event.args.forEach((schema) => check(schema, 'args'));
  }
  const { ack } = event;
  if (ack === undefined) return;
  const schemas: readonly unknown[] = isRawAck(ack) ? [ack.schema].flat() : [ack];
  for (const schema of schemas) check(schema, 'ack');
}

function checkDelivery(event: EventSpec, path: readonly string[], report: Report): void {
  const delivery: unknown = event.delivery;
  if (delivery !== undefined && !deliveries.has(delivery)) {
    report(
      [...path, 'delivery'],
      `${quote(delivery)} is not a valid delivery.`,
      "Use 'event', 'volatile' or 'durable'.",
    );
  }
  if (delivery === 'volatile' && event.ack !== undefined) {
    report(
      [...path, 'ack'],
      'A volatile event may be lost, so it cannot have an ack.',
      "Remove ack, or use delivery 'event'.",
    );
  }
  if (
    event.timeout !== undefined &&
    (typeof event.timeout !== 'string' || durationMs(event.timeout) === undefined)
  ) {
    report(
      [...path, 'timeout'],
      `${quote(event.timeout)} is not a duration.`,
      "Use a number and a unit: '500ms', '5s', '2m'.",
    );
  } else if (event.timeout !== undefined && event.ack === undefined) {
    report(
      [...path, 'timeout'],
      'The event has a timeout but no ack to wait for.',
      'Add an ack, or remove timeout.',
    );
  }
}

const deliveries: ReadonlySet<unknown> = new Set(['event', 'volatile', 'durable']);

/** A durable event is an entry of a room's log: it has a payload, a number and readers, but no ack. */
function checkDurable({ direction, report }: Place, event: EventSpec, path: readonly string[]): void {
  if (event.delivery !== 'durable') return;
  const at = [...path, 'delivery'];
  if (direction === 'clientToServer') {
    return report(
      at,
      'Only server events can be durable.',
      'For a command that must not be lost, use once: true.',
    );
  }
  if (event.room === undefined)
    report(at, 'A durable event needs a room, whose log stores it.', "Add room: '...', or remove delivery.");
  if (event.args !== undefined)
    report(at, 'A durable event cannot have positional arguments.', 'Use payload.');
  if (event.ack !== undefined)
    report([...path, 'ack'], 'A durable event cannot have an ack.', "Remove ack, or use delivery 'event'.");
}

function checkOnce(event: EventSpec, path: readonly string[], report: Report): void {
  const once: unknown = event.once;
  if (once === undefined || once === false) return;
  const at = [...path, 'once'];
  if (once !== true) return report(at, 'once is not a boolean.', 'Write once: true, or remove it.');
  if (event.ack === undefined)
    report(at, 'once needs an ack, which confirms that the command took effect.', 'Add ack: z.object({}).');
  else if (isRawAck(event.ack))
    report(at, 'An event with a raw ack cannot carry the key of a command.', 'Remove once.');
  if (event.args !== undefined)
    report(at, 'Positional arguments cannot carry the key of a command.', 'Use payload, or remove once.');
  if (event.joins !== undefined || event.leaves !== undefined)
    report(at, 'Clients repeat joining and leaving automatically.', 'Remove once.');
}

function checkLimit(event: EventSpec, path: readonly string[], report: Report): void {
  const { limit } = event;
  if (limit === undefined) return;
  if (
    !isPlainObject(limit) ||
    !isCount(limit.rate) ||
    typeof limit.per !== 'string' ||
    durationMs(limit.per) === undefined
  ) {
    return report([...path, 'limit'], 'limit is not a valid rate.', "Write limit: { rate: 10, per: '1s' }.");
  }
  checkKeys(limit, { known: ['rate', 'per', 'burst'], path: [...path, 'limit'], report });
  if (limit.burst !== undefined && !isCount(limit.burst)) {
    report(
      [...path, 'limit'],
      'burst is not a whole number above 0.',
      'Omit it for a burst of "rate" calls.',
    );
  }
}

function checkCodes(
  spec: ContractSpec,
  declared: { readonly path: readonly string[]; readonly codes: unknown },
  report: Report,
): void {
  if (declared.codes === undefined) return;
  const path = [...declared.path, 'errors'];
  if (!Array.isArray(declared.codes))
    return report(path, 'errors is not an array.', "Write errors: ['FORBIDDEN'].");
  const known = [...Object.keys(spec.errors ?? {}), ...Object.keys(codes)];
  for (const code of declared.codes as unknown[]) {
    if (typeof code === 'string' && known.includes(code)) continue;
    report(path, `Unknown error ${quote(code)}.`, didYouMean(code, known) ?? 'Declare it under errors.');
  }
}

function checkRoomField(place: Place, event: EventSpec, field: 'joins' | 'leaves' | 'within' | 'room'): void {
  const { spec, report } = place;
  const path = [place.direction, place.name, field];
  const name = event[field];
  const rooms = Object.keys(spec.rooms ?? {});
  if (typeof name !== 'string' || !rooms.includes(name)) {
    const hint = didYouMean(name, rooms) ?? 'Declare it under rooms.';
    return report(path, `Unknown room ${quote(name)}.`, hint);
  }
  if (field === 'room') return;
  const fields = fieldsOf(event.payload);
  if (!fields) {
    return report(
      path,
      `The payload must be an object that contains the parameters of room "${name}".`,
      event.args === undefined
        ? 'Use payload: z.object({ ... }).'
        : 'Keep this event in plain Socket.IO code, and add one with a payload under another name.',
    );
  }
  const params = Object.keys(spec.rooms?.[name]?.params ?? {});
  for (const param of params) {
    if (!Object.hasOwn(fields, param)) {
      report(
        path,
        `Room "${name}" needs "${param}", which the payload does not contain.`,
        `Add ${param} to the payload.`,
      );
    } else if (mayBeAbsent(fields[param])) {
      report(
        path,
        `Room "${name}" needs "${param}", which is optional in the payload.`,
        `Make ${param} required.`,
      );
    }
  }
  if (field === 'joins' || field === 'leaves') checkOnlyParams({ fields, params, name }, path, report);
}

/** Clients join and leave with the room's parameters only, also after a reconnect, so nothing else can be required. */
function checkOnlyParams(
  payload: {
    readonly fields: Readonly<Record<string, unknown>>;
    readonly params: readonly string[];
    readonly name: string;
  },
  path: readonly string[],
  report: Report,
): void {
  for (const extra of Object.keys(payload.fields)) {
    if (payload.params.includes(extra) || mayBeAbsent(payload.fields[extra])) continue;
    report(
      path,
      `"${extra}" is not a parameter of room "${payload.name}", but the payload requires it.`,
      `Make ${extra} optional, or send it with another event.`,
    );
  }
}

function checkExamples(event: EventSpec, path: readonly string[], report: Report): void {
  if (event.examples === undefined) return;
  if (!Array.isArray(event.examples))
    return report([...path, 'examples'], 'examples is not an array.', 'Write [{ ... }].');
  const schema = event.args ? z.tuple(event.args as unknown as [z.ZodType]) : event.payload;
  if (!isSchema(schema))
    return report(
      [...path, 'examples'],
      'The event has examples but no payload.',
      'Remove examples, or add a payload.',
    );
  event.examples.forEach((example, index) => {
    const problem = problemOf(schema, example);
    if (problem)
      report(
        [...path, 'examples', String(index)],
        `The example is invalid: ${problem}`,
        'Write it in wire form: dates as ISO 8601 text.',
      );
  });
}

function problemOf(schema: z.ZodType, example: unknown): string | undefined {
  try {
    const result = z.safeDecode(schema, example);
    if (result.success) return undefined;
    const [issue] = result.error.issues;
    return issue
      ? `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}`
      : 'no reason given';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
