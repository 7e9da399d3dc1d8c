import type { StoredMessage } from '../stores/chat-store.ts';
import type { StoredUser } from '../stores/store.ts';

/** Members whose user name stands in a text after an `@`, each once, in the order of the text; at most 50. */
export function mentionedIn(text: string, members: readonly StoredUser[]): string[] {
  const ids = new Map(members.map(({ username, id }) => [username, id]));
  const names = [...text.matchAll(/(?<![\w@.])@([\p{L}\p{N}_.-]+)/gu)].map(([, name = '']) =>
    name.toLowerCase(),
  );
  // A full stop after a name ends the sentence.
  const found = names.map((name) => ids.get(name) ?? ids.get(name.replace(/[.-]+$/, '')));
  return [...new Set(found.filter((id) => id !== undefined))].slice(0, 50);
}

/** What an answer shows of the message it answers; a long text is cut between characters. */
export function quoteOf({ id, authorName, text }: StoredMessage): NonNullable<StoredMessage['replyTo']> {
  if (text.length <= 140) return { id, authorName, text };
  const cut = text.slice(0, 139).replace(/[\ud800-\udbff]$/, '');
  return { id, authorName, text: `${cut}…` };
}
