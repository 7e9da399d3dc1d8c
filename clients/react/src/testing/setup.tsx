import { act, render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import { turn } from '../../../core/src/testing/fake-clock.ts';
import { harness, type Harness } from '../../../core/src/testing/harness.ts';
import type { ClientOptions } from '@sockeye/client';
import { Board } from './board-react.ts';

/** A page with a board client, whose server does what the test says. */
export interface Page extends Harness {
  /** The page's elements, inside the provider. */
  readonly wrap: (children: ReactNode) => ReactNode;
  /** Shows the elements inside the provider, with effects run twice as in development. */
  readonly show: (children: ReactNode, strict?: boolean) => RenderResult;
  /** Lets the server accept the handshake, or does what is given, and lets React follow. */
  readonly settle: (what?: () => unknown) => Promise<void>;
  /** What was sent and not taken yet, by event name. */
  readonly names: () => readonly string[];
}

/** Makes a {@link Page}; nothing is shown, nothing is connected. */
export function page(options?: ClientOptions): Page {
  const made = harness(options);
  const wrap = (children: ReactNode) => <Board.Provider client={made.client}>{children}</Board.Provider>;
  return {
    ...made,
    wrap,
    show: (children, strict = true) => render(wrap(children), { reactStrictMode: strict }),
    settle: (what) =>
      act(async () => {
        await turn();
        await what?.();
        await turn();
      }),
    names: () => made.server.sent.map(({ event }) => event),
  };
}
