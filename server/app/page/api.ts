import type { ErrorBody } from '@sockeye/client';
import type { Task } from './generated/collab.types.gen.ts';

/** Who is signed in. */
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly admin: boolean;
}

/** A board, and who may see it. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly members: readonly { readonly id: string; readonly name: string }[];
}

/** What may be set on a task. */
export type TaskInput = Partial<Pick<Task, 'title' | 'status' | 'assigneeId'>>;

/** The server's answer to a call that it refused. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly body: ErrorBody;

  constructor(body: ErrorBody) {
    super(body.message);
    this.body = body;
  }
}

/**
 * The REST side, and the tokens of this tab. The refresh token lives in `sessionStorage`, so that two tabs can be two
 * people; the access token lives in memory.
 */
export interface Api {
  /** Whether there is something to sign in with again. */
  readonly hasSession: () => boolean;
  /** Forgets the session without ending it. */
  readonly forget: () => void;
  readonly signIn: (username: string, password: string) => Promise<void>;
  /** Ends the session on the server as well; never rejects. */
  readonly signOut: () => Promise<void>;
  /** A token for the handshake; a fresh one where the last was refused. */
  readonly token: (renew: boolean) => Promise<string>;
  readonly demo: () => Promise<{ users: readonly { username: string; name: string }[]; password?: string }>;
  readonly me: () => Promise<Me>;
  readonly workspaces: () => Promise<readonly Workspace[]>;
  readonly tasks: (workspaceId: string) => Promise<readonly Task[]>;
  readonly createTask: (workspaceId: string, task: TaskInput) => Promise<Task>;
  readonly changeTask: (task: Task, changes: TaskInput) => Promise<Task>;
  readonly deleteTask: (task: Task) => Promise<void>;
  readonly announce: (text: string, level: string) => Promise<void>;
}

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

const storageKey = 'sockeye.refresh-token';

/** Makes the {@link Api} of this tab. `onSignedOut` is called when the session has ended on the server. */
export function createApi(onSignedOut: () => void): Api {
  let accessToken: string | undefined;
  let refreshing: Promise<string> | undefined;

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

  const refresh = async (): Promise<string> => {
    try {
      const refreshToken = sessionStorage.getItem(storageKey) ?? '';
      return keep(await send<Tokens>('POST', '/auth/refresh', { body: { refreshToken } }));
    } catch (error) {
      if (isRefusal(error)) {
        forget();
        onSignedOut();
      }
      throw error;
    }
  };

  const token = async (renew: boolean): Promise<string> => {
    if (accessToken !== undefined && !renew) return accessToken;
    // One refresh at a time: a refresh token is good for one only.
    refreshing ??= refresh().finally(() => (refreshing = undefined));
    return refreshing;
  };

  const call = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    try {
      return await send<Answer>(method, path, { body, token: await token(false) });
    } catch (error) {
      if (!(error instanceof ApiError) || error.body.code !== 'TOKEN_EXPIRED') throw error;
      return send<Answer>(method, path, { body, token: await token(true) });
    }
  };

  const tasksOf = (workspaceId: string): string => `/workspaces/${encodeURIComponent(workspaceId)}/tasks`;
  const pathOf = (task: Task): string => `${tasksOf(task.workspaceId)}/${encodeURIComponent(task.id)}`;
  const taskOf = async (answer: Promise<{ task: WireTask }>): Promise<Task> =>
    decodeTask((await answer).task);

  return {
    hasSession: () => sessionStorage.getItem(storageKey) !== null,
    forget: () => void forget(),
    signIn: async (username, password) => {
      keep(await send<Tokens>('POST', '/auth/login', { body: { username, password } }));
    },
    signOut: async () => {
      const refreshToken = forget();
      if (refreshToken) await send('POST', '/auth/logout', { body: { refreshToken } }).catch(() => {});
    },
    token,
    demo: () => send('GET', '/auth/demo'),
    me: async () => (await call<{ user: Me }>('GET', '/me')).user,
    workspaces: async () => (await call<{ workspaces: Workspace[] }>('GET', '/workspaces')).workspaces,
    tasks: async (workspaceId) =>
      (await call<{ tasks: WireTask[] }>('GET', tasksOf(workspaceId))).tasks.map(decodeTask),
    createTask: (workspaceId, task) => taskOf(call('POST', tasksOf(workspaceId), task)),
    changeTask: (task, changes) => taskOf(call('PATCH', pathOf(task), { ...changes, version: task.version })),
    deleteTask: (task) => call('DELETE', pathOf(task)),
    announce: (text, level) => call('POST', '/announcements', { text, level }),
  };
}

/** Whether a call failed because the session is over, and not because the server could not be reached. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.body.code === 'UNAUTHENTICATED';
}

async function send<Answer>(
  method: string,
  path: string,
  { body, token }: { body?: object | undefined; token?: string } = {},
): Promise<Answer> {
  const response = await fetch(path, {
    method,
    headers: {
      ...(body && { 'Content-Type': 'application/json' }),
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (response.status === 204) return undefined as Answer;
  const answer = (await response.json()) as Answer & { error: ErrorBody };
  if (!response.ok) throw new ApiError(answer.error);
  return answer;
}

type Moment = 'createdAt' | 'updatedAt';
type WireTask = Omit<Task, Moment | 'dueAt'> & Record<Moment, string> & { readonly dueAt?: string | null };

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
