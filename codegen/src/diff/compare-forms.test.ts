import { defineContract, downcast, event, upcast, type EarlierForm } from '@sockeye/contract';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { buildModel } from '../build-model.ts';
import { compare } from './compare.ts';
import { judge, type Policy } from './judge.ts';
import { judgeVersion } from './judge-version.ts';

const Old = z.object({ text: z.string() });
const New = z.object({ title: z.string() });
const up = upcast(Old, ({ text }) => ({ title: text }));
const down = downcast(Old, ({ title }: { title: string }) => ({ text: title }));

interface Sides {
  readonly version?: string;
  readonly payload?: z.ZodType;
  readonly ack?: z.ZodType;
  readonly versions?: readonly EarlierForm[];
}

const client = ({ version = '1.0.0', ...spec }: Sides) =>
  buildModel(
    defineContract({
      name: 'x',
      version,
      clientToServer: { save: event(spec) },
      serverToClient: {},
    } as never),
  ).model;

const server = ({ version = '1.0.0', ...spec }: Sides) =>
  buildModel(
    defineContract({
      name: 'x',
      version,
      clientToServer: {},
      serverToClient: { saved: event(spec) },
    } as never),
  ).model;

type Case = [name: string, before: Sides, after: Sides, want: readonly string[]];

const told = (model: typeof client, before: Sides, after: Sides, policy: Policy = 'clients-lag') =>
  judge(compare(model(before), model(after)), policy).map(
    ({ rule, clients, servers }) => `${rule} ${clients}/${servers}`,
  );

const clientCases: Case[] = [
  [
    'a break that an upcast covers is none for clients',
    { payload: Old },
    { version: '1.1.0', payload: New, versions: [{ until: '1.1.0', payload: up }] },
    ['property-renamed safe/breaking', 'earlier-form-added safe/safe'],
  ],
  [
    'a form that does not reach the old version covers nothing',
    { version: '1.1.0', payload: Old },
    { version: '1.2.0', payload: New, versions: [{ until: '1.1.0', payload: up }] },
    ['property-renamed breaking/breaking', 'earlier-form-added safe/safe'],
  ],
  [
    'a form that is not what old clients speak breaks them, and no server',
    { payload: Old },
    {
      version: '1.1.0',
      payload: New,
      versions: [{ until: '1.1.0', payload: upcast(z.object({ text: z.int() }), () => ({ title: '' })) }],
    },
    ['type-changed breaking/safe', 'property-renamed safe/breaking', 'earlier-form-added safe/safe'],
  ],
  [
    'an ack that a downcast covers',
    { ack: Old },
    { version: '1.1.0', ack: New, versions: [{ until: '1.1.0', ack: down }] },
    ['property-renamed safe/breaking', 'earlier-form-added safe/safe'],
  ],
  [
    'a form taken away',
    { version: '1.1.0', payload: New, versions: [{ until: '1.1.0', payload: up }] },
    { version: '1.2.0', payload: New },
    ['earlier-form-removed breaking/safe'],
  ],
  [
    'a form that changes after it was served',
    { version: '1.1.0', payload: New, versions: [{ until: '1.1.0', payload: up }] },
    {
      version: '1.2.0',
      payload: New,
      versions: [{ until: '1.1.0', payload: upcast(z.object({ text: z.int() }), () => ({ title: '' })) }],
    },
    ['type-changed breaking/safe'],
  ],
];

test.each(clientCases)('client event: %s', (_name, before, after, want) => {
  expect([...told(client, before, after)].sort()).toEqual([...want].sort());
});

const serverCases: Case[] = [
  [
    'a break that a downcast covers is none for clients',
    { payload: Old },
    { version: '1.1.0', payload: New, versions: [{ until: '1.1.0', payload: down }] },
    ['property-renamed safe/breaking', 'earlier-form-added safe/safe'],
  ],
  [
    'an answer that an upcast covers',
    { payload: Old, ack: Old },
    { version: '1.1.0', payload: Old, ack: New, versions: [{ until: '1.1.0', ack: up }] },
    ['property-renamed safe/breaking', 'earlier-form-added safe/safe'],
  ],
];

test.each(serverCases)('server event: %s', (_name, before, after, want) => {
  expect([...told(server, before, after)].sort()).toEqual([...want].sort());
});

test('a covered break asks for a minor version, and for a major one where old servers count', () => {
  const [before, after] = [
    client({ payload: Old }),
    client({ version: '1.1.0', payload: New, versions: [{ until: '1.1.0', payload: up }] }),
  ];
  const version = (policy: Policy) => judgeVersion(before, after, judge(compare(before, after), policy));
  expect(version('clients-lag')).toEqual([]);
  expect(version('full').map(({ rule }) => rule)).toEqual(['major-not-raised']);
});
