/** A step of a path in a finding about a change. */
const step = /\[("(?:[^"\\]|\\.)*")\]|(\[\d*\]|\{[^}]*\})|<[^>]*>|\.?([^.[\]{}<>]+)/g;

/**
 * The keys of a path, as a diagnostic has them: `clientToServer["task:create"].payload.tags[]` is
 * `['clientToServer', 'task:create', 'payload', 'tags', '[]']`. A member of a union becomes `|`.
 */
export function pathKeys(path: string): readonly string[] {
  return [...path.matchAll(step)].map(([, quoted, bracket, name]) =>
    quoted === undefined ? (bracket ?? name ?? '|') : (JSON.parse(quoted) as string),
  );
}
