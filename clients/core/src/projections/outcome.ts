import { ContractError, errorBody, failure, success, type Result } from '@sockeye/contract/wire';

/** How a function of the application's ended: what it returned, result or plain value, or why it failed. */
export async function outcomeOf(run: () => unknown): Promise<Result<unknown>> {
  try {
    const value = await run();
    return isResult(value) ? value : success(value);
  } catch (error) {
    if (error instanceof ContractError) return failure(error.body);
    const message = error instanceof Error ? error.message : String(error);
    return failure(errorBody('INTERNAL', { message }));
  }
}

function isResult(value: unknown): value is Result<unknown> {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  return value.ok === true ? 'data' in value : value.ok === false && 'error' in value;
}
