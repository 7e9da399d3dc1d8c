import { roomOf } from './calls.ts';
import type { GiveCommand } from './commands.ts';
import { ContractError } from './errors.ts';
import { own } from './record.ts';
import type { Runtime } from './runtime.ts';
import {
  webStorage,
  whenStored,
  type OutboxStorage,
  type StoredCommand,
  type WebStorage,
} from './storage.ts';

/** Commands that outlive the page. */
export interface Outbox {
  /** Gives again what an earlier page has left. */
  readonly open: (give: GiveCommand) => void;
  /** Stores all that wait for an answer now, in place of what is stored. */
  readonly save: (commands: readonly StoredCommand[]) => void;
}

/** Makes the outbox of one client. */
export type OutboxKeeper = (runtime: Runtime) => Outbox;

/** Age at which a stored command is not sent any more, in milliseconds: its key may be forgotten by the server. */
const storedMs = 12 * 3_600_000;

/**
 * Keeps commands in the browser's storage.
 *
 * @param storage Use `sessionStorage`: it outlives a reload, and no two tabs write to it.
 */
export function webStorageOutbox(storage: WebStorage, prefix: string): OutboxKeeper {
  return storedOutbox(webStorage(storage, `${prefix}:outbox:`));
}

/** Keeps commands in a storage of the application's own. */
export function storedOutbox(storage: OutboxStorage): OutboxKeeper {
  return (runtime) => {
    const { table, clock, report } = runtime;
    const key = table.contract.contract;
    /** What is to be stored next. */
    let due: readonly StoredCommand[] | undefined;
    /** One read or write at a time, the read first, so that none is overtaken. */
    let busy = true;

    function write(): void {
      if (busy || !due) return;
      const commands = due;
      due = undefined;
      busy = true;
      whenStored(
        runtime,
        () => (commands.length ? storage.set(key, { version: 1, commands }) : storage.remove(key)),
        proceed,
      );
    }

    function proceed(): void {
      busy = false;
      write();
    }

    return {
      open: (give) =>
        whenStored(
          runtime,
          () => storage.get(key),
          (stored) => {
            for (const { id, event, payload, at } of readStored(stored)) {
              const entry = own(table.clientToServer, event);
              const left = at + storedMs - clock.now();
              if (!entry?.once || !(left > 0 && left <= storedMs)) continue;
              const args = entry.payload ? [payload] : [];
              const room = roomOf(table, entry, payload);
              give(
                { event, entry, args, meta: { id }, at, room, patient: true },
                { timeoutMs: left },
                // Who gave it is gone.
                (result) => result.ok || report(new ContractError(result.error.code, result.error)),
              );
            }
            proceed();
          },
        ),
      save: (commands) => {
        due = commands;
        write();
      },
    };
  };
}

function readStored(value: unknown): readonly StoredCommand[] {
  const { version, commands } = Object(value) as { version?: unknown; commands?: unknown };
  if (version !== 1 || !Array.isArray(commands)) return [];
  return (commands as unknown[]).filter((command): command is StoredCommand => {
    const { id, event, at } = Object(command) as Record<string, unknown>;
    return typeof id === 'string' && typeof event === 'string' && typeof at === 'number';
  });
}
