import type { Connection } from '@sockeye/client';
import { useStore } from '@sockeye/react';
import { connectionWords, secondsLeft } from '../../../../demo/connection-words.ts';
import { online } from '../../../../demo/online.ts';
import { createTicker } from '../../../../demo/store.ts';
import { useCollabClient, useCollabConnection } from '../generated/collab.react.gen.ts';

/** Shows what is wrong with the connection, when the next attempt is, and what the user can do. */
export function ConnectionBanner() {
  const client = useCollabClient();
  const connection = useCollabConnection();
  const isOnline = useStore(online);
  const { text, action } = connectionWords(connection, isOnline);
  return (
    <div className="banner" hidden={text === ''}>
      <p role="status">{text}</p>
      {action === 'retry' && (
        <>
          <Countdown connection={connection} />
          <button className="small-button" type="button" onClick={() => client.reconnect()}>
            Try now
          </button>
        </>
      )}
      {action === 'reload' && (
        <button className="small-button" type="button" onClick={() => location.reload()}>
          Reload
        </button>
      )}
    </div>
  );
}

const seconds = createTicker(500);

/** Hidden from screen readers, because it changes every second. */
function Countdown({ connection }: { connection: Connection }) {
  const left = secondsLeft(connection, useStore(seconds));
  return <p aria-hidden="true">{left ? `Next attempt in ${left} s.` : 'Trying…'}</p>;
}
