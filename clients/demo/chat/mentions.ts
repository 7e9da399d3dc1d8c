import type { Member } from '../generated/chat.types.gen.ts';

/** A part of a message. */
export interface TextPart {
  readonly text: string;
  /** The mentioned member. */
  readonly member?: Member;
}

/** Splits a message into mentions and other text. */
export function partsOf(text: string, members: readonly Member[]): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { 0: found, 1: name = '', index } of text.matchAll(/(?<![\w@.])@([\p{L}\p{N}_.-]+)/gu)) {
    const member = memberCalled(name, members);
    if (!member) continue;
    const length = found.toLowerCase().startsWith(`@${member.username}`)
      ? member.username.length + 1
      : found.length;
    if (index > from) parts.push({ text: text.slice(from, index) });
    parts.push({ text: text.slice(index, index + length), member });
    from = index + length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

function memberCalled(name: string, members: readonly Member[]): Member | undefined {
  const wanted = name.toLowerCase();
  // A full stop after a name ends the sentence.
  return (
    members.find(({ username }) => username === wanted) ??
    members.find(({ username }) => username === wanted.replace(/[.-]+$/, ''))
  );
}

/** Up to five members that match the mention being typed; none if none is being typed. */
export function suggestionsFor(text: string, others: readonly Member[]): readonly Member[] {
  const [, start] = /(?:^|[^\w@.])@([\p{L}\p{N}_.-]*)$/u.exec(text) ?? [];
  if (start === undefined) return [];
  const wanted = start.toLowerCase();
  const fits = ({ username, name }: Member): boolean =>
    username.startsWith(wanted) ||
    name
      .toLowerCase()
      .split(' ')
      .some((word) => word.startsWith(wanted));
  return others.filter((member) => fits(member) && member.username !== wanted).slice(0, 5);
}

/** Replaces the last word of a text with the mention of a member. */
export function withMention(text: string, { username }: Member): string {
  return `${text.replace(/@[^@]*$/, '')}@${username} `;
}
