import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { checkDefinition } from './check-definition.ts';
import { collection, event, expiring, feed, latest, room, type ContractSpec } from './index.ts';

const Task = z.object({ id: z.string(), version: z.int(), note: z.string().optional() });

const base = {
  name: 'board',
  version: '1.0.0',
  rooms: { board: room({ boardId: z.string() }) },
  clientToServer: { join: event({ payload: z.object({ boardId: z.string() }), joins: 'board' }) },
  serverToClient: {
    created: event({ payload: z.object({ task: Task }), room: 'board' }),
    updated: event({ payload: z.object({ id: z.string(), changes: Task.partial() }), room: 'board' }),
    deleted: event({ payload: z.object({ id: z.string() }), room: 'board' }),
    typing: event({ payload: z.object({ userId: z.string(), maybe: z.string().optional() }), room: 'board' }),
    notice: event({ payload: z.object({ id: z.string() }) }),
    text: event({ payload: z.string() }),
  },
} as const satisfies ContractSpec;

const problems = (projections: unknown): readonly string[] =>
  checkDefinition({ ...base, projections } as ContractSpec).map(
    (issue) => `${issue.path.join('.')}: ${issue.message} ${issue.hint}`,
  );

const tasks = { of: Task, key: 'id', upsert: { created: 'task' } } as const;

const wrong: readonly (readonly [what: string, projections: unknown, message: RegExp])[] = [
  ['no object', 1, /^projections: projections is not an object/],
  ['something else', { tasks: {} }, /^projections.tasks: This is not a projection/],
  ['another kind', { tasks: { kind: 'graph', spec: {} } }, /^projections.tasks: This is not a projection/],
  ['a bad name', { 'the-tasks': collection(tasks) }, /not a valid projection name/],
  ['an unknown key', { tasks: { kind: 'collection', spec: { ...tasks, upserts: {} } } }, /Unknown key "upserts".*"upsert"/],
  ['rows that are no objects', { tasks: { kind: 'collection', spec: { ...tasks, of: z.string() } } }, /object schema/],
  ['a key that rows lack', { tasks: collection({ ...tasks, key: 'uid' }) }, /"uid" does not exist in a row/],
  ['a version that may be absent', { tasks: collection({ ...tasks, version: 'note' }) }, /"note" of a row is optional/],
  ['an unknown event', { tasks: collection({ ...tasks, upsert: { creatd: 'task' } }) }, /no event "creatd". Did you mean "created"/],
  ['an unknown field', { tasks: collection({ ...tasks, upsert: { created: 'tsk' } }) }, /"tsk" does not exist in "created". Did you mean "task"/],
  ['a patch without its field', { tasks: collection({ ...tasks, patch: { updated: { key: 'id', changes: 'diff' } } }) }, /Field "diff" does not exist/],
  ['a removal without its field', { tasks: collection({ ...tasks, remove: { deleted: 'taskId' } }) }, /Field "taskId" does not exist/],
  ['nothing to listen to', { tasks: collection({ of: Task, key: 'id' }) }, /No event changes the collection/],
  ['two rooms', { tasks: collection({ ...tasks, remove: { notice: 'id' } }) }, /"created" and "notice" go to different rooms/],
  ['a bad ttl', { typing: expiring({ event: 'typing', key: 'userId', ttl: '4 s' as never }) }, /not a duration/],
  ['a key that may be absent', { typing: expiring({ event: 'typing', key: 'maybe', ttl: '4s' }) }, /"maybe" of "typing" is optional/],
  ['clearing by an unknown event', { typing: expiring({ event: 'typing', key: 'userId', ttl: '4s', clear: { x: 'id' } }) }, /no event "x"/],
  ['picking from a plain payload', { last: latest({ event: 'text', pick: 'a' }) }, /payload of "text" is not an object/],
  ['a bad limit', { news: feed({ event: 'notice', key: 'id', limit: 0 }) }, /limit is not a whole number/],
]; // prettier-ignore

describe('projections', () => {
  it('of every kind are accepted', () => {
    expect(
      problems({
        tasks: collection({
          ...tasks,
          version: 'version',
          patch: { updated: { key: 'id', changes: 'changes' } },
          remove: { deleted: 'id' },
        }),
        typing: expiring({ event: 'typing', key: 'userId', ttl: '4s', clear: { deleted: 'id' } }),
        lastTyping: latest({ event: 'typing', pick: 'userId' }),
        news: feed({ event: 'notice', key: 'id', limit: 10 }),
      }),
    ).toEqual([]);
  });

  it('may follow a room that the server joins on connect together with no room', () => {
    const spec = {
      ...base,
      identity: z.object({ id: z.string() }),
      rooms: { ...base.rooms, user: room({ userId: z.string() }, { auto: { userId: 'id' } }) },
      serverToClient: { ...base.serverToClient, mine: event({ payload: Task, room: 'user' }) },
      projections: {
        tasks: collection({ of: Task, key: 'id', upsert: { mine: true }, remove: { notice: 'id' } }),
      },
    };
    expect(checkDefinition(spec)).toEqual([]);
  });

  it.each(wrong)('with %s are refused', (_, projections, message) => {
    expect(problems(projections).join('\n')).toMatch(message);
  });
});
