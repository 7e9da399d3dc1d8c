import { Types } from 'mongoose';
import { inboxLimit, type InboxItem, type InboxStore } from './inbox-store.ts';
import { mongoTransaction, type Models, type NotificationDocument } from './mongo-models.ts';
import type { StoreLife } from './mongo-store.ts';
import { isStoredId } from './store.ts';

/** Keeps notifications in MongoDB, in the order in which they came. */
export function mongoInbox({ notifications }: Models, life: StoreLife): InboxStore {
  return {
    ...life,
    add: async (native, userId, { id, ...item }) => {
      if (!isStoredId(userId)) return;
      const beyond = await notifications
        .find({ userId })
        .sort({ order: -1 })
        .skip(inboxLimit - 1)
        .lean();
      const $setOnInsert = { ...item, userId, order: new Types.ObjectId() };
      mongoTransaction(native).also('notifications', [
        { updateOne: { filter: { _id: id as never }, update: { $setOnInsert }, upsert: true } },
        { deleteMany: { filter: { _id: { $in: beyond.map(({ _id }) => _id as never) } } } },
      ]);
    },
    page: async (userId, { before, limit }) => {
      const last =
        before === undefined ? undefined : await notifications.findOne({ _id: before, userId }).lean();
      if (before !== undefined && !last) return { items: [], more: false };
      const found = await notifications
        .find(last ? { userId, order: { $lt: last.order } } : { userId })
        .sort({ order: -1 })
        .limit(limit + 1)
        .lean();
      return { items: found.slice(0, limit).map(itemOf), more: found.length > limit };
    },
    unread: (userId) => notifications.countDocuments({ userId, readAt: null }),
    markRead: async (userId, readAt, ids) => {
      const wanted = { userId, readAt: null, ...(ids && { _id: { $in: [...ids] } }) };
      const found = await notifications.find(wanted).sort({ order: 1 }).lean();
      const marked: InboxItem[] = [];
      for (const each of found) {
        const unread = { _id: each._id, readAt: null };
        const { modifiedCount } = await notifications.updateOne(unread, { $set: { readAt } });
        if (modifiedCount === 1) marked.push({ ...itemOf(each), readAt });
      }
      return marked;
    },
  };
}

function itemOf({ _id, userId: _user, order: _order, ...fields }: NotificationDocument): InboxItem {
  return { ...fields, id: _id };
}
