import type { ErrorBody } from '@sockeye/client';

/** Text of an error for users, by its code. */
export function sentence(error: ErrorBody | undefined): string {
  switch (error?.code) {
    case 'CONFLICT':
      return 'Someone else changed this task first. You now see their version.';
    case 'NOT_FOUND':
      return 'This task no longer exists.';
    case 'FORBIDDEN':
      return 'You do not have permission to do that.';
    case 'INVALID_PAYLOAD':
      return 'This cannot be saved: check your input.';
    case 'RATE_LIMITED':
      return 'Too many requests. Wait a moment.';
    case 'UNAVAILABLE':
    case 'DISCONNECTED':
    case 'TIMEOUT':
      return 'The server cannot be reached. Try again in a moment.';
    default:
      return 'Something went wrong. Try again in a moment.';
  }
}

/** Text of a failed sign-in. */
export function signInSentence(error: ErrorBody | undefined): string {
  switch (error?.code) {
    case 'UNAUTHENTICATED':
    case 'INVALID_PAYLOAD':
      return 'Unknown user name or wrong password.';
    case 'FORBIDDEN':
      return 'This account is disabled. Ask an administrator.';
    case 'RATE_LIMITED':
      return 'Too many failed attempts. Wait a minute.';
    default:
      return sentence(error);
  }
}
