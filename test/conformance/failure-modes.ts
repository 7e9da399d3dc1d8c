/** What people who write such clients by hand complain of, and what keeps it from happening here. */
export interface FailureMode {
  readonly complaint: string;
  /** Tests that would fail: file, and title as it stands there. */
  readonly tests?: readonly (readonly [file: string, title: string])[];
  /** Why it cannot happen, or what is left to the application. */
  readonly reason?: string;
}

const core = 'clients/core/src/';
const react = 'clients/react/src/';
const angular = 'clients/angular/src/';
const suite = 'test/conformance/scenarios.ts';
const sockets = 'test/client/';

/** By number. */
export const failureModes: Readonly<Record<number, FailureMode>> = {
  1: {
    complaint: 'A handler is called twice, or n times.',
    tests: [
      [
        `${sockets}connection.test.ts`,
        '1: fifty mounts and unmounts leave one raw listener, and one call per event',
      ],
      [`${react}use-listener.test.tsx`, 'leaves nothing behind after 1,000 mounts and unmounts'],
      [`${angular}provide.suite.ts`, 'leaves nothing behind after 1,000 mounts and unmounts'],
    ],
  },
  2: {
    complaint: '`off(event)` takes away the listeners of others.',
    tests: [
      [`${sockets}delivery.test.ts`, '2: one of two listeners of an event stops, the other goes on'],
      [suite, 'unsubscribe: a component that is gone hears nothing, its neighbour everything once'],
    ],
  },
  3: {
    complaint: 'StrictMode opens two connections.',
    tests: [
      [`${sockets}connection.test.ts`, '3: two leases in one StrictMode mount make one connection'],
      [
        `${react}provider.test.tsx`,
        'connects while mounted, once under StrictMode, and not at all when told not to',
      ],
    ],
  },
  4: {
    complaint: 'StrictMode or <Activity> joins twice when the connection stands already.',
    tests: [
      [
        `${sockets}delivery.test.ts`,
        '4: a room shown, hidden and shown again while connected is joined once',
      ],
      [
        `${react}use-seat.test.tsx`,
        'keeps the room when hidden and shown again within the linger, and leaves it when hidden for longer',
      ],
      [suite, 'double mount when already connected: joins once and never leaves'],
    ],
  },
  5: {
    complaint: 'Handlers see the state of an earlier rendering.',
    tests: [
      [
        `${react}use-listener.test.tsx`,
        'calls the handler of the latest render, once per event, also under StrictMode',
      ],
      [suite, 'handlers: the latest one is called, not the one of the first drawing'],
    ],
  },
  6: {
    complaint: 'Events are missed while the component that listens is not mounted.',
    tests: [[suite, 'remount: state lives in the client while no component shows it']],
  },
  7: {
    complaint: 'State that holds the last message drops bursts.',
    tests: [
      [suite, 'burst: 1,000 events in one turn are all heard, in order, and drawn a few times'],
      [`${core}projections/collection.test.ts`, 'cost one notification a frame, however many there are'],
    ],
  },
  8: {
    complaint: 'After a reconnect the client is not back in its rooms.',
    tests: [
      [
        `${sockets}delivery.test.ts`,
        '8, 9: after a cut the server sees the join before anything that waited',
      ],
      [`${core}room.test.ts`, 'rooms are joined before anything that waited is sent (8, 9)'],
    ],
  },
  9: {
    complaint: 'Buffered events are sent before the handlers of `connect` run.',
    tests: [
      [suite, 'rejoin order: rooms before what was queued'],
      [
        `${core}calls.test.ts`,
        'on a link that has silently died goes neither out nor into Socket.IO’s buffer (9)',
      ],
    ],
  },
  10: {
    complaint: 'Stale cursors and typing arrive in a burst after a reconnect.',
    tests: [
      [`${sockets}delivery.test.ts`, '10: volatile events while the handshake is pending never arrive'],
      [`${core}calls.test.ts`, 'volatile is dropped unless connected and joined, never kept (10)'],
    ],
  },
  11: {
    complaint: 'An acknowledgement never comes, and the call waits for ever.',
    tests: [
      [`${sockets}delivery.test.ts`, '11: a call that the server never answers ends with TIMEOUT'],
      [
        `${sockets}delivery.test.ts`,
        '11: a call under way when the connection is lost ends with DISCONNECTED at once',
      ],
      [suite, 'disconnect mid-request: it ends at once'],
    ],
  },
  12: {
    complaint: 'An event that has timed out is delivered later all the same.',
    tests: [
      [`${sockets}delivery.test.ts`, '12: a call whose time is up while it waits is not sent later'],
      [
        `${core}commands.test.ts`,
        'is sent again under the same key after every reconnect, until it is answered, once',
      ],
    ],
    reason: 'What was sent already may take effect; a command that must not do so twice is `once`.',
  },
  13: {
    complaint: 'The token has expired when the client reconnects, and the socket stays dead in silence.',
    tests: [
      [`${sockets}connection.test.ts`, '13: an expired token is refreshed once, and the connection stands'],
      [
        `${sockets}connection.test.ts`,
        '13: a fresh token refused as well is unauthorized, until reconnect()',
      ],
      [suite, 'token refresh: an expired token is refreshed once, and the page goes on'],
      [suite, 'unauthorized: a fresh token that is refused too is shown, and not tried for ever'],
    ],
  },
  14: {
    complaint: 'A rejecting `auth` hangs without an event.',
    tests: [[`${sockets}connection.test.ts`, '14: a rejecting auth neither hangs nor reaches the server']],
  },
  15: {
    complaint: 'The token expires while the client is connected.',
    tests: [
      [`${core}refusal.test.ts`, 'TOKEN_EXPIRED as the answer to a call refreshes in place (15)'],
      [
        `${sockets}connection.test.ts`,
        '15: a session that the server ends is resumed with a new token, rooms included',
      ],
    ],
  },
  16: {
    complaint: 'Events are missed while the client is away.',
    tests: [
      [
        `${core}durable/logs.test.ts`,
        'is joined from its cursor after a reconnect; what was missed is replayed, then it is live',
      ],
      [
        `${core}durable/collections.test.ts`,
        'are loaded anew when it cannot be, and keep what arrives meanwhile',
      ],
      [suite, 'durable: what was missed is replayed once, in order, without a load'],
      [`${sockets}durable.test.ts`, 'what was missed is replayed, in order, nothing lost and nothing twice'],
    ],
  },
  17: {
    complaint: 'After a deployment all clients come back at once.',
    tests: [
      [`${core}backoff.test.ts`, 'the lower end of chance'],
      [
        `${core}durable/logs.test.ts`,
        'draining: comes back at the given time when the server closes earlier',
      ],
      [`${core}connection.test.ts`, 'that never lasts is not made again at full speed'],
    ],
  },
  18: {
    complaint: 'Somebody types for ever.',
    tests: [
      [suite, 'typing: an entry expires by itself, and with the connection'],
      [`${core}projections/stores.test.ts`, 'goes by time stamps: a timer that sleeps keeps nothing alive'],
    ],
  },
  19: {
    complaint: 'Closing one of two tabs shows the user as offline.',
    tests: [
      [
        'test/presence/sockets.test.ts',
        'shows no leave when a tab of two closes, nor when a connection comes back within the grace',
      ],
      [suite, 'presence: users, not tabs; the last list stays while the connection is lost'],
    ],
  },
  20: {
    complaint: 'Presence flickers while somebody reconnects.',
    tests: [
      [
        'test/presence/model.test.ts',
        'waits for the grace after a lost connection, and not after a meant leave',
      ],
      [suite, 'presence: users, not tabs; the last list stays while the connection is lost'],
    ],
  },
  21: {
    complaint: 'A row that was created is there twice when its event comes before its answer.',
    tests: [
      [
        `${core}projections/collection.test.ts`,
        'end a create by an event that matches, and show rows of others at once',
      ],
      ['test/e2e/projections.test.ts', 'load by HTTP, show a created task once, and bring it to the others'],
    ],
  },
  22: {
    complaint: 'A late event brings a removed row back, or overwrites a newer one.',
    tests: [
      [
        `${core}projections/collection.test.ts`,
        'that are late neither overwrite a newer row nor bring a removed one back',
      ],
    ],
  },
  23: {
    complaint: 'An Angular view is not updated, or all the time.',
    tests: [
      [
        `${angular}delivery.test.ts`,
        'enters the zone once for everything of one stretch of code, in its order',
      ],
      [
        `${angular}events.suite.ts`,
        'hears every event of a burst of 100, enters the zone a few times, and renders a few times',
      ],
    ],
  },
  24: {
    complaint: 'An Angular application never becomes stable, and its server hangs.',
    tests: [
      [
        'test/angular/stable.test.ts',
        'an open connection keeps no application from being stable, whoever opens it where',
      ],
      [
        'test/angular/server-rendering.test.ts',
        'a server renders first values: it connects, joins, stores and waits for nothing',
      ],
    ],
  },
  25: {
    complaint: 'Subscribers that are mounted and destroyed leave listeners behind.',
    tests: [[`${angular}provide.suite.ts`, 'leaves nothing behind after 1,000 mounts and unmounts']],
  },
  26: {
    complaint: 'A function is called outside of an injection context, and nobody says which (NG0203).',
    tests: [[`${angular}provide.suite.ts`, 'says which function was called outside of an injection context']],
  },
  27: {
    complaint: 'After a logout the data of the previous user is there.',
    tests: [
      [
        `${sockets}connection.test.ts`,
        '27: after close() nothing of the first user reaches the connection of the second',
      ],
      [`${core}durable/cursors.test.ts`, 'closing keeps the cursors, and forgets them when told so (27)'],
      [`${core}commands.test.ts`, 'closing empties it (27)'],
      [
        `${react}provider.test.tsx`,
        'moves to the client of another user: the old connection is closed, its room is not shown',
      ],
      [suite, 'logout: closing the client clears what is shown, and ends what waits'],
    ],
  },
  28: {
    complaint: 'Hot module replacement leaves a second connection behind.',
    reason:
      'A client opens nothing by being made. The component that is replaced gives its share back, so that the connection of a client whose module was replaced ends after the linger.',
    tests: [
      [
        `${react}provider.test.tsx`,
        'moves to the client of another user: the old connection is closed, its room is not shown',
      ],
      [`${core}connection.test.ts`, 'keeps the connection open until lingerMs after the last was released'],
    ],
  },
  29: {
    complaint: 'A tab in the background wakes up on a dead connection.',
    tests: [
      [`${core}wake.test.ts`, 'an overdue heartbeat is noticed'],
      [`${core}wake.test.ts`, '%s makes a waiting retry at once'],
    ],
  },
  30: {
    complaint: '`crypto.randomUUID` is missing on pages that are not served over HTTPS.',
    tests: [
      [
        `${core}commands.test.ts`,
        'has keys apart from those of other pages, also without crypto.randomUUID (30)',
      ],
    ],
  },
  31: {
    complaint: 'Server and client drift apart.',
    tests: [
      [
        `${sockets}connection.test.ts`,
        '31: two versions of a contract meet as incompatible, with both versions',
      ],
    ],
  },
  32: {
    complaint: 'A payload of another shape crashes a component.',
    tests: [
      [`${sockets}delivery.test.ts`, '32: a malformed event is dropped, reported and counted'],
      [
        `${core}projections/projection.test.ts`,
        'drops what does not match the contract before it reaches a store',
      ],
    ],
  },
};
