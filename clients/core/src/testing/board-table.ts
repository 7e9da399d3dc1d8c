import {
  INVALID,
  type ContractTable,
  type EventEntry,
  type Issue,
  type Validator,
} from '@sockeye/contract/wire';

interface Fields {
  readonly [name: string]: Field;
}
type Field = 'string' | 'number' | 'boolean' | 'date' | Fields;

/** A validator of an object with these fields; unknown ones are stripped, dates travel as ISO strings. */
export function object(fields: Fields): Validator {
  return {
    decode: (wire, issues) => convert(wire, fields, { direction: 'decode', issues, path: [] }),
    encode: (app, issues) => convert(app, fields, { direction: 'encode', issues, path: [] }),
  };
}

interface Pass {
  readonly direction: 'decode' | 'encode';
  readonly issues: Issue[] | undefined;
  readonly path: readonly string[];
}

function convert(value: unknown, field: Field, pass: Pass): unknown {
  const { direction, issues, path } = pass;
  const refuse = () => {
    issues?.push({ path, code: 'invalid_type', message: `Expected ${JSON.stringify(field)}.` });
    return INVALID;
  };
  if (field === 'date') {
    if (direction === 'encode') return value instanceof Date ? value.toISOString() : refuse();
    return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value) : refuse();
  }
  if (typeof field === 'string') return typeof value === field ? value : refuse();
  if (typeof value !== 'object' || value === null) return refuse();
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(field)) {
    const converted = convert((value as Record<string, unknown>)[key], inner, {
      ...pass,
      path: [...path, key],
    });
    if (converted === INVALID) return INVALID;
    result[key] = converted;
  }
  return result;
}

/** A validator of a tuple of two numbers. */
export const point: Validator = {
  decode: (wire) =>
    Array.isArray(wire) && wire.length === 2 && wire.every((item) => typeof item === 'number')
      ? wire
      : INVALID,
  encode: (app) => (Array.isArray(app) && app.length === 2 ? app : INVALID),
};

const pong: Validator = { decode: (wire) => (wire === 'pong' ? wire : INVALID), encode: (app) => app };
const card = { id: 'string', text: 'string', createdAt: 'date' } as const;

const clientToServer: Record<string, EventEntry> = {
  'board:join': {
    name: 'boardJoin',
    payload: object({ boardId: 'string' }),
    ack: object({ title: 'string' }),
    errors: ['FORBIDDEN'],
    joins: 'board',
  },
  'board:leave': {
    name: 'boardLeave',
    payload: object({ boardId: 'string' }),
    ack: object({}),
    leaves: 'board',
  },
  'seat:take': { name: 'seatTake', payload: object({ row: 'string', place: 'number' }), joins: 'seat' },
  'card:add': {
    name: 'cardAdd',
    payload: object({ boardId: 'string', text: 'string' }),
    ack: object(card),
    errors: ['BOARD_FULL'],
    within: 'board',
    timeoutMs: 5_000,
  },
  'card:pin': { name: 'cardPin', payload: object({ boardId: 'string' }), within: 'board' },
  'cursor:move': {
    name: 'cursorMove',
    payload: object({ boardId: 'string', x: 'number' }),
    within: 'board',
    volatile: true,
  },
  'mood:set': { name: 'moodSet', payload: object({ userId: 'string' }), within: 'user', volatile: true },
  remind: { name: 'remind', payload: object({ at: 'date' }) },
  ping: { name: 'ping', ack: pong },
  point: { name: 'point', payload: point, args: true, ack: object({}) },
  legacy: { name: 'legacy', payload: object({ q: 'string' }), ack: pong, rawAck: 'value' },
  legacyPair: { name: 'legacyPair', payload: object({ q: 'string' }), ack: point, rawAck: 'args' },
};

const serverToClient: Record<string, EventEntry> = {
  'card:added': { name: 'cardAdded', payload: object({ card }), room: 'board' },
  'cursor:move': {
    name: 'cursorMove',
    payload: object({ boardId: 'string', x: 'number' }),
    room: 'board',
    roomInPayload: true,
    volatile: true,
  },
  notice: { name: 'notice', payload: object({ text: 'string' }) },
  pointed: { name: 'pointed', payload: point, args: true },
  bell: { name: 'bell' },
  confirm: { name: 'confirm', payload: object({ question: 'string' }), ack: object({ yes: 'boolean' }) },
  pick: {
    name: 'pick',
    payload: object({ q: 'string' }),
    ack: point,
    rawAck: 'args',
    rawFailure: (error) => [(error as { code: string }).code],
  },
  choose: { name: 'choose', payload: object({ q: 'string' }), ack: pong, rawAck: 'value' },
};

/** A contract with one event of each kind. */
export const boardTable: ContractTable = {
  contract: { contract: 'board', version: '1.2.0', hash: 'beef', namespace: '/board' },
  auth: object({ token: 'string' }),
  rooms: {
    board: { params: ['boardId'] },
    seat: { name: 'theatreSeat', params: ['place', 'row'] },
    user: { params: ['userId'], auto: { userId: 'id' } },
  },
  errors: { BOARD_FULL: { details: object({ limit: 'number' }) }, FORBIDDEN: {} },
  clientToServer,
  serverToClient,
};
