import type { EventModel } from '../model.ts';
import { factory, interfaceText, method, property, type InterfaceParts } from './declare.ts';
import { codeName } from './doc-comment.ts';
import { carried, eventDocs, joinableRooms, roomSummary, type NamedEvents } from './events.ts';
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
import { projectionMembers, projectionOptions, projectionsOf } from './projections.ts';
import { createSourceFile, sourceText, type EmitContext, type SourceFile } from './source-file.ts';
import { tableText } from './table.ts';

const runtime = '@sockeye/client/codegen';

interface ClientContext extends EmitContext {
  readonly file: SourceFile;
  readonly prefix: string;
  /** Client events, except those that join or leave a room. */
  readonly sent: NamedEvents;
  /** Server events. */
  readonly heard: NamedEvents;
}

/** Writes the client file: event maps, an interface per joinable room, a client method per event, the table. */
export function emitClient(context: EmitContext): string {
  const { model } = context;
  const file = createSourceFile(context, runtime);
  const { prefix } = file;
  const sent = sortedEntries(model.clientToServer).filter(([, { joins, leaves }]) => !joins && !leaves);
  const client: ClientContext = {
    ...context,
    file,
    prefix,
    sent,
    heard: sortedEntries(model.serverToClient),
  };
  const blocks = [
    ...eventMaps(client),
    ...joinableRooms(model).flatMap(([room, joining]) => roomInterfaces(client, room, joining)),
    clientInterface(client),
    optionsInterface(client),
    tableText(context, file, 'client'),
    factory({
      doc: {
        summary: `Creates a client of ${codeName(model.name)}. It does nothing until you call \`connect()\`.`,
      },
      name: constName('create', model.name, 'Client'),
      define: `/* @__PURE__ */ ${file.imports.value('defineClient', runtime)}`,
      types: [`${prefix}ClientOptions`, `${prefix}Client`],
      features: featuresOf(client).map((feature) => file.imports.value(feature, runtime)),
    }),
  ];
  return sourceText(context, file.imports, blocks);
}

/** Parts of the client's runtime that this contract needs, sorted. */
function featuresOf({ model, heard, sent }: ClientContext): string[] {
  const needed: Readonly<Record<string, boolean>> = {
    answers: answered(heard).length > 0,
    batches: heard.some(([, { delivery }]) => delivery === 'volatile'),
    durable: heard.some(([, { delivery }]) => delivery === 'durable'),
    once: sent.some(([, { once }]) => once === true),
    projections: model.projections !== undefined,
    rooms: joinableRooms(model).length > 0,
  };
  return Object.keys(needed).filter((feature) => needed[feature]);
}

function eventMaps(context: ClientContext): string[] {
  const { prefix, file, sent, heard } = context;
  const maps: InterfaceParts[] = [
    {
      doc: { summary: 'Payloads of the client events without an ack.' },
      name: `${prefix}Emits`,
      members: file.each('emits', unanswered(sent), {
        write: (name, event) => property(propertyKey(name), sentType(file, name, event)),
      }),
    },
    {
      doc: { summary: 'Payload, answer and errors of the client events that the server answers.' },
      name: `${prefix}Requests`,
      members: file.each('requests', answered(sent), {
        write: (name, event) => {
          const types = [sentType(file, name, event), file.t(ackType(name)), file.t(errorType(name))];
          const type = `{ payload: ${types[0]}; data: ${types[1]}; error: ${types[2]} }`;
          return property(propertyKey(name), type);
        },
      }),
    },
    {
      doc: { summary: 'Payloads of the server events.' },
      name: `${prefix}Events`,
      members: file.each('events', heard, {
        write: (name, event) => property(propertyKey(name), heardType(file, name, event)),
      }),
    },
    {
      doc: { summary: 'Payload and answer of the server events that the client answers.' },
      name: `${prefix}Questions`,
      members: file.each('questions', answered(heard), {
        write: (name, event) => {
          const reply = file.t(replyType(name));
          return property(propertyKey(name), `{ payload: ${heardType(file, name, event)}; reply: ${reply} }`);
        },
      }),
    },
  ];
  return maps.filter(({ members }) => members.length > 0).map(interfaceText);
}

function roomInterfaces(context: ClientContext, room: string, joining: string): string[] {
  const { model, prefix, file } = context;
  const bound = context.heard.filter(([, event]) => event.room === room);
  const map = `${prefix}${typeName(room)}Events`;
  const ack = ackNode(model.clientToServer[joining]?.ack) ? file.t(ackType(joining)) : 'undefined';
  const handle = interfaceText({
    doc: { summary: roomSummary(room, model) },
    name: `${prefix}${typeName(room)}Room`,
    parents: [`${file.type('RoomBase')}<${file.t(paramsType(room))}, ${ack}, ${file.t(errorType(joining))}>`],
    members: [
      ...projectionMembers(file, projectionsOf(model, room)),
      ...(bound.length === 0 ? [] : [onMethod(file, map, 'event of this room')]),
    ],
  });
  if (bound.length === 0) return [handle];
  const events = interfaceText({
    doc: { summary: `Payloads of the events sent to the room ${codeName(room)}.` },
    name: map,
    members: file.each(`room ${room}`, bound, {
      write: (name, event) => property(propertyKey(name), heardType(file, name, event)),
    }),
  });
  return [events, handle];
}

function clientInterface(context: ClientContext): string {
  const { model, prefix, file, sent, heard } = context;
  const byKey = [
    ...keyMethods(context),
    ...joinableRooms(model).map(([room]) => roomMethod(context, room)),
    ...projectionMembers(file, projectionsOf(model)),
  ];
  const byName = [
    ...file.each('methods that send', sent, { write: (name, event) => sendMethod(context, name, event) }),
    ...file.each('methods that listen', heard, {
      write: (name, event) => listenMethod(context, name, event),
    }),
  ];
  return interfaceText({
    doc: { summary: `A client of ${codeName(model.name)}. It does nothing until you call \`connect()\`.` },
    name: `${prefix}Client`,
    parents: [file.type('ClientBase')],
    members: byKey.length > 0 && byName.length > 0 ? [...byKey, '\n', ...byName] : [...byKey, ...byName],
  });
}

/** Methods that take the event's name. A method that would accept no event is left out. */
function keyMethods({ prefix, file, sent, heard }: ClientContext): string[] {
  const { type } = file;
  const request = `${prefix}Requests[E]`;
  const question = `${prefix}Questions[E]`;
  const answer = () =>
    method({
      doc: { summary: 'Sets the handler that answers this event. An event can have one handler at a time.' },
      head: `answer<E extends keyof ${prefix}Questions>`,
      params: ['event: E', ...listener(file, `${question}['payload']`, `${question}['reply']`)],
      result: type('Unsubscribe'),
    });
  const emit = () =>
    method({
      doc: { summary: 'Sends an event that has no ack. Returns `false` if it was dropped.' },
      head: `emit<E extends keyof ${prefix}Emits>`,
      params: ['event: E', `payload: ${prefix}Emits[E]`, `options?: ${type('EmitOptions')}`],
      result: 'boolean',
    });
  const ask = () =>
    method({
      doc: { summary: 'Sends an event and resolves with its answer. Never rejects.' },
      head: `request<E extends keyof ${prefix}Requests>`,
      params: ['event: E', `payload: ${request}['payload']`, `options?: ${type('RequestOptions')}`],
      result: `Promise<${type('Result')}<${request}['data'], ${request}['error']>>`,
    });
  return [
    ...(heard.length > 0 ? [onMethod(file, `${prefix}Events`, 'such event')] : []),
    ...(answered(heard).length > 0 ? [answer()] : []),
    ...(unanswered(sent).length > 0 ? [emit()] : []),
    ...(answered(sent).length > 0 ? [ask()] : []),
  ];
}

function roomMethod({ model, prefix, file }: ClientContext, room: string): string {
  return method({
    doc: { summary: `${roomSummary(room, model)} Equal parameters return the same object.` },
    head: identifier(room),
    params: [`params: ${file.t(paramsType(room))}`],
    result: `${prefix}${typeName(room)}Room`,
  });
}

function sendMethod({ file }: ClientContext, name: string, event: EventModel): string {
  const type = sentType(file, name, event);
  const options = file.type(event.ack ? 'RequestOptions' : 'EmitOptions');
  return method({
    doc: eventDocs(name, event, 'client → server'),
    head: identifier(name),
    params: [type === 'undefined' ? 'payload?: undefined' : `payload: ${type}`, `options?: ${options}`],
    result: event.ack
      ? `Promise<${file.type('Result')}<${file.t(ackType(name))}, ${file.t(errorType(name))}>>`
      : 'boolean',
  });
}

function listenMethod({ file }: ClientContext, name: string, event: EventModel): string {
  const reply = event.ack ? file.t(replyType(name)) : undefined;
  return method({
    doc: eventDocs(name, event, 'server → client'),
    head: `${event.ack ? 'answer' : 'on'}${typeName(name)}`,
    params: listener(file, heardType(file, name, event), reply),
    result: file.type('Unsubscribe'),
  });
}

function onMethod(file: SourceFile, map: string, what: string): string {
  return method({
    doc: { summary: `Calls \`handler\` for every ${what}. Returns a function that stops it.` },
    head: `on<E extends keyof ${map}>`,
    params: ['event: E', ...listener(file, `${map}[E]`)],
    result: file.type('Unsubscribe'),
  });
}

/** Parameters of a method that listens. `reply`: what the handler returns. Default: nothing. */
function listener(file: SourceFile, payload: string, reply?: string): string[] {
  const result = reply === undefined ? 'void' : `${file.type('Awaitable')}<${reply}>`;
  return [
    `handler: (payload: ${payload}, meta: ${file.type('EventMeta')}) => ${result}`,
    `options?: ${file.type('ListenOptions')}`,
  ];
}

function optionsInterface({ model, prefix, file }: ClientContext): string {
  const type = () =>
    `(context: ${file.type('AuthContext')}) => ${file.type('Awaitable')}<${file.t(`${prefix}Auth`)}>`;
  const summary = "Returns the handshake's `auth`. Called before every connection attempt, with the reason.";
  return interfaceText({
    doc: { summary: `Options of {@link ${constName('create', model.name, 'Client')}}.` },
    name: `${prefix}ClientOptions`,
    parents: [file.type('ClientOptions')],
    members: [
      ...(model.auth ? [property('readonly auth', type(), { summary })] : []),
      ...projectionOptions(file, model),
    ],
  });
}

function answered(events: NamedEvents): NamedEvents {
  return events.filter(([, { ack }]) => ack !== undefined);
}

function unanswered(events: NamedEvents): NamedEvents {
  return events.filter(([, { ack }]) => ack === undefined);
}

function sentType(file: SourceFile, name: string, event: EventModel): string {
  return carried(event, () => file.t(payloadType(name)));
}

function heardType(file: SourceFile, name: string, event: EventModel): string {
  return carried(event, () => file.t(eventType(name)));
}
