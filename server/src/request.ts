import {
  errorBody,
  failure,
  INVALID,
  success,
  type EventEntry,
  type Issue,
  type Result,
} from '@sockeye/contract/wire';
import type { Operator } from './audience.ts';
import { shapeFault } from './nesting.ts';
import { sessionOf, type Runtime } from './runtime.ts';

/** What clients are asked: an event on its way, with its arguments in wire form. */
export interface Question {
  readonly runtime: Runtime;
  readonly event: string;
  readonly entry: EventEntry;
  readonly args: readonly unknown[];
  readonly timeoutMs: number;
  /** Reaches whom it is put to. */
  readonly operator: Operator;
}

/** Asks one connection: directly on this node, by the question's operator on another. */
export function askOne(question: Question, id: string): Promise<Result<unknown>> {
  const { runtime, event, args, timeoutMs } = question;
  const socket = runtime.namespace.sockets.get(id);
  const session = socket === undefined ? undefined : sessionOf(runtime, socket);
  if (socket === undefined || session === undefined) return askElsewhere(question);
  return new Promise((resolve) => {
    const settle = (result: Result<unknown>): void => {
      session.abandon.delete(abandon);
      resolve(result);
    };
    const abandon = (): void => settle(failure(errorBody('DISCONNECTED')));
    session.abandon.add(abandon);
    socket.timeout(timeoutMs).emit(event, ...args, (error: unknown, ...answers: unknown[]) => {
      settle(error ? failure(errorBody('TIMEOUT')) : read(question, answers));
    });
  });
}

async function askElsewhere(question: Question): Promise<Result<unknown>> {
  const [only] = await askMany(question);
  return only ?? failure(errorBody('DISCONNECTED'));
}

/** Asks many connections; resolves with the answers that came in time. */
export function askMany(question: Question): Promise<readonly Result<unknown>[]> {
  const { event, args, operator, timeoutMs } = question;
  return new Promise((resolve) => {
    operator.timeout(timeoutMs).emit(event, ...args, (_error: unknown, answers: unknown) => {
      resolve(Array.isArray(answers) ? answers.map((answer) => read(question, [answer])) : []);
    });
  });
}

/** Reads what a client answered, in whatever shape it came. */
function read({ entry, runtime }: Question, answers: readonly unknown[]): Result<unknown> {
  if (shapeFault(answers, runtime.options.bounds) !== 'none') return failure(errorBody('INVALID_RESPONSE'));
  if (entry.rawAck !== undefined) return decoded(entry, entry.rawAck === 'args' ? answers : answers[0]);
  const envelope = answers[0] as
    { readonly ok?: unknown; readonly data?: unknown; readonly error?: unknown } | undefined;
  if (envelope?.ok === true) return decoded(entry, envelope.data);
  const { code, message } = (envelope?.error ?? {}) as {
    readonly code?: unknown;
    readonly message?: unknown;
  };
  if (envelope?.ok !== false || typeof code !== 'string') return failure(errorBody('INVALID_RESPONSE'));
  return failure(errorBody(code, { message: typeof message === 'string' ? message : undefined }));
}

function decoded(entry: EventEntry, wire: unknown): Result<unknown> {
  const data = entry.ack!.decode(wire);
  if (data !== INVALID) return success(data);
  const issues: Issue[] = [];
  entry.ack!.decode(wire, issues);
  return failure(errorBody('INVALID_RESPONSE', { issues }));
}
