import { onTestFinished } from 'vitest';
import type { Store } from '@sockeye/client';
import { turn } from '../../clients/core/src/testing/fake-clock.ts';
import { createLogClient, type LogRoom } from '../../clients/core/src/testing/log-client.ts';
import { conformance } from './conformance.ts';
import { screenText, type Screen, type View } from './driver.ts';

/** No framework: what a page does by hand. */
conformance({
  name: 'the core',
  open: (options) => {
    const client = createLogClient(options);
    onTestFinished(() => client.close());
    return {
      client,
      settle: async (what) => {
        await turn();
        await what?.();
        await turn();
      },
      mount: (first) => {
        const heard: View['heard'][number][] = [];
        let room: LogRoom | undefined;
        let request: { status: string; error?: { code: string } } = { status: 'idle' };
        let draws = 0;
        let ends: (() => void)[] = [];
        const draw = () => void draws++;
        const watch = (store: Store<unknown>) => ends.push(store.subscribe(draw));
        const unmount = () => {
          for (const end of ends) end();
          ends = [];
        };
        const show = (boardId: string | undefined) => {
          unmount();
          watch(client.connection);
          room = boardId === undefined ? undefined : client.board({ boardId });
          if (!room) return;
          for (const store of [room.status, room.notes, room.typing, room.people]) watch(store);
          ends.push(
            room.on('noted', ({ id }: { id: string }, { replayed }) =>
              heard.push({ id, replayed, phase: room!.status.getSnapshot().phase }),
            ),
            room.join().release,
          );
        };
        show(first);
        return {
          heard,
          show,
          unmount,
          draws: () => draws,
          screen: () =>
            JSON.parse(
              screenText({
                connection: client.connection.getSnapshot().phase,
                phase: room?.status.getSnapshot().phase ?? 'idle',
                request,
                notes: room?.notes.getSnapshot().rows,
                typing: room?.typing.getSnapshot(),
                people: room?.people.getSnapshot().users,
              }),
            ) as Screen,
          send: async (payload, how) => {
            request = { status: 'pending' };
            const result = await client.request('card:add', payload, how);
            request = result.ok ? { status: 'success' } : { status: 'error', error: result.error };
            return result;
          },
        };
      },
    };
  },
});
