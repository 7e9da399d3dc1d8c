import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateVersion, next, run, settled, type Version } from './versions.ts';

const contract = (version: string, body: string): string => `
import { defineContract, downcast, event, room, upcast } from '@sockeye/contract';
import * as z from 'zod';
export const notes = defineContract({ name: 'notes', version: '${version}', ${body} });
`;

const first = contract(
  '1.0.0',
  `rooms: { board: room({ boardId: z.string() }) },
  clientToServer: {
    'board:join': event({ payload: z.object({ boardId: z.string() }), ack: z.object({}), joins: 'board' }),
    'note:add': event({ payload: z.object({ text: z.string() }), ack: z.object({ id: z.string() }) }),
  },
  serverToClient: {
    'note:added': event({ payload: z.object({ text: z.string() }) }),
    'note:moved': event({ payload: z.object({ boardId: z.string(), to: z.string() }), room: 'board' }),
    confirm: event({ payload: z.object({ text: z.string() }), ack: z.object({ yes: z.boolean() }) }),
  },`,
);

const compatible = contract(
  '1.1.0',
  `rooms: { board: room({ boardId: z.string() }) },
  clientToServer: {
    'board:join': event({ payload: z.object({ boardId: z.string() }), ack: z.object({}), joins: 'board' }),
    'note:add': event({
      payload: z.object({ text: z.string(), pinned: z.boolean().optional() }),
      ack: z.object({ id: z.string(), at: z.number() }),
    }),
    'note:remove': event({ payload: z.object({ id: z.string() }), ack: z.object({}) }),
  },
  serverToClient: {
    'note:added': event({ payload: z.object({ text: z.string(), pinned: z.boolean().optional() }) }),
    'note:moved': event({ payload: z.object({ boardId: z.string(), to: z.string() }), room: 'board' }),
    confirm: event({ payload: z.object({ text: z.string() }), ack: z.object({ yes: z.boolean() }) }),
  },`,
);

const events = (versions: (form: string) => string): string => `
  rooms: { board: room({ boardId: z.string() }) },
  clientToServer: {
    'board:join': event({ payload: z.object({ boardId: z.string() }), ack: z.object({}), joins: 'board' }),
    'note:add': event({
      payload: z.object({ title: z.string().min(1), color: z.enum(['red', 'blue']) }),
      ack: z.object({ note: z.object({ id: z.string(), title: z.string() }) }),
      ${versions(`payload: upcast(z.object({ text: z.string() }), ({ text }) => ({ title: text, color: 'red' })),
        ack: downcast(z.object({ id: z.string() }), ({ note }: { note: { id: string } }) => ({ id: note.id })),`)}
    }),
  },
  serverToClient: {
    'note:added': event({
      payload: z.object({ note: z.object({ title: z.string() }) }),
      ${versions(`payload: downcast(z.object({ text: z.string() }), ({ note }: { note: { title: string } }) => {
          if (note.title === 'impossible') throw new Error('not for old clients');
          return { text: note.title };
        }),`)}
    }),
    'note:moved': event({
      payload: z.object({ to: z.object({ x: z.number() }) }),
      room: 'board',
      ${versions(`payload: downcast(z.object({ boardId: z.string(), to: z.string() }), ({ to }: { to: { x: number } }) => ({
          boardId: 'b1',
          to: String(to.x),
        })),`)}
    }),
    confirm: event({
      payload: z.object({ text: z.string() }),
      ack: z.object({ answer: z.enum(['yes', 'no']) }),
      ${versions(`ack: upcast(z.object({ yes: z.boolean() }), ({ yes }) => ({ answer: yes ? 'yes' : 'no' })),`)}
    }),
  },`;

const cast = contract(
  '1.2.0',
  events((form) => `versions: [{ until: '1.2.0', ${form} }],`),
);
const breaking = contract(
  '2.0.0',
  events(() => ''),
);

const versions = {} as Record<'first' | 'compatible' | 'cast' | 'breaking', Version>;

beforeAll(async () => {
  const sources = { first, compatible, cast, breaking };
  for (const [name, source] of Object.entries(sources))
    versions[name as keyof typeof versions] = await generateVersion(source);
}, 60_000);

afterAll(async () => {
  for (const version of Object.values(versions)) await version[Symbol.asyncDispose]();
});

const authorize = { board: () => true };
const join = { 'board:join': () => ({}) };

describe('a compatible pair', () => {
  test('an old client works with the new server', async () => {
    const seen: unknown[] = [];
    await using server = await run(versions.compatible, {
      authorize,
      handlers: {
        ...join,
        'note:add': (payload: unknown) => (seen.push(payload), { id: 'n1', at: 5 }),
        'note:remove': () => ({}),
      },
    });
    const client = await server.connect(versions.first);
    expect(await client.request('note:add', { text: 'a' })).toEqual({ ok: true, data: { id: 'n1' } });
    expect(seen).toEqual([{ text: 'a' }]);
    const added = next(client, 'note:added');
    server.notes.all().emit('note:added', { text: 'b', pinned: true });
    expect(await added).toEqual({ text: 'b' });
  });

  test('a new client is told to come back later by the old server', async () => {
    await using server = await run(versions.first, {
      authorize,
      handlers: { ...join, 'note:add': () => ({ id: 'n1' }) },
    });
    const client = await server.connect(versions.compatible);
    expect(await settled(client)).toMatchObject({
      phase: 'incompatible',
      mismatch: { client: { version: '1.1.0' }, server: { version: '1.0.0' }, reload: false },
    });
    expect(server.notes.clients().clients).toMatchObject([
      { client: { version: '1.1.0' }, verdict: 'newer', decision: 'reject', current: 0, total: 1 },
    ]);
  });
});

describe('an incompatible pair', () => {
  const handlers = { ...join, 'note:add': () => ({ note: { id: 'n1', title: 't' } }) };

  test('an old client is told to reload by the new server', async () => {
    await using server = await run(versions.breaking, { authorize, handlers });
    const client = await server.connect(versions.first);
    expect(await settled(client)).toMatchObject({
      phase: 'incompatible',
      error: { code: 'CONTRACT_MISMATCH' },
      mismatch: { client: { version: '1.0.0' }, server: { version: '2.0.0' }, reload: true },
    });
  });

  test('let in by the policy, its calls are refused, never misread', async () => {
    await using server = await run(versions.breaking, { authorize, handlers, contractPolicy: 'warn' });
    const client = await server.connect(versions.first);
    expect(await client.request('note:add', { text: 'a' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PAYLOAD' },
    });
  });

  test('a new client is told to come back later by the old server', async () => {
    await using server = await run(versions.first, {
      authorize,
      handlers: { ...join, 'note:add': () => ({ id: 'n1' }) },
    });
    const client = await server.connect(versions.breaking);
    expect(await settled(client)).toMatchObject({
      phase: 'incompatible',
      mismatch: { client: { version: '2.0.0' }, server: { version: '1.0.0' }, reload: false },
    });
  });
});

describe('a break with casts, old and new clients side by side', () => {
  async function both() {
    const seen: unknown[] = [];
    const logged: string[] = [];
    const log = { error: (_: object, message: string) => void logged.push(message), warn: () => undefined };
    const handlers = {
      ...join,
      'note:add': (payload: { title: string }) => (
        seen.push(payload),
        { note: { id: 'n1', title: payload.title } }
      ),
    };
    const server = await run(versions.cast, { authorize, handlers, log });
    const old = await server.connect(versions.first);
    const current = await server.connect(versions.cast);
    return { server, old, current, seen, logged, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  }

  test('calls: the handler sees one form, each caller gets its own answer', async () => {
    await using pair = await both();
    expect(await pair.old.request('note:add', { text: 'a' })).toEqual({ ok: true, data: { id: 'n1' } });
    expect(await pair.current.request('note:add', { title: 'b', color: 'blue' })).toEqual({
      ok: true,
      data: { note: { id: 'n1', title: 'b' } },
    });
    expect(pair.seen).toEqual([
      { title: 'a', color: 'red' },
      { title: 'b', color: 'blue' },
    ]);
  });

  test('what does not fit the old form is refused; what the cast spoils is the server’s fault', async () => {
    await using pair = await both();
    const wrong = await pair.old.request('note:add', { text: 5 as never });
    const spoilt = await pair.old.request('note:add', { text: '' });
    expect([wrong.error?.code, spoilt.error?.code]).toEqual(['INVALID_PAYLOAD', 'INTERNAL']);
    expect(pair.logged).toHaveLength(1);
  });

  test('broadcasts: each gets its own form, once', async () => {
    await using pair = await both();
    const got: unknown[] = [];
    pair.old.on('note:added', (payload) => got.push(['old', payload]));
    pair.current.on('note:added', (payload) => got.push(['new', payload]));
    const done = Promise.all([next(pair.old, 'note:added'), next(pair.current, 'note:added')]);
    pair.server.notes.all().emit('note:added', { note: { title: 'a' } });
    await done;
    await pair.old.request('note:add', { text: 'later' });
    await pair.current.request('note:add', { title: 'later', color: 'red' });
    expect(got).toHaveLength(2);
    const dropped = [pair.old, pair.current].map((client) => client.connection.getSnapshot().invalid);
    expect(dropped).toEqual([0, 0]);
    expect(got).toContainEqual(['old', { text: 'a' }]);
    expect(got).toContainEqual(['new', { note: { title: 'a' } }]);
  });

  test('a cast that throws costs only old clients the event', async () => {
    await using pair = await both();
    const arrived = next(pair.current, 'note:added');
    pair.server.notes.all().emit('note:added', { note: { title: 'impossible' } });
    expect(await arrived).toEqual({ note: { title: 'impossible' } });
    expect(pair.logged).toEqual([
      'the downcast of "note:added" failed; clients below 1.2.0 do not receive it',
    ]);
  });

  test('rooms: only who is in, each in its own form, and told which room', async () => {
    await using pair = await both();
    type Room = (params: object) => {
      join(): { readonly ready: Promise<{ ok: boolean }> };
      on(event: string, handler: (payload: unknown) => void): void;
    };
    const rooms = [pair.old, pair.current].map((client) => (client['board'] as Room)({ boardId: 'b1' }));
    for (const one of rooms) expect(await one.join().ready).toMatchObject({ ok: true });
    const arrived = Promise.all(rooms.map((one) => new Promise((resolve) => one.on('note:moved', resolve))));
    const board = pair.server.notes['board'] as (params: object) => {
      emit(event: string, payload: unknown): void;
    };
    board({ boardId: 'b2' }).emit('note:moved', { to: { x: 1 } });
    board({ boardId: 'b1' }).emit('note:moved', { to: { x: 2 } });
    expect(await arrived).toEqual([{ boardId: 'b1', to: '2' }, { to: { x: 2 } }]);
  });

  test('questions: answers come in one form, asked of one or of all', async () => {
    await using pair = await both();
    pair.old.answer('confirm', () => ({ yes: false }));
    pair.current.answer('confirm', () => ({ answer: 'yes' }));
    const ids = [...pair.server.notes.namespace.sockets.keys()];
    const one = await Promise.all(
      ids.map((id) => pair.server.notes.socket(id).request('confirm', { text: '?' })),
    );
    const all = await pair.server.notes.all().request('confirm', { text: '?' });
    for (const answers of [one, all as unknown[]]) {
      expect(answers).toHaveLength(2);
      expect(answers).toContainEqual({ ok: true, data: { answer: 'no' } });
      expect(answers).toContainEqual({ ok: true, data: { answer: 'yes' } });
    }
  });
});
