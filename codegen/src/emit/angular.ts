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

/** Input of the functions that write an Angular file. */
export interface AngularContext extends EmitContext {
  readonly file: SourceFile;
  readonly prefix: string;
  /** Name of a type of the client file, imported. */
  readonly client: (name: string) => string;
  /** Name of a function of the runtime, imported. */
  readonly run: (name: string) => string;
  readonly heard: NamedEvents;
}

/** Writes the Angular file: token, provider and service, and one function per room, projection and server event. */
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

/** The class has no decorator, so that any compiler can read the file. */
function tokenText({ model, prefix, client, run }: AngularContext, create: string): string {
  const [type, options] = [client(`${prefix}Client`), client(`${prefix}ClientOptions`)];
  const define = [
    `const binding = /* @__PURE__ */ ${run('defineAngular')}<${type}, ${options}>`,
    parameters([quote(prefix), prefix, create]),
    ';',
  ];
  const summary = `The client of ${codeName(model.name)}: an injection token and its type. Use \`inject(${prefix})\`.`;
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
      summary: `Provides the client. It is created and connected when first injected, and closed with its injector.`,
      description:
        '`options` can be a function, which runs in an injection context. The client never connects on a server.',
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
    doc: { summary: 'The state of the connection, or the result of `select`.' },
    name,
    generics: `<Selected = ${file.type('Connection')}>`,
    params: selection(file, 'connection', 'Connection'),
    result: `${file.type('Signal')}<Selected>`,
    call: run('storeSignal'),
    with: [at(name), '({ connection }) => connection', 'select'],
  });
}

/** The functions that take an event's name: with a handler, and as an Observable. None without server events. */
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
          'Calls `handler` for every such event until the component is destroyed; with `room`, only for events of that room.',
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
        summary:
          'Returns an Observable of the payloads of these events. It completes when the component is destroyed.',
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
    doc: { summary: 'Sends requests. Signals hold the state of the latest one.' },
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
    docText({ summary: `The state of the room ${codeName(room)}: a union by \`phase\`.` }),
    `export type ${state} = ${type('RoomState')}<${types.join(', ')}>;\n\n`,
    functionText({
      doc: {
        summary: roomSummary(room, model),
        description:
          'Stays joined until the component is destroyed. Switches rooms when the parameters change.',
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

/** Has two overloads: the room is joined, or may be skipped. */
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
  return { summary, description: 'Returns the whole value, or the result of `select`.' };
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

/** The site of a call. Error messages name it by the function. */
function at(name: string): string {
  return `binding.at(${name}, options)`;
}
