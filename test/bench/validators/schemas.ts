import * as z from 'zod';
import * as mini from 'zod/mini';

const objectId = /^[0-9a-f]{24}$/;

/** About 90 bytes: someone is typing. */
export const Small = z.object({
  workspaceId: z.string().regex(objectId),
  taskId: z.uuid(),
  typing: z.boolean(),
});

/** About 530 bytes: a task. */
export const Medium = z.object({
  id: z.uuid(),
  workspaceId: z.string().regex(objectId),
  title: z.string().min(1).max(200),
  description: z.string().max(5_000).optional(),
  status: z.enum(['todo', 'doing', 'review', 'done']),
  priority: z.int().min(0).max(5),
  estimate: z.number().min(0).optional(),
  labels: z.array(z.string().min(1).max(30)).max(20),
  assignee: z.nullable(
    z.object({ id: z.string().regex(objectId), name: z.string().min(1).max(80), email: z.email() }),
  ),
  archived: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

/** About 530 kB: a thousand tasks. */
export const Large = z.object({ tasks: z.array(Medium).max(10_000) });

const MiniMedium = mini.object({
  id: mini.uuid(),
  workspaceId: mini.string().check(mini.regex(objectId)),
  title: mini.string().check(mini.minLength(1), mini.maxLength(200)),
  description: mini.optional(mini.string().check(mini.maxLength(5_000))),
  status: mini.enum(['todo', 'doing', 'review', 'done']),
  priority: mini.int().check(mini.minimum(0), mini.maximum(5)),
  estimate: mini.optional(mini.number().check(mini.minimum(0))),
  labels: mini.array(mini.string().check(mini.minLength(1), mini.maxLength(30))).check(mini.maxLength(20)),
  assignee: mini.nullable(
    mini.object({
      id: mini.string().check(mini.regex(objectId)),
      name: mini.string().check(mini.minLength(1), mini.maxLength(80)),
      email: mini.email(),
    }),
  ),
  archived: mini.boolean(),
  createdAt: mini.iso.datetime(),
  updatedAt: mini.iso.datetime(),
});

/** The same schemas as zod/mini writes them. */
export const miniSchemas = {
  small: mini.object({
    workspaceId: mini.string().check(mini.regex(objectId)),
    taskId: mini.uuid(),
    typing: mini.boolean(),
  }),
  medium: MiniMedium,
  large: mini.object({ tasks: mini.array(MiniMedium).check(mini.maxLength(10_000)) }),
};

/** Sixty-four payloads of a kind as `JSON.parse` makes them: fields in one order, optional ones here and there. */
export function payloads(kind: 'small' | 'medium' | 'large' | 'invalid'): unknown[] {
  return Array.from(
    { length: kind === 'large' ? 2 : 64 },
    (_, n) => JSON.parse(JSON.stringify(payload(kind, n))) as unknown,
  );
}

function payload(kind: 'small' | 'medium' | 'large' | 'invalid', n: number): unknown {
  if (kind === 'small') return { workspaceId: hex(24, n), taskId: uuid(n), typing: n % 2 === 0 };
  if (kind === 'large') return { tasks: Array.from({ length: 1_000 }, (_, i) => task(n * 1_000 + i)) };
  return kind === 'medium' ? task(n) : { ...task(n), status: 'unknown', priority: 9, createdAt: 'yesterday' };
}

function task(n: number): Record<string, unknown> {
  return {
    id: uuid(n),
    workspaceId: hex(24, n),
    title: `Task number ${n} with a title of usual length`,
    ...(n % 3 === 0
      ? {}
      : { description: 'Plain text about what is to be done, a sentence or two of it. '.repeat(2) }),
    status: ['todo', 'doing', 'review', 'done'][n % 4],
    priority: n % 6,
    ...(n % 4 === 0 ? {} : { estimate: n / 2 }),
    labels: ['backend', 'urgent', `label-${n % 10}`].slice(0, 1 + (n % 3)),
    assignee:
      n % 5 === 0 ? null : { id: hex(24, n * 7), name: `Person ${n}`, email: `person.${n}@example.org` },
    archived: n % 7 === 0,
    createdAt: `2026-0${1 + (n % 9)}-1${n % 10}T12:3${n % 6}:00.000Z`,
    updatedAt: `2026-0${1 + (n % 9)}-2${n % 8}T08:1${n % 6}:42.123Z`,
  };
}

function hex(length: number, n: number): string {
  return ((n + 1) * 2654435761).toString(16).padStart(8, '0').repeat(3).slice(-length);
}

function uuid(n: number): string {
  const digits = hex(24, n) + hex(8, n * 3);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}
