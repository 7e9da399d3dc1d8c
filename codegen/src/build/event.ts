import { durationMs } from '@sockeye/contract';
import type { AckModel, EarlierModel, EventModel, TypeNode } from '../model.ts';
import { mayBeUndefined, undefinedFinding } from './absence.ts';
import { readDocs, isText } from './docs.ts';
import type { Finding } from './site.ts';

/** Parts of a contract as written, not validated yet. */
export type Facts = Readonly<Record<string, unknown>>;

/** What building an event, room or error needs. */
export interface Context {
  /** The node of a root schema. */
  readonly root: (schema: unknown, path: readonly string[]) => TypeNode;
  readonly report: (finding: Finding, path: readonly string[]) => void;
}

type Path = readonly string[];

/** The model of an event, from its declaration `spec`. */
export function eventModel(spec: Facts, path: Path, context: Context): EventModel {
  const { payload, args, errors, delivery } = spec;
  return {
    ...(isText(spec['summary']) ? { summary: spec['summary'] } : {}),
    ...readDocs(spec, (finding) => context.report(finding, [...path, 'examples'])),
    ...(payload === undefined ? {} : { payload: whole(payload, [...path, 'payload'], context) }),
    ...(Array.isArray(args) ? { args: items(args, [...path, 'args'], context) } : {}),
    ...(spec['ack'] === undefined ? {} : { ack: ackModel(spec['ack'], [...path, 'ack'], context) }),
    ...(isFilled(errors) ? { errors: [...new Set(errors.map(String))].sort() } : {}),
    ...roomsOf(spec),
    ...(delivery === 'volatile' || delivery === 'durable' ? { delivery } : {}),
    ...(spec['once'] === true ? { once: true } : {}),
    ...limitOf(spec['limit'], [...path, 'limit'], context),
    ...timeoutOf(spec['timeout'], [...path, 'timeout'], context),
    ...versionsOf(spec['versions'], [...path, 'versions'], context),
  };
}

/** A value as a record; anything that is not an object has no keys. */
export function factsOf(value: unknown): Facts {
  return typeof value === 'object' && value !== null ? (value as Facts) : {};
}

function ackModel(ack: unknown, path: Path, context: Context): AckModel {
  const { kind, schema, failure, _zod } = factsOf(ack);
  if (kind !== 'raw' || _zod !== undefined) return { kind: 'envelope', data: whole(ack, path, context) };
  const failed = failure === undefined ? {} : { failure: true as const };
  return Array.isArray(schema)
    ? { kind: 'raw-args', items: items(schema, path, context), ...failed }
    : { kind: 'raw-value', data: whole(schema, path, context), ...failed };
}

/** A schema for a whole payload or ack, which cannot be omitted. */
function whole(schema: unknown, path: Path, { root, report }: Context): TypeNode {
  const node = root(schema, path);
  if (mayBeUndefined(node)) report(undefinedFinding('undefined'), path);
  return node;
}

function items(schemas: readonly unknown[], path: Path, { root }: Context): readonly TypeNode[] {
  return schemas.map((schema, index) => root(schema, [...path, `[${index}]`]));
}

function roomsOf(spec: Facts): Pick<EventModel, 'joins' | 'leaves' | 'within' | 'room'> {
  const keys = ['joins', 'leaves', 'within', 'room'] as const;
  return Object.fromEntries(keys.filter((key) => isText(spec[key])).map((key) => [key, spec[key]]));
}

function limitOf(limit: unknown, path: Path, context: Context): Pick<EventModel, 'limit'> {
  if (limit === undefined) return {};
  const { rate, per, burst } = factsOf(limit);
  const perMs = durationOf(per, path, context);
  return perMs === undefined ? {} : { limit: { rate: Number(rate), perMs, burst: Number(burst ?? rate) } };
}

function timeoutOf(timeout: unknown, path: Path, context: Context): Pick<EventModel, 'timeoutMs'> {
  const timeoutMs = timeout === undefined ? undefined : durationOf(timeout, path, context);
  return timeoutMs === undefined ? {} : { timeoutMs };
}

function versionsOf(versions: unknown, path: Path, context: Context): Pick<EventModel, 'versions'> {
  if (!isFilled(versions)) return {};
  const forms = versions.map((given, index): EarlierModel => {
    const { until, payload, ack } = factsOf(given);
    const at = [...path, `[${index}]`];
    const node = (cast: unknown, key: string) => whole(factsOf(cast)['schema'], [...at, key], context);
    return {
      until: String(until),
      ...(payload === undefined ? {} : { payload: node(payload, 'payload') }),
      ...(ack === undefined ? {} : { ack: node(ack, 'ack') }),
    };
  });
  return { versions: forms };
}

function durationOf(text: unknown, path: Path, { report }: Context): number | undefined {
  const ms = typeof text === 'string' ? durationMs(text) : undefined;
  if (ms === undefined) {
    const finding: Finding = {
      id: 'invalid-duration',
      message: `${JSON.stringify(text) ?? String(text)} is not a duration.`,
      hint: "Write a number and a unit: '500ms', '10s', '2m' or '1h'.",
    };
    report(finding, path);
  }
  return ms;
}

function isFilled(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}
