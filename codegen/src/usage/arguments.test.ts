import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import type { ContractModel, EventModel } from '../model.ts';
import { findUsage } from './find.ts';
import { findMentions } from './mentions.ts';

const text = { kind: 'string' } as const;
const note: EventModel = {
  payload: {
    kind: 'object',
    properties: { text, colour: { kind: 'optional', inner: text } },
    unknownKeys: 'strip',
  },
  ack: { kind: 'envelope', data: text },
};

const events: Readonly<Record<string, EventModel>> = {
  note,
  named: { payload: { kind: 'ref', name: 'Note' } },
  nothing: {},
  pair: { args: [text, { kind: 'optional', inner: { kind: 'number' } }] },
};

const model: ContractModel = {
  format: 1,
  name: 'note',
  version: '1.0.0',
  namespace: '/',
  rooms: {},
  errors: {},
  types: { Note: note.payload! },
  clientToServer: events,
  serverToClient: events,
};

/** What is said of a raw call, beside that it is one. */
function said(call: string): string | undefined {
  const source = `import { io } from 'socket.io-client'; const socket = io();\n${call}`;
  const found = findUsage([model], [{ file: 'a.ts', ...findMentions(ts, { file: 'a.ts', text: source }) }]);
  const raw = found.filter(({ line }) => line !== undefined);
  expect(raw).toHaveLength(1);
  return raw[0]!.id === 'raw-call' ? undefined : /does not allow: (.*)\.$/.exec(raw[0]!.message)?.[1];
}

describe('raw calls that contradict the contract', () => {
  test.each<[string, string | undefined]>([
    [`socket.emit('note', { text: 'a' })`, undefined],
    [`socket.emit('note', { text }, (answer) => 1)`, undefined],
    [`socket.emit('note', { text }, { id: 'x' }, (answer) => 1)`, undefined],
    [`socket.emit('note', payload)`, undefined],
    [`socket.emit('note', ...rest)`, undefined],
    [`socket.emit('note', { ...payload })`, undefined],
    [`socket.emit('note', { text: 'a', [key]: 1 })`, undefined],
    [`socket.emit('note')`, 'it sends no payload'],
    [`socket.emit('note', () => 1)`, 'it sends no payload'],
    [`socket.emit('note', 'a')`, 'it sends string, not object'],
    [`socket.emit('note', { colour: 'red' })`, 'it sends no "text"'],
    [`socket.emit('note', { text: 'a', color: 'red' })`, 'it sends "color", which the payload does not have'],
    [`socket.emit('named', { color: 'red' } as Note)`, 'it sends no "text"'],
    [
      `socket.emit('note', { text: 'a' }, {}, 3)`,
      'it sends 3 arguments, but the event has only a payload and metadata',
    ],
    [`socket.emit('nothing')`, undefined],
    [`socket.emit('nothing', {})`, undefined],
    [`socket.emit('nothing', { a: 1 })`, 'it sends a payload, but the event has none'],
    [`socket.emit('pair', 'a')`, undefined],
    [`socket.emit('pair', 'a', 1, () => 1)`, undefined],
    [`socket.emit('pair')`, 'it sends 0 arguments, but argument 1 is required'],
    [`socket.emit('pair', 1)`, 'it sends number, not string as argument 1'],
    [`socket.emit('pair', 'a', 1, 2)`, 'it sends 3 arguments, but the event has 2'],
    [`socket.on('note', (payload, meta, ack) => 1)`, undefined],
    [`socket.on('note', (...all) => 1)`, undefined],
    [`socket.on('note', handler)`, undefined],
    [`socket.on('note', (a, b, c, d) => 1)`, 'it takes 4 arguments, but the event has at most 3'],
    [`socket.on('pair', (a, b, ack, more) => 1)`, 'it takes 4 arguments, but the event has at most 3'],
  ])('%s', (call, want) => {
    expect(said(call)).toBe(want);
  });
});
