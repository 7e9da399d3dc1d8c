import { isCursor, type Cursor } from '@sockeye/contract/wire';

/** Whether a value that came from outside is a place in the log of a room. */
export function isPlace(value: unknown): value is Cursor & { readonly room: string } {
  return isCursor(value) && typeof (value as { readonly room?: unknown }).room === 'string';
}
