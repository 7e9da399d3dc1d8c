import { failure, success, type Result } from '@sockeye/contract/wire';
import { bodyOf, errorOf } from '../errors.ts';

/** Result of a function of the application: the result or value that it returned, or why it failed. */
export async function outcomeOf(run: () => unknown): Promise<Result<unknown>> {
  try {
    const value = await run();
    return isResult(value) ? value : success(value);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return failure(bodyOf(error) ?? errorOf('INTERNAL', { message }));
  }
}

function isResult(value: unknown): value is Result<unknown> {
  const { ok } = Object(value) as { readonly ok?: unknown };
  return ok === true ? 'data' in (value as object) : ok === false && 'error' in (value as object);
}
