import {
  errorBody,
  failure,
  INVALID,
  success,
  type EarlierEntry,
  type EventEntry,
  type Issue,
  type Result,
} from '@sockeye/contract/wire';
import type { Operator } from './audience.ts';
import { raised } from './earlier-forms.ts';
import { shapeFault } from './nesting.ts';
import { logError } from './report.ts';
import { sessionOf, type Runtime } from './runtime.ts';

/** A request to clients: an event with its arguments in wire form. */
export interface Question {
  readonly runtime: Runtime;
  readonly event: string;
  readonly entry: EventEntry;
  /** The earlier form of the event; undefined for the current one. */
  readonly form: EarlierEntry | undefined;
  readonly args: readonly unknown[];
  readonly timeoutMs: number;
  /** Reaches the receivers. */
  readonly operator: Operator;
}

/** Sends a request to one connection: directly on this node, by the request's operator on another one. */
export function askOne(question: Question, id: string): Promise<Result<unknown>> {
  const { runtime, event, args, timeoutMs } = question;
  const socket = runtime.namespace.sockets.get(id);
  const session = socket === undefined ? undefined : sessionOf(runtime, socket);
  if (socket === undefined || session === undefined) return askElsewhere([question]);
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

/** Sends a request to a connection of another node: one request per form, of which one reaches the connection. */
export async function askElsewhere(questions: readonly Question[]): Promise<Result<unknown>> {
  const [only] = (await Promise.all(questions.map(askMany))).flat();
  return only ?? failure(errorBody('DISCONNECTED'));
}

/** Sends a request to many connections; resolves with the answers that arrived in time. */
export function askMany(question: Question): Promise<readonly Result<unknown>[]> {
  const { event, args, operator, timeoutMs } = question;
  return new Promise((resolve) => {
    operator.timeout(timeoutMs).emit(event, ...args, (_error: unknown, answers: unknown) => {
      resolve(Array.isArray(answers) ? answers.map((answer) => read(question, [answer])) : []);
    });
  });
}

/** Reads a client's answer, whatever its shape. */
function read(question: Question, answers: readonly unknown[]): Result<unknown> {
  const { entry, runtime } = question;
  if (shapeFault(answers, runtime.options.bounds) !== 'none') return failure(errorBody('INVALID_RESPONSE'));
  if (entry.rawAck !== undefined) return decoded(question, entry.rawAck === 'args' ? answers : answers[0]);
  const envelope = answers[0] as
    { readonly ok?: unknown; readonly data?: unknown; readonly error?: unknown } | undefined;
  if (envelope?.ok === true) return decoded(question, envelope.data);
  const { code, message } = (envelope?.error ?? {}) as {
    readonly code?: unknown;
    readonly message?: unknown;
  };
  if (envelope?.ok !== false || typeof code !== 'string') return failure(errorBody('INVALID_RESPONSE'));
  return failure(errorBody(code, { message: typeof message === 'string' ? message : undefined }));
}

function decoded({ entry, event, form, runtime }: Question, wire: unknown): Result<unknown> {
  const cast = form?.ack;
  try {
    const subject = `the answer to "${event}"`;
    const data = cast === undefined ? entry.ack!.decode(wire) : raised(cast, entry.ack!, { wire, subject });
    if (data !== INVALID) return success(data);
  } catch (error) {
    logError(runtime.options, { event, err: error }, `the upcast of the answer to "${event}" failed`);
    return failure(errorBody('INVALID_RESPONSE'));
  }
  const issues: Issue[] = [];
  (cast?.validator ?? entry.ack!).decode(wire, issues);
  return failure(errorBody('INVALID_RESPONSE', { issues }));
}
