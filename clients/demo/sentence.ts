import type { ErrorBody } from '@sockeye/client';

/** What to tell a person of an error; texts are chosen by code. */
export function sentence(error: ErrorBody | undefined): string {
  switch (error?.code) {
    case 'CONFLICT':
      return 'Somebody else changed this task first. You see their version.';
    case 'NOT_FOUND':
      return 'This task is gone.';
    case 'FORBIDDEN':
      return 'You may not do that.';
    case 'INVALID_PAYLOAD':
      return 'That cannot be saved as it is.';
    case 'RATE_LIMITED':
      return 'Too many requests. Wait a moment.';
    case 'UNAVAILABLE':
    case 'DISCONNECTED':
    case 'TIMEOUT':
      return 'The server cannot be reached. Try again in a moment.';
    default:
      return 'That did not work. Try again in a moment.';
  }
}

/** What to tell of a sign-in that was refused. */
export function signInSentence(error: ErrorBody | undefined): string {
  switch (error?.code) {
    case 'UNAUTHENTICATED':
    case 'INVALID_PAYLOAD':
      return 'Unknown user name or wrong password.';
    case 'FORBIDDEN':
      return 'This account is disabled. Ask an administrator.';
    case 'RATE_LIMITED':
      return 'Too many failed tries. Wait a minute.';
    default:
      return sentence(error);
  }
}
