/**
 * Model to validators: for each schema one straight-line function a direction, which is what runs, and one reference
 * schema, which says why a value was refused. The functions are written as people write such code by hand; the
 * reference schemas are calls of the shared runtime, made when they are first needed.
 *
 * @module validators
 */
import type { TypeNode } from '../../model.ts';
import { createSourceFile, sourceText, type EmitContext } from '../source-file.ts';
import { sortedEntries } from '../literal.ts';
import { errorsType, schemaType, validatorName, type Position } from '../names.ts';
import { positions } from '../positions.ts';
import { isPlain, isRecursive, symmetric } from './facts.ts';
import { functionText, testText } from './functions.ts';
import { createModule, runtimeModule, type Module } from './module.ts';
import { schemaName, schemaText } from './schema-text.ts';

/** Text of `<contract>.validators.gen.ts`. */
export function emitValidators(context: EmitContext): string {
  const { model } = context;
  const file = createSourceFile(context, runtimeModule);
  const module = createModule(model.types, file);
  const blocks: string[] = [];
  for (const [name, node] of sortedEntries(model.types)) {
    const type = schemaType(name);
    blocks.push(validatorText(node, [type, file.t(type), module], isRecursive(name, model.types)));
  }
  for (const { position, node } of positions(model)) {
    const name = validatorName(position);
    const type = position.at === 'details' ? `${file.t(errorsType(model.name))}${indexed(position)}` : file.t(name);
    if (node.kind === 'ref') blocks.push(`export const ${name}: ${module.type('Validator')}<${type}> = ${schemaType(node.name)};\n`);
    else blocks.push(validatorText(node, [name, type, module]));
  }
  const constants = module.constants().join('');
  return sourceText(context, file.imports, constants === '' ? blocks : [constants, ...blocks]);
}

/** Functions, reference schema and exported validator of one schema. */
function validatorText(node: TypeNode, [name, type, module]: readonly [string, string, Module], recursive = false): string {
  const head = `export const ${name}: ${module.type('Validator')}<${type}> = /* @__PURE__ */ `;
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

function indexed(position: Position): string {
  return `['${position.name}']`;
}


