/**
 * What may go wrong between nodes, stores and clients, and where it is tried. Sizes are those that two cores can carry
 * within a test; `npm run chaos` is the long run.
 *
 * @module scenarios
 */

/** One scenario. */
export interface Scenario {
  readonly promise: string;
  /** Tests that would fail: file, and title as it stands there. */
  readonly tests?: readonly (readonly [file: string, title: string])[];
  /** Figure of the chaos report that tells of it. */
  readonly report?:
    'violations' | 'deliveries' | 'commands' | 'converged' | 'reads of the log' | 'evictions written down';
  /** What is not tried here, and why. */
  readonly reason?: string;
}

const chaos = 'test/chaos/';
const core = 'clients/core/src/';
const durable = 'test/durable/';
const logs = 'test/store/';
const presence = 'test/presence/';

/** By number. */
export const scenarios: Readonly<Record<number, Scenario>> = {
  9: {
    promise: 'Under faults of every kind nothing is missed, doubled or swapped.',
    tests: [
      [`${chaos}chaos.test.ts`, 'loses, repeats and reorders nothing (seed ${seed})'],
      [`${chaos}checker.test.ts`, 'finds %s'],
    ],
    report: 'violations',
  },
  10: {
    promise: 'A client that moves while its old link seems to stand misses nothing.',
    tests: [
      [`${durable}faults.test.ts`, 'a link that is half open loses nothing: the client comes back beside it'],
    ],
    report: 'violations',
  },
  11: {
    promise: 'Clients of a node that is killed in a burst get all of it from another.',
    tests: [
      [`${chaos}chaos.test.ts`, 'loses, repeats and reorders nothing (seed ${seed})'],
      [
        'test/client/durable.test.ts',
        '30 cuts in a burst of 600 events lose none, repeat none and change no order',
      ],
    ],
    report: 'deliveries',
  },
  12: {
    promise: 'A node that was frozen misses nothing, and tells nobody whose membership has ended.',
    tests: [
      [`${chaos}chaos.test.ts`, 'loses, repeats and reorders nothing (seed ${seed})'],
      [
        `${chaos}freeze.test.ts`,
        'a node in the middle of a command: once with a transaction, again without one, the same answer in both',
      ],
      [
        `${chaos}freeze.test.ts`,
        'Redis: commands wait and apply once, readers miss nothing, and whoever is put out meanwhile hears nothing after',
      ],
      [`${durable}members.test.ts`, 'whose membership ended while away is not let in again'],
    ],
    report: 'violations',
    reason:
      'For 4 to 6 s in tests, for up to 15 s in the chaos run, which is longer than every lease; 60 s is not tried.',
  },
  13: {
    promise: 'Between replay and live nothing falls out and nothing comes twice.',
    tests: [
      [`${durable}faults.test.ts`, '500 reconnects over %d nodes miss nothing, double nothing, swap nothing'],
    ],
  },
  14: {
    promise: 'A message between nodes that is lost in silence is made good.',
    tests: [[`${durable}faults.test.ts`, '%s is noticed']],
  },
  15: {
    promise: 'The very first event of an idle room arrives, also when its message was lost.',
    tests: [
      [`${durable}faults.test.ts`, '%s is noticed'],
      [`${durable}faults.test.ts`, 'for the first event of a room'],
    ],
  },
  16: {
    promise: 'A log that was trimmed past a cursor is loaded anew, and never told in part.',
    tests: [
      [`${durable}replay.test.ts`, 'a log that has been trimmed past a cursor is never told in part'],
      [
        'test/client/durable.test.ts',
        'a log that lost what the cursor points at makes the client load anew, and never replays a part',
      ],
    ],
  },
  17: {
    promise: 'Everybody hears of a store that went back in time.',
    tests: [
      [`${durable}faults.test.ts`, 'lost everything makes every subscriber load anew, and plain ones go on'],
      [`${durable}faults.test.ts`, 'went back in time and on again is noticed by its ids'],
      [`${logs}log.suite.ts`, 'a store that went back in time has another id at the same offset'],
    ],
  },
  18: {
    promise: 'Clients that are cut all at once are live again soon, and the log is hardly read.',
    tests: [
      [
        `${durable}storm.test.ts`,
        '${clients} clients that are cut at once are live again, and the log is hardly read',
      ],
      [
        `${durable}storm.test.ts`,
        'a node that has just begun reads each room once for everyone who comes back to it',
      ],
    ],
    report: 'reads of the log',
    reason: 'With 300 clients; `npm run chaos -- --storm 2000` is the full size, in processes of their own.',
  },
  19: {
    promise: 'However a snapshot races with writes and with the log, what is shown is what is stored.',
    tests: [
      [
        `${core}durable/snapshot-race.test.ts`,
        'however writes, snapshots and the log interleave, what is shown in the end is what is stored',
      ],
      [
        `${core}durable/interleavings.test.ts`,
        'whatever a link does, every entry is handed out once, in order, and the room settles',
      ],
    ],
  },
  20: {
    promise: 'Who is put out hears nothing more, be it during a replay or while away.',
    tests: [
      [`${durable}members.test.ts`, 'who is put out during a replay gets none of the pages that are left'],
      [
        `${durable}members.test.ts`,
        'whose membership ends in the database during a replay is stopped at the next page',
      ],
      [`${durable}members.test.ts`, 'whose membership ended while away is not let in again'],
      [`${durable}evict.test.ts`, 'a node that could not hear because %s passes on nothing that came later'],
    ],
    report: 'evictions written down',
  },
  21: {
    promise: 'A forged cursor is answered safely, and opens no other room.',
    tests: [
      [`${durable}replay.test.ts`, 'a cursor %s is answered with a new beginning'],
      [`${durable}replay.test.ts`, 'a cursor that is none, %s, is refused'],
      [`${logs}log.suite.ts`, 'knows no place %d after its head'],
    ],
  },
  22: {
    promise: 'A command whose answer is lost takes effect once, and ends with its stored answer.',
    tests: [
      ['test/client/durable.test.ts', 'a command whose answer is lost is sent again, and takes effect once'],
      [`${durable}commands.test.ts`, 'a command takes effect once, and every attempt gets its answer'],
    ],
    report: 'commands',
  },
  23: {
    promise: 'A crash between commit, publishing and answer tears nothing apart.',
    tests: [
      [
        `${durable}crash.test.ts`,
        'a process that is killed at any moment leaves no card without its event, and no event without its card',
      ],
      [`${durable}commands.test.ts`, 'a crash after the commit leaves the answer for the next attempt'],
      [
        `${logs}log-mongo.test.ts`,
        'what a crash left in a document is in the log after the next start, once',
      ],
    ],
  },
  24: {
    promise:
      'The same key at the same instant takes effect once; another payload is refused; keys are a user’s own.',
    tests: [
      [`${durable}commands.test.ts`, 'the same key on two nodes at the same instant takes effect once'],
      [`${durable}commands.test.ts`, 'another payload under the same key is a conflict'],
      [`${durable}commands.test.ts`, "another user's key is another key"],
      [`${logs}log-atomic.suite.ts`, 'is won by one of many at the same instant'],
    ],
  },
  25: {
    promise: 'A command that is never answered holds up no other.',
    tests: [[`${core}commands.test.ts`, 'without an answer holds up no other (25)']],
  },
  26: {
    promise: 'A page that is loaded again loses no command and doubles none.',
    tests: [
      [
        `${core}commands.test.ts`,
        'a page that is loaded again sends on what was not answered, under the same keys (26)',
      ],
      [
        `${core}durable/cursors.test.ts`,
        'gets the cursor half a second after the first entry, and the next page goes on from it (26)',
      ],
    ],
  },
  27: {
    promise: 'On one node events and answers come in the order in which they were made.',
    tests: [
      [
        `${durable}order.test.ts`,
        'events and answers of one connection come in the order in which they were made',
      ],
      [
        `${core}projections/collection.test.ts`,
        'end a create by an event that matches, and show rows of others at once',
      ],
    ],
    reason:
      'With a log in another process an answer may come before the event that it caused: collections take whichever is first.',
  },
  28: {
    promise: 'Writers on two nodes make one history, the same for everyone.',
    tests: [
      [`${durable}order.test.ts`, '50 writers on two nodes make one history, the same for every reader'],
      [`${logs}log.suite.ts`, 'gives simultaneous appends different offsets without a gap'],
    ],
  },
  29: {
    promise: 'A mass join costs a frame a tick for each, and every view is right soon.',
    tests: [
      [
        `${presence}mass-join.test.ts`,
        '${users} joins in ${joinMs} ms cost a frame a tick, and everyone learns of everyone once',
      ],
      [
        `${presence}join-cost.test.ts`,
        '${users} joins cost a server a small part of what the whole list on every join costs',
      ],
    ],
    reason: 'With 300 and 200 joins; PRESENCE_USERS=1000 is the full size of the first.',
  },
  30: {
    promise:
      'Tabs that open and close at random are the users of a model, and nobody flaps within the grace.',
    tests: [
      [
        `${presence}model.test.ts`,
        'seed ${seed}: every view is the model at each quiet point, and nobody flaps within the grace',
      ],
      [
        `${presence}sockets.test.ts`,
        'shows no leave when a tab of two closes, nor when a connection comes back within the grace',
      ],
    ],
  },
  31: {
    promise: 'Views are right within the lease and a second after a node with 300 connections was killed.',
    tests: [
      [
        `${presence}redis.test.ts`,
        'is right again within the lease and a second after a node with 300 connections was killed',
      ],
    ],
  },
  32: {
    promise: 'A node that was frozen for twice its lease is taken back, without ghosts.',
    tests: [
      [
        `${presence}redis.test.ts`,
        'takes a node back that was frozen for twice its lease, under another name',
      ],
    ],
  },
  33: {
    promise: 'Redis that comes back empty shows no leave, and the next one in time.',
    tests: [
      [`${presence}redis.test.ts`, 'shows no leave when Redis comes back empty, and the next one in time'],
    ],
  },
  34: {
    promise: 'Nobody types for ever, and the newest place of every pointer counts.',
    tests: [
      [`${core}projections/stores.test.ts`, 'goes by time stamps: a timer that sleeps keeps nothing alive'],
      ['test/conformance/scenarios.ts', 'typing: an entry expires by itself, and with the connection'],
      [
        'test/e2e/cursors.test.ts',
        'a hand that moves without rest is told about 30 times a second, its last place included',
      ],
      ['test/e2e/cursors.test.ts', 'the pointers of forty come in one frame, each at its last place'],
      ['test/e2e/cursors.test.ts', 'a flood by a client that does not pace itself ends at the server'],
    ],
    reason:
      'Clients forget entries by their own clock, so that no node need live to clear them. 50 hands at 30 a second: 25 frames/s for each of 50 readers, every place told; clients that were not generated get a frame for every event.',
  },
  44: {
    promise: 'Nodes are restarted one by one under load: nothing missed, no command lost, nobody in a herd.',
    tests: [
      [
        `${chaos}chaos.test.ts`,
        'goes on while three nodes are ended in order and started again, one after another',
      ],
      [
        'test/cluster/cluster.test.ts',
        'is restarted node by node, and every client is where it was, each after a time of its own',
      ],
      ['test/cluster/cluster.test.ts', 'keeps the requests of a polling client at one node'],
    ],
  },
  45: {
    promise: 'The same behind nginx that is reloaded.',
    tests: [
      ['test/cluster/nginx.test.ts', 'is sound, as nginx says itself'],
      [
        'test/cluster/nginx.test.ts',
        'keeps each polling client at its node, loses none with a node, and cuts no WebSocket when it is reloaded',
      ],
    ],
  },
  46: {
    promise: 'A frozen node keeps no other waiting.',
    tests: [
      [
        `${presence}frozen-peer.test.ts`,
        'answers who is there at once, before and after the lease: nobody is asked, nobody is waited for',
      ],
    ],
    reason: 'Nothing in the runtime asks other nodes, so that there is no partial answer to mark.',
  },
};
