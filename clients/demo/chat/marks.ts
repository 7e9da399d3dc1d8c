import type { Member, Receipt } from '../generated/chat.types.gen.ts';
import { firstName } from '../person.ts';
import type { Line } from './messages.ts';

/** How far a message of one's own has come. */
export interface Mark {
  readonly state: 'delivered' | 'read' | 'sending' | 'sent';
  /** In words, such as `Read by Bob`. */
  readonly words: string;
}

/** What the others have done with a message of one's own. */
export function markOf(
  { message, isPending }: Pick<Line, 'isPending' | 'message'>,
  others: readonly Member[],
  receipts: readonly Receipt[],
): Mark {
  if (isPending) return { state: 'sending', words: 'Sending…' };
  const reached = (field: 'delivered' | 'read'): readonly string[] =>
    others
      .filter(({ id }) => receipts.some(({ userId, [field]: seq }) => userId === id && seq >= message.seq))
      .map(({ name }) => firstName(name));
  const readers = reached('read');
  if (readers.length > 0) return { state: 'read', words: `Read by ${listOf(readers)}` };
  const receivers = reached('delivered');
  if (receivers.length > 0) return { state: 'delivered', words: `Delivered to ${listOf(receivers)}` };
  return { state: 'sent', words: 'Sent' };
}

/** Who is typing, as a line; empty when nobody is. */
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
