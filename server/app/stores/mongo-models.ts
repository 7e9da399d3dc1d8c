import { withoutOutbox, type MongoTransaction } from '@sockeye/server/stores/mongo';
import { Schema, type ClientSession, type Connection, type Model, type Types } from 'mongoose';
import type { StoredChannel, StoredMessage, StoredReceipt } from './chat-store.ts';
import type { InboxItem } from './inbox-store.ts';
import type { StoredSession, StoredTask, StoredUser, StoredWorkspace } from './store.ts';

/** A document whose `_id` is the application's id. */
export type Identified<Entity extends { readonly id: string }> = Omit<Entity, 'id'> & {
  readonly _id: string;
};

/** A channel, with the position of its newest message. */
export interface ChannelDocument extends Identified<StoredChannel> {
  readonly head: number;
}

/** A message: `_id` is made of channel and position, so that no position is given twice. */
export interface MessageDocument extends Omit<StoredMessage, 'id'> {
  readonly _id: string;
  readonly messageId: string;
}

/** A receipt: `_id` is made of channel and user. */
export interface ReceiptDocument extends StoredReceipt {
  readonly _id: string;
  readonly channelId: string;
}

/** A notification of one user; `order` counts up. */
export interface NotificationDocument extends Omit<InboxItem, 'id'> {
  readonly _id: string;
  readonly userId: string;
  readonly order: Types.ObjectId;
}

/** Every collection of the application. */
export interface Models {
  readonly users: Model<Identified<StoredUser>>;
  readonly workspaces: Model<Identified<StoredWorkspace>>;
  readonly tasks: Model<Identified<StoredTask>>;
  readonly sessions: Model<Identified<StoredSession>>;
  readonly channels: Model<ChannelDocument>;
  readonly messages: Model<MessageDocument>;
  readonly receipts: Model<ReceiptDocument>;
  readonly notifications: Model<NotificationDocument>;
}

/** Collections are made by the first write, indexes when the connection opens. */
const settings = { versionKey: false, autoCreate: false, minimize: false } as const;

const text = { type: String, required: true } as const;
const whole = { type: Number, required: true } as const;
const moment = { type: Date, required: true } as const;
const person = new Schema({ id: text, name: text }, { _id: false });

const users = new Schema(
  {
    _id: text,
    username: { ...text, unique: true },
    name: text,
    email: text,
    admin: { type: Boolean, required: true },
    disabled: Boolean,
    passwordHash: text,
  },
  settings,
);

const workspaces = new Schema(
  {
    _id: text,
    name: text,
    memberIds: { type: [String], index: true },
    projects: { type: [person], default: undefined },
  },
  settings,
);

const tasks = new Schema(
  {
    _id: text,
    workspaceId: { ...text, index: true },
    projectId: String,
    title: text,
    notes: String,
    status: text,
    priority: text,
    assigneeId: { type: String, default: null },
    labels: [String],
    dueAt: Date,
    createdBy: text,
    createdAt: moment,
    updatedAt: moment,
    version: whole,
  },
  settings,
);

const sessions = new Schema(
  { _id: text, userId: { ...text, index: true }, generation: whole, expiresAt: { ...moment, index: true } },
  settings,
);

const channels = new Schema(
  { _id: text, kind: text, name: String, memberIds: { type: [String], index: true }, head: whole },
  settings,
);

const messages = new Schema(
  {
    _id: text,
    messageId: text,
    channelId: text,
    seq: whole,
    kind: text,
    authorId: text,
    authorName: text,
    text,
    replyTo: {
      type: new Schema({ id: text, authorName: text, text: String }, { _id: false }),
      default: null,
    },
    mentions: [String],
    createdAt: moment,
  },
  settings,
)
  .index({ channelId: 1, seq: 1 }, { unique: true })
  .index({ channelId: 1, messageId: 1 });

const receipts = new Schema(
  {
    _id: text,
    channelId: { ...text, index: true },
    userId: text,
    delivered: whole,
    read: whole,
    version: whole,
  },
  settings,
);

const notifications = new Schema(
  {
    _id: text,
    userId: text,
    order: { type: Schema.Types.ObjectId, required: true },
    kind: text,
    title: text,
    body: String,
    taskId: String,
    channelId: String,
    from: { type: person, default: null },
    createdAt: moment,
    readAt: { type: Date, default: null },
  },
  settings,
).index({ userId: 1, order: -1 });

/** Collections whose documents decide a transaction, and may carry what belongs to it. */
export const carriers: readonly (keyof Models)[] = ['tasks', 'channels'];

/** Creates the models of one connection. */
export function modelsOf(connection: Connection): Models {
  const model = <Document>(name: keyof Models, schema: object) =>
    connection.model(name, schema as Schema, name) as unknown as Model<Document>;
  return {
    users: model('users', users),
    workspaces: model('workspaces', workspaces),
    tasks: model('tasks', tasks),
    sessions: model('sessions', sessions),
    channels: model('channels', channels),
    messages: model('messages', messages),
    receipts: model('receipts', receipts),
    notifications: model('notifications', notifications),
  };
}

/** A document as the application knows it. */
export function entityOf<Entity extends { readonly id: string }>(
  document: Identified<Entity> | null | undefined,
): Entity | undefined {
  if (!document) return undefined;
  const { _id, ...fields } = withoutOutbox(document);
  return { ...fields, id: _id } as unknown as Entity;
}

/** An entity as it is stored. */
export function documentOf<Entity extends { readonly id: string }>({
  id,
  ...fields
}: Entity): Identified<Entity> {
  return { ...fields, _id: id };
}

/** What a write runs with; see `MongoTransaction`. */
export type WriteOptions = Parameters<Parameters<MongoTransaction['write']>[2]>[1];

/**
 * Adds a document; false where its `_id`, or another unique field, is taken.
 *
 * @param within What it takes along in a transaction of the event log. Default: it stands alone.
 */
export async function insertOnce<Document>(
  model: Model<Document>,
  document: Document,
  within?: WriteOptions,
): Promise<boolean> {
  try {
    // Mongoose would take away what travels in a document: no schema speaks of it.
    if (within === undefined) await model.insertMany([document]);
    else await model.collection.insertOne({ ...document, ...within.insert }, withSession(within));
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 11_000) return false;
    throw error;
  }
}

/** The session of a write, as an option. */
export function withSession({ session }: Pick<WriteOptions, 'session'>): { session?: ClientSession } {
  return session === undefined ? {} : { session };
}

/** @throws TypeError where a transaction is not one of MongoDB's log: what is written would not be part of it. */
export function mongoTransaction(native: unknown): MongoTransaction {
  if (typeof (native as Partial<MongoTransaction> | undefined)?.also !== 'function')
    throw new TypeError('The transaction must belong to the event log of the stores.');
  return native as MongoTransaction;
}
