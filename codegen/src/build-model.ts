import { durationMs, type Contract } from '@sockeye/contract';
import { isText } from './build/docs.ts';
import { sortedEntries } from './build/entries.ts';
import { eventModel, factsOf, type Context, type Facts } from './build/event.ts';
import { projectionModels } from './build/projection.ts';
import { createWalk, type Meeting, type Walk } from './build/walk.ts';
import type { Diagnostic } from './diagnostics.ts';
import {
  defaultLogRule,
  modelFormat,
  type ContractModel,
  type ErrorModel,
  type EventModel,
  type RoomModel,
  type TypeNode,
} from './model.ts';

/** A model and the findings of building it. If one of them is an error, do not use the model. */
export interface BuildResult {
  readonly model: ContractModel;
  readonly diagnostics: readonly Diagnostic[];
}

/** Cache of earlier models. */
export interface ModelMemory {
  /** Whether a definition, including everything in it, is unchanged. */
  readonly isKept: (definition: object) => boolean;
  readonly events: WeakMap<object, BuiltEvent>;
}

/** A cached event without findings, and the side effects of building it. */
interface BuiltEvent {
  readonly path: readonly string[];
  readonly model: EventModel;
  readonly meetings: readonly Meeting[];
}

/**
 * Describes a contract as plain data. Everything is visited in order of names, so that the source order does not affect
 * the model. It never throws: what cannot be read is a finding.
 *
 * @param memory Cache of events from earlier builds. Default: none.
 */
export function buildModel(contract: Contract, memory?: ModelMemory): BuildResult {
  const diagnostics: Diagnostic[] = [];
  try {
    const spec = factsOf(factsOf(contract)['spec']);
    const name = String(spec['name']);
    return {
      model: contractModel(spec, { name, memory, found: diagnostics }),
      diagnostics,
    };
  } catch (error) {
    return { model: unreadable, diagnostics: [...diagnostics, brokenContract(error)] };
  }
}

interface Building {
  readonly name: string;
  readonly memory: ModelMemory | undefined;
  readonly found: Diagnostic[];
}

function contractModel(spec: Facts, building: Building): ContractModel {
  const { name, found } = building;
  const push = (finding: Diagnostic) => found.push({ ...finding, contract: name });
  const walk = createWalk(push);
  const context: Context = {
    root: walk.root,
    report: (finding, path) => push({ level: 'error', ...finding, path }),
  };
  const events = { ...building, walk, context };
  const event = (definition: Facts, path: readonly string[]) => builtEvent([definition, path], events);
  const { version, namespace, summary, auth, identity } = spec;
  return {
    format: modelFormat,
    name,
    version: String(version),
    namespace: isText(namespace) ? namespace : '/',
    ...(isText(summary) ? { summary } : {}),
    ...(auth === undefined ? {} : { auth: walk.root(auth, ['auth']) }),
    ...(identity === undefined ? {} : { identity: walk.root(identity, ['identity']) }),
    rooms: entriesOf(spec, 'rooms', (room, path) => roomModel(room, path, context)),
    errors: entriesOf(spec, 'errors', (error, path) => errorModel(error, path, context)),
    clientToServer: entriesOf(spec, 'clientToServer', event),
    serverToClient: entriesOf(spec, 'serverToClient', event),
    ...(spec['projections'] === undefined ? {} : projectionsOf(spec, context)),
    types: sortedEntries(Object.fromEntries(walk.types()), (node) => node as TypeNode),
  };
}

/** The model of an event, built or remembered. */
function builtEvent(
  [definition, path]: readonly [Facts, readonly string[]],
  { memory, found, walk, context }: Building & { readonly walk: Walk; readonly context: Context },
): EventModel {
  const known = memory?.isKept(definition) === true ? memory.events.get(definition) : undefined;
  if (known !== undefined && known.path.every((step, index) => step === path[index])) {
    walk.meet(known.meetings);
    return known.model;
  }
  const build = () => eventModel(factsOf(definition['spec']), path, context);
  if (memory === undefined) return build();
  const before = found.length;
  let model: EventModel | undefined;
  const meetings = walk.record(() => (model = build()));
  if (model === undefined) return build();
  if (found.length === before) memory.events.set(definition, { path, model, meetings });
  else memory.events.delete(definition);
  return model;
}

function entriesOf<Model>(
  spec: Facts,
  key: string,
  make: (facts: Facts, path: readonly string[]) => Model,
): Readonly<Record<string, Model>> {
  return sortedEntries(spec[key], (value, name) => make(factsOf(value), [key, name]));
}

function projectionsOf(spec: Facts, { root }: Context): Pick<ContractModel, 'projections'> {
  const projections = projectionModels({ spec, root });
  return projections === undefined ? {} : { projections };
}

function roomModel(facts: Facts, path: readonly string[], { root }: Context): RoomModel {
  const { summary, params, auto, history, keep, maxAge } = facts;
  const maxAgeMs = isText(maxAge) ? durationMs(maxAge) : undefined;
  return {
    ...(isText(summary) ? { summary } : {}),
    params: sortedEntries(params, (schema, key) => root(schema, [...path, key])),
    ...(auto === undefined || auto === null ? {} : { auto: sortedEntries(auto, String) }),
    ...(history === 'sinceJoin' ? { history } : {}),
    ...(typeof keep === 'number' && keep !== defaultLogRule.keep ? { keep } : {}),
    ...(maxAgeMs === undefined || maxAgeMs === defaultLogRule.maxAgeMs ? {} : { maxAgeMs }),
  };
}

function errorModel(
  { summary, details, retryable }: Facts,
  path: readonly string[],
  { root }: Context,
): ErrorModel {
  return {
    ...(isText(summary) ? { summary } : {}),
    ...(details === undefined ? {} : { details: root(details, [...path, 'details']) }),
    ...(retryable === true ? { retryable } : {}),
  };
}

const unreadable: ContractModel = {
  format: modelFormat,
  name: '',
  version: '',
  namespace: '/',
  rooms: {},
  errors: {},
  clientToServer: {},
  serverToClient: {},
  types: {},
};

function brokenContract(error: unknown): Diagnostic {
  return {
    id: 'broken-contract',
    level: 'error',
    message: `The contract cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    hint: 'Export the result of defineContract.',
  };
}
