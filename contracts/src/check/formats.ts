import { INVALID, type Invalid } from '../validator.ts';
import type { Check } from './checks.ts';
import { report } from './walk.ts';

/** An IPv6 address: hexadecimal digits, colons and dots that the URL parser takes for a host. */
export function ipv6(text: string): boolean {
  return /^[0-9a-fA-F:.]+$/.test(text) && isUrl(`http://[${text}]`);
}

/** An IPv6 address with a prefix length from 0 to 128. */
export function cidrv6(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  return (
    more.length === 0 &&
    !!bits &&
    String(Number(bits)) === bits &&
    Number(bits) >= 0 &&
    Number(bits) <= 128 &&
    ipv6(address)
  );
}

/** Base64 (RFC 4648, section 4), padded. */
export function base64(text: string): boolean {
  if (text === '') return true;
  if (/\s/.test(text) || text.length % 4 !== 0) return false;
  try {
    atob(text);
    return true;
  } catch {
    return false;
  }
}

/** Base64 for URLs (RFC 4648, section 5), not padded. */
export function base64url(text: string): boolean {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return false;
  const plain = text.replace(/[-_]/g, (sign) => (sign === '-' ? '+' : '/'));
  return base64(plain.padEnd(Math.ceil(plain.length / 4) * 4, '='));
}

/** A JSON Web Token by its three parts and its header; the signature is not looked at. */
export function jwt(token: string, algorithm?: string): boolean {
  try {
    const parts = token.split('.');
    if (parts.length !== 3 || !parts[0]) return false;
    const header = JSON.parse(atob(parts[0])) as { typ?: unknown; alg?: unknown };
    if ('typ' in header && header.typ !== 'JWT') return false;
    return !!header.alg && (algorithm === undefined || header.alg === algorithm);
  } catch {
    return false;
  }
}

/** 12 to 19 digits in groups whose check digit is right (ISO/IEC 7812, Luhn). */
export function creditCard(text: string): boolean {
  if (!/^\d(?:[ -]?\d){11,18}$/.test(text)) return false;
  const digits = text.replace(/[- ]/g, '');
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
  }
  return sum % 10 === 0;
}

/** An IBAN in electronic form whose check digits are right (ISO 13616, ISO 7064 mod 97-10). */
export function iban(text: string): boolean {
  if (!/^[A-Z]{2}(?!00|01|99)\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  let remainder = 0;
  for (const sign of text.slice(4) + text.slice(0, 4)) {
    const value = parseInt(sign, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** What an URL has to have besides being one. */
export interface UrlRules {
  readonly hostname?: RegExp;
  readonly protocol?: RegExp;
  /** The result is written as the URL parser writes it. */
  readonly normalize?: true;
  /** `://` has to follow the protocol. */
  readonly slashes?: true;
}

/** A URL without the space around it and the tabs and line ends in it, which the URL parser drops. */
export function url(text: string, rules?: UrlRules): string | Invalid {
  const trimmed = text.trim();
  if (rules === undefined) return isUrl(trimmed) ? kept(trimmed) : INVALID;
  const parsed = parsedUrl(trimmed, rules);
  if (!parsed || misses(parsed, rules) > 0) return INVALID;
  return rules.normalize ? parsed.href : kept(trimmed);
}

/** {@link url} as a check of a text. */
export function urlText(rules?: UrlRules): Check {
  return (text: string, failed) => {
    if (failed) return text;
    const result = url(text, rules);
    if (result !== INVALID) return result;
    const parsed = rules && parsedUrl(text.trim(), rules);
    for (let count = parsed ? misses(parsed, rules) : 1; count > 0; count--)
      report('invalid_format', 'URL', 0);
    if (!parsed) return text;
    return rules.normalize ? parsed.href : kept(text.trim());
  };
}

function isUrl(text: string): boolean {
  return parsed(text) !== undefined;
}

function parsedUrl(text: string, { normalize, slashes }: UrlRules): URL | undefined {
  return !normalize && slashes && !/^https?:\/\//i.test(text) ? undefined : parsed(text);
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function misses(url: URL, { hostname, protocol }: UrlRules): number {
  return (
    (hostname?.test(url.hostname) === false ? 1 : 0) +
    (protocol?.test(url.protocol.replace(/:$/, '')) === false ? 1 : 0)
  );
}

function kept(text: string): string {
  return text.replace(/[\t\n\r]/g, '');
}
