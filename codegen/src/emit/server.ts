import type { EventModel } from '../model.ts';
import { factory, interfaceText, method, property } from './declare.ts';
import { codeName } from './doc-comment.ts';
import {
  carried,
  codeUnion,
  declaredCodes,
  eventDocs,
  hasLog,
  joinableRooms,
  loggedRooms,
  roomSummary,
} from './events.ts';
import { propertyKey, sortedEntries } from './literal.ts';
import {
  ackType,
  constName,
  errorsType,
  eventType,
  identifier,
  paramsType,
  payloadType,
  replyType,
  typeName,
} from './names.ts';
import { ackNode } from './positions.ts';
import { presenceMember, presenceOption } from './presence.ts';
import { createSourceFile, sourceText, type EmitContext, type SourceFile } from './source-file.ts';
import { tableText } from './table.ts';

const runtime = '@sockeye/server/codegen';

interface ServerContext extends EmitContext {
  readonly file: SourceFile;
  readonly prefix: string;
  /** Type of the identity. */
  readonly identity: string;
}

/** The server file: what can be sent where, one handler an event, options, the table, and the function that serves. */
export function emitServer(context: EmitContext): string {
  const { model } = context;
  const file = createSourceFile(context, runtime);
  const { prefix } = file;
  const identity = model.identity ? file.t(`${prefix}Identity`) : 'undefined';
  const server: ServerContext = { ...context, file, prefix, identity };
  const blocks = [
    ...eventMaps(server),
    targetsInterface(server),
    ...transactionInterface(server),
    contextInterface(server),
    handlersInterface(server),
    optionsInterface(server),
    interfaceText({
      doc: { summary: `A running server of ${codeName(model.name)}.` },
      name: `${prefix}Server`,
      parents: [`${prefix}Targets`, file.type('ContractServer')],
      members: [...presenceMember(server), ...transactionMember(server)],
    }),
    tableText(context, file, 'server'),
    factory({
      doc: {
        summary: `Serves ${codeName(model.name)}: authenticates connections, validates what comes in, strips what goes out.`,
        throws: 'ContractError when the options cannot work, before any connection is accepted.',
      },
      name: constName('create', model.name, 'Server'),
      define: file.imports.value('defineServer', runtime),
      types: [`${prefix}ServerOptions`, `${prefix}Server`],
    }),
  ];
  return sourceText(context, file.imports, blocks);
}

function eventMaps({ model, prefix, file }: ServerContext): string[] {
  const events = sortedEntries(model.serverToClient);
  const rooms = Object.keys(model.rooms).sort();
  const payloads = (what: string, chosen: (event: EventModel) => boolean) => {
    const some = events.filter(([, event]) => chosen(event));
    const type = (name: string, event: EventModel) => carried(event, () => file.t(eventType(name)));
    return file.each(what, some, {
      write: (name, event) => property(propertyKey(name), type(name, event)),
    });
  };
  return [
    ...rooms.map((room) =>
      interfaceText({
        doc: { summary: `Payloads of the events that go to the room ${codeName(room)}.` },
        name: `${prefix}${typeName(room)}Events`,
        members: payloads(`room ${room}`, (event) => event.room === room && event.delivery !== 'durable'),
      }),
    ),
    ...loggedRooms(model).map((room) =>
      interfaceText({
        doc: { summary: `Payloads of the durable events of the room ${codeName(room)}.` },
        name: `${prefix}${typeName(room)}DurableEvents`,
        members: payloads(`log ${room}`, (event) => event.room === room && event.delivery === 'durable'),
      }),
    ),
    interfaceText({
      doc: { summary: 'Payloads of the events that are bound to no room.' },
      name: `${prefix}OpenEvents`,
      members: payloads('no room', (event) => event.room === undefined),
    }),
    interfaceText({
      doc: {
        summary:
          loggedRooms(model).length > 0
            ? 'Payloads of every event that the server sends, durable ones left out.'
            : 'Payloads of every event that the server sends.',
      },
      name: `${prefix}ServerToClient`,
      parents: [...rooms.map((room) => `${prefix}${typeName(room)}Events`), `${prefix}OpenEvents`],
      members: [],
    }),
    interfaceText({
      doc: { summary: 'What clients answer to the events that ask for it.' },
      name: `${prefix}Replies`,
      members: events
        .filter(([, event]) => event.ack)
        .map(([name]) => property(propertyKey(name), file.t(replyType(name)))),
    }),
  ];
}

function targetsInterface(context: ServerContext): string {
  return interfaceText({
    doc: { summary: `Where events of ${codeName(context.model.name)} can be sent to.` },
    name: `${context.prefix}Targets`,
    members: targetMembers(context, ['RoomTarget', 'Target']),
  });
}

function contextInterface(context: ServerContext): string {
  const { model, prefix, file, identity } = context;
  const hasErrors = Object.keys(model.errors).length > 0;
  const errors = hasErrors ? file.t(errorsType(model.name)) : '';
  const base = file.type('HandlerContext');
  const summary = `What a handler of ${codeName(model.name)} is given beside the payload.`;
  return interfaceText({
    doc: { summary: hasErrors ? `${summary} \`Codes\`: the errors that its event declares.` : summary },
    name: `${prefix}Context${hasErrors ? `<Codes extends keyof ${errors} = never>` : ''}`,
    parents: [hasErrors ? `${base}<${identity}, ${errors}, Codes>` : `${base}<${identity}>`],
    members: [
      ...targetMembers(context, ['SenderTarget', 'SenderTarget']),
      property('readonly sender', oneSocket(context), { summary: "The caller's own connection." }),
      ...presenceMember(context),
      ...transactionMember(context),
    ],
  });
}

/** Where an event can be sent to. `types`: the runtime's types of a room and of everyone. */
function targetMembers(context: ServerContext, [room, everyone]: readonly [string, string]): string[] {
  const { model, prefix, file } = context;
  const several =
    room === 'RoomTarget' ? ' Several parameters: everyone who is in at least one of the rooms.' : '';
  const rooms = Object.keys(model.rooms)
    .sort()
    .map((name) => {
      const params = file.t(paramsType(name));
      return method({
        doc: { summary: roomSummary(name, model) + several },
        head: identifier(name),
        params: [`...params: [${params}, ...${params}[]]`],
        result: hasLog(name, model)
          ? `${file.type(`Durable${room}`)}<${prefix}${typeName(name)}Events, ${prefix}Replies, ${prefix}${typeName(name)}DurableEvents>`
          : `${file.type(room)}<${prefix}${typeName(name)}Events, ${prefix}Replies>`,
      });
    });
  return [
    ...rooms,
    method({
      doc: { summary: 'Everyone who is connected to the namespace.' },
      head: 'all',
      params: [],
      result: `${file.type(everyone)}<${prefix}OpenEvents, ${prefix}Replies>`,
    }),
    method({
      doc: { summary: 'One connection, by its id.' },
      head: 'socket',
      params: ['id: string'],
      result: oneSocket(context),
    }),
  ];
}

/** What can be published together with what else is written. */
function transactionInterface({ model, prefix, file }: ServerContext): string[] {
  const rooms = loggedRooms(model);
  if (rooms.length === 0) return [];
  const members = rooms.map((name) =>
    method({
      doc: { summary: roomSummary(name, model) },
      head: identifier(name),
      params: [`params: ${file.t(paramsType(name))}`],
      result: `${file.type('TransactionTarget')}<${prefix}${typeName(name)}DurableEvents>`,
    }),
  );
  return [
    interfaceText({
      doc: {
        summary:
          "One transaction of the log: what it publishes and what else it writes, all or nothing. `Native`: the store's own handle.",
      },
      name: `${prefix}Transaction<Native = unknown>`,
      parents: [`${file.type('LogTransaction')}<Native>`],
      members,
    }),
  ];
}

function transactionMember({ model, prefix, file }: ServerContext): string[] {
  if (loggedRooms(model).length === 0) return [];
  return [
    method({
      doc: {
        summary:
          'Runs some writes and publishes in one transaction; events are sent after the commit. Rejects when `work` does, and nothing has happened then.',
      },
      head: 'transaction<T, Native = unknown>',
      params: [`work: (tx: ${prefix}Transaction<Native>) => ${file.type('Awaitable')}<T>`],
      result: 'Promise<T>',
    }),
  ];
}

function oneSocket({ file, prefix }: ServerContext): string {
  return `${file.type('RequestTarget')}<${prefix}ServerToClient, ${prefix}Replies>`;
}

function handlersInterface(context: ServerContext): string {
  const { model, prefix, file } = context;
  return interfaceText({
    doc: { summary: `One handler for each event that clients of ${codeName(model.name)} send.` },
    name: `${prefix}Handlers`,
    members: file.each('handlers', sortedEntries(model.clientToServer), {
      write: (name, event) => handler(context, name, event),
    }),
  });
}

function handler({ model, prefix, file }: ServerContext, name: string, event: EventModel): string {
  const declared = declaredCodes(event, model);
  const codes = declared.length === 0 ? '' : `<${codeUnion(declared)}>`;
  const payload = carried(event, () => file.t(payloadType(name)));
  const answer = ackNode(event.ack) ? file.t(ackType(name)) : 'void';
  return method({
    doc: eventDocs(name, event, 'client → server'),
    head: propertyKey(name),
    params: [`payload: ${payload}`, `ctx: ${prefix}Context${codes}`],
    result: `${file.type('Awaitable')}<${answer} | ${file.type('HandlerFailure')}${codes}>`,
    arrow: true,
  });
}

function optionsInterface(context: ServerContext): string {
  const { model, prefix, file, identity } = context;
  return interfaceText({
    doc: { summary: `Options of {@link ${constName('create', model.name, 'Server')}}.` },
    name: `${prefix}ServerOptions`,
    parents: [`${file.type('ServerOptions')}<${identity}, ${prefix}Context>`],
    members: [
      ...authenticateOption(context),
      ...authorizeOption(context),
      ...eventLogOption(context),
      ...presenceOption(context),
      property('readonly handlers', `${prefix}Handlers`),
    ],
  });
}

function authenticateOption({ model, prefix, file, identity }: ServerContext): string[] {
  if (!model.auth && !model.identity) return [];
  const auth = model.auth ? file.t(`${prefix}Auth`) : 'undefined';
  return [
    property('readonly authenticate', `${file.type('Authenticate')}<${auth}, ${identity}>`, {
      summary: "Turns the handshake's `auth` into an identity, or refuses it.",
    }),
  ];
}

function eventLogOption({ model, file }: ServerContext): string[] {
  const hasCommands = Object.values(model.clientToServer).some(({ once }) => once);
  if (loggedRooms(model).length === 0 && !hasCommands) return [];
  const kept =
    loggedRooms(model).length > 0 ? 'the durable events' : 'the answers of commands that take effect once';
  return [
    property('readonly eventLog', file.type('EventLog'), {
      summary: `Keeps ${kept}: \`memoryLog()\`, or that of LMDB, MongoDB or Redis.`,
    }),
  ];
}

function authorizeOption({ model, prefix, file }: ServerContext): string[] {
  const rooms = joinableRooms(model).map(([room]) => {
    const type = `${file.type('RoomAuthorizer')}<${file.t(paramsType(room))}, ${prefix}Context>`;
    return `    readonly ${propertyKey(room)}: ${type};\n`;
  });
  if (rooms.length === 0) return [];
  const summary = 'Who may enter the rooms that clients join.';
  return [property('readonly authorize', `{\n${rooms.join('')}  }`, { summary })];
}
