import { expect, test } from 'vitest';
import { createClientLedger } from './client-versions.ts';
import type { ClientContract } from './contract-policy.ts';

const client = (version: string, decision: ClientContract['decision'] = 'accept'): ClientContract => ({
  stamp: { contract: 'notes', version, hash: 'x' },
  verdict: 'older',
  decision,
  reload: true,
});

test('says since when it counts, and the most frequent clients first', () => {
  const ledger = createClientLedger(() => 42);
  expect([client('1.0.0'), client('1.1.0'), client('1.1.0')].map(ledger.met)).toEqual([true, true, false]);
  const { since, clients } = ledger.view();
  expect(since).toBe(42);
  expect(clients.map((row) => [row.client?.version, row.total])).toEqual([
    ['1.1.0', 2],
    ['1.0.0', 1],
  ]);
});

test('strangers without end neither fill the memory nor hide the clients that were let in', () => {
  const ledger = createClientLedger();
  for (let i = 0; i < 1_000; i++) ledger.met(client(`0.0.${i}`, 'reject'));
  const leave = ledger.opened(client('1.0.0'));
  ledger.met(client('1.0.0'));
  const { clients, others } = ledger.view();
  expect(clients).toHaveLength(101);
  expect(clients.find((row) => row.decision === 'accept')).toMatchObject({ current: 1, total: 1 });
  expect(others).toEqual({ current: 0, total: 900 });
  leave();
  expect(ledger.view().clients.every(({ current }) => current === 0)).toBe(true);
});
