import type { StringCheck, StringNode } from '../../model.ts';
import { isWholeAndPlain, optimized } from '../../expression/optimize.ts';
import { quote } from '../literal.ts';
import { all, any, atom, never, always, type Condition } from './condition.ts';
import type { Module } from './module.ts';

/** Where a condition on a text goes, and the words that name its expressions. */
export interface TextPlace {
  readonly module: Module;
  readonly wanted: string;
}

/** Formats that Zod checks with code, and the runtime's function for each. */
const functions: Readonly<Record<string, string>> = {
  ipv6: 'ipv6',
  cidrv6: 'cidrv6',
  base64: 'base64',
  base64url: 'base64url',
  jwt: 'jwt',
  credit_card: 'creditCard',
  iban: 'iban',
};

/** Names of formats in Zod's messages, if they differ. */
const called: Readonly<Record<string, string>> = {
  email: 'email address',
  url: 'URL',
  uuid: 'UUID',
  uuidv4: 'UUIDv4',
  uuidv6: 'UUIDv6',
  guid: 'GUID',
  ulid: 'ULID',
  xid: 'XID',
  ksuid: 'KSUID',
  datetime: 'ISO datetime',
  date: 'ISO date',
  time: 'ISO time',
  duration: 'ISO duration',
  ipv4: 'IPv4 address',
  ipv6: 'IPv6 address',
  mac: 'MAC address',
  cidrv4: 'IPv4 range',
  cidrv6: 'IPv6 range',
  base64: 'base64-encoded string',
  base64url: 'base64url-encoded string',
  json_string: 'JSON string',
  e164: 'E.164 number',
  currency_code: 'currency code',
  credit_card: 'credit card number',
  iban: 'IBAN',
  jwt: 'JWT',
  regex: 'input',
  template_literal: 'input',
};

/** Expression of a check that puts another text in the place of `text`. */
export function changedText(check: StringCheck, text: string): string {
  switch (check.check) {
    case 'trim':
      return `${text}.trim()`;
    case 'lower-case':
      return `${text}.toLowerCase()`;
    case 'upper-case':
      return `${text}.toUpperCase()`;
    case 'normalize':
      return `${text}.normalize(${quote(check.form)})`;
    default:
      return text;
  }
}

/** Condition that a check makes of a text, whose type is known already. */
export function textCondition(check: StringCheck, text: string, { module, wanted }: TextPlace): Condition {
  switch (check.check) {
    case 'min-length':
      return atLeast(check.value, text, module);
    case 'max-length':
      return atMost(check.value, text, module);
    case 'length':
      return atom(`${module.use('hasLength')}(${text}, ${check.value})`);
    case 'pattern':
      return atom(
        `${module.expression(check.pattern, check.flags ?? '', `${wanted} pattern`)}.test(${text})`,
      );
    case 'format':
      return formatCondition(check, text, module);
    case 'starts-with':
      return atom(`${text}.startsWith(${quote(check.value)})`);
    case 'ends-with':
      return atom(`${text}.endsWith(${quote(check.value)})`);
    case 'includes':
      return atom(
        `${text}.includes(${quote(check.value)}${check.position === undefined ? '' : `, ${check.position}`})`,
      );
    default:
      return always;
  }
}

/** A check as the runtime's reference schemas write it. */
export function textCheck(check: StringCheck, module: Module, wanted: string): string {
  switch (check.check) {
    case 'min-length':
      return `${module.use('minLength')}(${check.value})`;
    case 'max-length':
      return `${module.use('maxLength')}(${check.value})`;
    case 'length':
      return `${module.use('length')}(${check.value})`;
    case 'pattern': {
      const name = module.expression(check.pattern, check.flags ?? '', `${wanted} pattern`);
      const original = String(new RegExp(check.pattern, check.flags));
      const plain =
        !/[gy]/.test(check.flags ?? '') && optimized(check.pattern, check.flags ?? '') === check.pattern;
      return `${module.use('pattern')}(${name}${plain ? '' : `, ${quote(`string: must match pattern ${original}`)}`})`;
    }
    case 'format':
      return formatCheck(check, module);
    case 'starts-with':
      return matching(
        module,
        `text.startsWith(${quote(check.value)})`,
        `string: must start with "${check.value}"`,
      );
    case 'ends-with':
      return matching(
        module,
        `text.endsWith(${quote(check.value)})`,
        `string: must end with "${check.value}"`,
      );
    case 'includes': {
      const position = check.position === undefined ? '' : `, ${check.position}`;
      return matching(
        module,
        `text.includes(${quote(check.value)}${position})`,
        `string: must include "${check.value}"`,
      );
    }
    default:
      return `${module.use('changed')}((text) => ${changedText(check, 'text')})`;
  }
}

/** Checks of a text that do not change it. */
export function textConditions(node: StringNode, text: string, place: TextPlace): Condition {
  const checks = node.checks ?? [];
  const plain = checks.some(
    (check) =>
      'pattern' in check && check.pattern !== undefined && isWholeAndPlain(check.pattern, check.flags ?? ''),
  );
  return all(
    ...checks.map(
      (check) => (plain ? unitCondition(check, text) : undefined) ?? textCondition(check, text, place),
    ),
  );
}

/** A size check of a text that, if it passes the other checks, has as many code points as UTF-16 units. */
function unitCondition(check: StringCheck, text: string): Condition | undefined {
  switch (check.check) {
    case 'min-length':
      return atom(`${text}.length >= ${check.value}`, `${text}.length < ${check.value}`);
    case 'max-length':
      return atom(`${text}.length <= ${check.value}`, `${text}.length > ${check.value}`);
    case 'length':
      return atom(`${text}.length === ${check.value}`, `${text}.length !== ${check.value}`);
    default:
      return undefined;
  }
}

/** A check of a named format. */
export type Format = Extract<StringCheck, { check: 'format' }>;

/** Whether a format needs Zod: a custom function, or a format that this version does not know. */
export function isForeignFormat(check: StringCheck): boolean {
  return (
    check.check === 'format' &&
    check.pattern === undefined &&
    !Object.hasOwn(functions, check.format) &&
    check.format !== 'url'
  );
}

function formatCondition(check: Format, text: string, module: Module): Condition {
  const test = formatTest(check, module);
  return test === undefined ? always : atom(test(text));
}

/** Arguments of the runtime's `url` besides the text: what the format asks for beyond being a URL. */
export function urlRules({ options = {} }: Format, module: Module): readonly string[] {
  const rules = [
    ...(['hostname', 'protocol'] as const).flatMap((key) => {
      const rule = options[key];
      if (typeof rule !== 'string') return [];
      const [, source = rule, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(rule) ?? [];
      return `${key}: ${module.expression(source, flags, `${key} pattern`)}`;
    }),
    ...(options['normalize'] === true ? ['normalize: true'] : []),
    ...(options['protocol'] === '^https?$' ? ['slashes: true'] : []),
  ];
  return rules.length === 0 ? [] : [`{ ${rules.join(', ')} }`];
}

/** Name of a format in messages. */
export function formatName({ format }: Format): string {
  return called[format] ?? format;
}

function formatCheck(check: Format, module: Module): string {
  if (check.format === 'url') return `${module.use('urlText')}(${urlRules(check, module).join('')})`;
  const named = quote(formatName(check));
  if (check.pattern !== undefined)
    return `${module.use('pattern')}(${formatExpression(check, module)}, ${named})`;
  const test = formatTest(check, module);
  return `${module.use('matching')}(${test === undefined ? '() => true' : `(text) => ${test('text')}`}, ${named})`;
}

function formatTest(check: Format, module: Module): ((text: string) => string) | undefined {
  if (check.pattern !== undefined) {
    const name = formatExpression(check, module);
    return (text) => `${name}.test(${text})`;
  }
  const name = Object.hasOwn(functions, check.format) ? functions[check.format] : undefined;
  if (name === undefined) return undefined;
  const alg = check.format === 'jwt' ? check.options?.['alg'] : undefined;
  return (text) => `${module.use(name)}(${text}${typeof alg === 'string' ? `, ${quote(alg)}` : ''})`;
}

/** Name of a format's regular expression. */
export function formatExpression(check: Format, module: Module): string {
  return module.expression(
    check.pattern ?? '',
    check.flags ?? '',
    `${check.format.replaceAll('_', ' ')} format`,
  );
}

function matching(module: Module, test: string, named: string): string {
  return `${module.use('matching')}((text) => ${test}, ${quote(named)})`;
}

function atLeast(min: number, text: string, module: Module): Condition {
  if (min <= 0) return always;
  if (min === 1) return atom(`${text}.length > 0`, `${text}.length === 0`);
  return any(
    atom(`${text}.length >= ${2 * min}`, `${text}.length < ${2 * min}`),
    atom(`!${module.use('shorterThan')}(${text}, ${min})`, `${module.use('shorterThan')}(${text}, ${min})`),
  );
}

function atMost(max: number, text: string, module: Module): Condition {
  if (max < 0) return never;
  return any(
    atom(`${text}.length <= ${max}`, `${text}.length > ${max}`),
    atom(`!${module.use('longerThan')}(${text}, ${max})`, `${module.use('longerThan')}(${text}, ${max})`),
  );
}
