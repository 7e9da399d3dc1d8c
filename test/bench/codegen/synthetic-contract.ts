/**
 * Source of a contract with so many events, about ten fields each: half from clients, acknowledged, half from the
 * server. Every event uses the same five named types, as events of a real application do.
 */
export function syntheticContract(events: number): string {
  const half = Math.floor(events / 2);
  const client = Array.from({ length: half }, (_, index) => clientEvent(index));
  const server = Array.from({ length: events - half }, (_, index) => serverEvent(index));
  return `${head}
${contractText({ client: client.join(''), server: server.join('') })}`;
}

/**
 * The same contract over so many modules beside one that puts them together: path to source. What is named by `id` is in
 * a module of its own.
 */
export function splitContract(events: number, modules: number): Readonly<Record<string, string>> {
  const half = Math.floor(events / 2);
  const indices = Array.from({ length: modules }, (_, index) => index);
  const part = (count: number, module: number, text: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => (index % modules === module ? text(index) : '')).join('');
  const named = head.match(/^const (\w+)/gm)?.map((text) => text.slice('const '.length)) ?? [];
  const parts = indices.map((module) => [
    `parts/part${module}.ts`,
    `import { date, event } from '@sockeye/contract';
import * as z from 'zod';
import { ${named.join(', ')} } from './named.ts';

export const client${module} = {
${part(half, module, clientEvent)}};
export const server${module} = {
${part(events - half, module, serverEvent)}};
`,
  ]);
  const spread = (what: string) => indices.map((index) => `    ...${what}${index},\n`).join('');
  return {
    ...Object.fromEntries(parts),
    'parts/named.ts': head
      .replace(/^import .* from '@sockeye\/contract';\n/, '')
      .replaceAll(/^const /gm, 'export const '),
    'load.contract.ts': `import { defineContract, errorOf, event, room } from '@sockeye/contract';
import * as z from 'zod';
import { BoardId, UserId } from './parts/named.ts';
${indices.map((index) => `import { client${index}, server${index} } from './parts/part${index}.ts';\n`).join('')}
${contractText({ client: spread('client'), server: spread('server') })}`,
  };
}

function contractText({ client, server }: { readonly client: string; readonly server: string }): string {
  return `export const load = defineContract({
  name: 'load',
  version: '1.0.0',
  identity: z.object({ id: UserId, name: z.string() }),
  rooms: { board: room({ boardId: BoardId }) },
  errors: { QUOTA_EXCEEDED: errorOf(z.object({ limit: z.int() })) },
  clientToServer: {
    'board:join': event({ payload: z.object({ boardId: BoardId }), ack: z.object({}), joins: 'board' }),
${client}  },
  serverToClient: {
${server}  },
});
`;
}

const head = `import { date, defineContract, errorOf, event, room } from '@sockeye/contract';
import * as z from 'zod';

const UserId = z.string().min(3).max(40).meta({ id: 'UserId', description: 'Identifies a user.' });
const BoardId = z.string().min(3).max(40).meta({ id: 'BoardId', description: 'Identifies a board.' });
const Status = z.enum(['open', 'active', 'done', 'dropped']).meta({ id: 'Status' });
const Label = z.object({ name: z.string().max(40), colour: z.string().regex(/^#[0-9a-f]{6}$/) }).meta({ id: 'Label' });
const Author = z.object({ id: UserId, name: z.string().max(80), avatar: z.url().optional() }).meta({ id: 'Author' });
`;

const fields = (index: number): string => `boardId: BoardId,
        itemId: z.uuid(),
        title: z.string().min(1).max(${100 + (index % 100)}),
        notes: z.string().max(5_000).optional(),
        status: Status,
        rank: z.int().min(0).max(${1_000 + index}),
        labels: z.array(Label).max(20),
        author: Author,
        parent: z.uuid().nullable(),
        at: date(),`;

const clientEvent = (index: number): string => `    'area${index % 20}:change${index}': event({
      summary: 'Change number ${index}.',
      payload: z.object({
        ${fields(index)}
      }),
      ack: z.object({ ok: z.boolean(), version: z.int() }),
      errors: ['QUOTA_EXCEEDED'],
      within: 'board',
    }),
`;

const serverEvent = (index: number): string => `    'area${index % 20}:changed${index}': event({
      summary: 'Change number ${index} was made.',
      payload: z.object({
        ${fields(index)}
      }),
      room: 'board',
    }),
`;
