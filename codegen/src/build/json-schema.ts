import type { Json, NumberCheck, SizeCheck, TypeNode } from '../model.ts';

/** The part of JSON Schema (draft 7) that the conversion of Zod 3 schemas produces. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly additionalItems?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

/**
 * The node of a JSON Schema that was read twice: once with `additionalProperties: false` for an object that drops what
 * it does not name, once with `true`. It never asks for more than the schema: what cannot be said exactly is left out.
 */
export function jsonSchemaNode(drops: JsonSchema, keeps: JsonSchema): TypeNode {
  const node = plainNode(drops, keeps);
  const described = drops.description === undefined ? node : { ...node, description: drops.description };
  return drops.default === undefined
    ? described
    : { kind: 'default', inner: described, value: drops.default as Json };
}

function plainNode(schema: JsonSchema, keeps: JsonSchema): TypeNode {
  if (schema.anyOf) return unionNode(pairs(schema.anyOf, keeps.anyOf));
  if (schema.allOf) {
    return pairs(schema.allOf, keeps.allOf)
      .map((each) => jsonSchemaNode(...each))
      .reduce((left, right) => ({ kind: 'intersection', left, right }));
  }
  if (schema.const !== undefined) return { kind: 'literal', values: [schema.const as string] };
  if (schema.enum) return enumNode(schema.enum);
  if (schema.not) return isEmpty(schema.not) ? { kind: 'undefined' } : { kind: 'any' };
  if (Array.isArray(schema.type)) return typesNode(schema, keeps, schema.type as readonly string[]);
  switch (schema.type) {
    case 'string':
      return stringNode(schema);
    case 'number':
    case 'integer':
      return numberNode(schema);
    case 'boolean':
      return { kind: 'boolean' };
    case 'null':
      return { kind: 'null' };
    case 'array':
      return arrayNode(schema, keeps);
    case 'object':
      return objectNode(schema, keeps);
    default:
      return { kind: 'any' };
  }
}

/** Several types at once: one type or null for a nullable, primitives for a union of them. */
function typesNode(schema: JsonSchema, keeps: JsonSchema, types: readonly string[]): TypeNode {
  const [first, ...rest] = types.filter((type) => type !== 'null');
  const one = (type: string) => plainNode({ ...schema, type }, { ...keeps, type });
  if (first === undefined) return { kind: 'null' };
  const inner: TypeNode =
    rest.length === 0 ? one(first) : { kind: 'union', members: [first, ...rest].map(one) };
  return types.includes('null') ? { kind: 'nullable', inner } : inner;
}

function unionNode(members: readonly (readonly [JsonSchema, JsonSchema])[]): TypeNode {
  const present = members.filter(([{ not }]) => !(not && isEmpty(not)));
  const values = present.filter(([{ type }]) => type !== 'null');
  const nodes = values.map((each) => jsonSchemaNode(...each));
  const bare: TypeNode = nodes.length === 1 ? nodes[0]! : { kind: 'union', members: nodes };
  const inner: TypeNode = values.length < present.length ? { kind: 'nullable', inner: bare } : bare;
  return present.length < members.length ? { kind: 'optional', inner } : inner;
}

function enumNode(values: readonly unknown[]): TypeNode {
  const known = values.filter((value) => value !== null) as (string | number)[];
  const inner: TypeNode = { kind: 'enum', values: [...known].sort() };
  return known.length < values.length ? { kind: 'nullable', inner } : inner;
}

/** Zod 3 counts UTF-16 units, which a pattern without the flag `u` does too. */
function stringNode({ minLength = 0, maxLength }: JsonSchema): TypeNode {
  if (maxLength === undefined && minLength === 0) return { kind: 'string' };
  if (maxLength === undefined && minLength === 1)
    return { kind: 'string', checks: [{ check: 'min-length', value: 1 }] };
  const pattern = `^[\\s\\S]{${minLength},${maxLength ?? ''}}$`;
  return { kind: 'string', checks: [{ check: 'pattern', pattern }] };
}

function numberNode(schema: JsonSchema): TypeNode {
  const checks: NumberCheck[] = [];
  // Zod 3 takes whole numbers of any size, Zod 4 only those that are exact.
  if (schema.type === 'integer') checks.push({ check: 'multiple-of', value: 1 });
  const add = (check: 'min' | 'max', value: number | undefined, exclusive: boolean): void => {
    if (value !== undefined) checks.push({ check, value, ...(exclusive ? { exclusive } : {}) });
  };
  add('min', schema.minimum, false);
  add('min', schema.exclusiveMinimum, true);
  add('max', schema.maximum, false);
  add('max', schema.exclusiveMaximum, true);
  if (schema.multipleOf !== undefined) checks.push({ check: 'multiple-of', value: schema.multipleOf });
  return checks.length === 0 ? { kind: 'number' } : { kind: 'number', checks };
}

function arrayNode(schema: JsonSchema, keeps: JsonSchema): TypeNode {
  const { items = {}, additionalItems } = schema;
  if (isList(items)) {
    const nodes = pairs(items, keeps.items as readonly JsonSchema[]).map((each) => jsonSchemaNode(...each));
    const rest = additionalItems && jsonSchemaNode(additionalItems, keeps.additionalItems ?? {});
    return rest ? { kind: 'tuple', items: nodes, rest } : { kind: 'tuple', items: nodes };
  }
  const checks: SizeCheck[] = [];
  if (schema.minItems !== undefined) checks.push({ check: 'min', value: schema.minItems });
  if (schema.maxItems !== undefined) checks.push({ check: 'max', value: schema.maxItems });
  const item = jsonSchemaNode(items, (keeps.items ?? {}) as JsonSchema);
  return checks.length === 0 ? { kind: 'array', item } : { kind: 'array', item, checks };
}

function objectNode(schema: JsonSchema, keeps: JsonSchema): TypeNode {
  const { properties, additionalProperties, required = [] } = schema;
  if (properties === undefined && typeof additionalProperties === 'object') {
    const value = jsonSchemaNode(additionalProperties, keeps.additionalProperties as JsonSchema);
    return { kind: 'record', key: { kind: 'string' }, value, mode: 'loose' };
  }
  const fields = Object.entries(properties ?? {}).map(([name, field]): readonly [string, TypeNode] => {
    const node = jsonSchemaNode(field, keeps.properties?.[name] ?? field);
    const isAbsent = required.includes(name) || node.kind === 'default' || node.kind === 'optional';
    return [name, isAbsent ? node : { kind: 'optional', inner: node }];
  });
  const sorted = Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
  return { kind: 'object', properties: sorted, unknownKeys: unknownKeys(schema, keeps) };
}

function unknownKeys(schema: JsonSchema, keeps: JsonSchema): 'loose' | 'strict' | 'strip' | TypeNode {
  const { additionalProperties: first } = schema;
  if (typeof first === 'object') return jsonSchemaNode(first, keeps.additionalProperties as JsonSchema);
  if (first !== false) return 'loose';
  return keeps.additionalProperties === false ? 'strict' : 'strip';
}

function pairs(
  drops: readonly JsonSchema[],
  keeps: readonly JsonSchema[] | undefined,
): readonly (readonly [JsonSchema, JsonSchema])[] {
  return drops.map((each, index) => [each, keeps?.[index] ?? each] as const);
}

function isList(items: JsonSchema | readonly JsonSchema[]): items is readonly JsonSchema[] {
  return Array.isArray(items);
}

function isEmpty(schema: JsonSchema): boolean {
  return Object.keys(schema).length === 0;
}
