import { control, INVALID, type Validator } from '@sockeye/contract/wire';
import type { Runtime } from './runtime.ts';

/** Receives one event: its name and its arguments. */
type Receive = (event: string, ...args: unknown[]) => void;

/**
 * Unpacks batches, for a contract with volatile events. Each event is received as if it had been sent alone, in order
 * and while `isUp`. Entries that are not events, or are Sockeye's own, are reported and skipped.
 */
export function batches(
  { boundary }: Pick<Runtime, 'boundary'>,
  receive: Receive,
  isUp: () => boolean,
): (entries: readonly unknown[]) => void {
  return (entries) => {
    for (const entry of entries) {
      if (!isUp()) return;
      // With `validate: 'off'` the boundary lets everything through.
      if (boundary.decode(control.batch, batched, entry).ok && isEvent(entry)) receive(...entry);
    }
  };
}

const batched: Validator = {
  decode: (entry, issues) => {
    if (isEvent(entry)) return entry;
    issues?.push({ path: [], code: 'invalid_type', message: 'Expected an event of the contract.' });
    return INVALID;
  },
  encode: (entry) => entry,
};

function isEvent(entry: unknown): entry is [event: string, ...args: unknown[]] {
  return Array.isArray(entry) && typeof entry[0] === 'string' && !entry[0].startsWith('sockeye:');
}
