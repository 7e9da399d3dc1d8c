import { Component, computed, inject, input } from '@angular/core';
import { injectStore } from '@sockeye/angular';
import { clockOf, createOperations, versionOf } from '../../../../demo/operations.ts';
import { Page } from '../session/page.ts';

/** For administrators: what the server is doing now. */
@Component({
  selector: 'demo-operations',
  host: { class: 'contents' },
  template: `
    @let seen = state();
    <main
      id="board"
      class="board ops"
      tabindex="-1"
      aria-labelledby="board-title"
      [attr.aria-busy]="!seen.report"
    >
      <div class="board-head">
        <h2 id="board-title">Operations</h2>
        <p class="muted" role="status">{{ line() }}</p>
      </div>
      @if (seen.report; as report) {
        <section class="ops-card" aria-label="Contracts">
          <h3>Contracts</h3>
          <div class="ops-table" tabindex="0">
            <table>
              <thead>
                <tr>
                  <th scope="col">Contract</th>
                  <th scope="col">Connections</th>
                  <th scope="col">Received</th>
                  <th scope="col">Refused</th>
                  <th scope="col">Sent</th>
                </tr>
              </thead>
              <tbody>
                @for (row of contracts(); track row[0]) {
                  <tr>
                    <th scope="row">{{ row[0] }}</th>
                    <td>{{ row[1].connections }}</td>
                    <td>{{ row[1].received }}</td>
                    <td>{{ row[1].refused }}</td>
                    <td>{{ row[1].sent }}</td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
        </section>
        <section class="ops-card" aria-label="Connections">
          <h3>Connections</h3>
          <div class="ops-table" tabindex="0">
            <table>
              <thead>
                <tr>
                  <th scope="col">Who</th>
                  <th scope="col">Contract</th>
                  <th scope="col">Since</th>
                  <th scope="col">Transport</th>
                  <th scope="col"><span class="visually-hidden">Action</span></th>
                </tr>
              </thead>
              <tbody>
                @for (connection of report.connections.list; track connection.contract + connection.id) {
                  <tr>
                    <th scope="row">{{ connection.userName ?? 'Unknown' }}</th>
                    <td>{{ connection.contract }}</td>
                    <td>{{ clockOf(connection.connectedAt) }}</td>
                    <td>{{ connection.transport }}</td>
                    <td>
                      <button
                        class="link"
                        type="button"
                        [attr.aria-label]="
                          'Disconnect ' + (connection.userName ?? 'it') + ' from ' + connection.contract
                        "
                        (click)="disconnect(connection.id)"
                      >
                        Disconnect
                      </button>
                    </td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
        </section>
        <section class="ops-card" aria-label="Rooms">
          <h3>Rooms</h3>
          <div class="ops-table" tabindex="0">
            <table>
              <thead>
                <tr>
                  <th scope="col">Room</th>
                  <th scope="col">Contract</th>
                  <th scope="col">Connections</th>
                </tr>
              </thead>
              <tbody>
                @for (room of report.rooms; track room.contract + room.room) {
                  <tr>
                    <th scope="row">{{ room.room }}</th>
                    <td>{{ room.contract }}</td>
                    <td>{{ room.connections }}</td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
        </section>
        @if (seen.versions; as versions) {
          <section class="ops-card" aria-label="Versions of clients">
            <h3>Versions of clients</h3>
            <div class="ops-table" tabindex="0">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Client</th>
                    <th scope="col">Connected</th>
                    <th scope="col">Handshakes</th>
                  </tr>
                </thead>
                <tbody>
                  @for (count of versions.clients; track $index) {
                    <tr>
                      <th scope="row">{{ versionOf(count) }}</th>
                      <td>{{ count.current }}</td>
                      <td>{{ count.total }}</td>
                    </tr>
                  }
                </tbody>
              </table>
            </div>
          </section>
        }
        <section class="ops-card">
          <h3>Robin, the bot</h3>
          <p class="muted">{{ report.bot.running ? 'Acts every few seconds.' : 'Stopped.' }}</p>
          <button type="button" (click)="runBot(!report.bot.running)">
            {{ report.bot.running ? 'Stop the bot' : 'Start the bot' }}
          </button>
        </section>
      }
    </main>
  `,
})
export class OperationsView {
  /** What every view is given. */
  readonly workspace = input<unknown>();
  readonly room = input<unknown>();
  private readonly operations = createOperations(inject(Page).api, 2_000);
  protected readonly state = injectStore(this.operations);
  protected readonly contracts = computed(() => Object.entries(this.state().report?.contracts ?? {}));
  protected readonly line = computed(() => {
    const { report, problem } = this.state();
    return problem || (report ? `${report.connections.total} connections now` : 'Loading…');
  });
  protected readonly clockOf = clockOf;
  protected readonly versionOf = versionOf;

  protected disconnect(id: string): void {
    void this.operations.disconnect(id);
  }

  protected runBot(running: boolean): void {
    void this.operations.runBot(running);
  }
}
