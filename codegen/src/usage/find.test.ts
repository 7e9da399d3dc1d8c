import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import type { ContractModel } from '../model.ts';
import { findUsage } from './find.ts';
import { findMentions } from './mentions.ts';

const model: ContractModel = {
  format: 1,
  name: 'note',
  version: '1.0.0',
  namespace: '/',
  rooms: {},
  errors: {},
  types: {},
  clientToServer: { 'note:add': { payload: { kind: 'any' } }, 'desk:join': { joins: 'desk' } },
  serverToClient: { 'note:added': { payload: { kind: 'any' } } },
};

const used = `
  export const handlers = { 'note:add': () => undefined, 'desk:join'() { return 1; } };
  server.all().emit('note:added', {});
  client.on('note:added', () => undefined);
  client.emit('note:add', {});
  client.desk({ id }).join();
`;

/** `line:column id` for each finding in a module; what is unused has no line. */
function find(text: string): readonly string[] {
  const found = findUsage([model], [{ file: 'a.ts', ...findMentions(ts, { file: 'a.ts', text }) }]);
  return found.map(({ id, line, column, path = [] }) =>
    line === undefined ? `${path.join(' ')} ${id}` : `${line}:${column} ${id}`,
  );
}

test('a name that no contract has may be a slip, or an event that is still to come', () => {
  const server = `import { Server } from 'socket.io';\n`;
  const text = `const io = new Server(); io.emit('note:aded'); io.emit('board:cleared');`;
  const found = findUsage(
    [model],
    [{ file: 'a.ts', ...findMentions(ts, { file: 'a.ts', text: server + text }) }],
  );
  expect(found.flatMap(({ id, hint }) => (id === 'raw-call-unknown' ? [hint] : []))).toEqual([
    'Did you mean "note:added"? Otherwise declare it in serverToClient.',
    'Declare it in serverToClient.',
  ]);
});

describe('events', () => {
  test('nothing is said of a contract in use', () => {
    expect(find(used)).toEqual([]);
  });

  test('everything is said of one that nobody uses', () => {
    expect(find('export {};')).toEqual([
      'clientToServer note:add event-unhandled',
      'clientToServer desk:join event-unhandled',
      'clientToServer note:add event-never-called',
      'clientToServer desk:join event-never-called',
      'serverToClient note:added event-never-sent',
      'serverToClient note:added event-never-heard',
    ]);
  });

  test.each([
    ['noteAdd({})', 'event-never-called'],
    ['const send = useNoteAdd()', 'event-never-called'],
    ['client.onNoteAdded(show)', 'event-never-heard'],
    ['injectNoteAdded(show)', 'event-never-heard'],
  ])('%s counts as use', (text, id) => {
    expect(find(text).filter((found) => found.includes('note:add') && found.endsWith(id))).toEqual([]);
  });
});

describe('calls of Socket.IO itself', () => {
  const server = `import { Server, type Socket } from 'socket.io';\n`;
  const client = `import { io } from 'socket.io-client';\n`;
  test.each([
    [
      server,
      `const io = new Server(); io.on('connection', (socket) => { socket.on('note:add', f); });`,
      ['raw-call'],
    ],
    [server, `function f(socket: Socket) { socket.to('x').emit('note:added', 1); }`, ['raw-call']],
    [
      server,
      `class A { constructor(private io: Server) {} f() { this.io.emit('note:add'); } }`,
      ['raw-call-contradicts'],
    ],
    [server, `const io = new Server(); const ns = io.of('/x'); ns.emit('note:aded');`, ['raw-call-unknown']],
    [client, `const socket = io(); socket.emit('note:add', 1);`, ['raw-call']],
    [client, `const socket = io(); socket.on('note:add', f);`, ['raw-call-contradicts']],
    [client, `const socket = io(); socket.on(name, f); socket.on('connect', f);`, ['raw-call-dynamic']],
    ['', `const socket = io(); socket.emit('note:add', 1);`, []],
    [client, `const socket = io(); bus.emit('note:add', 1);`, []],
  ])('%s%s', (start, text, want) => {
    const found = find(`${start}${used}${text}`).map((finding) => finding.split(' ').at(-1));
    expect(found).toEqual(want);
  });

  test('are found where they stand', () => {
    expect(find(`${client}${used}const socket = io();\n  socket.emit('note:add');`)).toEqual([
      '9:10 raw-call',
    ]);
  });
});
