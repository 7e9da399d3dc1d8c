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

/** Writes the server file: event maps, targets, a handler type per event, options, the table, the factory. */
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
        summary: `Serves ${codeName(model.name)}: authenticates connections, validates what it receives, strips what it sends.`,
        throws: 'ContractError if the options are invalid, before any connection is accepted.',
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
        doc: { summary: `Payloads of the events sent to the room ${codeName(room)}.` },
        name: `${prefix}${typeName(room)}Events`,
        members: payloads(`room ${room}`, (event) => event.room === room && event.delivery !== 'durable'),
      }),
    ),
    ...loggedRooms(model).map((room) =>
      interfaceText({
        doc: { summary: `Payloads of the durable events sent to the room ${codeName(room)}.` },
        name: `${prefix}${typeName(room)}DurableEvents`,
        members: payloads(`log ${room}`, (event) => event.room === room && event.delivery === 'durable'),
      }),
    ),
    interfaceText({
      doc: { summary: 'Payloads of the events without a room.' },
      name: `${prefix}OpenEvents`,
      members: payloads('no room', (event) => event.room === undefined),
    }),
    interfaceText({
      doc: {
        summary:
          loggedRooms(model).length > 0
            ? 'Payloads of all server events except durable ones.'
            : 'Payloads of all server events.',
      },
      name: `${prefix}ServerToClient`,
      parents: [...rooms.map((room) => `${prefix}${typeName(room)}Events`), `${prefix}OpenEvents`],
      members: [],
    }),
    interfaceText({
      doc: { summary: 'Answers of clients, by server event.' },
      name: `${prefix}Replies`,
      members: events
        .filter(([, event]) => event.ack)
        .map(([name]) => property(propertyKey(name), file.t(replyType(name)))),
    }),
  ];
}

function targetsInterface(context: ServerContext): string {
  return interfaceText({
    doc: { summary: `Targets to which events of ${codeName(context.model.name)} can be sent.` },
    name: `${context.prefix}Targets`,
    members: targetMembers(context, ['RoomTarget', 'Target']),
  });
}

function contextInterface(context: ServerContext): string {
  const { model, prefix, file, identity } = context;
  const hasErrors = Object.keys(model.errors).length > 0;
  const errors = hasErrors ? file.t(errorsType(model.name)) : '';
  const base = file.type('HandlerContext');
  const summary = `The second argument of the handlers of ${codeName(model.name)}.`;
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

/** Targets of events. The second parameter: the runtime's types of a room and of everyone. */
function targetMembers(context: ServerContext, [room, everyone]: readonly [string, string]): string[] {
  const { model, prefix, file } = context;
  const several =
    room === 'RoomTarget' ? ' With several parameters: everyone in at least one of the rooms.' : '';
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
      doc: { summary: 'Everyone connected to the namespace.' },
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

/** The interface of a transaction of the log. None without a log. */
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
          "A transaction of the event log: all of its events and writes, or none. `Native`: the store's own handle.",
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
          'Runs `work` in one transaction. Its events are sent after the commit. If `work` rejects, so does this, and nothing is kept.',
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
    doc: { summary: `Handlers of ${codeName(model.name)}, one for each client event.` },
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
      summary: "Returns the identity for the handshake's `auth`, or refuses the connection.",
    }),
  ];
}

function eventLogOption({ model, file }: ServerContext): string[] {
  const hasCommands = Object.values(model.clientToServer).some(({ once }) => once);
  if (loggedRooms(model).length === 0 && !hasCommands) return [];
  const kept = loggedRooms(model).length > 0 ? 'the durable events' : 'the answers of once-only commands';
  return [
    property('readonly eventLog', file.type('EventLog'), {
      summary: `Stores ${kept}: \`memoryLog()\`, or the log of LMDB, MongoDB or Redis.`,
    }),
  ];
}

function authorizeOption({ model, prefix, file }: ServerContext): string[] {
  const rooms = joinableRooms(model).map(([room]) => {
    const type = `${file.type('RoomAuthorizer')}<${file.t(paramsType(room))}, ${prefix}Context>`;
    return `    readonly ${propertyKey(room)}: ${type};\n`;
  });
  if (rooms.length === 0) return [];
  const summary = 'Decides who can join each room.';
  return [property('readonly authorize', `{\n${rooms.join('')}  }`, { summary })];
}
