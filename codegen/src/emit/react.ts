import type { EventModel } from '../model.ts';
import { docText } from './declare.ts';
import { codeName, type DocParts } from './doc-comment.ts';
import { carried, eventDocs, joinableRooms, roomSummary, type NamedEvents } from './events.ts';
import type { Imports } from './imports.ts';
import { parameters, print, typeArguments, type Layout } from './layout.ts';
import { quote, sortedEntries } from './literal.ts';
import {
  ackType,
  errorType,
  eventType,
  hookName,
  identifier,
  paramsType,
  replyType,
  typeName,
  viewType,
} from './names.ts';
import { ackNode } from './positions.ts';
import { projectionsOf } from './projections.ts';
import { createSourceFile, sourceText, type EmitContext, type SourceFile } from './source-file.ts';

const runtime = '@sockeye/react/codegen';

interface ReactContext extends EmitContext {
  readonly file: SourceFile;
  readonly prefix: string;
  /** Name of a type of the client file, imported. */
  readonly client: (name: string) => string;
}

/** Writes the React file: provider, hooks of the contract, and one per joinable room, projection and server event. */
export function emitReact(context: EmitContext): string {
  const { model, options } = context;
  const file = createSourceFile(context, runtime);
  const { prefix } = file;
  const from = `./${model.name}.client.gen${options.importExtension}`;
  const react: ReactContext = { ...context, file, prefix, client: (name) => file.imports.type(name, from) };
  const heard = sortedEntries(model.serverToClient);
  const blocks = [
    providerText(react),
    ...contractHooks(react, heard),
    ...projectionsOf(model).map(([name, { summary }]) => clientProjection(react, name, summary)),
    ...joinableRooms(model).flatMap(([room, joining]) => [
      roomHook(react, room, joining),
      ...projectionsOf(model, room).map(([name, { summary }]) =>
        roomProjection(react, [room, name], summary),
      ),
    ]),
    ...heard.map(([name, event]) => eventHook(react, name, event)),
  ];
  const imports: Imports = { ...file.imports, text: () => `'use client';\n\n${file.imports.text()}` };
  return sourceText(context, imports, blocks);
}

function providerText({ file, prefix, client }: ReactContext): string {
  const type = client(`${prefix}Client`);
  const define = file.imports.value('defineReact', runtime);
  const summary = 'Provides the client to the hooks below it and keeps it connected while mounted.';
  return [
    `const Hooks = /* @__PURE__ */ ${define}<${type}>(${quote(prefix)});\n`,
    `${docText({ summary })}export const ${prefix}Provider = Hooks.Provider;\n`,
  ].join('\n');
}

function contractHooks(context: ReactContext, heard: NamedEvents): string[] {
  const { model, prefix, client, file } = context;
  const { type } = file;
  const answered = Object.values(model.clientToServer).some(
    ({ ack, joins, leaves }) => ack && !joins && !leaves,
  );
  const hooks = [
    hook({
      doc: { summary: `Returns the client of the nearest {@link ${prefix}Provider}.` },
      name: hookName(model.name, 'Client'),
      params: [],
      result: client(`${prefix}Client`),
      call: 'useClient()',
    }),
    hook({
      doc: {
        summary:
          'Returns the state of the connection, or the result of `select`. Renders when it changes, as `isEqual` compares.',
      },
      name: `${hookName(model.name, 'Connection')}<Selected = ${type('Connection')}>`,
      params: [
        'select?: (connection: Connection) => Selected',
        'isEqual?: (a: Selected, b: Selected) => boolean',
      ],
      result: 'Selected',
      call: 'useConnection(select, isEqual)',
    }),
  ];
  if (heard.length > 0) {
    const payload = `${client(`${prefix}Events`)}[E]`;
    hooks.push(
      hook({
        doc: {
          summary:
            'Calls the latest `handler` for every such event while mounted; with `room`, only for events of that room.',
        },
        name: `${hookName(model.name, 'Event')}<E extends keyof ${prefix}Events>`,
        params: [
          'event: E',
          `handler: (payload: ${payload}, meta: ${type('EventMeta')}) => void`,
          `options?: ${type('InRoom')}<${type('Listens')}<E, ${payload}>>`,
        ],
        result: 'void',
        call: 'useEvent(event, handler, options)',
      }),
    );
  }
  if (answered) {
    const part = (key: string) => `${client(`${prefix}Requests`)}[E]['${key}']`;
    hooks.push(
      hook({
        doc: {
          summary:
            "Sends requests and returns the state of this component's latest one: a union by `status`.",
        },
        name: `${hookName(model.name, 'Request')}<E extends keyof ${prefix}Requests>`,
        params: ['event: E'],
        result: [type('RequestView'), typeArguments(['payload', 'data', 'error'].map(part))],
        call: 'useRequest(event)',
      }),
    );
  }
  return hooks;
}

function roomHook({ model, prefix, client, file }: ReactContext, room: string, joining: string): string {
  const view = viewType(model.name, room);
  const params = file.t(paramsType(room));
  const data = ackNode(model.clientToServer[joining]?.ack) ? file.t(ackType(joining)) : 'undefined';
  const types = [client(`${prefix}${typeName(room)}Room`), data, file.t(errorType(joining))];
  const name = hookName(room);
  const [skip, skipped] = [file.type('SkipToken'), file.type('SkippedRoom')];
  return [
    docText({
      summary: `Returned by {@link ${name}}: the state of the room ${codeName(room)}, a union by \`phase\`.`,
    }),
    `export type ${view} = ${file.type('RoomView')}<${types.join(', ')}>;\n\n`,
    docText({
      summary: `${roomSummary(room, model)} Stays joined while mounted. Switches rooms when the parameters change.`,
    }),
    `export function ${name}(params: ${params}): ${view};\n`,
    `export function ${name}(params: ${params} | ${skip}): ${view} | ${skipped};\n`,
    hook({
      doc: {},
      name,
      params: [`params: ${params} | ${skip}`],
      result: `${view} | ${skipped}`,
      call: `useRoom(${quote(identifier(room))}, params)`,
    }),
  ].join('');
}

function clientProjection(
  { model, prefix, client, file }: ReactContext,
  name: string,
  summary?: string,
): string {
  const value = `${file.type('StoreValue')}<${client(`${prefix}Client`)}[${quote(name)}]>`;
  return hook({
    doc: projectionDocs(name, summary),
    name: `${hookName(model.name, typeName(name))}<Selected = ${value}>`,
    params: selection(value),
    result: 'Selected',
    call: `useStore(Hooks.useClient().${name}, select, isEqual)`,
  });
}

/** Has two overloads: the room is joined, or may be skipped. */
function roomProjection(
  { model, prefix, client, file }: ReactContext,
  [room, name]: readonly [room: string, name: string],
  summary?: string,
): string {
  const value = `${file.type('StoreValue')}<${client(`${prefix}${typeName(room)}Room`)}[${quote(name)}]>`;
  const view = viewType(model.name, room);
  const skipped = `${view} | ${file.type('SkippedRoom')}`;
  const parts = (given: string, result: string): HookParts => ({
    doc: {},
    name: `${hookName(room, typeName(name))}<Selected = ${value}>`,
    params: [`view: ${given}`, ...selection(value)],
    result,
    call: `useStore(view.room?.${name}, select, isEqual)`,
  });
  return [
    docText(projectionDocs(name, summary)),
    `${signature(parts(view, 'Selected'), ';')}\n`,
    `${signature(parts(skipped, 'Selected | undefined'), ';')}\n`,
    hook(parts(skipped, 'Selected | undefined')),
  ].join('');
}

function projectionDocs(name: string, summary = `The projection ${codeName(name)}.`): DocParts {
  return {
    summary,
    description:
      'Returns the whole value, or the result of `select`. Renders when it changes, as `isEqual` compares.',
  };
}

function selection(value: string): string[] {
  return [`select?: (value: ${value}) => Selected`, 'isEqual?: (a: Selected, b: Selected) => boolean'];
}

function eventHook({ model, prefix, client, file }: ReactContext, name: string, event: EventModel): string {
  const payload = carried(event, () => file.t(eventType(name)));
  const result = event.ack ? `${file.type('Awaitable')}<${file.t(replyType(name))}>` : 'void';
  const room = event.ack
    ? undefined
    : joinableRooms(model).find(([joinable]) => joinable === event.room)?.[0];
  const options =
    room === undefined
      ? []
      : [`options?: ${file.type('InRoom')}<${client(`${prefix}${typeName(room)}Room`)}>`];
  return hook({
    doc: eventDocs(name, event, 'server → client'),
    name: hookName(name),
    params: [`handler: (payload: ${payload}, meta: ${file.type('EventMeta')}) => ${result}`, ...options],
    result: 'void',
    call: `${event.ack ? 'useAnswer' : 'useEvent'}(${quote(name)}, handler${room === undefined ? '' : ', options'})`,
  });
}

interface HookParts {
  readonly doc: DocParts;
  /** With its type parameters. */
  readonly name: string;
  readonly params: readonly string[];
  readonly result: Layout;
  /** The call, of a member of the runtime's hooks. */
  readonly call: string;
}

/** A function that only calls the runtime and returns its result, if there is one. */
function hook(parts: HookParts): string {
  const { doc, result, call } = parts;
  return `${docText(doc)}${signature(parts, ' {')}\n  ${result === 'void' ? '' : 'return '}Hooks.${call};\n}\n`;
}

function signature({ name, params, result }: HookParts, end: string): string {
  return print([`export function ${name}`, parameters(params), ': ', result, end], '', [0, 0]);
}
