import { readdirSync } from 'node:fs';
import type { Contract } from '@sockeye/contract';
import { describe, expect, test } from 'vitest';
import { buildModel } from '../../codegen/src/build-model.ts';
import { compare } from '../../codegen/src/diff/compare.ts';
import { judgeVersion } from '../../codegen/src/diff/judge-version.ts';
import { judge, type Finding } from '../../codegen/src/diff/judge.ts';
import type { Rule } from '../../codegen/src/diff/rule.ts';
import { rules } from '../../codegen/src/diff/rules.ts';
import type { Fixture } from './fixture.ts';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

async function fixture(rule: string, side: 'before' | 'after'): Promise<Fixture> {
  return (await import(`./${rule}/${side}.contract.ts`)) as Fixture;
}

function modelOf(contract: Contract) {
  return buildModel(contract).model;
}

function findingsOf(before: Contract, after: Contract, rule: Rule): readonly Finding[] {
  const [a, b] = [modelOf(before), modelOf(after)];
  const findings = judge(compare(a, b), 'full');
  return rule.category === 'version' ? [...findings, ...judgeVersion(a, b, findings)] : findings;
}

/** The level that a rule promises for deployed servers: its own, or that of clients in the opposite position. */
function serverLevel(rule: Rule, position: 'inbound' | 'outbound') {
  const mirrored = { inbound: rule.outbound, outbound: rule.inbound };
  return (rule.servers ?? mirrored)[position];
}

test('every rule has fixtures, and every fixture a rule', () => {
  expect(folders).toEqual(rules.map(({ id }) => id));
});

test('ids are kebab-case, purposes are sentences', () => {
  expect(rules.filter(({ id }) => !/^[a-z]+(?:-[a-z]+)*$/.test(id)).map(({ id }) => id)).toEqual([]);
  expect(rules.filter(({ purpose }) => !/^[A-Z].*\.$/.test(purpose)).map(({ id }) => id)).toEqual([]);
  expect(rules.filter(({ message, hint }) => message === '' || hint === '').map(({ id }) => id)).toEqual([]);
});

describe.each(rules)('$id', (rule) => {
  test('has fixtures for the positions that it has', async () => {
    const [before, after] = [await fixture(rule.id, 'before'), await fixture(rule.id, 'after')];
    const positions = (['inbound', 'outbound'] as const).filter((position) => rule[position] !== undefined);
    expect(Object.keys(before).sort()).toEqual(positions);
    expect(Object.keys(after).sort()).toEqual(positions);
  });

  test.each((['inbound', 'outbound'] as const).filter((position) => rule[position] !== undefined))(
    '%s',
    async (position) => {
      const [before, after] = [await fixture(rule.id, 'before'), await fixture(rule.id, 'after')];
      const findings = findingsOf(before[position] as Contract, after[position] as Contract, rule);
      const [finding, ...more] = findings.filter((one) => one.rule === rule.id);
      expect(more).toEqual([]);
      expect(finding).toMatchObject({ direction: position, clients: rule[position] });
      if (rule.category !== 'version') expect(findings.map((one) => one.rule)).toEqual([rule.id]);
      if (rule.servers || rule.declared) expect(finding?.servers).toBe(serverLevel(rule, position) ?? 'safe');
      if (rule.declared) expect(finding?.proof).toEqual({ kind: 'declared', reason: rule.declared });
      else if (finding?.clients === 'breaking')
        expect(finding.proof).toMatchObject({ kind: 'proved', witness: { verdict: 'rejects' } });
      expect(finding?.message).not.toMatch(/\{(?:field|event|path|before|after|detail)\}|undefined|nothing/);
    },
  );

  test('is silent about a contract that did not change', async () => {
    const after = await fixture(rule.id, 'after');
    for (const contract of Object.values(after))
      expect(compare(modelOf(contract), modelOf(contract))).toEqual([]);
  });
});
