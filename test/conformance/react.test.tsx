import type { RoomView } from '@sockeye/react';
import { skipToken } from '@sockeye/react';
import { defineReact, type RequestView, type SkippedRoom } from '@sockeye/react/codegen';
import { act, cleanup, render } from '@testing-library/react';
import { version } from 'react';
import { onTestFinished } from 'vitest';
import { turn } from '../../clients/core/src/testing/fake-clock.ts';
import { createLogClient, type LogClient, type LogRoom } from '../../clients/core/src/testing/log-client.ts';
import { conformance } from './conformance.ts';
import { screenText, type Screen, type View } from './driver.ts';

const Board = defineReact<LogClient>('Board');

interface Probe {
  readonly heard: View['heard'][number][];
  send: RequestView<object, unknown>['send'];
  draws: number;
}

function BoardView({ boardId, probe }: { boardId: string | undefined; probe: Probe }) {
  const board = Board.useRoom<RoomView<LogRoom> | SkippedRoom>(
    'board',
    boardId === undefined ? skipToken : { boardId },
  );
  const { room, phase } = board;
  Board.useEvent(
    'noted',
    ({ id }: { id: string }, { replayed }) => probe.heard.push({ id, replayed, phase }),
    { room: board },
  );
  const request = Board.useRequest<RequestView<object, unknown>>('card:add');
  const text = screenText({
    connection: Board.useConnection(({ phase: at }) => at),
    phase,
    request,
    notes: Board.useStore(room?.notes, ({ rows }) => rows),
    typing: Board.useStore(room?.typing),
    people: Board.useStore(room?.people, ({ users }) => users),
  });
  // What a test looks at, outside of what React knows.
  Object.assign(probe, { send: request.send, draws: probe.draws + 1 });
  return <p>{text}</p>;
}

/** Effects run twice, as in development. */
conformance({
  name: `React ${version}`,
  open: (options) => {
    const client = createLogClient(options);
    onTestFinished(() => {
      cleanup();
      client.close();
    });
    return {
      client,
      settle: (what) =>
        act(async () => {
          await turn();
          await what?.();
          await turn();
        }),
      mount: (first) => {
        const probe = { heard: [], draws: 0 } as unknown as Probe;
        const page = (boardId: string | undefined) => (
          <Board.Provider client={client}>
            <BoardView boardId={boardId} probe={probe} />
          </Board.Provider>
        );
        const { container, rerender, unmount } = render(page(first), { reactStrictMode: true });
        return {
          heard: probe.heard,
          show: (boardId) => rerender(page(boardId)),
          unmount,
          // StrictMode draws everything twice.
          draws: () => probe.draws / 2,
          screen: () => JSON.parse(container.textContent) as Screen,
          send: (payload, how) => {
            let result: ReturnType<View['send']>;
            act(() => {
              result = probe.send(payload, how);
            });
            return result!;
          },
        };
      },
    };
  },
});
