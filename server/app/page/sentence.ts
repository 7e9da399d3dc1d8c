import { ApiError } from './api.ts';

/** What to tell a person of an error; texts are chosen by code. */
export function sentence(error: unknown): string {
  if (!(error instanceof ApiError)) return 'The server cannot be reached. Try again in a moment.';
  switch (error.body.code) {
    case 'CONFLICT':
      return 'Somebody else changed this task first. You see their version.';
    case 'NOT_FOUND':
      return 'This task is gone.';
    case 'FORBIDDEN':
      return 'You may not do that.';
    case 'INVALID_PAYLOAD':
      return 'That cannot be saved as it is.';
    default:
      return 'That did not work. Try again in a moment.';
  }
}
