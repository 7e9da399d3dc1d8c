import { docText } from './declare.ts';
import type { DocParts } from './doc-comment.ts';
import { parameters, print, restParameter, type Layout } from './layout.ts';

/** A generated function. It only calls the runtime. */
export interface FunctionParts {
  readonly doc: DocParts;
  readonly name: string;
  /** Its type parameters, in angle brackets. */
  readonly generics?: string;
  readonly params: readonly string[];
  readonly result: Layout;
  /** Overloads, written before the implementation. */
  readonly overloads?: readonly Pick<FunctionParts, 'params' | 'result'>[];
  /** The runtime's function. */
  readonly call: string;
  /** Its arguments. */
  readonly with: readonly Layout[];
}

/** Declares the function and exports it. */
export function functionText(parts: FunctionParts): string {
  const { doc, overloads = [], result, call } = parts;
  const body = [`${result === 'void' ? '' : 'return '}${call}`, parameters(parts.with), ';'];
  return [
    docText(doc),
    ...overloads.map((overload) => `${signature({ ...parts, ...overload }, ';')}\n`),
    `${signature(parts, ' {')}\n  ${print(body, '  ', [2, 0])}\n}\n`,
  ].join('');
}

function signature({ name, generics = '', params, result }: FunctionParts, end: string): string {
  const list = params.at(-1)?.startsWith('...') ? restParameter(...params) : parameters(params);
  return print([`export function ${name}${generics}`, list, ': ', result, end], '', [0, 0]);
}
