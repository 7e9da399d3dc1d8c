/**
 * What generated validators share: tests that straight-line code calls, and reference schemas that report issues. Does
 * not depend on Zod, Node.js or the DOM; tree-shaking keeps only what a contract uses. For generated code only.
 *
 * @module validate
 */
export { array, checkedArray, listOf } from './check/array.ts';
export { codec, isoDate, pipe, stringbool } from './check/codec.ts';
export {
  base64,
  base64url,
  cidrv6,
  creditCard,
  iban,
  ipv6,
  jwt,
  url,
  urlText,
  type UrlRules,
} from './check/formats.ts';
export { intersection, merged } from './check/intersection.ts';
export { isMultiple, max, min, multipleOf, number, numeric, whole } from './check/number.ts';
export {
  bySchema,
  ignored,
  involved,
  keyed,
  object,
  openObject,
  strictObject,
  type Fields,
} from './check/object.ts';
export { plainObject, record, recordOf } from './check/record.ts';
export { maxDepth, type Schema } from './check/schema.ts';
export {
  any,
  bigint,
  binary,
  boolean,
  date,
  instance,
  oneOf,
  shallow,
  string,
  typed,
} from './check/simple.ts';
export { length, maxLength, minLength } from './check/size.ts';
export { changed, checkedText, edited, matching, pattern, template } from './check/string.ts';
export { hasLength, longerThan, matched, shorterThan, text } from './check/text.ts';
export { tuple } from './check/tuple.ts';
export { discriminated, exclusive, preferring, union } from './check/union.ts';
export { checker, closed, decoder, encoder, slow, validator } from './check/validator.ts';
export {
  catching,
  exactOptional,
  lazy,
  nonOptional,
  nullable,
  optional,
  optionalFilled,
  prefault,
  readonly,
  withDefault,
} from './check/wrappers.ts';
export { INVALID, type Invalid, type Issue, type Validator } from './validator.ts';
