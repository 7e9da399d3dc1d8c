import type { EventModel } from '../model.ts';
import { functionText } from './angular-function.ts';
import { injectName, stateType } from './angular-names.ts';
import { serviceText } from './angular-service.ts';
import { docText } from './declare.ts';
import { codeName, type DocParts } from './doc-comment.ts';
import { carried, eventDocs, joinableRooms, roomSummary, type NamedEvents } from './events.ts';
import { parameters, print, typeArguments } from './layout.ts';
import { quote, sortedEntries } from './literal.ts';
import {
  ackType,
  constName,
  errorType,
  eventType,
  identifier,
  paramsType,
  replyType,
  typeName,
} from './names.ts';
import { ackNode } from './positions.ts';
import { projectionsOf } from './projections.ts';
import { createSourceFile, sourceText, type EmitContext, type SourceFile } from './source-file.ts';

const runtime = '@sockeye/angular/codegen';

/** What the parts of an Angular file work from. */
export interface AngularContext extends EmitContext {
  readonly file: SourceFile;
  readonly prefix: string;
  /** Name of a type of the client file, imported. */
  readonly client: (name: string) => string;
  /** Name of a function of the runtime, imported. */
  readonly run: (name: string) => string;
  readonly heard: NamedEvents;
}

/** The Angular file: token, provider and service of the contract, one function a room, a projection, an event. */
export function emitAngular(context: EmitContext): string {
  const { model, options } = context;
  const file = createSourceFile(context, runtime);
  const from = `./${model.name}.client.gen${options.importExtension}`;
  const angular: AngularContext = {
    ...context,
    file,
    prefix: file.prefix,
    client: (name) => file.imports.type(name, from),
    run: (name) => file.imports.value(name, runtime),
    heard: sortedEntries(model.serverToClient),
  };
  const create = file.imports.value(constName('create', model.name, 'Client'), from);
  const blocks = [
    tokenText(angular, create),
    provideFunction(angular),
    connectionFunction(angular),
    ...eventFunctions(angular),
    ...requestFunction(angular),
    ...projectionsOf(model).map(([name, { summary }]) => clientProjection(angular, name, summary)),
    ...joinableRooms(model).flatMap(([room, joining]) => [
      roomFunction(angular, room, joining),
      ...projectionsOf(model, room).map(([name, { summary }]) =>
        roomProjection(angular, [room, name], summary),
      ),
    ]),
    ...angular.heard.map(([name, event]) => eventFunction(angular, name, event)),
    ...serviceText(angular),
  ];
  return sourceText(context, file.imports, blocks);
}

/** A class by name alone: nothing is decorated, so that any compiler can read the file. */
function tokenText({ model, prefix, client, run }: AngularContext, create: string): string {
  const [type, options] = [client(`${prefix}Client`), client(`${prefix}ClientOptions`)];
  const define = [
    `const binding = /* @__PURE__ */ ${run('defineAngular')}<${type}, ${options}>`,
    parameters([quote(prefix), prefix, create]),
    ';',
  ];
  const summary = `The client of ${codeName(model.name)}, as a token and as a type: \`inject(${prefix})\`.`;
  return [
    `${docText({ summary })}export abstract class ${prefix} {}\n`,
    `export interface ${prefix} extends ${type} {}\n`,
    '\n',
    `${print(define, '', [0, 0])}\n`,
  ].join('');
}

function provideFunction({ prefix, client, file }: AngularContext): string {
  const options = client(`${prefix}ClientOptions`);
  return functionText({
    doc: {
      summary: `Provides the client: made when it is first injected, connected from then on, closed with its injector.`,
      description:
        'Options that are a function are asked for in an injection context. A server never connects.',
    },
    name: `provide${prefix}`,
    params: [`options: ${options} | (() => ${options})`, `...features: ${file.type('Feature')}[]`],
    result: file.type('EnvironmentProviders'),
    call: 'binding.provide',
    with: ['options', 'features'],
  });
}

function connectionFunction({ model, file, run }: AngularContext): string {
  const name = injectName(model.name, 'Connection');
  return functionText({
    doc: { summary: 'State of the connection, or what `select` makes of it.' },
    name,
    generics: `<Selected = ${file.type('Connection')}>`,
    params: selection(file, 'connection', 'Connection'),
    result: `${file.type('Signal')}<Selected>`,
    call: run('storeSignal'),
    with: [at(name), '({ connection }) => connection', 'select'],
  });
}

/** A handler by the event's name, and the same as an Observable; nothing where the server sends nothing. */
function eventFunctions({ model, prefix, client, file, run, heard }: AngularContext): string[] {
  if (heard.length === 0) return [];
  const { type } = file;
  const payload = `${client(`${prefix}Events`)}[E]`;
  const [name, observed] = [injectName(model.name, 'Event'), `from${prefix}Event`];
  const room = `options?: ${type('InRoom')}<${type('Listens')}<E, ${payload}>>`;
  return [
    functionText({
      doc: {
        summary:
          'Calls `handler` with every such event while the component lives; with `room`, those of that room alone.',
      },
      name,
      generics: `<E extends keyof ${prefix}Events>`,
      params: ['event: E', `handler: (payload: ${payload}, meta: ${type('EventMeta')}) => void`, room],
      result: 'void',
      call: run('listen'),
      with: [at(name), 'event', 'handler'],
    }),
    functionText({
      doc: {
        summary: 'The payloads of every such event as an Observable, which completes with the component.',
      },
      name: observed,
      generics: `<E extends keyof ${prefix}Events>`,
      params: ['event: E', room],
      result: `${type('Observable')}<${payload}>`,
      call: run('observe'),
      with: [at(observed), 'event'],
    }),
  ];
}

function requestFunction({ model, prefix, client, file, run }: AngularContext): string[] {
  const answered = Object.values(model.clientToServer).some(
    ({ ack, joins, leaves }) => ack && !joins && !leaves,
  );
  if (!answered) return [];
  const name = injectName(model.name, 'Request');
  const part = (key: string) => `${client(`${prefix}Requests`)}[E]['${key}']`;
  const text = functionText({
    doc: { summary: 'Sends a request, and tells by signals where the latest one stands.' },
    name,
    generics: `<E extends keyof ${prefix}Requests>`,
    params: ['event: E', injectOptions(file)],
    result: [file.type('RequestRef'), typeArguments(['payload', 'data', 'error'].map(part))],
    call: run('requestRef'),
    with: [at(name), 'event'],
  });
  return [text];
}

function roomFunction(context: AngularContext, room: string, joining: string): string {
  const { model, prefix, client, file, run } = context;
  const state = stateType(model.name, room);
  const params = file.t(paramsType(room));
  const data = ackNode(model.clientToServer[joining]?.ack) ? file.t(ackType(joining)) : 'undefined';
  const types = [client(`${prefix}${typeName(room)}Room`), data, file.t(errorType(joining))];
  const name = injectName(room);
  const { type } = file;
  const skippable = {
    params: [`params: ${type('Reactive')}<${params} | ${type('SkipToken')}>`, injectOptions(file)],
    result: `${type('RoomRef')}<${state} | ${type('SkippedRoom')}>`,
  };
  return [
    docText({ summary: `The room ${codeName(room)} and, by \`phase\`, where it stands.` }),
    `export type ${state} = ${type('RoomState')}<${types.join(', ')}>;\n\n`,
    functionText({
      doc: {
        summary: roomSummary(room, model),
        description: 'Joined until the component is destroyed; another room when the parameters change.',
      },
      name,
      ...skippable,
      overloads: [
        {
          params: [`params: ${type('Reactive')}<${params}>`, injectOptions(file)],
          result: `${type('RoomRef')}<${state}>`,
        },
        skippable,
      ],
      call: run('roomRef'),
      with: [at(name), quote(identifier(room)), 'params'],
    }),
  ].join('');
}

function clientProjection(context: AngularContext, projection: string, summary?: string): string {
  const { model, prefix, client, file, run } = context;
  const value = `${file.type('StoreValue')}<${client(`${prefix}Client`)}[${quote(projection)}]>`;
  const name = injectName(model.name, typeName(projection));
  return functionText({
    doc: projectionDocs(projection, summary),
    name,
    generics: `<Selected = ${value}>`,
    params: selection(file, 'value', value),
    result: `${file.type('Signal')}<Selected>`,
    call: run('storeSignal'),
    with: [at(name), `(client) => client.${projection}`, 'select'],
  });
}

/** Two ways to call it: in a room, and where the room may be skipped. */
function roomProjection(
  { model, prefix, client, file, run }: AngularContext,
  [room, projection]: readonly [room: string, projection: string],
  summary?: string,
): string {
  const { type } = file;
  const value = `${type('StoreValue')}<${client(`${prefix}${typeName(room)}Room`)}[${quote(projection)}]>`;
  const state = stateType(model.name, room);
  const name = injectName(room, typeName(projection));
  const way = (given: string, result: string) => ({
    params: [`ref: ${type('Reactive')}<${type('RoomRef')}<${given}>>`, ...selection(file, 'value', value)],
    result: `${type('Signal')}<${result}>`,
  });
  const skippable = way(`${state} | ${type('SkippedRoom')}`, 'Selected | undefined');
  return functionText({
    doc: projectionDocs(projection, summary),
    name,
    generics: `<Selected = ${value}>`,
    ...skippable,
    overloads: [way(state, 'Selected'), skippable],
    call: run('storeSignal'),
    with: [at(name), `() => ${run('roomIn')}(ref)?.${projection}`, 'select'],
  });
}

function projectionDocs(name: string, summary = `The projection ${codeName(name)}.`): DocParts {
  return { summary, description: 'All of it, or what `select` makes of it.' };
}

function eventFunction(context: AngularContext, event: string, model: EventModel): string {
  const { prefix, client, file, run } = context;
  const payload = carried(model, () => file.t(eventType(event)));
  const result = model.ack ? `${file.type('Awaitable')}<${file.t(replyType(event))}>` : 'void';
  const room = model.ack
    ? undefined
    : joinableRooms(context.model).find(([joinable]) => joinable === model.room)?.[0];
  const options =
    room === undefined
      ? injectOptions(file)
      : `options?: ${file.type('InRoom')}<${client(`${prefix}${typeName(room)}Room`)}>`;
  const name = injectName(event);
  return functionText({
    doc: eventDocs(event, model, 'server → client'),
    name,
    params: [`handler: (payload: ${payload}, meta: ${file.type('EventMeta')}) => ${result}`, options],
    result: 'void',
    call: run(model.ack ? 'answer' : 'listen'),
    with: [at(name), quote(event), 'handler'],
  });
}

function selection({ type }: SourceFile, name: string, value: string): string[] {
  return [`select?: (${name}: ${value}) => Selected`, `options?: ${type('SelectOptions')}<Selected>`];
}

function injectOptions({ type }: SourceFile): string {
  return `options?: ${type('InjectOptions')}`;
}

/** The site of a call, which messages name by the function. */
function at(name: string): string {
  return `binding.at(${name}, options)`;
}
