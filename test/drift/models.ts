import { event, type Contract, type ContractSpec } from '@sockeye/contract';
import type * as z from 'zod';
import { buildModel } from '../../codegen/src/build-model.ts';
import type { ContractModel } from '../../codegen/src/model.ts';

/** The model of a contract, whatever is said of it. */
export function modelOf(spec: Partial<ContractSpec>): ContractModel {
  const full = { name: 'sample', version: '1.0.0', clientToServer: {}, serverToClient: {}, ...spec };
  const { model, diagnostics } = buildModel({
    [Symbol.for('sockeye.contract')]: 1,
    spec: full,
  } as unknown as Contract);
  const errors = diagnostics.filter(({ level }) => level === 'error');
  if (errors.length > 0) throw new UnusableContract(errors.map(({ message }) => message).join(' '));
  return model;
}

/** A contract that nothing could be generated from. */
export class UnusableContract extends Error {
  override readonly name = 'UnusableContract';
}

/** A contract with one event, `save`, that carries a schema from client to server. */
export function inboundModel(payload: z.ZodType): ContractModel {
  return modelOf({ clientToServer: { save: event({ payload }) } });
}

/** A contract with one event, `saved`, that carries a schema from server to client. */
export function outboundModel(payload: z.ZodType): ContractModel {
  return modelOf({ serverToClient: { saved: event({ payload }) } });
}
