import type { ClientOptions, ErrorBody, InvalidPayload, RequestOptions, Result } from '@sockeye/client';
import type { FakeClock } from '../../clients/core/src/testing/fake-clock.ts';
import type { ScriptedServer } from '../../clients/core/src/testing/scripted-server.ts';
import type { LogClient } from '../../clients/core/src/testing/log-client.ts';

/** A binding of clients to a framework, as the conformance suite drives it. */
export interface Driver {
  readonly name: string;
  /** Opens a page around a client; closed after the test. */
  readonly open: (options: ClientOptions) => Stage;
}

/** A page of one user, that shows components. */
export interface Stage {
  readonly client: LogClient;
  /** Shows a component; several at a time stand side by side. */
  readonly mount: (boardId: string | undefined) => View;
  /** Does something, and lets the client and the framework follow. */
  readonly settle: (what?: () => unknown) => Promise<void>;
}

/** A component that is in a room, listens there, sends a request, and shows what it knows. */
export interface View {
  /** What is on the screen. */
  readonly screen: () => Screen;
  /** Payloads that its handler was called with, with the screen's phase at the time the handler was made. */
  readonly heard: readonly { readonly id: string; readonly replayed: boolean; readonly phase: string }[];
  readonly send: (payload: object, options?: RequestOptions) => Promise<Result<unknown>>;
  /** Gives the component another board. */
  readonly show: (boardId: string | undefined) => void;
  readonly unmount: () => void;
  /** How often the screen was drawn. */
  readonly draws: () => number;
}

/** What a component shows. */
export interface Screen {
  readonly connection: string;
  readonly phase: string;
  /** What the latest request came to: `idle`, `pending`, `success` or the code of an error. */
  readonly request: string;
  readonly notes: readonly string[];
  readonly typing: readonly number[];
  readonly people: readonly string[];
}

/** The parts of a {@link Screen}, as text; the same in every framework. */
export function screenText(parts: {
  readonly connection: string;
  readonly phase: string | undefined;
  readonly request: { readonly status: string; readonly error?: Pick<ErrorBody, 'code'> | undefined };
  readonly notes: readonly { readonly id: string }[] | undefined;
  readonly typing: readonly { readonly x: number }[] | undefined;
  readonly people: readonly { readonly id: string }[] | undefined;
}): string {
  const screen: Screen = {
    connection: parts.connection,
    phase: parts.phase ?? 'none',
    request: parts.request.error?.code ?? parts.request.status,
    notes: parts.notes?.map(({ id }) => id) ?? [],
    typing: parts.typing?.map(({ x }) => x) ?? [],
    people: parts.people?.map(({ id }) => id) ?? [],
  };
  return JSON.stringify(screen);
}

/** What a scenario is given. */
export interface Scene extends Stage {
  readonly server: ScriptedServer;
  readonly clock: FakeClock;
  readonly errors: readonly unknown[];
  /** Payloads that were refused. */
  readonly invalid: readonly InvalidPayload[];
  /** Lets the server accept the first handshake. */
  readonly connect: () => Promise<void>;
  /** Answers a join that waits. */
  readonly admit: (title?: string) => Promise<void>;
  /** Events that were sent and are not taken. */
  readonly names: () => readonly string[];
}
