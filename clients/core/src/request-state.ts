import type { ErrorBody } from '@sockeye/contract/wire';
import type { RequestOptions } from './surface.ts';

/**
 * State of the latest request.
 *
 * - `idle`: nothing was sent yet, or since `reset()`.
 * - `pending`: sent or queued.
 * - `success`, `error`: answered.
 */
export type RequestState<Data, Error = ErrorBody> =
  | {
      readonly status: 'idle';
      readonly isPending: false;
      readonly data?: undefined;
      readonly error?: undefined;
    }
  | {
      readonly status: 'pending';
      readonly isPending: true;
      readonly data?: undefined;
      readonly error?: undefined;
    }
  | { readonly status: 'success'; readonly isPending: false; readonly data: Data; readonly error?: undefined }
  | { readonly status: 'error'; readonly isPending: false; readonly data?: undefined; readonly error: Error };

/** Arguments of `send`: the payload, which is optional for an event without one, and options. */
export type SendArguments<Payload> = [Payload] extends [undefined]
  ? [payload?: undefined, options?: RequestOptions]
  : [payload: Payload, options?: RequestOptions];
