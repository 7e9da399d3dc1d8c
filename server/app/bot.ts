import type { Logger } from 'pino';
import type { Chat, ChatUser } from './chat/chat.ts';
import type { ChatServer } from './generated/chat.server.gen.ts';
import type { CollabServer } from './generated/collab.server.gen.ts';
import type { Notices } from './notices.ts';
import type { Store, StoredTask, StoredUser } from './stores/store.ts';

/** A member that acts automatically, so that a single visitor sees updates. */
export interface Bot {
  start(): void;
  stop(): void;
  running(): boolean;
  /** Acts once, now, if somebody is connected. */
  act(): Promise<void>;
}

/** Options of {@link createBot}. */
export interface BotParts {
  readonly store: Store;
  readonly channels: Chat;
  readonly chat: ChatServer;
  readonly collab: CollabServer;
  readonly notices: Notices;
  readonly log: Logger;
  readonly now: () => Date;
  /** Time between two actions, in ms. Default: 4,000. */
  readonly everyMs?: number | undefined;
}

/** Who the bot is; demo data adds it as a user who cannot sign in. */
export const botUser = { id: 'u_robin', username: 'robin', name: 'Robin (bot)' } as const;

/** Where it acts. */
const workspaceId = 'ws_design';
const channelId = 'ch_general';

const lines = [
  'The empty states look great on a phone now.',
  'Does anyone have a fish that smiles?',
  'I moved a card. It felt good.',
  'Contrast is fine on every screen but one.',
  'Five people want to try the board. Tea is ready.',
  'The announcement has 212 words. It wants 100.',
];
const statuses = ['todo', 'doing', 'done'] as const;
const stepsOfPointer = 12;

/** Creates a {@link Bot}; it does nothing until it is started, and its own failures are only logged. */
export function createBot(parts: BotParts): Bot {
  const { store, channels, chat, collab, log, now, everyMs = 4_000 } = parts;
  const self: ChatUser = { id: botUser.id, name: botUser.name, role: 'member' };
  let timer: ReturnType<typeof setInterval> | undefined;
  let pointer: ReturnType<typeof setInterval> | undefined;
  let turn = 0;

  const moveTask = async (user: StoredUser): Promise<void> => {
    const tasks = await store.tasks.list(workspaceId);
    const task = tasks[turn % Math.max(1, tasks.length)];
    if (!task) return;
    const status = statuses[(statuses.indexOf(task.status) + 1) % statuses.length]!;
    await change(task, { status }, user);
  };

  const change = async (task: StoredTask, changes: Partial<StoredTask>, by: StoredUser): Promise<void> => {
    const told = parts.notices.taskUpdated(() => changes, by);
    const edit = { changes, updatedAt: now(), along: told.along };
    told.finish(await store.tasks.update(workspaceId, task.id, edit));
  };

  const typeInTask = async (): Promise<void> => {
    const tasks = await store.tasks.list(workspaceId);
    const task = tasks[(turn * 3) % Math.max(1, tasks.length)];
    if (!task) return;
    const typing = { workspaceId, taskId: task.id, userId: self.id, userName: self.name };
    collab.workspace({ workspaceId }).emit('user:typing', typing);
  };

  /** A pointer that wanders across the board, 15 steps a second for a moment. */
  const wander = (): void => {
    let step = 0;
    clearInterval(pointer);
    pointer = setInterval(() => {
      const angle = ((turn * stepsOfPointer + step) / 40) * Math.PI;
      const at = { taskId: null, x: 0.5 + 0.35 * Math.cos(angle), y: 0.5 + 0.3 * Math.sin(2 * angle) };
      quietly(() => {
        const moved = { workspaceId, userId: self.id, userName: self.name, at };
        collab.workspace({ workspaceId }).emit('cursor:moved', moved);
      });
      step += 1;
      if (step >= stepsOfPointer) clearInterval(pointer);
    }, 66);
    pointer.unref();
  };

  const typeInChat = (): void => {
    const typing = { channelId, userId: self.id, userName: self.name };
    chat.channel({ channelId }).emit('typing:start', typing);
  };

  const write = async (): Promise<void> => {
    const text = lines[Math.floor(turn / 5) % lines.length]!;
    await channels.send(self, { channelId, text, replyTo: null });
  };

  const acts: readonly ((user: StoredUser) => unknown)[] = [typeInTask, moveTask, wander, typeInChat, write];

  const act = async (): Promise<void> => {
    if (collab.namespace.sockets.size + chat.namespace.sockets.size === 0) return;
    try {
      const user = await store.users.get(self.id);
      if (user) await acts[turn % acts.length]!(user);
    } catch (error) {
      log.warn({ err: error }, 'the bot failed');
    }
    turn += 1;
  };

  const quietly = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      log.warn({ err: error }, 'the bot failed');
    }
  };

  return {
    start: () => {
      timer ??= setInterval(() => void act(), everyMs).unref();
    },
    stop: () => {
      clearInterval(timer);
      clearInterval(pointer);
      timer = undefined;
    },
    running: () => timer !== undefined,
    act,
  };
}
