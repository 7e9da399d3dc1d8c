import { isCursor, type Issue } from '@sockeye/contract/wire';
import { later, refuseCall, REFUSED, type Call } from './call.ts';
import { shapeFault } from './nesting.ts';
import { sharedWait } from './rate-limits.ts';
import { fullBucket, takeToken } from './token-bucket.ts';

/** Longest idempotency key, in UTF-16 units. */
const maxIdLength = 200;

/**
 * Lets a call in that may be looked at: the server is open, the credentials still hold, the rate is kept, the
 * arguments are as many as they should be and no deeper or wider than is safe. Turns arguments into the payload.
 */
export function admit(call: Call, args: unknown): unknown {
  const { runtime, session, route } = call;
  if (runtime.closing) return refuseCall(call, 'UNAVAILABLE');
  if (session.expired) return refuseCall(call, 'TOKEN_EXPIRED');
  if (route.entry.limit !== undefined && overRate(call)) return REFUSED;
  const given = args as unknown[];
  const wait = sharedWait(call);
  if (wait === undefined) return admitArguments(call, given);
  return later(call, wait, (waited, retryAfterMs) =>
    (retryAfterMs as number) > 0
      ? refuseCall(waited, 'RATE_LIMITED', { retryAfterMs: retryAfterMs as number })
      : admitArguments(waited, given),
  );
}

function admitArguments(call: Call, given: readonly unknown[]): unknown {
  return call.route.entry.args ? checkShape(call, given) : admitPayload(call, given);
}

function admitPayload(call: Call, args: readonly unknown[]): unknown {
  if (args.length > 2) {
    return invalid(call, [], `Expected a payload and metadata at most, received ${args.length} arguments.`);
  }
  if (args.length === 2 && readMeta(call, args[1]) === REFUSED) return REFUSED;
  const payload = args[0];
  if (call.route.entry.payload === undefined)
    return isNothing(payload) ? undefined : invalid(call, [], 'Expected no payload.');
  return typeof payload === 'object' ? checkShape(call, payload) : payload;
}

function checkShape(call: Call, value: unknown): unknown {
  const { bounds } = call.runtime.options;
  const { payload, versions } = call.route.entry;
  // A schema that bounds what it takes drops or refuses everything else without looking into it.
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
    return invalid(call, ['id'], `The metadata's id must be a text of at most ${maxIdLength} characters.`);
  }
  if (since !== undefined && since !== null && !isCursor(since))
    return invalid(call, ['since'], "The metadata's since must be a cursor or null.");
  if (id === undefined && since === undefined) return undefined;
  call.meta = { ...(id === undefined ? {} : { id }), ...(since === undefined ? {} : { since }) };
  return undefined;
}

/** An event without a payload may come with nothing, null or an empty object. */
function isNothing(payload: unknown): boolean {
  if (payload === undefined || payload === null) return true;
  if (typeof payload !== 'object' || Array.isArray(payload)) return false;
  for (const _key in payload) return false;
  return true;
}

function invalid(call: Call, path: Issue['path'], message: string): typeof REFUSED {
  return refuseCall(call, 'INVALID_PAYLOAD', { issues: [{ path, code: 'invalid_arguments', message }] });
}
