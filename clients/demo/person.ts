/** Initials of a name, at most two. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word, index) => index === 0 || /^\p{L}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  );
  return letters.join('').toUpperCase();
}

/** Hues that are easy to tell apart; angles of OKLCH. */
const hues = [230, 105, 320, 150, 275, 45, 350, 200] as const;

/** A person's own colour. */
export function hueOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 53 + (letter.codePointAt(0) ?? 0)) % 8_191;
  return hues[sum % hues.length] ?? hues[0];
}

/** The name to call a person by. */
export function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}

/** Who is editing, as a line; empty when nobody is. */
export function editingLine(names: readonly string[]): string {
  const [first, second] = names.map(firstName);
  if (first === undefined) return '';
  if (second === undefined) return `${first} is editing…`;
  return names.length === 2
    ? `${first} and ${second} are editing…`
    : `${first} and ${names.length - 1} others are editing…`;
}

/** Names of the others who are editing a task, each once. */
export function editorsOf(
  entries: readonly { readonly taskId: string; readonly userId: string; readonly userName: string }[],
  taskId: string,
  me: string,
): readonly string[] {
  const names = new Map<string, string>();
  for (const entry of entries) {
    if (entry.taskId === taskId && entry.userId !== me) names.set(entry.userId, entry.userName);
  }
  return [...names.values()];
}
