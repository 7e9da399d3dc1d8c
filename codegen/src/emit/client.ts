import type { EventModel } from '../model.ts';
import {
  carried,
  contractTypes,
  createSourceFile,
  docs,
  eventDocs,
  interfaceText,
  joinableRooms,
  method,
  sourceText,
  type EmitContext,
  type SourceFile,
} from './context.ts';
import { codeName, docComment } from './doc-comment.ts';
import { propertyKey, sortedEntries } from './literal.ts';
import {
  ackType,
  constName,
  errorType,
  eventType,
  identifier,
  paramsType,
  payloadType,
  replyType,
  typeName,
} from './names.ts';
import { ackNode } from './positions.ts';
import { tableText } from './table.ts';

const runtime = '@sockeye/client/codegen';

type Events = readonly [string, EventModel][];

interface ClientContext extends EmitContext {
  readonly file: SourceFile;
  /** `Board`, for `BoardClient` and the like. */
  readonly prefix: string;
  /** Client events that nobody answers. */
  readonly emits: Events;
  /** Client events with an answer. */
  readonly requests: Events;
  /** Server events. */
  readonly events: Events;
  /** Server events with an answer. */
  readonly questions: Events;
}

/** The client file: event maps, one interface a joinable room, the client with a method an event, and the table. */
export function emitClient(context: EmitContext): string {
  const { model } = context;
  const file = createSourceFile(context, runtime);
  const sent = sortedEntries(model.clientToServer).filter(
    ([, event]) => event.joins === undefined && event.leaves === undefined,
  );
  const events = sortedEntries(model.serverToClient);
  const client: ClientContext = {
    ...context,
    file,
    prefix: contractTypes(model).prefix,
    emits: sent.filter(([, event]) => !event.ack),
    requests: sent.filter(([, event]) => event.ack),
    events,
    questions: events.filter(([, event]) => event.ack),
  };
  const blocks = [
    ...eventMaps(client),
    ...rooms(client),
    clientInterface(client),
    optionsInterface(client),
    tableText(context, file, 'client'),
    factory(client),
  ];
  return sourceText(context, file.imports.text(), blocks);
}

function eventMaps({ prefix, file, emits, requests, events, questions }: ClientContext): string[] {
  const payload = (name: string, event: EventModel) => carried(event, () => file.t(payloadType(name)));
  const received = (name: string, event: EventModel) => carried(event, () => file.t(eventType(name)));
  const map = (name: string, summary: string, members: readonly string[]) =>
    members.length === 0 ? [] : [docs({ summary }) + interfaceText(`${prefix}${name}`, members)];
  return [
    ...map(
      'Emits',
      'Payloads of the events that clients send without asking for an answer.',
      emits.map(([name, event]) => `  ${propertyKey(name)}: ${payload(name, event)};\n`),
    ),
    ...map(
      'Requests',
      'Payload, answer and errors of the events that clients send and the server answers.',
      requests.map(
        ([name, event]) =>
          `  ${propertyKey(name)}: { payload: ${payload(name, event)}; data: ${file.t(ackType(name))}; error: ${file.t(errorType(name))} };\n`,
      ),
    ),
    ...map(
      'Events',
      'Payloads of the events that the server sends.',
      events.map(([name, event]) => `  ${propertyKey(name)}: ${received(name, event)};\n`),
    ),
    ...map(
      'Questions',
      'Payload and answer of the events by which the server asks.',
      questions.map(
        ([name, event]) =>
          `  ${propertyKey(name)}: { payload: ${received(name, event)}; reply: ${file.t(replyType(name))} };\n`,
      ),
    ),
  ];
}

function rooms(context: ClientContext): string[] {
  const { model, prefix, file, events } = context;
  return [...joinableRooms(model)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([room, joining]) => {
      const bound = events.filter(([, event]) => event.room === room);
      const map = `${prefix}${typeName(room)}Events`;
      const summary = model.rooms[room]?.summary ?? `The room ${codeName(room)}.`;
      const ack = ackNode(model.clientToServer[joining]?.ack) ? file.t(ackType(joining)) : 'undefined';
      const base = `${file.type('RoomBase')}<${file.t(paramsType(room))}, ${ack}, ${file.t(errorType(joining))}>`;
      const members =
        bound.length === 0
          ? []
          : [
              onMethod(
                context,
                map,
                'Calls `handler` with every event of this room; returns the way to stop.',
              ),
            ];
      const payloads = bound.map(
        ([name, event]) => `  ${propertyKey(name)}: ${carried(event, () => file.t(eventType(name)))};\n`,
      );
      const mapText =
        docs({ summary: `Payloads of the events that go to the room ${codeName(room)}.` }) +
        interfaceText(map, payloads);
      return [
        ...(bound.length === 0 ? [] : [mapText]),
        docs({ summary }) + interfaceText(`${prefix}${typeName(room)}Room extends ${base}`, members),
      ];
    });
}

function clientInterface(context: ClientContext): string {
  const { model, prefix, file, emits, requests, events } = context;
  const byString = [...stringKeyMethods(context), ...roomMethods(context)];
  const byName = [
    ...[...emits, ...requests]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, event]) => sendMethod(context, name, event)),
    ...events.map(([name, event]) => listenMethod(context, name, event)),
  ];
  const comment = docs({
    summary: `A client of ${codeName(model.name)}. Inert until \`connect()\` is called.`,
  });
  const members = [...byString, ...(byString.length > 0 && byName.length > 0 ? ['\n'] : []), ...byName];
  return comment + interfaceText(`${prefix}Client extends ${file.type('ClientBase')}`, members);
}

function stringKeyMethods(context: ClientContext): string[] {
  const { prefix, file, emits, requests, events, questions } = context;
  const members: string[] = [];
  if (events.length > 0)
    members.push(
      onMethod(context, `${prefix}Events`, 'Calls `handler` with every such event; returns the way to stop.'),
    );
  if (questions.length > 0) {
    const question = `${prefix}Questions[E]`;
    const params = [
      'event: E',
      listener(file, `${question}['payload']`, `${question}['reply']`),
      `options?: ${file.type('ListenOptions')}`,
    ];
    const comment = docComment({ summary: "Answers a question of the server's; one handler at a time." });
    members.push(
      method({
        head: `answer<E extends keyof ${prefix}Questions>`,
        params,
        result: file.type('Unsubscribe'),
        comment,
      }),
    );
  }
  if (emits.length > 0) {
    const params = ['event: E', `payload: ${prefix}Emits[E]`, `options?: ${file.type('EmitOptions')}`];
    const comment = docComment({
      summary: 'Sends an event that nobody answers. Returns false where it was dropped.',
    });
    members.push(
      method({ head: `emit<E extends keyof ${prefix}Emits>`, params, result: 'boolean', comment }),
    );
  }
  if (requests.length > 0) {
    const request = `${prefix}Requests[E]`;
    const params = ['event: E', `payload: ${request}['payload']`, `options?: ${file.type('RequestOptions')}`];
    const result = `Promise<${file.type('Result')}<${request}['data'], ${request}['error']>>`;
    const comment = docComment({ summary: 'Sends an event and waits for its answer; never rejects.' });
    members.push(method({ head: `request<E extends keyof ${prefix}Requests>`, params, result, comment }));
  }
  return members;
}

function roomMethods({ model, prefix, file }: ClientContext): string[] {
  return [...joinableRooms(model).keys()].sort().map((room) => {
    const summary = model.rooms[room]?.summary ?? `The room ${codeName(room)}.`;
    const comment = docComment({ summary: `${summary} The same object for the same parameters.` });
    const params = [`params: ${file.t(paramsType(room))}`];
    return method({ head: identifier(room), params, result: `${prefix}${typeName(room)}Room`, comment });
  });
}

function sendMethod({ file }: ClientContext, name: string, event: EventModel): string {
  const type = carried(event, () => file.t(payloadType(name)));
  const payload = type === 'undefined' ? 'payload?: undefined' : `payload: ${type}`;
  const comment = docComment(eventDocs(name, event, 'client → server'));
  const params = [payload, `options?: ${file.type(event.ack ? 'RequestOptions' : 'EmitOptions')}`];
  const result = event.ack
    ? `Promise<${file.type('Result')}<${file.t(ackType(name))}, ${file.t(errorType(name))}>>`
    : 'boolean';
  return method({ head: identifier(name), params, result, comment });
}

function listenMethod({ file }: ClientContext, name: string, event: EventModel): string {
  const payload = carried(event, () => file.t(eventType(name)));
  const reply = event.ack ? file.t(replyType(name)) : undefined;
  const params = [listener(file, payload, reply), `options?: ${file.type('ListenOptions')}`];
  const comment = docComment(eventDocs(name, event, 'server → client'));
  const head = `${event.ack ? 'answer' : 'on'}${typeName(name)}`;
  return method({ head, params, result: file.type('Unsubscribe'), comment });
}

function onMethod({ file }: ClientContext, map: string, summary: string): string {
  const params = ['event: E', listener(file, `${map}[E]`), `options?: ${file.type('ListenOptions')}`];
  return method({
    head: `on<E extends keyof ${map}>`,
    params,
    result: file.type('Unsubscribe'),
    comment: docComment({ summary }),
  });
}

/** A handler's parameter. `reply`: what it returns; nothing by default. */
function listener(file: SourceFile, payload: string, reply?: string): string {
  const result = reply === undefined ? 'void' : `${file.type('Awaitable')}<${reply}>`;
  return `handler: (payload: ${payload}, meta: ${file.type('EventMeta')}) => ${result}`;
}

function optionsInterface({ model, prefix, file }: ClientContext): string {
  const auth = model.auth
    ? [
        '  /** Called before every connect, with the reason; returns what the handshake carries. */\n' +
          `  readonly auth: (context: ${file.type('AuthContext')}) => ${file.type('Awaitable')}<${file.t(`${prefix}Auth`)}>;\n`,
      ]
    : [];
  const create = constName('create', model.name, 'Client');
  return `/** Options of {@link ${create}}. */\n${interfaceText(`${prefix}ClientOptions extends ${file.type('ClientOptions')}`, auth)}`;
}

function factory({ model, prefix, file }: ClientContext): string {
  const define = file.imports.value('defineClient', runtime);
  const name = constName('create', model.name, 'Client');
  return (
    `/** Makes a client of ${codeName(model.name)}. Nothing happens until its \`connect()\` is called. */\n` +
    `export const ${name} = /* @__PURE__ */ ${define}<${prefix}ClientOptions, ${prefix}Client>(table);\n`
  );
}
