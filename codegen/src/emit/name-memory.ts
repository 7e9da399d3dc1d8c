import type { Diagnostic } from '../diagnostics.ts';
import type { ContractModel, EventModel } from '../model.ts';
import { checkNames } from './check-names.ts';
import type { TargetName } from './targets.ts';

interface Checked {
  readonly model: ContractModel;
  readonly found: readonly Diagnostic[];
}

/** By name of the contract and targets. */
const memory = new Map<string, Checked>();

/** Maximum number of contracts that are kept. */
const maxContracts = 1_000;

/** Cached {@link checkNames}: reuses the findings of the contract's last model if the names are the same. */
export function checkNamesAgain(model: ContractModel, targets: readonly TargetName[]): readonly Diagnostic[] {
  const key = JSON.stringify([model.name, ...targets]);
  const last = memory.get(key);
  const found = last !== undefined && nameAlike(last.model, model) ? last.found : checkNames(model, targets);
  if (memory.size >= maxContracts) memory.clear();
  memory.set(key, { model, found });
  return found;
}

/** Whether two models differ only in the schemas of their events. */
function nameAlike(a: ContractModel, b: ContractModel): boolean {
  const { clientToServer: sentA, serverToClient: heardA, ...restA } = a;
  const { clientToServer: sentB, serverToClient: heardB, ...restB } = b;
  const areAlike = (before: unknown, after: unknown) => isAlike(before as EventModel, after as EventModel);
  return (
    sameFacts(restA, restB, Object.is) &&
    sameFacts(sentA, sentB, areAlike) &&
    sameFacts(heardA, heardB, areAlike)
  );
}

function isAlike(a: EventModel, b: EventModel): boolean {
  if (a === b) return true;
  const { payload: payloadA, args: argsA, ack: ackA, ...restA } = a;
  const { payload: payloadB, args: argsB, ack: ackB, ...restB } = b;
  const isThere = [payloadA, argsA, ackA].map((node) => node !== undefined);
  return (
    sameFacts(
      isThere,
      [payloadB, argsB, ackB].map((node) => node !== undefined),
      Object.is,
    ) && sameFacts(restA, restB, Object.is)
  );
}

/** Whether two records have the same keys in the same order, and values that are `same`. */
function sameFacts(a: object, b: object, same: (a: unknown, b: unknown) => boolean): boolean {
  const [keysA, keysB] = [Object.keys(a), Object.keys(b)];
  const [valuesA, valuesB] = [Object.values(a), Object.values(b)];
  return (
    keysA.length === keysB.length &&
    keysA.every((key, index) => key === keysB[index] && same(valuesA[index], valuesB[index]))
  );
}
