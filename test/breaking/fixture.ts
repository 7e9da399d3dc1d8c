import { defineContract, event, type Contract } from '@sockeye/contract';
import type * as z from 'zod';

/** What a fixture exports: a contract for each position in which its rule is to be seen. */
export interface Fixture {
  readonly inbound?: Contract;
  readonly outbound?: Contract;
}

/** One contract whose event carries the schema to the server, and one whose event carries it to the client. */
export function carry(payload: z.ZodType): { readonly inbound: Contract; readonly outbound: Contract } {
  return {
    inbound: sample({ clientToServer: { save: event({ payload }) } }),
    outbound: sample({ serverToClient: { saved: event({ payload }) } }),
  };
}

/** A contract of which only the point of the fixture has to be said. */
export function sample(spec: object): Contract {
  return defineContract({
    name: 'sample',
    version: '1.0.0',
    clientToServer: {},
    serverToClient: {},
    ...spec,
  } as never);
}
