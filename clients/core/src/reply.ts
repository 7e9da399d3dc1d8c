import {
  errorBody,
  failure,
  INVALID,
  success,
  type ContractTable,
  type ErrorBody,
  type EventEntry,
  type Result,
} from '@sockeye/contract/wire';
import type { Boundary } from './boundary.ts';

/** Reads the acknowledgement of an event that this client sent, its declared error details included. */
export function readReply(
  [event, entry]: readonly [string, EventEntry],
  args: readonly unknown[],
  { table, decode }: { readonly table: ContractTable; readonly decode: Boundary['decode'] },
): Result<unknown> {
  let data: unknown;
  if (entry.rawAck) {
    data = entry.rawAck === 'args' ? args : args[0];
  } else {
    const envelope = args[0];
    if (!isRecord(envelope) || envelope.ok !== true) {
      const error = isRecord(envelope) && envelope.ok === false && readError(envelope.error, table);
      return failure(error || errorBody('INVALID_RESPONSE'));
    }
    if (!entry.ack) return success(undefined);
    data = envelope.data;
  }
  const checked = decode(event, entry.ack, data);
  return checked.ok ? checked : failure(errorBody('INVALID_RESPONSE', { issues: checked.error }));
}

/** Reads an error off the wire; undefined when it is none. Details that are not as declared are left out. */
export function readError(wire: unknown, table: ContractTable): ErrorBody | undefined {
  if (!isRecord(wire) || typeof wire.code !== 'string') return undefined;
  const { code, message, details, issues, retryable, retryAfterMs } = wire;
  const declared = Object.hasOwn(table.errors, code) ? table.errors[code] : undefined;
  const decoded = declared?.details && details !== undefined ? declared.details.decode(details) : details;
  return errorBody(code, {
    message: typeof message === 'string' ? message : undefined,
    details: decoded === INVALID ? undefined : decoded,
    issues: Array.isArray(issues) ? (issues as never) : undefined,
    retryable: typeof retryable === 'boolean' ? retryable : declared?.retryable,
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : undefined,
  });
}

/** Whether a value has fields that can be read. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
