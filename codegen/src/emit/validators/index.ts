/**
 * Model to validators: for each schema one straight-line function a direction, which is what runs, and one reference
 * schema, which says why a value was refused. The functions are written as people write such code by hand; the
 * reference schemas are calls of the shared runtime, made when they are first needed.
 *
 * @module validators
 */
import type { TypeNode } from '../../model.ts';
import { createSourceFile, sourceText, type EmitContext, type SourceFile } from '../source-file.ts';
import { docComment } from '../doc-comment.ts';
import { member, sortedEntries } from '../literal.ts';
import { errorsType, schemaType, validatorName, type Position } from '../names.ts';
import { positions } from '../positions.ts';
import { isPlain, isRecursive, symmetric } from './facts.ts';
import { functionText, testText } from './functions.ts';
import { createModule, runtimeModule, type Module } from './module.ts';
import { contractReference, schemaPath } from '../table.ts';
import { schemaName, schemaText } from './schema-text.ts';
import { uncompiledReasons, type UncompiledReason } from './uncompiled.ts';

export { isCompiled, isCompiledAt, uncompiledReasons, validatorDiagnostics } from './uncompiled.ts';

/** Text of `<contract>.validators.gen.ts`. */
export function emitValidators(context: EmitContext): string {
  const { model } = context;
  const file = createSourceFile(context, runtimeModule);
  const module = createModule(model.types, file);
  const blocks: string[] = [];
  for (const [name, node] of sortedEntries(model.types)) {
    const type = schemaType(name);
    const note = noteText(uncompiledReasons(model, node));
    blocks.push(
      validatorText(node, [type, file.t(type), module], { recursive: isRecursive(name, model.types), note }),
    );
  }
  for (const { position, node } of positions(model)) {
    const name = validatorName(position);
    const type =
      position.at === 'details' ? `${file.t(errorsType(model.name))}${indexed(position)}` : file.t(name);
    const reasons = uncompiledReasons(model, node);
    if (reasons.length > 0 && context.options.uncompiled === 'import') {
      blocks.push(
        `export const ${name}: ${module.type('Validator')}<${type}> = ${importedText(position, [context, file])};\n`,
      );
      continue;
    }
    if (node.kind === 'ref')
      blocks.push(`export const ${name}: ${module.type('Validator')}<${type}> = ${schemaType(node.name)};\n`);
    else blocks.push(validatorText(node, [name, type, module], { note: noteText(reasons) }));
  }
  const constants = module.constants().join('');
  return sourceText(context, file.imports, constants === '' ? blocks : [constants, ...blocks]);
}

/** Functions, reference schema and exported validator of one schema. */
function validatorText(
  node: TypeNode,
  [name, type, module]: readonly [string, string, Module],
  { recursive = false, note }: { recursive?: boolean; note: string },
): string {
  const head = `${note}export const ${name}: ${module.type('Validator')}<${type}> = /* @__PURE__ */ `;
  const both = isPlain(node, module.types, 'decode') && isPlain(node, module.types, 'encode') && !recursive;
  const at = { module, wanted: name, recursive };
  const texts: string[] = [];
  let call: string;
  if (both) {
    texts.push(testText(`is${name}`, node, at));
    call = `${module.use('checker')}(${schemaName(name)}, is${name})`;
  } else if (symmetric(node, module.types)) {
    texts.push(functionText(`copy${name}`, node, { ...at, direction: 'decode' }));
    call = `${module.use('validator')}(${schemaName(name)}, copy${name})`;
  } else {
    texts.push(functionText(`decode${name}`, node, { ...at, direction: 'decode' }));
    texts.push(functionText(`encode${name}`, node, { ...at, direction: 'encode' }));
    call = `${module.use('validator')}(${schemaName(name)}, decode${name}, encode${name})`;
  }
  texts.push(`const ${schemaName(name)} = () => ${schemaText(node, at)};\n`);
  return [...module.taken(), ...texts, `${head}${call};\n`].join('');
}

/** A validator that leaves a position to the contract's own schema. */
function importedText(position: Position, [context, file]: readonly [EmitContext, SourceFile]): string {
  const spec = `${contractReference(context, file)}.spec`;
  const schema =
    position.at === 'params'
      ? `${spec}.rooms${member(position.name)}`
      : `${spec}${schemaPath(position, context.model)}`;
  return `/* @__PURE__ */ ${file.imports.value('fromZod', '@sockeye/contract/validate-zod')}(() => ${schema})`;
}

/** What a validator leaves to the server, as the last line of its doc comment. */
function noteText(reasons: readonly UncompiledReason[]): string {
  if (reasons.length === 0) return '';
  const list = reasons.map(
    ({ what, name, path }) =>
      `${what}${name === undefined ? '' : ` "${name}"`}${path.length > 0 ? ` at ${path.join('.')}` : ''}`,
  );
  return docComment({ summary: `Leaves to the server: ${[...new Set(list)].join(', ')}.` })?.('') ?? '';
}

function indexed(position: Position): string {
  return member(position.name) === `.${position.name}` ? `['${position.name}']` : member(position.name);
}
