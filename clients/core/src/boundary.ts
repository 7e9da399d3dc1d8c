import { failure, INVALID, success, type Issue, type Result, type Validator } from '@sockeye/contract/wire';
import { excerpt } from './excerpt.ts';
import type { ClientOptions, InvalidPayload } from './options.ts';
import { settle } from './subscribers.ts';

/** Converts payloads between wire form and application form. Reports invalid ones before it returns. */
export interface Boundary {
  /** Wire form to application form. */
  readonly decode: (event: string, validator: Validator | undefined, wire: unknown) => Checked;
  /** Application form to wire form. */
  readonly encode: (event: string, validator: Validator | undefined, value: unknown) => Checked;
}

/** A converted payload, or why it is invalid. */
export type Checked = Result<unknown, readonly Issue[]>;

/**
 * Creates the boundary of one client.
 *
 * @param count Called for every invalid payload from the server.
 */
export function createBoundary(
  { validate, onInvalid }: ClientOptions,
  report: (error: unknown) => void,
  count: () => void,
): Boundary {
  /** Without a validator, no payload is expected, in either form. */
  function run(use: Validator['encode'] | undefined, value: unknown): Checked {
    if (!use) {
      if (isNothing(value) || validate === 'off') return success(undefined);
      return failure([{ path: [], code: 'invalid_type', message: 'No payload is expected.' }]);
    }
    const converted = use(value);
    if (converted !== INVALID) return success(converted);
    if (validate === 'off') return success(value);
    const issues: Issue[] = [];
    use(value, issues);
    return failure(issues);
  }

  function tell(
    result: Checked,
    about: Pick<InvalidPayload, 'event' | 'direction'>,
    value: unknown,
  ): Checked {
    if (!result.ok) {
      if (about.direction === 'inbound') count();
      settle(() => onInvalid?.({ ...about, issues: result.error, excerpt: excerpt(value) }), report);
    }
    return result;
  }

  return {
    decode: (event, validator, value) =>
      tell(run(validator?.decode, value), { event, direction: 'inbound' }, value),
    encode: (event, validator, value) => {
      let result = run(validator?.encode, value);
      if (result.ok && validate === 'both') {
        const checked = run(validator?.decode, result.data);
        if (!checked.ok) result = checked;
      }
      return tell(result, { event, direction: 'outbound' }, value);
    },
  };
}

function isNothing(value: unknown): boolean {
  return value == null || (typeof value === 'object' && !Object.keys(value).length);
}
