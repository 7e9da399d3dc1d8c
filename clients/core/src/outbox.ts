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

/** Commands that survive a page reload. */
export interface Outbox {
  /** Resends the commands of an earlier page. */
  readonly open: (give: GiveCommand) => void;
  /** Replaces what is stored with the commands that are unanswered now. */
  readonly save: (commands: readonly StoredCommand[]) => void;
}

/** Creates the outbox of one client. */
export type OutboxKeeper = (runtime: Runtime) => Outbox;

/** Maximum age of a stored command, in milliseconds: later, the server may have forgotten its key. */
const storedMs = 12 * 3_600_000;

/**
 * Stores commands in the browser's storage.
 *
 * @param storage Use `sessionStorage`: it survives a reload and belongs to one tab.
 */
export function webStorageOutbox(storage: WebStorage, prefix: string): OutboxKeeper {
  return storedOutbox(webStorage(storage, `${prefix}:outbox:`));
}

/** Stores commands in your own storage. */
export function storedOutbox(storage: OutboxStorage): OutboxKeeper {
  return (runtime) => {
    const { table, clock, report } = runtime;
    const key = table.contract.contract;
    /** The commands to be stored next. */
    let due: readonly StoredCommand[] | undefined;
    /** A read or write is in progress. They run one at a time, the read first. */
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
                // Its caller is gone.
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
