import type { Member, Message, Receipt } from '../generated/chat.types.gen.ts';
import { firstName } from '../person.ts';
import { isDraft } from './messages.ts';

/** Delivery state of the user's own message. */
export interface Mark {
  readonly state: 'delivered' | 'read' | 'sending' | 'sent';
  /** In words, such as `Read by Bob`. */
  readonly words: string;
}

/**
 * Marks under the user's own messages, by message id: each reader under the last message that they have read, and the
 * delivery state under the newest if no one has read it.
 *
 * @param me The user's id.
 */
export function marksOf(
  thread: readonly Message[],
  me: string,
  { others, receipts }: { readonly others: readonly Member[]; readonly receipts: readonly Receipt[] },
): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>();
  const own = thread.filter(({ authorId, kind }) => authorId === me && kind === 'text');
  for (const message of own)
    if (isDraft(message)) marks.set(message.id, { state: 'sending', words: 'Sending…' });
  const stored = own.filter((message) => !isDraft(message));
  const newest = stored.at(-1);
  if (!newest) return marks;
  const reached = ({ id }: Member, field: 'delivered' | 'read'): number =>
    Math.max(0, ...receipts.filter(({ userId }) => userId === id).map(({ [field]: seq }) => seq));
  const receivers = others.filter((member) => reached(member, 'delivered') >= newest.seq).map(shortName);
  marks.set(
    newest.id,
    receivers.length > 0
      ? { state: 'delivered', words: `Delivered to ${listOf(receivers)}` }
      : { state: 'sent', words: 'Sent' },
  );
  const readers = new Map<string, string[]>();
  for (const member of others) {
    const last = stored.findLast(({ seq }) => seq <= reached(member, 'read'));
    if (last) readers.set(last.id, [...(readers.get(last.id) ?? []), shortName(member)]);
  }
  for (const [id, names] of readers) marks.set(id, { state: 'read', words: `Read by ${listOf(names)}` });
  return marks;
}

function shortName({ name }: Member): string {
  return firstName(name);
}

/** Who is typing, as a line; empty if no one is. */
export function typingLine(names: readonly string[]): string {
  if (names.length === 0) return '';
  return names.length === 1
    ? `${firstName(names[0] ?? '')} is typing…`
    : `${listOf(names.map(firstName))} are typing…`;
}

/** Names in a row; of more than three, the first two and how many more. */
function listOf(names: readonly string[]): string {
  if (names.length > 3) return `${names.slice(0, 2).join(', ')} and ${names.length - 2} others`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
