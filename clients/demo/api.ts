import { ContractError, failure, success, type ErrorBody, type Result } from '@sockeye/client';
import type { Task } from './generated/collab.types.gen.ts';

/** The signed-in user. */
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly admin: boolean;
}

/** A member of a workspace. */
export interface Member {
  readonly id: string;
  readonly name: string;
}

/** A workspace and its members. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly members: readonly Member[];
}

/** The demo users; none outside of the demo. */
export interface Demo {
  readonly users: readonly { readonly username: string; readonly name: string }[];
  readonly password?: string;
}

/** Fields of a new task. */
export type NewTask = Pick<Task, 'title' | 'assigneeId' | 'priority'>;

/** Changed fields of a task. */
export type TaskEdit = Partial<Pick<Task, 'title' | 'status' | 'assigneeId' | 'priority'>>;

/** The server's REST side. A call never rejects; an unreachable server is UNAVAILABLE. */
export interface Api {
  /** Whether a session is stored. */
  readonly hasSession: () => boolean;
  /** Removes the session from this tab without ending it on the server. */
  readonly forget: () => void;
  readonly signIn: (username: string, password: string) => Promise<Result<void>>;
  /** Ends the session, on the server too. */
  readonly signOut: () => Promise<void>;
  /**
   * A token for a handshake; a fresh one where the last was refused.
   *
   * @throws ContractError when there is none; UNAUTHENTICATED where the session is over.
   */
  readonly token: (renew: boolean) => Promise<string>;
  readonly demo: () => Promise<Result<Demo>>;
  readonly me: () => Promise<Result<Me>>;
  readonly workspaces: () => Promise<Result<readonly Workspace[]>>;
  readonly tasks: (workspaceId: string, signal: AbortSignal) => Promise<Result<readonly Task[]>>;
  readonly createTask: (workspaceId: string, task: NewTask) => Promise<Result<Task>>;
  /** Fails with CONFLICT if `version` is passed and the task has another one. */
  readonly changeTask: (
    task: Pick<Task, 'id' | 'workspaceId'>,
    edit: TaskEdit & { readonly version?: number },
  ) => Promise<Result<Task>>;
  readonly deleteTask: (task: Pick<Task, 'id' | 'workspaceId'>) => Promise<Result<void>>;
  /** Sends an announcement to everyone connected; for administrators. */
  readonly announce: (text: string, level: 'info' | 'warning') => Promise<Result<void>>;
  /** Any other route: a method and a path. */
  readonly call: <Answer>(route: string, options?: { readonly body?: object }) => Promise<Result<Answer>>;
}

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Options of a call. */
interface Call {
  readonly body?: object;
  readonly token?: string;
  readonly signal?: AbortSignal;
}

const storageKey = 'sockeye.refresh-token';

/**
 * Creates the {@link Api} of this tab. The refresh token is stored in `sessionStorage`: two tabs can have two users,
 * and a reload keeps the session. The access token is kept in memory.
 */
export function createApi(): Api {
  let accessToken: string | undefined;
  let refreshing: Promise<Result<string>> | undefined;

  const keep = (tokens: Tokens): string => {
    sessionStorage.setItem(storageKey, tokens.refreshToken);
    return (accessToken = tokens.accessToken);
  };

  const forget = (): string | null => {
    const refreshToken = sessionStorage.getItem(storageKey);
    sessionStorage.removeItem(storageKey);
    accessToken = undefined;
    return refreshToken;
  };

  const refresh = async (): Promise<Result<string>> => {
    const refreshToken = sessionStorage.getItem(storageKey) ?? '';
    const tokens = await send<Tokens>('POST /auth/refresh', { body: { refreshToken } });
    if (tokens.ok) return success(keep(tokens.data));
    if (tokens.error.code === 'UNAUTHENTICATED' || tokens.error.code === 'FORBIDDEN') forget();
    return tokens;
  };

  const token = (renew: boolean): Promise<Result<string>> => {
    if (accessToken !== undefined && !renew) return Promise.resolve(success(accessToken));
    // One refresh at a time: a refresh token can be used once.
    refreshing ??= refresh().finally(() => (refreshing = undefined));
    return refreshing;
  };

  const call = async <Answer>(route: string, options: Call = {}): Promise<Result<Answer>> => {
    const first = await token(false);
    if (!first.ok) return first;
    const answer = await send<Answer>(route, { ...options, token: first.data });
    if (answer.ok || answer.error.code !== 'TOKEN_EXPIRED') return answer;
    const next = await token(true);
    return next.ok ? send<Answer>(route, { ...options, token: next.data }) : next;
  };

  const tasksOf = (workspaceId: string): string => `/workspaces/${encodeURIComponent(workspaceId)}/tasks`;
  const pathOf = ({ workspaceId, id }: Pick<Task, 'id' | 'workspaceId'>): string =>
    `${tasksOf(workspaceId)}/${encodeURIComponent(id)}`;

  return {
    hasSession: () => sessionStorage.getItem(storageKey) !== null,
    forget: () => void forget(),
    signIn: async (username, password) =>
      map(await send<Tokens>('POST /auth/login', { body: { username, password } }), (tokens) => {
        keep(tokens);
      }),
    signOut: async () => {
      const refreshToken = forget();
      if (refreshToken !== null) await send('POST /auth/logout', { body: { refreshToken } });
    },
    token: async (renew) => {
      const result = await token(renew);
      if (!result.ok) throw new ContractError(result.error.code, result.error);
      return result.data;
    },
    demo: () => send('GET /auth/demo'),
    me: async () => map(await call<{ user: Me }>('GET /me'), ({ user }) => user),
    workspaces: async () =>
      map(await call<{ workspaces: Workspace[] }>('GET /workspaces'), ({ workspaces }) => workspaces),
    tasks: async (workspaceId, signal) =>
      map(await call<{ tasks: WireTask[] }>(`GET ${tasksOf(workspaceId)}`, { signal }), ({ tasks }) =>
        tasks.map(decodeTask),
      ),
    createTask: async (workspaceId, body) =>
      map(await call<{ task: WireTask }>(`POST ${tasksOf(workspaceId)}`, { body }), taskOf),
    changeTask: async (task, body) =>
      map(await call<{ task: WireTask }>(`PATCH ${pathOf(task)}`, { body }), taskOf),
    deleteTask: (task) => call(`DELETE ${pathOf(task)}`),
    announce: async (text, level) =>
      map(await call('POST /announcements', { body: { text, level } }), () => undefined),
    call,
  };
}

/** Calls a route: a method and a path. */
async function send<Answer>(route: string, { body, token, signal }: Call = {}): Promise<Result<Answer>> {
  const [method = 'GET', path = '/'] = route.split(' ');
  try {
    const response = await fetch(path, {
      method,
      headers: {
        ...(body && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    if (response.status === 204) return success(undefined as Answer);
    const answer = (await response.json()) as Answer & { error: ErrorBody };
    return response.ok ? success(answer) : failure(answer.error);
  } catch (error) {
    return failure(new ContractError('UNAVAILABLE', { message: String(error) }).body);
  }
}

function map<From, To>(result: Result<From>, make: (data: From) => To): Result<To> {
  return result.ok ? success(make(result.data)) : result;
}

type Moment = 'createdAt' | 'updatedAt';
type WireTask = Omit<Task, Moment | 'dueAt'> & Record<Moment, string> & { readonly dueAt?: string | null };

function taskOf({ task }: { readonly task: WireTask }): Task {
  return decodeTask(task);
}

/** REST carries the wire form: dates as text. */
function decodeTask({ createdAt, updatedAt, dueAt, ...rest }: WireTask): Task {
  const due = typeof dueAt === 'string' ? new Date(dueAt) : dueAt;
  return {
    ...rest,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    ...(due !== undefined && { dueAt: due }),
  };
}
