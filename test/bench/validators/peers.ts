import { createRequire } from 'node:module';
import { FormatRegistry, Type, type TSchema } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { Value } from '@sinclair/typebox/value';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import * as v from 'valibot';
import * as z from 'zod';

/** How a peer does the benchmark's work on one kind of payload: a copy without unknown keys, or `undefined`. */
export interface Peer {
  readonly name: string;
  readonly copy: (value: unknown) => unknown;
  readonly test: (value: unknown) => boolean;
  readonly issues: (value: unknown) => unknown;
}

type Kind = 'small' | 'medium' | 'large';

/** What of the field is not measured here, and why. */
export const skipped =
  'Not measured: typia, whose transform needs a compiler plugin that Node 20 cannot run (ttsc asks for 22.15).';

const objectId = /^[0-9a-f]{24}$/;

/** The peers, each as its documentation says one gets the most out of it. */
export function peers(kind: Kind): readonly Peer[] {
  return [valibot(kind), ajv(kind), typebox(kind)];
}

const person = v.object({
  id: v.pipe(v.string(), v.regex(objectId)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
  email: v.pipe(v.string(), v.regex(z.regexes.email)),
});
const task = v.object({
  id: v.pipe(v.string(), v.regex(z.regexes.uuid())),
  workspaceId: v.pipe(v.string(), v.regex(objectId)),
  title: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  description: v.optional(v.pipe(v.string(), v.maxLength(5_000))),
  status: v.picklist(['todo', 'doing', 'review', 'done']),
  priority: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(5)),
  estimate: v.optional(v.pipe(v.number(), v.minValue(0))),
  labels: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(30))), v.maxLength(20)),
  assignee: v.nullable(person),
  archived: v.boolean(),
  createdAt: v.pipe(v.string(), v.regex(z.regexes.datetime({}))),
  updatedAt: v.pipe(v.string(), v.regex(z.regexes.datetime({}))),
});
const valibotSchemas = {
  small: v.object({
    workspaceId: v.pipe(v.string(), v.regex(objectId)),
    taskId: v.pipe(v.string(), v.regex(z.regexes.uuid())),
    typing: v.boolean(),
  }),
  medium: task,
  large: v.object({ tasks: v.pipe(v.array(task), v.maxLength(10_000)) }),
};

function valibot(kind: Kind): Peer {
  const schema = valibotSchemas[kind];
  return {
    name: 'valibot',
    copy: (value) => {
      const result = v.safeParse(schema, value);
      return result.success ? result.output : undefined;
    },
    test: (value) => v.is(schema, value),
    issues: (value) => v.safeParse(schema, value).issues,
  };
}

const id24 = Type.String({ pattern: objectId.source });
const TaskType = Type.Object({
  id: Type.String({ format: 'uuid' }),
  workspaceId: id24,
  title: Type.String({ minLength: 1, maxLength: 200 }),
  description: Type.Optional(Type.String({ maxLength: 5_000 })),
  status: Type.Unsafe<string>({ type: 'string', enum: ['todo', 'doing', 'review', 'done'] }),
  priority: Type.Integer({ minimum: 0, maximum: 5 }),
  estimate: Type.Optional(Type.Number({ minimum: 0 })),
  labels: Type.Array(Type.String({ minLength: 1, maxLength: 30 }), { maxItems: 20 }),
  assignee: Type.Union([
    Type.Null(),
    Type.Object({
      id: id24,
      name: Type.String({ minLength: 1, maxLength: 80 }),
      email: Type.String({ format: 'email' }),
    }),
  ]),
  archived: Type.Boolean(),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
});
const jsonSchemas = {
  small: Type.Object({ workspaceId: id24, taskId: Type.String({ format: 'uuid' }), typing: Type.Boolean() }),
  medium: TaskType,
  large: Type.Object({ tasks: Type.Array(TaskType, { maxItems: 10_000 }) }),
} satisfies Record<Kind, TSchema>;

/** Standalone code, with the expressions that the others use too. It removes unknown keys from the value itself. */
function ajv(kind: Kind): Peer {
  const [first, all] = [false, true].map((allErrors) => {
    const options = { allErrors, removeAdditional: 'all', code: { source: true }, strict: false } as const;
    const made = new Ajv(options);
    const module = { exports: undefined as unknown };
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what a build would have written to a file
    new Function('module', 'require', standalone.default(made, made.compile(plain(jsonSchemas[kind]))))(
      module,
      createRequire(import.meta.url),
    );
    return module.exports as ((value: unknown) => boolean) & { errors?: unknown };
  });
  return {
    name: 'ajv standalone (changes its input)',
    copy: (value) => (first?.(value) ? value : undefined),
    test: (value) => first?.(value) === true,
    issues: (value) => (all?.(value) ? undefined : all?.errors),
  };
}

/** Compiled checks; the copy is made by `Value`, which has no compiled form. */
function typebox(kind: Kind): Peer {
  for (const [name, expression] of Object.entries(formats))
    FormatRegistry.Set(name, (text) => expression.test(text));
  const schema: TSchema = { ...jsonSchemas[kind] };
  const typed = kind === 'small' ? schema : withUnions(schema);
  const compiled = TypeCompiler.Compile(typed);
  return {
    name: 'TypeBox compiled',
    copy: (value) => (compiled.Check(value) ? Value.Clean(typed, Value.Clone(value)) : undefined),
    test: (value) => compiled.Check(value),
    issues: (value) => [...compiled.Errors(value)],
  };
}

/** What the formats of the JSON schemas are. */
const formats = { uuid: z.regexes.uuid(), email: z.regexes.email, 'date-time': z.regexes.datetime({}) };

/** TypeBox knows no `enum` of JSON Schema; it has unions of literals. */
function withUnions(schema: TSchema): TSchema {
  const status = Type.Union(['todo', 'doing', 'review', 'done'].map((each) => Type.Literal(each)));
  const Task = Type.Object({ ...TaskType.properties, status });
  return schema.properties?.tasks ? Type.Object({ tasks: Type.Array(Task, { maxItems: 10_000 }) }) : Task;
}

function plain(schema: TSchema): object {
  const text = JSON.stringify(schema, (_, value: { format?: keyof typeof formats }) =>
    value?.format ? { ...value, format: undefined, pattern: formats[value.format].source } : value,
  );
  return JSON.parse(text) as object;
}
