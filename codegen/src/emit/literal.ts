/** A string literal in single quotes, or double if that avoids escapes. Safe for any text. */
export function quote(text: string): string {
  if (/^[\w :./-]*$/.test(text)) return `'${text}'`;
  const json = JSON.stringify(text).replace(
    /[\u2028\u2029\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g,
    escapeUnit,
  );
  if (text.includes("'")) return text.includes('"') ? singleQuoted(json) : json;
  return singleQuoted(json);
}

/** A property name: bare if it is a plain identifier, otherwise quoted. */
export function propertyKey(name: string): string {
  return isIdentifier(name) ? name : quote(name);
}

/** Access to a member: `.name`, or `['na:me']`. */
export function member(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${quote(name)}]`;
}

/** Keys and values, sorted by code unit of the key, whatever order the record has. */
export function sortedEntries<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.keys(record)
    .sort()
    .map((key) => [key, record[key] as Value]);
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name);
}

function singleQuoted(json: string): string {
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
