import { isCursor, type Cursor } from '@sockeye/contract/wire';

/** Whether an untrusted value is a position in a room's log. */
export function isPlace(value: unknown): value is Cursor & { readonly room: string } {
  return isCursor(value) && typeof (value as { readonly room?: unknown }).room === 'string';
}
