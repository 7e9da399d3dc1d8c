import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import {
  bytes,
  ContractDefinitionError,
  date,
  defineContract,
  errorOf,
  event,
  isContract,
  raw,
  room,
  type ContractSpec,
} from './index.ts';

const RoomId = z.string();

/** A contract that is right, to be spoilt one field at a time. */
const right = {
  name: 'board',
  version: '1.0.0',
  identity: z.object({ id: z.string(), tags: z.array(z.string()) }),
  rooms: {
    board: room({ boardId: RoomId }),
    user: room({ userId: z.string() }, { auto: { userId: 'id' } }),
  },
  errors: { BOARD_FULL: errorOf(z.object({ limit: z.int() })) },
  clientToServer: {
    'board:join': event({ payload: z.object({ boardId: RoomId }), joins: 'board', ack: z.object({}) }),
    'card:add': event({
      payload: z.object({ boardId: RoomId, at: date() }),
      within: 'board',
      ack: z.string(),
      errors: ['BOARD_FULL', 'CONFLICT'],
      limit: { rate: 1, per: '1s' },
      examples: [{ boardId: 'b1', at: '2026-01-01T00:00:00Z' }],
    }),
  },
  serverToClient: { 'card:added': event({ payload: z.object({ text: z.string() }), room: 'board' }) },
} as const;

const withEvent = (name: string, spec: object, direction = 'clientToServer') => ({
  ...right,
  [direction]: { ...right[direction as 'clientToServer'], [name]: { kind: 'event', spec } },
});

const zod3 = { _def: { typeName: 'ZodString' }, parse: () => '' };
const boardPayload = z.object({ boardId: RoomId });

const wrong: readonly (readonly [what: string, spec: unknown, where: string, message: RegExp, hint: RegExp])[] = [
  ['no object', null, '', /not an object/, /defineContract/],
  ['an unknown key', { ...right, clientToSever: {} }, 'clientToSever', /Unknown key/, /Did you mean "clientToServer"/],
  ['a bad name', { ...right, name: 'My Board' }, 'name', /not a valid contract name/, /lower-case/],
  ['a bad version', { ...right, version: '1.0' }, 'version', /"1.0" is not a semantic version/, /major.minor.patch/],
  ['a bad namespace', { ...right, namespace: 'chat' }, 'namespace', /not a valid namespace/, /slash/],
  ['an auth that is no object', { ...right, auth: z.string() }, 'auth', /not an object schema/, /z.object/],
  ['a Zod 3 auth', { ...right, auth: zod3 }, 'auth', /not a Zod 4 schema/, /Zod 3/],
  ['no events', { ...right, serverToClient: undefined }, 'serverToClient', /missing/, /serverToClient: \{\}/],
  ['a bad error code', { ...right, errors: { full: errorOf() } }, 'errors.full', /not a valid error code/, /upper-case/],
  ['an error that is none', { ...right, errors: { FULL: {} } }, 'errors.FULL', /not an error definition/, /errorOf/],
  ['details that are no schema', { ...right, errors: { FULL: errorOf(1 as never) } }, 'errors.FULL', /details/, /z.object/],
  ['a room that is none', { ...right, rooms: { board: {} } }, 'rooms.board', /not a room/, /room\(/],
  ['a bad room name', { ...right, rooms: { ...right.rooms, 'a:b': room({ id: RoomId }) } }, 'rooms.a:b', /not a valid room name/, /letter/],
  ['a room without parameters', { ...right, rooms: { ...right.rooms, all: room({}) } }, 'rooms.all', /has no parameter/, /all\(\)/],
  ['a room of dates', { ...right, rooms: { ...right.rooms, day: room({ at: date() as never }) } }, 'rooms.day.at', /string or number/, /z.string/],
  ['an optional parameter', { ...right, rooms: { ...right.rooms, x: room({ id: RoomId.optional() as never }) } }, 'rooms.x.id', /required/, /z.string/],
  ['auto without identity', { ...right, identity: undefined }, 'rooms.user.auto', /no identity/, /identity/],
  ['auto from an unknown field', { ...right, rooms: { ...right.rooms, user: room({ userId: z.string() }, { auto: { userId: 'uid' } }) } }, 'rooms.user.auto', /no field "uid"/, /id, tags/],
  ['auto of no parameter', { ...right, rooms: { ...right.rooms, user: room({ userId: z.string() }, { auto: { userId: 'id', usrId: 'id' } as never }) } }, 'rooms.user.auto.usrId', /Unknown key "usrId"/, /"userId"/],
  ['auto from a list', { ...right, rooms: { ...right.rooms, user: room({ userId: z.string() }, { auto: { userId: 'tags' } }) } }, 'rooms.user.auto', /not a required string/, /field/],
  ['a reserved event', withEvent('disconnect', {}), 'clientToServer.disconnect', /Socket.IO reserves/, /Choose another/],
  ['error as an event', withEvent('error', {}, 'serverToClient'), 'serverToClient.error', /Socket.IO reserves/, /Choose another/],
  ['a numeric event', withEvent('7', {}), 'clientToServer.7', /not a valid event name/, /letter/],
  ['an event name that ends in a space', withEvent('new ', {}), 'clientToServer.new ', /not a valid event name/, /letter/],
  ['a join that asks for more than the room', { ...right, clientToServer: { 'board:join': event({ payload: z.object({ boardId: RoomId, since: z.int() }), joins: 'board' }) } }, 'clientToServer.board:join.joins', /"since" is not a parameter of room "board"/, /optional/],
  ['an empty event name', withEvent('', {}), 'clientToServer.', /not a valid event name/, /letter/],
  ['an event that is none', { ...right, clientToServer: { ping: z.string() } }, 'clientToServer.ping', /not an event/, /event\(/],
  ['an unknown field', withEvent('x', { payloads: z.string() }), 'clientToServer.x.payloads', /Unknown key/, /"payload"/],
  ['a client field on a server event', withEvent('x', { joins: 'board', payload: boardPayload }, 'serverToClient'), 'serverToClient.x.joins', /has no meaning/, /clientToServer/],
  ['a server field on a client event', withEvent('x', { room: 'board' }), 'clientToServer.x.room', /has no meaning/, /serverToClient/],
  ['payload and args', withEvent('x', { payload: z.string(), args: [z.string()] }), 'clientToServer.x.args', /both payload and args/, /payload/],
  ['args that are no list', withEvent('x', { args: z.string() }), 'clientToServer.x.args', /not an array/, /args: \[/],
  ['a payload that is no schema', withEvent('x', { payload: { a: 1 } }), 'clientToServer.x.payload', /not a Zod 4 schema/, /import \* as z/],
  ['a Zod 3 ack', withEvent('x', { ack: zod3 }), 'clientToServer.x.ack', /not a Zod 4 schema/, /Zod 3/],
  ['a raw ack of no schema', withEvent('x', { ack: raw([z.string(), 1 as never]) }), 'clientToServer.x.ack', /not a Zod 4 schema/, /z.object/],
  ['an unknown delivery', withEvent('x', { delivery: 'exactly-once' }), 'clientToServer.x.delivery', /"exactly-once" is not a valid delivery/, /'volatile' or 'durable'/],
  ['a durable client event', withEvent('x', { delivery: 'durable' }), 'clientToServer.x.delivery', /Only server events/, /once: true/],
  ['a durable event of no room', withEvent('x', { delivery: 'durable' }, 'serverToClient'), 'serverToClient.x.delivery', /needs a room/, /room/],
  ['a durable event of arguments', withEvent('x', { delivery: 'durable', room: 'board', args: [z.string()] }, 'serverToClient'), 'serverToClient.x.delivery', /positional arguments/, /payload/],
  ['a durable event that asks', withEvent('x', { delivery: 'durable', room: 'board', ack: z.string() }, 'serverToClient'), 'serverToClient.x.ack', /cannot have an ack/, /Remove ack/],
  ['an unanswered command', withEvent('x', { once: true }), 'clientToServer.x.once', /needs an ack/, /ack/],
  ['a command with a raw ack', withEvent('x', { once: true, ack: raw(z.string()) }), 'clientToServer.x.once', /the key of a command/, /Remove once/],
  ['a command of arguments', withEvent('x', { once: true, ack: z.string(), args: [z.string()] }), 'clientToServer.x.once', /the key of a command/, /payload/],
  ['a command that joins', withEvent('x', { once: true, ack: z.string(), payload: boardPayload, joins: 'board' }), 'clientToServer.x.once', /automatically/, /Remove once/],
  ['a once that is none', withEvent('x', { once: 'yes', ack: z.string() }), 'clientToServer.x.once', /not a boolean/, /once: true/],
  ['once on a server event', withEvent('x', { once: true }, 'serverToClient'), 'serverToClient.x.once', /has no meaning/, /clientToServer/],
  ['an event of Sockeye', withEvent('sockeye:log', {}), 'clientToServer.sockeye:log', /reserved for Sockeye/, /prefix/],
  ['an unknown history', { ...right, rooms: { ...right.rooms, board: room({ boardId: RoomId }, { history: 'all' as never }) } }, 'rooms.board.history', /not a valid history/, /'sinceJoin'/],
  ['a log of nothing', { ...right, rooms: { ...right.rooms, board: room({ boardId: RoomId }, { keep: 0 }) } }, 'rooms.board.keep', /above 0/, /10_000/],
  ['a log of no time', { ...right, rooms: { ...right.rooms, board: room({ boardId: RoomId }, { maxAge: '7 days' as never }) } }, 'rooms.board.maxAge', /not a duration/, /'7d'/],
  ['a log without durable events', { ...right, rooms: { ...right.rooms, board: room({ boardId: RoomId }, { keep: 5 }) } }, 'rooms.board', /no durable event/, /delivery: 'durable'/],
  ['a volatile ack', withEvent('x', { delivery: 'volatile', ack: z.string() }), 'clientToServer.x.ack', /may be lost/, /Remove ack/],
  ['a bad timeout', withEvent('x', { timeout: '5 seconds', ack: z.string() }), 'clientToServer.x.timeout', /not a duration/, /'5s'/],
  ['a timeout without ack', withEvent('x', { timeout: '5s' }), 'clientToServer.x.timeout', /no ack to wait for/, /Add an ack/],
  ['a bad limit', withEvent('x', { limit: { rate: 0, per: '1s' } }), 'clientToServer.x.limit', /not a valid rate/, /rate: 10/],
  ['a bad limit unit', withEvent('x', { limit: { rate: 1, per: '1 s' } }), 'clientToServer.x.limit', /not a valid rate/, /rate: 10/],
  ['a bad burst', withEvent('x', { limit: { rate: 1, per: '1s', burst: 0.5 } }), 'clientToServer.x.limit', /burst/, /Omit it/],
  ['an unknown error', withEvent('x', { errors: ['BORD_FULL'] }), 'clientToServer.x.errors', /Unknown error "BORD_FULL"/, /"BOARD_FULL"/],
  ['an unknown room', withEvent('x', { within: 'bord', payload: boardPayload }), 'clientToServer.x.within', /Unknown room "bord"/, /"board"/],
  ['a room without its parameter', withEvent('x', { within: 'board', payload: z.object({ id: RoomId }) }), 'clientToServer.x.within', /needs "boardId", which the payload does not contain/, /Add boardId/],
  ['a parameter that may be absent', withEvent('x', { within: 'board', payload: z.object({ boardId: RoomId.optional() }) }), 'clientToServer.x.within', /optional in the payload/, /required/],
  ['a room beside a plain payload', withEvent('x', { within: 'board', payload: z.string() }), 'clientToServer.x.within', /must be an object/, /z.object/],
  ['a room beside positional arguments', withEvent('x', { within: 'board', args: [RoomId] }), 'clientToServer.x.within', /must be an object/, /another name/],
  ['a second way in', withEvent('x', { joins: 'board', payload: boardPayload }), 'clientToServer.x.joins', /"board:join" already joins room "board"/, /one event/],
  ['a way into an automatic room', withEvent('x', { joins: 'user', payload: z.object({ userId: z.string() }) }), 'clientToServer.x', /The server joins room/, /auto/],
  ['a room nobody can enter', { ...right, clientToServer: { 'card:add': right.clientToServer['card:add'] } }, 'clientToServer.card:add', /nobody can be in it/, /joins: 'board'/],
  ['a wrong example', withEvent('x', { payload: z.object({ at: date() }), examples: [{ at: 'noon' }] }), 'clientToServer.x.examples.0', /invalid: at:/, /wire form/],
  ['an example of nothing', withEvent('x', { examples: [1] }), 'clientToServer.x.examples', /no payload/, /Remove/],
]; // prettier-ignore

describe('defineContract', () => {
  it('accepts a contract that is right, and tells it from anything else', () => {
    const contract = defineContract(right);
    expect(isContract(contract)).toBe(true);
    expect(contract.spec).toBe(right);
    expect([{}, null, right, 1].map(isContract)).toEqual([false, false, false, false]);
  });

  it.each(wrong)('refuses %s', (_, spec, where, message, hint) => {
    const error = refusalOf(spec);
    const issue = error.issues.find((found) => found.path.join('.') === where);
    expect(issue, `an issue at "${where}" among ${JSON.stringify(error.issues)}`).toBeDefined();
    expect(issue?.message).toMatch(message);
    expect(issue?.hint).toMatch(hint);
  });

  it('reports everything at once, in a message that names each place', () => {
    const error = refusalOf({ ...withEvent('connect', { delivery: 'safe' }), version: 'one' });
    expect(error.issues).toHaveLength(3);
    expect(error.message).toMatchInlineSnapshot(`
      "Contract "board" is invalid:
        version: "one" is not a semantic version. Use major.minor.patch: "1.0.0".
        clientToServer › connect: Socket.IO reserves the event name "connect". Choose another name, such as "app:connect".
        clientToServer › connect › delivery: "safe" is not a valid delivery. Use 'event', 'volatile' or 'durable'."
    `);
  });

  it('takes binary payloads, argument lists, raw acks and both flavours of an error list', () => {
    const contract = defineContract({
      name: 'wire',
      version: '0.1.0',
      namespace: '/legacy',
      clientToServer: {
        upload: event({
          payload: bytes({ max: 10 }),
          ack: raw(z.string(), { failure: (error) => error.code }),
        }),
        'new message': event({ payload: z.string() }),
        move: event({ args: [z.number(), z.number()], ack: raw([z.string().nullable(), z.number()]) }),
        login: event({ payload: z.object({}), ack: z.string(), errors: ['FORBIDDEN'] }),
      },
      serverToClient: { question: event({ payload: z.string(), ack: z.boolean(), timeout: '2s' }) },
    });
    expect(Object.keys(contract.spec.clientToServer)).toEqual(['upload', 'new message', 'move', 'login']);
  });
});

function refusalOf(spec: unknown): ContractDefinitionError {
  try {
    defineContract(spec as ContractSpec as never);
  } catch (error) {
    if (error instanceof ContractDefinitionError) return error;
    throw error;
  }
  throw new Error('The contract was accepted.');
}
