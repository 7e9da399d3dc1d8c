import type { ContractModel, EventModel } from '../model.ts';
import { compareVersioned } from './compare-forms.ts';
import { statement, type Context, type Place } from './compare-payload.ts';
import { names, own } from './compare-rooms.ts';
import type { Direction, Fact } from './fact.ts';
import { sameValue } from './same.ts';

type Events = ContractModel['clientToServer'];

/** Facts of two contracts' events, in both directions. */
export function compareEvents(
  context: Context,
  before: ContractModel,
  after: ContractModel,
): readonly Fact[] {
  const moved = [
    ...movedEvents(before, after, ['clientToServer', 'serverToClient']),
    ...movedEvents(before, after, ['serverToClient', 'clientToServer']),
  ];
  return [
    ...compareSide(context, 'inbound', {
      before: before.clientToServer,
      after: after.clientToServer,
      moved,
      version: before.version,
    }),
    ...compareSide(context, 'outbound', {
      before: before.serverToClient,
      after: after.serverToClient,
      moved,
      version: before.version,
    }),
  ];
}

type Table = 'clientToServer' | 'serverToClient';

/** Names that moved from one direction to the other; an event in both directions did not move. */
function movedEvents(
  before: ContractModel,
  after: ContractModel,
  [from, to]: readonly [Table, Table],
): readonly string[] {
  return Object.keys(before[from]).filter(
    (name) => own(after[to], name) && !own(after[from], name) && !own(before[to], name),
  );
}

interface Side {
  readonly before: Events;
  readonly after: Events;
  readonly moved: readonly string[];
  /** The old contract's version. */
  readonly version: string;
}

function compareSide(
  context: Context,
  direction: Direction,
  { before, after, moved, version }: Side,
): readonly Fact[] {
  const table = direction === 'inbound' ? 'clientToServer' : 'serverToClient';
  const place = (event: string): Place => ({
    position: 'event',
    direction,
    path: `${table}[${JSON.stringify(event)}]`,
    event,
  });
  const gone = Object.keys(before).filter((name) => !own(after, name) && !moved.includes(name));
  const added = Object.keys(after).filter((name) => !own(before, name) && !moved.includes(name));
  const renames = renamed(context, { before, after, gone, added });
  return names(before, after).flatMap((name): readonly Fact[] => {
    const at = place(name);
    const [a, b] = [own(before, name), own(after, name)];
    if (a && b) return compareVersioned(context, at, { a, b, version });
    if (moved.includes(name)) return a ? [statement('event-direction-changed', at)] : [];
    if (a) {
      const to = renames.get(name);
      if (to !== undefined) return [{ ...statement('event-renamed', at), before: name, after: to }];
      return [
        {
          ...statement('event-removed', at),
          ...(a.deprecated === undefined ? {} : { detail: 'it was deprecated' }),
        },
      ];
    }
    return [...renames.values()].includes(name) ? [] : [statement('event-added', at)];
  });
}

/** A removed and an added event that differ only in the name. */
function renamed(
  context: Context,
  {
    before,
    after,
    gone,
    added,
  }: {
    readonly before: Events;
    readonly after: Events;
    readonly gone: readonly string[];
    readonly added: readonly string[];
  },
): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const from of gone) {
    const alike = (other: string) => isAlike(context, before[from] as EventModel, after[other] as EventModel);
    const [to, ...more] = added.filter(alike);
    const rivals = gone.filter(
      (other) =>
        other !== from &&
        to !== undefined &&
        isAlike(context, before[other] as EventModel, after[to] as EventModel),
    );
    if (to !== undefined && more.length === 0 && rivals.length === 0) pairs.set(from, to);
  }
  return pairs;
}

function isAlike({ comparison }: Context, a: EventModel, b: EventModel): boolean {
  const same = (key: 'errors' | 'joins' | 'leaves' | 'within' | 'room' | 'delivery') =>
    sameValue(a[key], b[key]);
  const carries = a.payload !== undefined || a.args !== undefined || a.ack !== undefined;
  return (
    carries &&
    (['errors', 'joins', 'leaves', 'within', 'room', 'delivery'] as const).every(same) &&
    comparison.same(shell(a), shell(b))
  );
}

/** The content of an event, as one node. */
function shell({ payload, args, ack }: EventModel) {
  const items = ack === undefined ? [] : ack.kind === 'raw-args' ? ack.items : [ack.data];
  const nothing = { kind: 'undefined' } as const;
  return {
    kind: 'tuple',
    items: [payload ?? nothing, { kind: 'tuple', items: args ?? [] }, { kind: 'tuple', items }],
  } as const;
}
