import { durationMs, type Contract } from '@sockeye/contract';
import { sortedEntries } from './build/entries.ts';
import { isText, readDocs } from './build/docs.ts';
import { createWalk, type Walk } from './build/walk.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { AckModel, ContractModel, ErrorModel, EventModel, RoomModel, TypeNode } from './model.ts';
import { modelFormat } from './model.ts';

/** A model, and what was found on the way to it. With an error among the findings the model is not to be used. */
export interface BuildResult {
  readonly model: ContractModel;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Says what a contract says, as plain data. Everything is walked in order of names, so that the same contract gives
 * the same model however its source is ordered. It never throws: what cannot be read is a finding.
 */
export function buildModel(contract: Contract): BuildResult {
  const spec = recordOf(recordOf(contract)['spec']);
  const name = String(spec['name']);
  const diagnostics: Diagnostic[] = [];
  const report = (finding: Diagnostic): void => void diagnostics.push({ ...finding, contract: name });
  const walk = createWalk(report);
  const context: Context = { walk, report };
  const model: ContractModel = {
    format: modelFormat,
    name,
    version: String(spec['version']),
    namespace: isText(spec['namespace']) ? spec['namespace'] : '/',
    ...(isText(spec['summary']) ? { summary: spec['summary'] } : {}),
    ...(spec['auth'] === undefined ? {} : { auth: walk.root(spec['auth'], ['auth']) }),
    ...(spec['identity'] === undefined ? {} : { identity: walk.root(spec['identity'], ['identity']) }),
    rooms: sortedEntries(spec['rooms'], (room, key) => roomModel(room, ['rooms', key], context)),
    errors: sortedEntries(spec['errors'], (error, key) => errorModel(error, ['errors', key], context)),
    clientToServer: sortedEntries(spec['clientToServer'], (event, key) =>
      eventModel(event, ['clientToServer', key], context),
    ),
    serverToClient: sortedEntries(spec['serverToClient'], (event, key) =>
      eventModel(event, ['serverToClient', key], context),
    ),
    types: sortedEntries(Object.fromEntries(walk.types()), (node) => node as TypeNode),
  };
  return { model, diagnostics };
}

type Path = readonly string[];

interface Context {
  readonly walk: Walk;
  readonly report: (finding: Diagnostic) => void;
}

function roomModel(room: unknown, path: Path, { walk }: Context): RoomModel {
  const { summary, params, auto } = recordOf(room);
  return {
    ...(isText(summary) ? { summary } : {}),
    params: sortedEntries(params, (schema, key) => walk.root(schema, [...path, key])),
    ...(auto === undefined || auto === null ? {} : { auto: sortedEntries(auto, String) }),
  };
}

function errorModel(error: unknown, path: Path, { walk }: Context): ErrorModel {
  const { summary, details, retryable } = recordOf(error);
  return {
    ...(isText(summary) ? { summary } : {}),
    ...(details === undefined ? {} : { details: walk.root(details, [...path, 'details']) }),
    ...(retryable === true ? { retryable } : {}),
  };
}

function eventModel(event: unknown, path: Path, context: Context): EventModel {
  const spec = recordOf(recordOf(event)['spec']);
  const { walk, report } = context;
  const { payload, args, errors, delivery } = spec;
  return {
    ...(isText(spec['summary']) ? { summary: spec['summary'] } : {}),
    ...readDocs(spec, (finding) => report({ level: 'error', ...finding, path: [...path, 'examples'] })),
    ...(payload === undefined ? {} : { payload: walk.root(payload, [...path, 'payload']) }),
    ...(Array.isArray(args)
      ? { args: args.map((schema, index) => walk.root(schema, [...path, 'args', `[${index}]`])) }
      : {}),
    ...(spec['ack'] === undefined ? {} : { ack: ackModel(spec['ack'], [...path, 'ack'], walk) }),
    ...(Array.isArray(errors) && errors.length > 0
      ? { errors: [...new Set(errors.map(String))].sort() }
      : {}),
    ...roomsOf(spec),
    ...(delivery === 'volatile' ? { delivery } : {}),
    ...limitOf(spec['limit'], [...path, 'limit'], report),
    ...timeoutOf(spec['timeout'], [...path, 'timeout'], report),
  };
}

function ackModel(ack: unknown, path: Path, walk: Walk): AckModel {
  const { kind, schema, failure } = recordOf(ack);
  if (kind !== 'raw' || '_zod' in recordOf(ack)) return { kind: 'envelope', data: walk.root(ack, path) };
  const failed = failure === undefined ? {} : { failure: true as const };
  if (!Array.isArray(schema)) return { kind: 'raw-value', data: walk.root(schema, path), ...failed };
  const items = schema.map((item, index) => walk.root(item, [...path, `[${index}]`]));
  return { kind: 'raw-args', items, ...failed };
}

function roomsOf(
  spec: Readonly<Record<string, unknown>>,
): Pick<EventModel, 'joins' | 'leaves' | 'within' | 'room'> {
  const keys = ['joins', 'leaves', 'within', 'room'] as const;
  return Object.fromEntries(keys.filter((key) => isText(spec[key])).map((key) => [key, spec[key]]));
}

function limitOf(limit: unknown, path: Path, report: Context['report']): Pick<EventModel, 'limit'> {
  if (limit === undefined) return {};
  const { rate, per, burst } = recordOf(limit);
  const perMs = durationOf(per, path, report);
  if (perMs === undefined) return {};
  return { limit: { rate: Number(rate), perMs, burst: Number(burst ?? rate) } };
}

function timeoutOf(timeout: unknown, path: Path, report: Context['report']): Pick<EventModel, 'timeoutMs'> {
  const timeoutMs = timeout === undefined ? undefined : durationOf(timeout, path, report);
  return timeoutMs === undefined ? {} : { timeoutMs };
}

function durationOf(text: unknown, path: Path, report: Context['report']): number | undefined {
  const ms = typeof text === 'string' ? durationMs(text) : undefined;
  if (ms === undefined) {
    report({
      id: 'invalid-duration',
      level: 'error',
      message: `${JSON.stringify(text) ?? String(text)} is no length of time.`,
      hint: "Write a number and a unit: '500ms', '10s', '2m' or '1h'.",
      path,
    });
  }
  return ms;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? (value as Record<string, unknown>)
    : {};
}
