import { codes } from '@sockeye/contract/wire';
import type { ContractModel, EventModel, TypeNode } from '../model.ts';
import { docText, interfaceText } from './declare.ts';
import { codeName, joinDocs, type DocParts } from './doc-comment.ts';
import { codeUnion, declaredCodes, docsOfEvent, eventDocs, mayFail } from './events.ts';
import { broken, objectType, print, unionOf, type Layout } from './layout.ts';
import { propertyKey, quote, sortedEntries } from './literal.ts';
import { errorsType, errorType, positionName, schemaType, type Position } from './names.ts';
import { ackNode, paramsNode, payloadNode } from './positions.ts';
import { isRecursive } from './recursion.ts';
import { createSourceFile, sourceText, type EmitContext, type SourceFile } from './source-file.ts';
import { docsOf, isObject, memberLayouts, typeLayout } from './type-text.ts';

interface TypesContext {
  readonly model: ContractModel;
  readonly file: SourceFile;
}

/** Writes the types file: every named schema, then every payload, answer and error. */
export function emitTypes(context: EmitContext): string {
  const { model } = context;
  const file = createSourceFile(context, runtimeOf(context));
  const types: TypesContext = { model, file };
  const blocks = [
    ...namedTypes(model),
    ...connectionTypes(model),
    ...errorsInterface(model),
    ...file.each('client events', sortedEntries(model.clientToServer), {
      write: (name, event) => clientEventTypes(types, name, event).join('\n'),
      between: '\n',
    }),
    ...file.each('server events', sortedEntries(model.serverToClient), {
      write: (name, event) => serverEventTypes(types, name, event).join('\n'),
      between: '\n',
    }),
    ...sortedEntries(model.projections ?? {}).flatMap(([name, projection]) =>
      projection.kind === 'presence' ? entryTypes(model, name, projection.of) : [],
    ),
  ];
  return sourceText(context, file.imports, blocks);
}

/** Where `ErrorBody` is imported from: a package that the folder's other files need too. */
function runtimeOf({ targets }: EmitContext): string {
  if (targets.has('server')) return '@sockeye/server/codegen';
  return targets.has('client') ? '@sockeye/client/codegen' : '@sockeye/contract/wire';
}

function namedTypes(model: ContractModel): string[] {
  return sortedEntries(model.types).map(([id, node]) => {
    const recursive = !isObject(node) && isRecursive(id, model.types);
    return declaration(model, { name: schemaType(id), node, doc: docsOf(node), recursive });
  });
}

function connectionTypes(model: ContractModel): string[] {
  const of = codeName(model.name);
  return [
    ...positionType(
      model,
      { at: 'auth', name: model.name },
      {
        node: model.auth,
        doc: { summary: `The handshake's \`auth\`, sent by clients of ${of}.` },
      },
    ),
    ...positionType(
      model,
      { at: 'identity', name: model.name },
      {
        node: model.identity,
        doc: { summary: `The identity of a connection to ${of}, in \`socket.data.identity\` on the server.` },
      },
    ),
    ...sortedEntries(model.rooms).flatMap(([name, room]) => {
      const summary = room.summary ?? `Parameters of the room ${codeName(name)}.`;
      return positionType(model, { at: 'params', name }, { node: paramsNode(room), doc: { summary } });
    }),
  ];
}

function errorsInterface(model: ContractModel): string[] {
  const errors = sortedEntries(model.errors);
  if (errors.length === 0) return [];
  const members = errors.map(([code, { details, summary }]) => {
    const type = details ? typeLayout(details, model) : 'undefined';
    const layout = [`${propertyKey(code)}: `, details && isObject(details) ? broken(type) : type];
    return `${docText({ summary }, '  ')}  ${print(layout, '  ', [2, 1])};\n`;
  });
  const doc = { summary: "Details of the contract's errors, by code." };
  return [interfaceText({ doc, name: errorsType(model.name), members })];
}

function clientEventTypes({ model, file }: TypesContext, name: string, event: EventModel): string[] {
  const docs = { ...docsOfEvent(event), ...eventDocs(name, event, 'client → server') };
  const answer = { summary: `Acknowledgement of ${codeName(name)}.` };
  return [
    ...positionType(model, { at: 'payload', name }, { node: payloadNode(event), doc: docs }),
    ...positionType(model, { at: 'ack', name }, { node: ackNode(event.ack), doc: answer }),
    ...(mayFail(event) ? [errorUnion({ model, file }, name, event)] : []),
  ];
}

function serverEventTypes({ model }: TypesContext, name: string, event: EventModel): string[] {
  const docs = { ...docsOfEvent(event), ...eventDocs(name, event, 'server → client') };
  const answer = { summary: `Answer of a client to ${codeName(name)}.` };
  return [
    ...positionType(model, { at: 'event', name }, { node: payloadNode(event), doc: docs }),
    ...positionType(model, { at: 'reply', name }, { node: ackNode(event.ack), doc: answer }),
  ];
}

function entryTypes(model: ContractModel, name: string, node: TypeNode): string[] {
  const summary = `A user of the presence projection ${codeName(name)}.`;
  return positionType(model, { at: 'entry', name }, { node, doc: { summary } });
}

/** A fixed code for which the contract declares details is a separate member of the union. */
function errorUnion({ model, file }: TypesContext, name: string, event: EventModel): string {
  const errors = errorsType(model.name);
  const declared = declaredCodes(event, model);
  const detailed = declared.filter((code) => Object.hasOwn(codes, code));
  const fixed = file.type('FixedCode');
  const others = detailed.length === 0 ? fixed : `Exclude<${fixed}, ${codeUnion(detailed)}>`;
  const body = file.type('ErrorBody');
  const members = declared.map((code) => `${body}<${quote(code)}, ${errors}[${quote(code)}]>`);
  const doc = docText({ summary: `Errors of ${codeName(name)}.` });
  return doc + alias(errorType(name), unionOf([`${body}<${others}>`, ...members]));
}

/** Type of a position, if it has a schema. An unnamed schema adds to the docs. */
function positionType(model: ContractModel, position: Position, { node, doc }: Placed): string[] {
  if (node === undefined) return [];
  return [declaration(model, { name: positionName(position), node, doc: joinDocs(doc, docsOf(node)) })];
}

interface Placed {
  readonly node: TypeNode | undefined;
  readonly doc: DocParts;
}

interface Declared {
  readonly name: string;
  readonly node: TypeNode;
  readonly doc: DocParts;
  /** The type contains itself. */
  readonly recursive?: boolean;
}

function declaration(model: ContractModel, { name, node, doc, recursive = false }: Declared): string {
  const context = { types: model.types, recursive };
  const members = memberLayouts(node, context);
  if (members === undefined) return docText(doc) + alias(name, typeLayout(node, context));
  const layout = [`export interface ${name} `, broken(objectType(members))];
  return `${docText(doc)}${print(layout, '', [0, 0])}\n`;
}

function alias(name: string, layout: Layout): string {
  return `${print([`export type ${name} = `, layout], '', [0, 1])};\n`;
}
