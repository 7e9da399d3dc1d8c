import type { ErrorBody } from '@sockeye/contract/wire';
import type { RequestOptions } from './surface.ts';

/**
 * Where the latest request stands.
 *
 * - `idle`: nothing was sent since its component came, or since `reset()`.
 * - `pending`: sent, or waiting to be.
 * - `success`, `error`: the answer is there.
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

/** What `send` takes: the payload, which an event without one leaves out, and how to send it. */
export type SendArguments<Payload> = [Payload] extends [undefined]
  ? [payload?: undefined, options?: RequestOptions]
  : [payload: Payload, options?: RequestOptions];
