/**
 * Model to validators. Each schema gets one straight-line function per direction, which does the validation, and a
 * reference schema, which explains why a value was rejected. The functions look like hand-written code; the reference
 * schemas are calls of the shared runtime, evaluated when they are first needed.
 *
 * @module validators
 */
import type { TypeNode } from '../../model.ts';
import type { Tape } from '../event-memory.ts';
import type { Imports, Use } from '../imports.ts';
import { createSourceFile, sourceText, type EmitContext, type SourceFile } from '../source-file.ts';
import { docComment } from '../doc-comment.ts';
import { member, sortedEntries } from '../literal.ts';
import { errorsType, schemaType, validatorName, type Position } from '../names.ts';
import { nodeAt, positions, type CheckedPosition } from '../positions.ts';
import { closedBound, isPlain, isRecursive, symmetric, type Direction } from './facts.ts';
import { createPlace, functionText, helperFunction, testText } from './functions.ts';
import { createModule, nodeKey, runtimeModule, type Module } from './module.ts';
import { contractReference, schemaPath } from '../table.ts';
import { objectSchema, schemaName, schemaText } from './schema-text.ts';
import { createRecorder, type Notes, type Recorder } from './recorder.ts';
import { textConstant } from './text-schema.ts';
import { createUses, type Uses } from './uses.ts';
import { wrapped } from './wrap.ts';
import { uncompiledReasons, type UncompiledReason } from './uncompiled.ts';

export { isCompiled, isCompiledAt, uncompiledReasons, validatorDiagnostics } from './uncompiled.ts';

/** Text of `<contract>.validators.gen.ts`. */
export function emitValidators(context: EmitContext): string {
  return write(context, {}) ?? write(context, { anew: true }) ?? '';
}

/**
 * @param options.anew Whether to rewrite events that did not change. Default: false.
 * @returns `undefined` if kept text conflicts with the text before it, for example in the name of a shared function.
 */
function write(context: EmitContext, { anew = false }: { readonly anew?: boolean }): string | undefined {
  const { model } = context;
  const file = createSourceFile(context, runtimeModule);
  const places = positions(model);
  const roots = places.map(({ node }) => node);
  const recorder = createRecorder(createModule(model.types, roots, file));
  const { module } = recorder;
  const validators: ValidatorsContext = { ...context, file, module, uses: createUses(context, places) };
  const types = sortedEntries(model.types).map(([name, node]) => {
    const note = noteText(uncompiledReasons(model, node));
    return typeText(node, [name, file, module], { uses: validators.uses.ofType(name), note });
  });
  const at = (...kinds: readonly Position['at'][]): readonly string[] =>
    places
      .filter(({ position }) => kinds.includes(position.at))
      .map((place) => positionText(place, validators));
  const ofEvents = (direction: 'clientToServer' | 'serverToClient', kinds: readonly Position['at'][]) =>
    file.each(`validators ${direction}`, sortedEntries(model[direction]), {
      write: (name) => kinds.flatMap((kind) => textAt({ at: kind, name }, validators)).join('\n'),
      between: '\n',
      tape: tapeOf(recorder, file.imports),
      anew,
    });
  const blocks = [
    ...types,
    ...at('auth', 'identity', 'params', 'details'),
    ...ofEvents('clientToServer', ['payload', 'ack']),
    ...ofEvents('serverToClient', ['event', 'reply']),
    ...at('entry'),
  ];
  if (recorder.failed()) return undefined;
  const constants = wrapped(module.constants().join(''));
  return sourceText(context, file.imports, constants === '' ? blocks : [constants, ...blocks]);
}

interface ValidatorsContext extends EmitContext {
  readonly file: SourceFile;
  readonly module: Module;
  readonly uses: Uses;
}

/** Records the notes of both, and repeats them in both. */
function tapeOf(recorder: Recorder, imports: Imports): Tape<readonly [Notes, readonly Use[]]> {
  return {
    record(work) {
      const { result: recorded, notes: uses } = imports.record(() => recorder.record(work));
      return { result: recorded.result, notes: [recorded.notes, uses] };
    },
    repeat([notes, uses]) {
      imports.repeat(uses);
      recorder.repeat(notes);
    },
  };
}

/** Functions and exported validator of a position; nothing if it has no schema. */
function textAt(position: Position, context: ValidatorsContext): readonly string[] {
  const node = nodeAt(context.model, position);
  return node === undefined ? [] : [positionText({ position, node }, context)];
}

function positionText({ position, node }: CheckedPosition, context: ValidatorsContext): string {
  const { model, file, module, uses } = context;
  const name = validatorName(position);
  const key = `${uses.ofPosition(position).join()} ${nodeKey(node)}`;
  const same = node.kind === 'ref' ? schemaType(node.name) : module.sharing(key, name);
  const type =
    position.at === 'details' ? `${file.t(errorsType(model.name))}${indexed(position)}` : file.t(name);
  const reasons = uncompiledReasons(model, node);
  const head = `export const ${name}: ${module.type('Validator')}<${type}> = `;
  if (reasons.length > 0 && context.options.uncompiled === 'import')
    return `${head}${importedText(position, [context, file])};\n`;
  const bound =
    context.targets.has('server') && position.at === 'payload' ? closedBound(node, model.types) : undefined;
  const close = (text: string) =>
    bound === undefined ? text : `/* @__PURE__ */ ${module.use('closed')}(${bound}, ${text})`;
  const value = same ?? validatorText(node, { module, wanted: name }, uses.ofPosition(position));
  return wrapped([...module.taken(), `${noteText(reasons)}${head}${close(value)};\n`].join(''));
}

/** Functions, reference schema and exported validator of a named schema. */
function typeText(
  node: TypeNode,
  [typeName, file, module]: readonly [string, SourceFile, Module],
  { uses, note }: { uses: readonly Direction[]; note: string },
): string {
  const name = schemaType(typeName);
  const recursive = isRecursive(typeName, module.types);
  const at = { module, wanted: name, recursive };
  const schema = schemaName(name);
  const texts: string[] = [];
  let call: string;
  const text = textConstant(node, module, typeName);
  if (text !== undefined) {
    const head = `${note}export const ${name}: ${module.type('Validator')}<${file.t(name)}> = `;
    return `${head}/* @__PURE__ */ ${module.use('checker')}(() => ${text}, ${text});\n`;
  }
  if (!recursive && isPlain(node, module.types, 'decode') && isPlain(node, module.types, 'encode')) {
    texts.push(testText(`is${name}`, node, at));
    call = `${module.use('checker')}(${schema}, is${name})`;
  } else {
    const verbs = verbsOf(node, module, uses);
    for (const verb of verbs)
      texts.push(
        functionText(`${verb}${name}`, node, { ...at, direction: verb === 'encode' ? verb : 'decode' }),
      );
    call = callText(verbs, [schema, ...verbs.map((verb) => `${verb}${name}`)], module);
  }
  texts.push(`const ${schema} = () => ${objectSchema(node, at)};\n`);
  const head = `${note}export const ${name}: ${module.type('Validator')}<${file.t(name)}> = `;
  return wrapped([...module.taken(), ...texts, `${head}/* @__PURE__ */ ${call};\n`].join(''));
}

/** Expression of the validator of an unnamed schema. Adds its functions to the module. */
function validatorText(
  node: TypeNode,
  at: { module: Module; wanted: string },
  uses: readonly Direction[],
): string {
  const { module } = at;
  const verbs = verbsOf(node, module, uses);
  const functions = verbs.map((verb) =>
    helperFunction(node, createPlace({ ...at, direction: verb === 'encode' ? verb : 'decode' }, false)),
  );
  const text = schemaText(node, at);
  const schema = /^(\w+)\(\)$/.exec(text)?.[1];
  const made = schema !== undefined && module.isTaken(schema) ? schema : `() => ${text}`;
  return `/* @__PURE__ */ ${callText(verbs, [made, ...functions], module)}`;
}

type Verb = 'copy' | Direction;

/** The functions of a schema: one for both directions, or one for each direction used. */
function verbsOf(node: TypeNode, module: Module, uses: readonly Direction[]): readonly Verb[] {
  return symmetric(node, module.types) ? ['copy'] : uses;
}

function callText(verbs: readonly Verb[], [schema, ...functions]: readonly string[], module: Module): string {
  const make = verbs.length === 1 && verbs[0] !== 'copy' ? `${verbs[0] as Direction}r` : 'validator';
  return `${module.use(make)}(${[schema, ...functions].join(', ')})`;
}

/** A validator that calls the contract's own schema. */
function importedText(position: Position, [context, file]: readonly [EmitContext, SourceFile]): string {
  const spec = `${contractReference(context, file)}.spec`;
  const schema =
    position.at === 'params'
      ? `${spec}.rooms${member(position.name)}`
      : `${spec}${schemaPath(position, context.model)}`;
  return `/* @__PURE__ */ ${file.imports.value('fromZod', '@sockeye/contract/validate-zod')}(() => ${schema})`;
}

/** Doc comment that lists the checks made only by the server. */
function noteText(reasons: readonly UncompiledReason[]): string {
  if (reasons.length === 0) return '';
  const list = reasons.map(
    ({ what, name, path }) =>
      `${what}${name === undefined ? '' : ` "${name}"`}${path.length > 0 ? ` at ${path.join('.')}` : ''}`,
  );
  return docComment({ summary: `Checked only on the server: ${[...new Set(list)].join(', ')}.` })?.('') ?? '';
}

function indexed(position: Position): string {
  return member(position.name) === `.${position.name}` ? `['${position.name}']` : member(position.name);
}
