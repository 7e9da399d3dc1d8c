import {
  contractTypes,
  carried,
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
import { propertyKey, quote, sortedEntries } from './literal.ts';
import {
  ackType,
  constName,
  eventType,
  identifier,
  paramsType,
  payloadType,
  replyType,
  typeName,
} from './names.ts';
import { ackNode } from './positions.ts';
import { tableText } from './table.ts';
import type { EventModel } from '../model.ts';

const runtime = '@sockeye/server/codegen';

const everyone = docComment({ summary: 'Everyone who is connected to the namespace.' });

interface ServerContext extends EmitContext {
  readonly file: SourceFile;
  /** `Board`, for `BoardContext` and the like. */
  readonly prefix: string;
  /** Type of the identity. */
  readonly identity: string;
  readonly hasErrors: boolean;
}

/** The server file: what can be sent where, one handler an event, options, the table, and the function that serves. */
export function emitServer(context: EmitContext): string {
  const { model } = context;
  const file = createSourceFile(context, runtime);
  const { prefix } = contractTypes(model);
  const server: ServerContext = {
    ...context,
    file,
    prefix,
    identity: model.identity ? file.t(`${prefix}Identity`) : 'undefined',
    hasErrors: Object.keys(model.errors).length > 0,
  };
  const blocks = [
    ...eventMaps(server),
    targetsInterface(server),
    contextInterface(server),
    handlersInterface(server),
    optionsInterface(server),
    `/** A running server of ${codeName(model.name)}. */\nexport interface ${prefix}Server extends ${prefix}Targets, ${file.type('ContractServer')} {}\n`,
    tableText(context, file, 'server'),
    factory(server),
  ];
  return sourceText(context, file.imports.text(), blocks);
}

function eventMaps({ model, prefix, file }: ServerContext): string[] {
  const events = sortedEntries(model.serverToClient);
  const payloads = (chosen: readonly [string, EventModel][]) =>
    chosen.map(
      ([name, event]) => `  ${propertyKey(name)}: ${carried(event, () => file.t(eventType(name)))};\n`,
    );
  const rooms = Object.keys(model.rooms).sort();
  const roomMaps = rooms.map((room) => {
    const comment = docs({ summary: `Payloads of the events that go to the room ${codeName(room)}.` });
    return (
      comment +
      interfaceText(
        `${prefix}${typeName(room)}Events`,
        payloads(events.filter(([, event]) => event.room === room)),
      )
    );
  });
  const parents = [...rooms.map((room) => `${prefix}${typeName(room)}Events`), `${prefix}OpenEvents`].join(
    ', ',
  );
  return [
    ...roomMaps,
    `/** Payloads of the events that are bound to no room. */\n${interfaceText(`${prefix}OpenEvents`, payloads(events.filter(([, event]) => event.room === undefined)))}`,
    `/** Payloads of every event that the server sends. */\nexport interface ${prefix}ServerToClient extends ${parents} {}\n`,
    `/** What clients answer to the events that ask for it. */\n${interfaceText(
      `${prefix}Replies`,
      events
        .filter(([, event]) => event.ack)
        .map(([name]) => `  ${propertyKey(name)}: ${file.t(replyType(name))};\n`),
    )}`,
  ];
}

function targetsInterface(context: ServerContext): string {
  const { model, prefix, file } = context;
  return `/** Where events of ${codeName(model.name)} can be sent to. */\n${interfaceText(
    `${prefix}Targets`,
    [
      ...roomMethods(context, 'RoomTarget'),
      method({
        head: 'all',
        params: [],
        result: `${file.type('Target')}<${prefix}OpenEvents, ${prefix}Replies>`,
        comment: everyone,
      }),
      socketMethod(context),
    ],
  )}`;
}

function contextInterface(context: ServerContext): string {
  const { model, prefix, file, identity, hasErrors } = context;
  const errors = hasErrors ? file.t(`${prefix}Errors`) : '';
  const base = file.type('HandlerContext');
  const head = hasErrors
    ? `${prefix}Context<Codes extends keyof ${errors} = never>\n  extends ${base}<${identity}, ${errors}, Codes>`
    : `${prefix}Context extends ${base}<${identity}>`;
  const codesNote = hasErrors ? ' `Codes`: the errors that its event declares.' : '';
  return `/** What a handler of ${codeName(model.name)} is given beside the payload.${codesNote} */\n${interfaceText(
    head,
    [
      ...roomMethods(context, 'SenderTarget'),
      method({
        head: 'all',
        params: [],
        result: `${file.type('SenderTarget')}<${prefix}OpenEvents, ${prefix}Replies>`,
        comment: everyone,
      }),
      socketMethod(context),
      `  /** The caller's own connection. */\n  readonly sender: ${file.type('RequestTarget')}<${prefix}ServerToClient, ${prefix}Replies>;\n`,
    ],
  )}`;
}

function roomMethods(
  { model, prefix, file }: ServerContext,
  target: 'RoomTarget' | 'SenderTarget',
): string[] {
  return sortedEntries(model.rooms).map(([name, room]) => {
    const params = file.t(paramsType(name));
    const summary = room.summary ?? `The room ${codeName(name)}.`;
    const several =
      target === 'RoomTarget' ? ' Several parameters: everyone who is in at least one of the rooms.' : '';
    const result = `${file.type(target)}<${prefix}${typeName(name)}Events, ${prefix}Replies>`;
    return `${docs({ summary: summary + several }, '  ')}  ${identifier(name)}(...params: [${params}, ...${params}[]]): ${result};\n`;
  });
}

function socketMethod({ prefix, file }: ServerContext): string {
  const result = `${file.type('RequestTarget')}<${prefix}ServerToClient, ${prefix}Replies>`;
  return method({
    head: 'socket',
    params: ['id: string'],
    result,
    comment: docComment({ summary: 'One connection, by its id.' }),
  });
}

function handlersInterface(context: ServerContext): string {
  const { model, prefix } = context;
  const members = sortedEntries(model.clientToServer).map(([name, event]) => handler(context, name, event));
  return `/** One handler for each event that clients of ${codeName(model.name)} send. */\n${interfaceText(`${prefix}Handlers`, members)}`;
}

function handler({ model, prefix, file }: ServerContext, name: string, event: EventModel): string {
  const declared = (event.errors ?? []).filter((code) => Object.hasOwn(model.errors, code)).sort();
  const codes = declared.length === 0 ? '' : `<${declared.map(quote).join(' | ')}>`;
  const answer = ackNode(event.ack) ? file.t(ackType(name)) : 'void';
  const result = `${file.type('Awaitable')}<${answer} | ${file.type('HandlerFailure')}${codes}>`;
  const params = [
    `payload: ${carried(event, () => file.t(payloadType(name)))}`,
    `ctx: ${prefix}Context${codes}`,
  ];
  const comment = docComment(eventDocs(name, event, 'client → server'));
  return method({ head: propertyKey(name), params, result, comment, arrow: true });
}

function optionsInterface(context: ServerContext): string {
  const { model, prefix, file, identity } = context;
  const members: string[] = [];
  if (model.auth || model.identity) {
    const auth = model.auth ? file.t(`${prefix}Auth`) : 'undefined';
    members.push(
      `  /** Turns the handshake's \`auth\` into an identity, or refuses it. */\n  readonly authenticate: ${file.type('Authenticate')}<${auth}, ${identity}>;\n`,
    );
  }
  const joinable = [...joinableRooms(model).keys()].sort();
  if (joinable.length > 0) {
    const authorizers = joinable.map(
      (room) =>
        `    readonly ${propertyKey(room)}: ${file.type('RoomAuthorizer')}<${file.t(paramsType(room))}, ${prefix}Context>;\n`,
    );
    members.push(
      `  /** Who may enter the rooms that clients join. */\n  readonly authorize: {\n${authorizers.join('')}  };\n`,
    );
  }
  members.push(`  readonly handlers: ${prefix}Handlers;\n`);
  const head = `${prefix}ServerOptions extends ${file.type('ServerOptions')}<${identity}, ${prefix}Context>`;
  return `/** Options of {@link ${constName('create', model.name, 'Server')}}. */\n${interfaceText(head, members)}`;
}

function factory({ model, prefix, file }: ServerContext): string {
  const define = file.imports.value('defineServer', runtime);
  return `/**
 * Serves ${codeName(model.name)}: authenticates connections, validates what comes in, strips what goes out.
 *
 * @throws ContractError when the options cannot work, before any connection is accepted.
 */
export const ${constName('create', model.name, 'Server')} = ${define}<${prefix}ServerOptions, ${prefix}Server>(table);
`;
}
