import { byCodeUnit } from '../code-unit-order.ts';
import type { Json, TypeNode } from '../model.ts';
import type { Direction, Fact, Position, Verdict, Witness } from './fact.ts';
import { messageOf } from './message.ts';
import { levels, worseLevel, type Level, type Rule, type RuleCategory } from './rule.ts';
import { ruleOf } from './rules.ts';
import type { Bump } from './version.ts';

/**
 * Which deployed side may be older than a new version. `clients-lag`: servers are replaced at once, old clients stay
 * deployed; a change that breaks only old servers is a warning. `servers-lag`: the reverse. `full`: either side may be
 * older, as with stored payloads.
 */
export type Policy = 'clients-lag' | 'servers-lag' | 'full';

/** Peers that a change affects. */
export type Victim = 'old clients with the new server' | 'new clients with the old server';

/** The reason for a level. */
export type Proof =
  | { readonly kind: 'proved'; readonly sender: string; readonly reader: string; readonly witness: Witness }
  | { readonly kind: 'declared'; readonly reason: string; readonly witness?: Witness };

/** A judged {@link Fact}. */
export interface Finding {
  /** Rule id. */
  readonly rule: string;
  readonly category: RuleCategory;
  /** The level under the policy. */
  readonly level: Level;
  /** The level for deployed clients with the new server. */
  readonly clients: Level;
  /** The level for deployed servers with new clients. */
  readonly servers: Level;
  readonly affected: readonly Victim[];
  readonly position: Position;
  readonly direction: Direction;
  readonly path: string;
  readonly event?: string;
  readonly field?: string;
  readonly before?: TypeNode | Json;
  readonly after?: TypeNode | Json;
  /** What was found, naming event and field. */
  readonly message: string;
  readonly hint: string;
  readonly proof: Proof;
  readonly bump: Bump;
  /** The place within a named type, if the change is in one. */
  readonly origin?: string;
  /** Other places that have the same change through the named type. */
  readonly also?: readonly string[];
}

/** Judges facts by the rules, worst first. The same change of a named type in several places is one finding. */
export function judge(facts: readonly Fact[], policy: Policy = 'clients-lag'): readonly Finding[] {
  const findings = facts.map((fact) => judgeOne(fact, policy));
  return merged(findings).sort(
    (a, b) =>
      rank(b.level) - rank(a.level) ||
      byCodeUnit(a.path, b.path) ||
      byCodeUnit(a.rule, b.rule) ||
      byCodeUnit(a.message, b.message),
  );
}

/** The level for one deployed side, and its proof. */
interface Opinion {
  readonly level: Level;
  readonly proof: Proof;
}

function judgeOne(fact: Fact, asked: Policy): Finding {
  const policy = fact.stored === true ? 'full' : asked;
  const rule = ruleOf(fact.fact);
  const clients = opinionOf(fact, rule, 'clients');
  const servers = opinionOf(fact, rule, 'servers');
  const level = underPolicy(clients.level, servers.level, policy);
  const told = rank(clients.level) >= rank(servers.level) ? clients : servers;
  const leading =
    policy === 'servers-lag' && servers.level !== 'safe'
      ? servers
      : policy === 'clients-lag' && clients.level !== 'safe'
        ? clients
        : told;
  const {
    fact: _,
    witness: _w,
    backward: _b,
    forward: _f,
    rawBackward: _rb,
    rawForward: _rf,
    detail: _d,
    spares: _s,
    stored: _st,
    ...place
  } = fact;
  return {
    rule: rule.id,
    category: rule.category,
    level,
    clients: clients.level,
    servers: servers.level,
    affected: [
      ...(clients.level === 'safe' ? [] : ['old clients with the new server' as const]),
      ...(servers.level === 'safe' ? [] : ['new clients with the old server' as const]),
    ],
    ...place,
    message: messageOf(rule.message, fact),
    hint: messageOf(rule.hint, { ...fact, event: undefined }),
    proof: leading.proof,
    bump: bumpOf(rule, level),
  };
}

function bumpOf(rule: Rule, level: Level): Bump {
  if (level === 'breaking') return 'major';
  if (rule.free) return 'none';
  return rule.patch ? 'patch' : 'minor';
}

function opinionOf(fact: Fact, rule: Rule, victim: 'clients' | 'servers'): Opinion {
  if (fact.spares === victim)
    return {
      level: 'safe',
      proof: { kind: 'declared', reason: 'They are served an earlier form of the event.' },
    };
  return rule.declared === undefined ? opinion(fact, rule, victim) : declaredOpinion(fact, rule, victim);
}

function underPolicy(clients: Level, servers: Level, policy: Policy): Level {
  const warned = (level: Level): Level => (level === 'breaking' ? 'dangerous' : level);
  switch (policy) {
    case 'clients-lag':
      return worseLevel(clients, warned(servers));
    case 'servers-lag':
      return worseLevel(warned(clients), servers);
    case 'full':
      return worseLevel(clients, servers);
    default:
      return policy satisfies never;
  }
}

function declaredOpinion({ direction }: Fact, rule: Rule, victim: 'clients' | 'servers'): Opinion {
  const own = { inbound: rule.inbound ?? 'safe', outbound: rule.outbound ?? 'safe' };
  const mirrored = { inbound: own.outbound, outbound: own.inbound };
  const level = victim === 'clients' ? own[direction] : ((rule.servers ?? mirrored)[direction] ?? 'safe');
  return { level, proof: { kind: 'declared', reason: rule.declared ?? '' } };
}

/** Deployed clients depend on what the new server accepts and sends; deployed servers, on what new clients do. */
function opinion(fact: Fact, rule: Rule, victim: 'clients' | 'servers'): Opinion {
  const way = (fact.direction === 'inbound') === (victim === 'clients') ? 'backward' : 'forward';
  const verdict = fact[way];
  const witness = fact.witness?.[way];
  const proof = witness && !witness.raw ? provedBy(fact, way, witness) : unproved(verdict, witness);
  const differs = rule.differs?.[way] ?? 'dangerous';
  switch (verdict) {
    case 'rejects':
      if (witness?.verdict === 'rejects' && !witness.raw) return { level: 'breaking', proof };
      return { level: 'dangerous', proof: unproved(verdict, witness) };
    case 'unknown':
      return { level: 'dangerous', proof };
    case 'differs':
      return { level: differs, proof };
    case 'ok':
      return rawOpinion(fact, way, differs);
    default:
      return verdict satisfies never;
  }
}

/** Servers always encode with the contract; clients without generated code may not. */
function rawOpinion(fact: Fact, way: 'backward' | 'forward', differs: Level): Opinion {
  const verdict = fact[way === 'backward' ? 'rawBackward' : 'rawForward'];
  const witness = fact.witness?.[way];
  const level =
    fact.direction === 'outbound' || verdict === 'ok'
      ? 'safe'
      : verdict === 'differs'
        ? differs
        : 'dangerous';
  if (level !== 'safe' && witness) return { level, proof: provedBy(fact, way, witness) };
  return {
    level,
    proof: {
      kind: 'declared',
      reason:
        level === 'safe'
          ? 'Every payload is decoded as intended.'
          : 'Senders that do not encode with the contract may be affected.',
    },
  };
}

function provedBy({ direction }: Fact, way: 'backward' | 'forward', witness: Witness): Proof {
  const [sender, reader] = direction === 'inbound' ? ['client', 'server'] : ['server', 'client'];
  const [first, second] = way === 'backward' ? ['old', 'new'] : ['new', 'old'];
  if (witness.unsure) {
    return {
      kind: 'declared',
      reason:
        'This payload shows it, unless a custom check of the sender, which only Zod runs, prevents it from being sent.',
      witness,
    };
  }
  const raw = witness.raw ? ' that does not encode' : '';
  return { kind: 'proved', sender: `${first} ${sender}${raw}`, reader: `${second} ${reader}`, witness };
}

function unproved(verdict: Verdict, witness: Witness | undefined): Proof {
  const reason =
    verdict === 'unknown'
      ? 'Custom checks, patterns and conversions are code, and no payload was found that shows it.'
      : 'No payload was found that shows it; another union member may accept it.';
  return { kind: 'declared', reason, ...(witness && { witness }) };
}

/** Merges findings about the same change of the same named type with the same consequences. */
function merged(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, Finding>();
  const result: Finding[] = [];
  for (const finding of findings) {
    const key =
      finding.origin &&
      JSON.stringify([
        finding.rule,
        finding.origin,
        finding.clients,
        finding.servers,
        finding.before,
        finding.after,
      ]);
    const first = key === undefined ? undefined : seen.get(key);
    if (first === undefined || key === undefined) {
      if (key !== undefined) seen.set(key, finding);
      result.push(finding);
      continue;
    }
    const joined = { ...first, also: [...(first.also ?? []), finding.path] };
    seen.set(key, joined);
    result[result.indexOf(first)] = joined;
  }
  return result;
}

function rank(level: Level): number {
  return levels.indexOf(level);
}
