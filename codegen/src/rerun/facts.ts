/** What a piece of code uses of its surroundings. */
export interface Facts {
  /** Names in it, of whatever stands around it. */
  readonly names: readonly string[];
  /** Those of them that are parameters or variables somewhere in it. */
  readonly own: readonly string[];
  /** Those of them that it calls. */
  readonly called: readonly string[];
  /**
   * Whether it is fully analyzed and depends only on what it uses: it reads no clock, file or environment, and changes
   * nothing that existed before it.
   */
  readonly isPlain: boolean;
}

/**
 * Analyzes code that esbuild printed. Only what is known to be harmless counts as plain: literals, functions, and
 * calls of names and of the methods below.
 */
export function readFacts(code: string): Facts {
  const names = new Set<string>();
  const called = new Set<string>();
  const own = new Set<string>();
  const result = (isPlain: boolean): Facts => ({
    names: [...names],
    own: [...own],
    called: [...called],
    isPlain: isPlain && ![...own].some((name) => called.has(name) || name in globalThis),
  });
  const groups: number[] = [];
  const tokens = tokensOf(code);
  if (tokens === undefined) return unreadable;

  let isPlain = true;
  let parameters: readonly [from: number, to: number] = [0, 0];
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1] ?? '';
    const after = tokens[index + 1] ?? '';
    if (token === '(') groups.push(index);
    else if (token === ')') parameters = [groups.pop() ?? 0, index];
    if (token === '(' && /^[)\]}`"']|^\?\.$/.test(before)) isPlain = false;
    // `for (each of list)` gives a value to what is there.
    if (token === 'for' && !/^(?:const|let|var)$/.test(tokens[index + 2] ?? '')) isPlain = false;
    if (token === '=' && !/^(?:const|let|var)$/.test(tokens[index - 2] ?? '')) isPlain = false;
    if (token.startsWith('`')) {
      const inner = [...token.matchAll(/\$\{([\w$]+)[\w$.]*\}/g)].map(([, name = '']) => name);
      for (const name of inner) names.add(name);
      if (inner.length < token.split('${').length - 1) {
        // In nested templates, text and code are not distinguished: any word may be a name.
        for (const [word] of code.matchAll(/[A-Za-z_$][\w$]*/g)) names.add(word);
        isPlain = false;
      }
      if (/[\w$)\]]$/.test(before)) isPlain = false;
    }
    const isBody = token === '{' && before === ')' && !isControl(tokens[parameters[0] - 1]);
    if (token === '=>' || isBody) {
      for (const each of tokens.slice(...parameters)) if (isName(each)) own.add(each);
    }
    if (!isName(token)) {
      if (refused.has(token)) isPlain = false;
      continue;
    }
    if (before === '.' || before === '?.') {
      if (after === '(') isPlain &&= methods.has(token) || takesFunction(tokens, index);
      else if (after === '?.') isPlain = false;
      continue;
    }
    if (after === ':' && (before === '{' || before === ',')) continue;
    if (refused.has(token)) isPlain = false;
    if (/^(?:const|let|var)$/.test(before)) own.add(token);
    if (before === 'get' && after === '(') continue;
    else if (!keywords.has(token)) {
      names.add(token);
      if (after === '(') called.add(token);
      if (after === '?.') isPlain = false;
    }
  }
  return result(isPlain);
}

/** Facts of code that cannot be analyzed: it may name and do anything. */
export const unreadable: Facts = { names: [], own: [], called: [], isPlain: false };

const pattern =
  /\s+|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[^])*`|\d[\w.]*|[A-Za-z_$][\w$]*|=>|\.\.\.|\?\.(?!\d)|[=!]==?|<=|>=|&&|\|\||\?\?|\+\+|--|(?:\*\*|<<|>>>?|[-+*/%&|^])=?|[()[\]{}<>=!?:;,.~]/y;
const expression = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;

/** Tokens without comments; `undefined` where the code is not understood. A regular expression is one token. */
function tokensOf(code: string): readonly string[] | undefined {
  const tokens: string[] = [];
  for (let at = 0; at < code.length;) {
    const before = tokens.at(-1) ?? '(';
    if (code[at] === '/' && code[at + 1] !== '*') {
      if (code[at + 1] === '/' || /^(?:[)}]|\+\+|--)$/.test(before) || isEither(before)) return undefined;
    }
    const isMember = /^\??\.$/.test(tokens.at(-2) ?? '');
    const isRegExp = before.length > 2 && before.startsWith('/');
    const isOperand =
      isRegExp || (/[\w$"'`\]]$/.test(before) && (isMember || !beforeExpression.test(before)));
    const isDivision = isOperand || code[at + 1] === '*';
    const rule = code[at] === '/' && !isDivision ? expression : pattern;
    rule.lastIndex = at;
    const token = rule.exec(code)?.[0];
    if (token === undefined) return undefined;
    at += token.length;
    if (!/^(?:\s|\/\*)/.test(token)) tokens.push(token);
  }
  return tokens;
}

/** Words behind which a slash begins a regular expression. */
export const beforeExpression =
  /^(?:return|typeof|case|in|void|delete|instanceof|new|throw|else|do|default|extends)$/;

/** Words that are names here and there, so that a slash behind them may be either. */
export function isEither(word: string): boolean {
  return /^(?:of|yield|await|let|static|async|get|set)$/.test(word);
}

function isName(token: string): boolean {
  return /^[A-Za-z_$]/.test(token);
}

function isControl(token = ''): boolean {
  return /^(?:if|for|while|switch|catch|with)$/.test(token);
}

/** Whether a method that calls what it is given is given an arrow function that is written out. */
function takesFunction(tokens: readonly string[], index: number): boolean {
  if (!takingFunctions.has(tokens[index] ?? '') || tokens[index + 2] !== '(') return false;
  let depth = 0;
  for (let at = index + 2; at < tokens.length; at += 1) {
    if (tokens[at] === '(') depth += 1;
    else if (tokens[at] === ')') depth -= 1;
    if (depth === 0) return tokens[at + 1] === '=>';
  }
  return false;
}

const refused = new Set(
  `this arguments delete yield await import super class eval with debugger require module exports async
  ++ -- += -= *= /= %= **= <<= >>= >>>= &= |= ^=`.split(/\s+/),
);

const keywords = new Set(
  `const let var if else for in return case default switch break continue do while throw try catch finally new typeof
  instanceof void null true false function`.split(/\s+/),
);

/** Globals that never change, unless the code redeclares the name; calling them has no side effects. */
export const callable: ReadonlySet<string> = new Set(
  `Array BigInt Boolean Error Map Number Object RangeError RegExp Set String SyntaxError TypeError URL Uint8Array
  encodeURIComponent decodeURIComponent isFinite isNaN parseFloat parseInt`.split(/\s+/),
);

/** Those that are not called, and words that are none everywhere. */
export const constant: ReadonlySet<string> = new Set('JSON Infinity NaN get of undefined'.split(' '));

/** Methods of Zod's schemas, of a refinement's context, and of values; none mutates its object. */
const methods = new Set(
  `addIssue and any array at base64 base64url bigint boolean brand catch catchall charAt charCodeAt check cidrv4 cidrv6
  clone codec codePointAt concat cuid cuid2 custom date datetime decode default describe discriminatedUnion duration e164 element email emoji encode
  endsWith entries enum exactOptional exclude extend extract file finite float32 float64 fromEntries getTime gt gte guid has hex hostname
  includes indexOf instanceof int int32 int64 intersection ip ipv4 ipv6 isArray isFinite isInteger isSafeInteger join json jwt keyof keys lastIndexOf lazy
  length literal loose looseObject lowercase lt lte max maxSize meta min minSize multipleOf nan nanoid nativeEnum negative
  never nonempty nonnegative nonoptional nonpositive normalize null nullable nullish number object omit optional or overwrite
  padEnd padStart parse parseFloat parseInt partial partialRecord passthrough pick pipe positive prefault preprocess readonly record refine
  regex removeDefault repeat required safeExtend safeParse size slice slugify startsWith step strict strictObject
  string stringbool stringify strip substring superRefine symbol templateLiteral test time toExponential toFixed
  toISOString toJSON toLowerCase toPrecision toReversed toString toUpperCase transform trim trimEnd trimStart tuple
  uint32 uint64 ulid undefined union unknown unwrap uppercase url uuid uuidv4 uuidv6 uuidv7 valueOf values void xid xor`.split(
    /\s+/,
  ),
);

/** Methods that call their argument, whose effects are known if it is an inline function. */
const takingFunctions = new Set(
  'apply every filter find findIndex flatMap from map reduce replace replaceAll some split toSorted'.split(
    ' ',
  ),
);
