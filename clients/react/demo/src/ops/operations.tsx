import { useStore } from '@sockeye/react';
import { useMemo } from 'react';
import { clockOf, createOperations, versionOf } from '../../../../demo/operations.ts';
import { api } from '../session/session.ts';
import { Table } from './table.tsx';

/** For administrators: what the server is doing now. */
export function OperationsView() {
  const operations = useMemo(() => createOperations(api, 2_000), []);
  const { report, versions, problem } = useStore(operations);
  return (
    <main id="board" className="board ops" tabIndex={-1} aria-labelledby="board-title" aria-busy={!report}>
      <div className="board-head">
        <h2 id="board-title">Operations</h2>
        <p className="muted" role="status">
          {problem || (report ? `${report.connections.total} connections now` : 'Loading…')}
        </p>
      </div>
      {report && (
        <>
          <Table title="Contracts" columns={['Contract', 'Connections', 'Received', 'Refused', 'Sent']}>
            {Object.entries(report.contracts).map(([name, count]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{count.connections}</td>
                <td>{count.received}</td>
                <td>{count.refused}</td>
                <td>{count.sent}</td>
              </tr>
            ))}
          </Table>
          <Table title="Connections" columns={['Who', 'Contract', 'Since', 'Transport', '']}>
            {report.connections.list.map((connection) => (
              <tr key={connection.contract + connection.id}>
                <th scope="row">{connection.userName ?? 'Unknown'}</th>
                <td>{connection.contract}</td>
                <td>{clockOf(connection.connectedAt)}</td>
                <td>{connection.transport}</td>
                <td>
                  <button
                    className="link"
                    type="button"
                    aria-label={`Disconnect ${connection.userName ?? 'it'} from ${connection.contract}`}
                    onClick={() => void operations.disconnect(connection.id)}
                  >
                    Disconnect
                  </button>
                </td>
              </tr>
            ))}
          </Table>
          <Table title="Rooms" columns={['Room', 'Contract', 'Connections']}>
            {report.rooms.map(({ room, contract, connections }) => (
              <tr key={contract + room}>
                <th scope="row">{room}</th>
                <td>{contract}</td>
                <td>{connections}</td>
              </tr>
            ))}
          </Table>
          {versions && (
            <Table title="Versions of clients" columns={['Client', 'Connected', 'Handshakes']}>
              {versions.clients.map((count, index) => (
                <tr key={index}>
                  <th scope="row">{versionOf(count)}</th>
                  <td>{count.current}</td>
                  <td>{count.total}</td>
                </tr>
              ))}
            </Table>
          )}
          <section className="ops-card">
            <h3>Robin, the bot</h3>
            <p className="muted">{report.bot.running ? 'Acts every few seconds.' : 'Stopped.'}</p>
            <button type="button" onClick={() => void operations.runBot(!report.bot.running)}>
              {report.bot.running ? 'Stop the bot' : 'Start the bot'}
            </button>
          </section>
        </>
      )}
    </main>
  );
}
