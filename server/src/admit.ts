import { isCursor, type Issue } from '@sockeye/contract/wire';
import { later, refuseCall, REFUSED, type Call } from './call.ts';
import { shapeFault } from './nesting.ts';
import { sharedWait } from './rate-limits.ts';
import { fullBucket, takeToken } from './token-bucket.ts';

/** Longest idempotency key, in UTF-16 units. */
const maxIdLength = 200;

/**
 * Admits a call if the server is open and the credentials have not expired.
 */
export function admit(call: Call, data: unknown): unknown {
  if (call.runtime.closing) return refuseCall(call, 'UNAVAILABLE');
  return call.session.expired ? refuseCall(call, 'TOKEN_EXPIRED') : data;
}

/** Applies the event's rate limit: per connection and, if configured, per caller. */
export function keepRate(call: Call, data: unknown): unknown {
  if (overRate(call)) return REFUSED;
  const wait = sharedWait(call);
  if (wait === undefined) return data;
  return later(call, wait, (waited, retryAfterMs) =>
    (retryAfterMs as number) > 0
      ? refuseCall(waited, 'RATE_LIMITED', { retryAfterMs: retryAfterMs as number })
      : data,
  );
}

/**
 * Extracts the payload from the event's arguments. Checks their number, and that they are not nested too deep or too
 * large.
 */
export function unpack(call: Call, given: unknown): unknown {
  const data = given as readonly unknown[];
  const { args, payload } = call.route.entry;
  if (args) return checkShape(call, data.slice(1));
  if (data.length > 3) {
    const received = data.length - 1;
    return invalid(call, [], `Expected at most a payload and metadata, received ${received} arguments.`);
  }
  if (data.length === 3 && readMeta(call, data[2]) === REFUSED) return REFUSED;
  const value = data[1];
  if (payload === undefined) return isNothing(value) ? undefined : invalid(call, [], 'Expected no payload.');
  return typeof value === 'object' ? checkShape(call, value) : value;
}

function checkShape(call: Call, value: unknown): unknown {
  const { bounds } = call.runtime.options;
  const { payload, versions } = call.route.entry;
  // A schema with bounded input drops or refuses everything else without reading it.
  if (versions === undefined && payload?.closed !== undefined && payload.closed <= bounds.items) return value;
  const fault = shapeFault(value, bounds);
  if (fault === 'none') return value;
  return fault === 'key'
    ? invalid(call, [], 'The payload has a forbidden key.')
    : refuseCall(call, 'TOO_LARGE');
}

function overRate(call: Call): boolean {
  const { route, session } = call;
  const rule = route.entry.limit!;
  const now = call.runtime.options.now();
  const retryAfterMs = takeToken((session.buckets[route.index] ??= fullBucket()), rule, now);
  if (retryAfterMs > 0) refuseCall(call, 'RATE_LIMITED', { retryAfterMs });
  return retryAfterMs > 0;
}

function readMeta(call: Call, meta: unknown): unknown {
  if (meta === undefined || meta === null) return undefined;
  if (typeof meta !== 'object' || Array.isArray(meta))
    return invalid(call, [], 'The metadata must be an object.');
  const { id, since } = meta as { readonly id?: unknown; readonly since?: unknown };
  if (id !== undefined && (typeof id !== 'string' || id.length > maxIdLength)) {
    return invalid(
      call,
      ['id'],
      `The id in the metadata must be a string of at most ${maxIdLength} characters.`,
    );
  }
  if (since !== undefined && since !== null && !isCursor(since))
    return invalid(call, ['since'], 'The since in the metadata must be a cursor or null.');
  if (id === undefined && since === undefined) return undefined;
  call.meta = { ...(id === undefined ? {} : { id }), ...(since === undefined ? {} : { since }) };
  return undefined;
}

/** An event without a payload may arrive without arguments, or with null or an empty object. */
function isNothing(payload: unknown): boolean {
  if (payload === undefined || payload === null) return true;
  if (typeof payload !== 'object' || Array.isArray(payload)) return false;
  for (const _key in payload) return false;
  return true;
}

function invalid(call: Call, path: Issue['path'], message: string): typeof REFUSED {
  return refuseCall(call, 'INVALID_PAYLOAD', { issues: [{ path, code: 'invalid_arguments', message }] });
}
