import { ContractError, INVALID, type Issue, type Validator } from '@sockeye/contract/wire';
import { toPlain } from './plain.ts';

/** Errors that the developer has to fix; they are not sent to clients. */
const ownFaults = new WeakSet<Error>();

/** Whether an error reports a mistake in what the server sends. */
export function isOwnFault(error: unknown): boolean {
  return error instanceof Error && ownFaults.has(error);
}

/** Creates an error that the developer has to fix. */
export function ownFault(code: string, message: string, issues?: readonly Issue[]): ContractError {
  const error = new ContractError(code, { message, issues });
  ownFaults.add(error);
  return error;
}

/**
 * Encodes what the server sends: stripped to the contract, codecs encoded. If a value is invalid as it is, it is tried
 * once more with its documents converted to plain objects.
 *
 * @param subject Names the value in the error: `event "task:created"`.
 * @throws ContractError INVALID_PAYLOAD with all invalid paths.
 */
export function encodeOutgoing(validator: Validator, value: unknown, subject: string): unknown {
  const wire = validator.encode(value);
  return wire === INVALID ? encodeDocuments(validator, value, subject) : wire;
}

function encodeDocuments(validator: Validator, value: unknown, subject: string): unknown {
  const plain = toPlain(value);
  const issues: Issue[] = [];
  const wire = validator.encode(plain, issues);
  if (wire !== INVALID) return wire;
  throw ownFault(
    'INVALID_PAYLOAD',
    `The payload of ${subject} does not match the contract: ${list(issues)}.`,
    issues,
  );
}

function list(issues: readonly Issue[]): string {
  return issues
    .map(({ path, message }) => `${path.length === 0 ? '(root)' : path.join('.')}: ${message}`)
    .join('; ');
}
