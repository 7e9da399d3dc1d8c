import {
  failure,
  INVALID,
  success,
  type ContractTable,
  type ErrorBody,
  type EventEntry,
  type Result,
} from '@sockeye/contract/wire';
import type { Boundary } from './boundary.ts';
import { errorOf, fail } from './errors.ts';
import { isRecord, own } from './record.ts';

/** Reads the ack of an event that this client sent, including declared error details. */
export function readReply(
  [event, entry]: readonly [string, EventEntry],
  args: readonly unknown[],
  { table, decode }: { readonly table: ContractTable; readonly decode: Boundary['decode'] },
): Result<unknown> {
  let data = entry.rawAck === 'args' ? args : args[0];
  if (!entry.rawAck) {
    const envelope = Object(data) as {
      readonly ok?: unknown;
      readonly data?: unknown;
      readonly error?: unknown;
    };
    if (envelope.ok !== true) {
      const error = envelope.ok === false && readError(envelope.error, table);
      return error ? failure(error) : fail('INVALID_RESPONSE');
    }
    if (!entry.ack) return success(undefined);
    ({ data } = envelope);
  }
  const checked = decode(event, entry.ack, data);
  return checked.ok ? checked : fail('INVALID_RESPONSE', { issues: checked.error });
}

/** Reads an error in wire form; undefined if it is none. Details that do not match the contract are dropped. */
export function readError(wire: unknown, table: ContractTable): ErrorBody | undefined {
  if (!isRecord(wire) || typeof wire.code !== 'string') return undefined;
  const { code, message, details, issues, retryable, retryAfterMs } = wire;
  const declared = own(table.errors, code);
  const decoded = declared?.details && details !== undefined ? declared.details.decode(details) : details;
  return errorOf(code, {
    message: typeof message === 'string' ? message : code,
    details: decoded === INVALID ? undefined : decoded,
    issues: Array.isArray(issues) ? (issues as never) : undefined,
    retryable: typeof retryable === 'boolean' ? retryable : declared?.retryable,
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : undefined,
  });
}
