import { isBehind, stampVerdict, type ContractStamp, type StampVerdict } from '@sockeye/contract/wire';
import type { ContractDecision, ContractPolicy } from './options.ts';
import { logError, logWarning } from './report.ts';
import type { Runtime } from './runtime.ts';

/** The contract of a client, and the decision about it. */
export interface ClientContract {
  /** The client's stamp; absent if it sent none or a malformed one. */
  readonly stamp?: ContractStamp;
  readonly verdict: StampVerdict | 'unstamped';
  readonly decision: ContractDecision;
  /** Whether the client is older than the server, so that reloading it is likely to help. */
  readonly reload: boolean;
}

/** Verdicts that are always accepted. */
const welcome: ReadonlySet<ClientContract['verdict']> = new Set(['same', 'older']);

/** Compares a client's stamp with the server's, and applies the policy. Never throws. */
export function judgeContract(runtime: Runtime, given: unknown): ClientContract {
  const { contract, version, hash } = runtime.table.contract;
  const { contractPolicy: policy, requireContract } = runtime.options;
  const server = { contract, version, hash };
  const verdict: ClientContract['verdict'] = given === undefined ? 'unstamped' : stampVerdict(given, server);
  const stamp = readable(given);
  const known = {
    ...(stamp && { stamp }),
    verdict,
    reload: isBehind(given, server),
  };
  const isWelcome = welcome.has(verdict) || (verdict === 'unstamped' && !requireContract);
  if (typeof policy === 'function')
    return { ...known, decision: asked(runtime, policy, { stamp, server, verdict }) };
  return { ...known, decision: isWelcome ? 'accept' : policy };
}

/** Warns about an incompatible client that is accepted; once for each kind of client. */
export function warnOf(runtime: Runtime, client: ClientContract, isFirst: boolean): void {
  if (client.decision !== 'warn' || !isFirst) return;
  const { stamp, verdict } = client;
  const { contract, version } = runtime.table.contract;
  logWarning(
    runtime.options,
    { client: stamp, verdict },
    `${contract} ${version} accepted a client of ${stamp === undefined ? 'no contract' : `${stamp.contract} ${stamp.version}`}`,
  );
}

interface Question {
  readonly stamp: ContractStamp | undefined;
  readonly server: ContractStamp;
  readonly verdict: ClientContract['verdict'];
}

function asked(
  runtime: Runtime,
  policy: Extract<ContractPolicy, (...args: never[]) => unknown>,
  { stamp, server, verdict }: Question,
): ContractDecision {
  try {
    const decision = policy(stamp, server, verdict);
    if (decision === 'accept' || decision === 'warn' || decision === 'reject') return decision;
    logError(runtime.options, { decision }, 'contractPolicy returned no decision; the client is rejected');
  } catch (error) {
    logError(runtime.options, { err: error }, 'contractPolicy failed; the client is rejected');
  }
  return 'reject';
}

/** A stamp of bounded size, because anybody can send one. */
function readable(given: unknown): ContractStamp | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { contract, version, hash } = given as Record<string, unknown>;
  if (typeof contract !== 'string' || typeof version !== 'string' || typeof hash !== 'string')
    return undefined;
  return { contract: contract.slice(0, 100), version: version.slice(0, 40), hash: hash.slice(0, 128) };
}
