/** Names that are taken: the language's own, globals that generated code uses, parameters of generated functions. */
const reserved = new Set(
  `abstract any arguments as async await boolean break case catch class const continue debugger declare default delete do
  else enum eval export extends false finally for function if implements import in instanceof interface let new null number
  object package private protected public return static string super switch symbol this throw true try type typeof undefined
  unknown var void while with yield Array ArrayBuffer BigInt Date Infinity INVALID Map NaN Number Object RegExp Set String
  Symbol URL Uint8Array t value depth key`.split(/\s+/),
);

/** Names of one function or module, each used once. */
export interface Scope {
  /** The wanted name if it is free and legal; otherwise with a number after it or a word before it. */
  readonly name: (wanted: string) => string;
}

/** @param isTaken Tests names of the enclosing scope. */
export function createScope(isTaken: (name: string) => boolean = () => false): Scope {
  const taken = new Set<string>();
  return {
    name(wanted) {
      const plain = toIdentifier(wanted);
      // Names that are kept free for how they begin stay taken whatever number follows; none is given the number 0.
      const base = isTaken(`${plain}_0`) ? `own${plain.slice(0, 1).toUpperCase()}${plain.slice(1)}` : plain;
      let name = base;
      for (let i = 2; taken.has(name) || reserved.has(name) || isTaken(name); i++) name = `${base}_${i}`;
      taken.add(name);
      return name;
    },
  };
}

/** Joins words in camel case, dropping what cannot stand in an identifier. */
export function toIdentifier(text: string): string {
  if (/^[a-z][A-Za-z0-9]*$/.test(text)) return text;
  const [first = '', ...rest] = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined =
    first.slice(0, 1).toLowerCase() +
    first.slice(1) +
    rest.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
  return joined === '' ? 'result' : /^[A-Za-z]/.test(joined) ? joined : `item${joined}`;
}
