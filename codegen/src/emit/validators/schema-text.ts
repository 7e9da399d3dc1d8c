import type {
  ArrayNode,
  NumberCheck,
  NumberNode,
  ObjectNode,
  SizeCheck,
  TypeNode,
  UnionNode,
} from '../../model.ts';
import { propertyKey, quote } from '../literal.ts';
import { schemaType } from '../names.ts';
import { bigintRanges, jsonText, numberRanges } from './conditions.ts';
import { absence, isRecursive, omittable, some, tagsOf, takesUndefined, valuesOf } from './facts.ts';
import { nodeKey, type Module } from './module.ts';
import { dateConstant, rangeOf, textConstant, textSchema, type Range } from './text-schema.ts';

interface At {
  readonly module: Module;
  readonly wanted: string;
}

/** Expression of a node's reference schema, which explains rejections and handles rare cases. */
export function schemaText(node: TypeNode, at: At): string {
  const { module } = at;
  const make = (name: string, ...args: readonly string[]) => `${module.use(name)}(${args.join(', ')})`;
  const inner = (child: TypeNode, word = '') =>
    schemaText(child, { module, wanted: word === '' ? at.wanted : `${at.wanted} ${word}` });
  switch (node.kind) {
    case 'string':
      return textSchema(node, module, at.wanted);
    case 'number':
      return numberText(node, module);
    case 'bigint':
      return make(
        'bigint',
        ...(node.checks ?? []).flatMap(({ check, value, exclusive }) => {
          const [low, high] = bigintRanges[value] ?? [];
          if (check === 'format') return [make('min', `${low}n`), make('max', `${high}n`)];
          if (check === 'multiple-of') return make('multipleOf', `${value}n`);
          return make(check, `${value}n`, ...(exclusive ? ['true'] : []));
        }),
      );
    case 'date':
      return make(
        'date',
        ...(node.checks ?? []).map(({ check, value, exclusive }) =>
          make(check, String(Date.parse(value)), String(exclusive === true), quote(value)),
        ),
      );
    case 'boolean':
      return module.use('boolean');
    case 'null':
      return make('typed', quote('null'), '(value) => value === null');
    case 'undefined':
      return make('typed', quote('undefined'), '(value) => value === undefined');
    case 'any':
      return module.use('any');
    case 'never':
      return make('typed', quote('never'), '() => false');
    case 'literal':
    case 'enum':
      return make('oneOf', ...(node.order ?? node.values).map((value) => jsonText(value)));
    case 'template':
      return make('template', module.expression(node.pattern, '', `${at.wanted} template`));
    case 'binary':
      return make('binary', ...(node.max === undefined ? [] : [String(node.max)]));
    case 'instance':
      return make('instance', node.className);
    case 'object': {
      if (!module.isRepeated(node)) return objectText(node, at);
      const text = (name: string) => `const ${name} = () => ${objectText(node, at)};\n`;
      return `${module.add(`schema ${nodeKey(node)}`, `described ${at.wanted}`, text)}()`;
    }
    case 'array':
      return arrayText(node, inner(node.item, 'item'), module);
    case 'tuple':
      return make(
        'tuple',
        `[${node.items.map((item, index) => inner(item, String(index))).join(', ')}]`,
        node.rest ? inner(node.rest, 'rest') : 'undefined',
        ...sizes(node.checks, module),
      );
    case 'record':
      return make(
        'recordOf',
        inner(node.key, 'key'),
        inner(node.value, 'value'),
        ...recordOptions(node, module),
      );
    case 'map':
    case 'set':
      return make('instance', node.kind === 'map' ? 'Map' : 'Set');
    case 'union':
      return unionText(node, at);
    case 'intersection':
      return make('intersection', inner(node.left, 'left'), inner(node.right, 'right'));
    case 'nullable':
      return make('nullable', inner(node.inner));
    case 'optional':
      return make(
        node.exact
          ? 'exactOptional'
          : absence(node.inner, module.types) === 'filled'
            ? 'optionalFilled'
            : 'optional',
        inner(node.inner),
      );
    case 'nonoptional':
      return make('nonOptional', inner(node.inner));
    case 'default':
      if (node.value === undefined) return inner(node.inner);
      return make(
        node.prefault ? 'prefault' : 'withDefault',
        inner(node.inner),
        `() => ${valueText(node.value)}`,
      );
    case 'catch':
      if (node.value === undefined) return inner(node.inner);
      return make('catching', inner(node.inner), `() => ${valueText(node.value)}`);
    case 'readonly':
      return make('readonly', inner(node.inner));
    case 'codec':
      return codecText(node, at);
    case 'pipe':
      return make('pipe', inner(node.in), inner(node.out));
    case 'ref':
      return refText(node.name, module);
    default:
      return node satisfies never;
  }
}

/** {@link schemaText} of a named type, whose own function it is the text of. */
export function objectSchema(node: TypeNode, at: At): string {
  return node.kind === 'object' ? objectText(node, at) : schemaText(node, at);
}

/** Name of the function that creates the reference schema of a named type. */
export function schemaName(type: string): string {
  return `schemaOf${type}`;
}

function refText(name: string, module: Module): string {
  const target = module.types[name];
  const text = target && textConstant(target, module, name);
  if (text !== undefined) return text;
  const schema = schemaName(schemaType(name));
  if (!isRecursive(name, module.types)) return `${schema}()`;
  const ref: TypeNode = { kind: 'ref', name };
  const absent = { filled: 2, kept: 1, '': 0 }[absence(ref, module.types) ?? ''];
  const sum = absent + (omittable(ref, module.types) ? 4 : 0);
  return `${module.use('lazy')}(${[schema, ...(sum > 0 ? [String(sum)] : [])].join(', ')})`;
}

function objectText(node: ObjectNode, { module, wanted }: At): string {
  const keys = node.order ?? Object.keys(node.properties).sort();
  const entries = keys.map((key) => {
    const property = node.properties[key] as TypeNode;
    if (key === '__proto__') return `['__proto__']: ${module.use('ignored')}()`;
    const text = schemaText(property, { module, wanted: `${wanted} ${key}` });
    return `${propertyKey(key)}: ${isInvolved(property, module) ? `${module.use('involved')}(${text})` : text}`;
  });
  const shape = entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  const isInvolvedAny = keys.some(
    (key) => key === '__proto__' || isInvolved(node.properties[key] as TypeNode, module),
  );
  switch (node.unknownKeys) {
    case 'strip':
      return `${module.use('object')}(${shape}${isInvolvedAny ? `, ${module.use('bySchema')}` : ''})`;
    case 'strict':
      return `${module.use('strictObject')}(${shape})`;
    case 'loose':
      return `${module.use('openObject')}(${shape}, ${module.use('any')})`;
    default:
      return `${module.use('openObject')}(${shape}, ${schemaText(node.unknownKeys, { module, wanted: `${wanted} rest` })})`;
  }
}

/** Whether more has to be known of a property than whether it may be missing: it may be `undefined`, or be made up. */
function isInvolved(node: TypeNode, { types }: Module): boolean {
  const absent = absence(node, types);
  const omit = omittable(node, types);
  if (absent !== undefined) return (absent === 'kept') !== omit;
  // These take anything while they are tried without checks, and so `undefined`.
  const unchecked = ['binary', 'instance', 'map', 'set'];
  return omit || takesUndefined(node, types) || some(node, types, ({ kind }) => unchecked.includes(kind));
}

function unionText(node: UnionNode, { module, wanted }: At): string {
  const members = node.members.map((member, index) =>
    schemaText(member, { module, wanted: `${wanted} ${index}` }),
  );
  const tag = node.discriminator ?? node.asksFirst;
  if (members.length === 1 && tag === undefined) return members[0] as string;
  if (node.exclusive) return `${module.use('exclusive')}(${members.join(', ')})`;
  if (tag === undefined) return `${module.use('union')}(${members.join(', ')})`;
  const cases = node.members.map((member, index) => {
    const tags = (tagsOf(member, tag, module.types) ?? []).map((tag) =>
      tag === undefined ? 'undefined' : jsonText(tag),
    );
    return `[[${tags.join(', ')}], ${members[index]}]`;
  });
  return `${module.use(node.asksFirst ? 'preferring' : 'discriminated')}(${quote(tag)}, ${cases.join(', ')})`;
}

function codecText(node: Extract<TypeNode, { kind: 'codec' }>, at: At): string {
  const { module } = at;
  const make = (...convert: readonly string[]) =>
    `${module.use('codec')}([${schemaText(node.wire, at)}, ${schemaText(node.app, at)}], ${convert.join(', ')})`;
  switch (node.codec) {
    case 'date':
      return (
        dateConstant(node, module, at.wanted) ??
        make('(text: string) => new Date(text)', '(date: Date) => date.toISOString()')
      );
    case 'bigint':
      return make('(text: string) => BigInt(text)', '(number: bigint) => String(number)');
    case 'url':
      return make('(text: string) => new URL(text)', '(url: URL) => url.href');
    case 'bytes':
      return make(
        '(bytes: ArrayBuffer | Uint8Array) => (bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes))',
        '(bytes: Uint8Array) => bytes',
      );
    case 'map':
      return make(
        '(pairs: [unknown, unknown][]) => new Map(pairs)',
        '(map: Map<unknown, unknown>) => [...map]',
      );
    case 'set':
      return make('(items: unknown[]) => new Set(items)', '(set: Set<unknown>) => [...set]');
    case 'stringbool':
      return `${module.use('stringbool')}([${(node.truthy ?? []).map(quote).join(', ')}], [${(node.falsy ?? []).map(quote).join(', ')}]${node.caseSensitive ? ', true' : ''})`;
    default:
      return schemaText(node.wire, at);
  }
}

function numberText({ checks = [] }: NumberNode, module: Module): string {
  const [first, ...rest] = checks;
  const isWhole = first?.check === 'format' && first.format === 'safeint';
  const range = rangeOf(isWhole ? rest : checks, '');
  if (range !== undefined && isWhole)
    return `${module.use('number')}(${rangeText([range[0], range[1] ?? Infinity])}, true)`;
  if (range !== undefined) return `${module.use('number')}(${rangeText(range)})`;
  return `${module.use('numeric')}(${checks.flatMap((check) => numberCheck(check, module)).join(', ')})`;
}

function arrayText({ checks }: ArrayNode, item: string, module: Module): string {
  const range = rangeOf(checks ?? [], 'length');
  if (range === undefined)
    return `${module.use('checkedArray')}(${[item, ...sizes(checks, module)].join(', ')})`;
  const [low, high] = range;
  const bounds = checks === undefined || checks.length === 0 ? [] : rangeText([low ?? 0, high]).split(', ');
  return `${module.use('array')}(${[item, ...bounds].join(', ')})`;
}

/** Arguments of a range, without an open end. */
function rangeText([low, high]: Range): string {
  if (high !== undefined) return `${jsonText(low ?? -Infinity)}, ${jsonText(high)}`;
  return low === undefined ? '' : jsonText(low);
}

function numberCheck(check: NumberCheck, module: Module): readonly string[] {
  switch (check.check) {
    case 'min':
    case 'max':
      return [`${module.use(check.check)}(${jsonText(check.value)}${check.exclusive ? ', true' : ''})`];
    case 'multiple-of':
      return [`${module.use('multipleOf')}(${jsonText(check.value)})`];
    case 'format': {
      const range = numberRanges[check.format];
      if (/int/.test(check.format)) return [`${module.use('whole')}(${range?.join(', ') ?? ''})`];
      return range === undefined
        ? []
        : [`${module.use('min')}(${range[0]})`, `${module.use('max')}(${range[1]})`];
    }
    default:
      return check satisfies never;
  }
}

function sizes(checks: readonly SizeCheck[] | undefined, module: Module): readonly string[] {
  const names = { min: 'minLength', max: 'maxLength', length: 'length' } as const;
  return (checks ?? []).map(({ check, value }) => `${module.use(names[check])}(${value})`);
}

function recordOptions(node: Extract<TypeNode, { kind: 'record' }>, module: Module): readonly string[] {
  const values = keyValues(node.key, module);
  const listed =
    values === undefined ? 'undefined' : `[${values.map((value) => jsonText(value)).join(', ')}]`;
  const mode = node.mode === 'exhaustive' ? [] : [quote(node.mode)];
  return listed === 'undefined' && mode.length === 0 ? [] : [listed, ...mode];
}

function keyValues(key: TypeNode, module: Module): readonly (string | number)[] | undefined {
  return valuesOf(key, module.types)?.filter(
    (value) => typeof value === 'string' || typeof value === 'number',
  );
}

function valueText(value: Parameters<typeof jsonText>[0]): string {
  const text = jsonText(value);
  return text.startsWith('{') ? `(${text})` : text;
}
