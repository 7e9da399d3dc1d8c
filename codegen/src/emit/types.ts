import { codes } from '@sockeye/contract/wire';
import type { ContractModel, TypeNode } from '../model.ts';
import {
  contractTypes,
  createSourceFile,
  docs,
  eventDocs,
  sourceText,
  type EmitContext,
  type SourceFile,
} from './context.ts';
import { codeName, type DocParts } from './doc-comment.ts';
import { broken, objectType, print, unionOf, type Layout } from './layout.ts';
import { propertyKey, quote, sortedEntries } from './literal.ts';
import { ackType, errorType, eventType, paramsType, payloadType, replyType, schemaType } from './names.ts';
import { ackNode, paramsNode, payloadNode } from './positions.ts';
import { isRecursive } from './recursion.ts';
import { docsOf, isObject, memberLayouts, typeLayout } from './type-text.ts';

/** The types file: every named schema, then every payload, answer and error of the contract. */
export function emitTypes(context: EmitContext): string {
  const { model } = context;
  const file = createSourceFile(context, runtimeOf(context));
  const blocks = [
    ...namedTypes(model),
    ...connectionTypes(model),
    ...clientEventTypes(model, file),
    ...serverEventTypes(model),
  ];
  return sourceText(context, file.imports.text(), blocks);
}

/** Whose `ErrorBody` it is: a folder depends on no package that its other files do not need. */
function runtimeOf({ targets }: EmitContext): string {
  if (targets.has('server')) return '@sockeye/server/codegen';
  return targets.has('client') ? '@sockeye/client/codegen' : '@sockeye/contract/wire';
}

function namedTypes(model: ContractModel): string[] {
  return sortedEntries(model.types).map(([id, node]) =>
    declaration(model, schemaType(id), {
      node,
      doc: docsOf(node),
      recursive: !isObject(node) && isRecursive(id, model.types),
    }),
  );
}

function connectionTypes(model: ContractModel): string[] {
  const { prefix, errors } = contractTypes(model);
  const of = codeName(model.name);
  const blocks: string[] = [];
  if (model.auth) {
    blocks.push(
      declaration(model, `${prefix}Auth`, {
        node: model.auth,
        doc: { summary: `What a client of ${of} puts into the handshake's \`auth\`.` },
      }),
    );
  }
  if (model.identity) {
    const summary = `Who is behind a connection to ${of}; the server's \`socket.data.identity\`.`;
    blocks.push(declaration(model, `${prefix}Identity`, { node: model.identity, doc: { summary } }));
  }
  for (const [name, room] of sortedEntries(model.rooms)) {
    const summary = room.summary ?? `Parameters of the room ${codeName(name)}.`;
    blocks.push(declaration(model, paramsType(name), { node: paramsNode(room), doc: { summary } }));
  }
  if (Object.keys(model.errors).length > 0) blocks.push(errorsInterface(model, errors));
  return blocks;
}

function errorsInterface(model: ContractModel, name: string): string {
  const members = sortedEntries(model.errors).map(([code, error]) => {
    const head = `${propertyKey(code)}: `;
    const layout = error.details ? typeLayout(error.details, model) : 'undefined';
    const type = error.details && isObject(error.details) ? broken(layout) : layout;
    const text = print([head, type], '  ', [2, 1]);
    return `${docs(error.summary === undefined ? {} : { summary: error.summary }, '  ')}  ${text};\n`;
  });
  return `/** Details of the contract's own errors, by code. */\nexport interface ${name} {\n${members.join('')}}\n`;
}

function clientEventTypes(model: ContractModel, file: SourceFile): string[] {
  return sortedEntries(model.clientToServer).flatMap(([name, event]) => {
    const payload = payloadNode(event);
    const ack = ackNode(event.ack);
    const doc = { ...eventDocs(name, event, 'client → server'), ...examplesOf(event.examples) };
    return [
      ...(payload ? [declaration(model, payloadType(name), { node: payload, doc })] : []),
      ...(ack
        ? [
            declaration(model, ackType(name), {
              node: ack,
              doc: { summary: `Acknowledgement of ${codeName(name)}.` },
            }),
          ]
        : []),
      ...(event.ack || event.joins !== undefined ? [errorUnion(model, name, file)] : []),
    ];
  });
}

function serverEventTypes(model: ContractModel): string[] {
  return sortedEntries(model.serverToClient).flatMap(([name, event]) => {
    const payload = payloadNode(event);
    const reply = ackNode(event.ack);
    const doc = { ...eventDocs(name, event, 'server → client'), ...examplesOf(event.examples) };
    return [
      ...(payload ? [declaration(model, eventType(name), { node: payload, doc })] : []),
      ...(reply
        ? [
            declaration(model, replyType(name), {
              node: reply,
              doc: { summary: `What a client answers to ${codeName(name)}.` },
            }),
          ]
        : []),
    ];
  });
}

function examplesOf(examples: DocParts['examples']): DocParts {
  return examples === undefined ? {} : { examples };
}

/** A fixed code that the contract gives details of its own is told apart from the other fixed ones. */
function errorUnion(model: ContractModel, name: string, file: SourceFile): string {
  const { errors } = contractTypes(model);
  const declared = [...(model.clientToServer[name]?.errors ?? [])]
    .sort()
    .filter((code) => Object.hasOwn(model.errors, code));
  const detailed = declared.filter((code) => Object.hasOwn(codes, code));
  const fixed = file.type('FixedCode');
  const others = detailed.length === 0 ? fixed : `Exclude<${fixed}, ${detailed.map(quote).join(' | ')}>`;
  const body = file.type('ErrorBody');
  const members = [
    `${body}<${others}>`,
    ...declared.map((code) => `${body}<${quote(code)}, ${errors}[${quote(code)}]>`),
  ];
  return `/** How ${codeName(name)} may fail. */\n${alias(errorType(name), unionOf(members))}`;
}

interface Declared {
  readonly node: TypeNode;
  readonly doc: DocParts;
  readonly recursive?: boolean;
}

function declaration(model: ContractModel, name: string, { node, doc, recursive = false }: Declared): string {
  const context = { types: model.types, recursive };
  const members = memberLayouts(node, context);
  if (members === undefined) return docs(doc) + alias(name, typeLayout(node, context));
  const head = `export interface ${name} `;
  return `${docs(doc)}${head}${print(broken(objectType(members)), '', [head.length, 0])}\n`;
}

function alias(name: string, layout: Layout): string {
  const head = `export type ${name} =`;
  const text = print(layout, '', [head.length + 1, 1]);
  return `${head}${text.startsWith('\n') ? '' : ' '}${text};\n`;
}
