import { failure, success, type ErrorBody, type Validator } from '@sockeye/contract/wire';
import type { Call } from './call.ts';
import { formOf, lowered } from './earlier-forms.ts';
import { encodeOutgoing } from './outgoing.ts';

/**
 * Answers a successful call if the peer expects an ack.
 *
 * @throws ContractError if the handler's answer does not match the contract.
 */
export function reply(call: Call, answer: unknown): unknown {
  const { ack, route } = call;
  if (ack === undefined) return undefined;
  const { ack: validator, rawAck } = route.entry;
  const data = validator === undefined ? undefined : encoded(call, validator, answer);
  if (rawAck === undefined) ack(success(data));
  else if (rawAck === 'args') ack(...(data as unknown[]));
  else ack(data);
  return undefined;
}

function encoded({ route, session, answer: kept }: Call, validator: Validator, answer: unknown): unknown {
  const subject = route.answer;
  const wire = kept === undefined ? encodeOutgoing(validator, answer, subject) : kept.wire;
  const form = formOf(route.entry, session)?.ack;
  return form === undefined ? wire : lowered(form, validator, { wire, subject });
}

/** Answers a refused or failed call if the peer expects an ack and the ack's format has a place for errors. */
export function replyFailure(call: Call, body: ErrorBody): void {
  const { ack, route } = call;
  if (ack === undefined) return;
  const { rawAck, rawFailure } = route.entry;
  if (rawAck === undefined) return ack(failure(body));
  if (rawFailure === undefined) return undefined;
  const told = rawFailure(body);
  return rawAck === 'args' && Array.isArray(told) ? ack(...(told as unknown[])) : ack(told);
}
