/**
 * The judge of a chaos run. It knows nothing of Sockeye's code: it compares what writers were told, what the logs hold
 * in the end, and what every subscriber was handed.
 *
 * @module checker
 */

/** One entry of a room's log, as read when everything was quiet again. */
export interface Stored {
  readonly offset: number;
  readonly id: string;
  /** What the command wrote; unique over the whole run. */
  readonly value: string;
}

/** One entry as a subscriber was handed it. */
export interface Delivered {
  readonly offset: number;
  readonly id: string;
  readonly value: string;
}

/** What one subscriber saw of one room. */
export interface View {
  readonly subscriber: string;
  readonly room: string;
  /** Offset that its first delivery follows. */
  readonly from: number;
  readonly delivered: readonly Delivered[];
}

/** What someone saw who was put out of a room. */
export interface Guest extends View {
  /** The room's newest offset right after the eviction was written down; Infinity where it never was. */
  readonly until: number;
}

/** Everything that a run left behind. */
export interface Evidence {
  /** Final log of every room, by the room's name. */
  readonly logs: Readonly<Record<string, readonly Stored[]>>;
  readonly views: readonly View[];
  readonly guests: readonly Guest[];
  /** Values whose commands were acknowledged. */
  readonly acknowledged: readonly string[];
  /** Values whose commands were sent, acknowledged or not. */
  readonly sent: readonly string[];
}

/** One thing that should not have happened, as a sentence. */
export interface Violation {
  readonly kind:
    | 'missing'
    | 'duplicate'
    | 'disorder'
    | 'altered'
    | 'lost-command'
    | 'applied-twice'
    | 'invented'
    | 'gap'
    | 'told-after-eviction';
  readonly text: string;
}

/** Everything that is wrong with a run; an empty list is the only good answer. */
export function check(evidence: Evidence): readonly Violation[] {
  return [
    ...Object.entries(evidence.logs).flatMap(([room, log]) => checkLog(room, log)),
    ...checkCommands(evidence),
    ...evidence.views.flatMap((view) => checkView(view, evidence.logs[view.room] ?? [])),
    ...evidence.guests.flatMap((guest) => checkGuest(guest, evidence.logs[guest.room] ?? [])),
  ];
}

/** Deliveries that a run without fault would have made. */
export function expectedDeliveries({ logs, views }: Evidence): number {
  return views.reduce(
    (sum, { room, from }) => sum + (logs[room] ?? []).filter(({ offset }) => offset > from).length,
    0,
  );
}

function checkLog(room: string, log: readonly Stored[]): Violation[] {
  return log.flatMap(({ offset }, index) => {
    const wanted = (log[0]?.offset ?? 0) + index;
    return offset === wanted
      ? []
      : [
          {
            kind: 'gap' as const,
            text: `${room}: entry ${index} of the log has offset ${offset}, not ${wanted}`,
          },
        ];
  });
}

function checkCommands({ logs, acknowledged, sent }: Evidence): Violation[] {
  const times = new Map<string, number>();
  for (const { value } of Object.values(logs).flat()) times.set(value, (times.get(value) ?? 0) + 1);
  const known = new Set(sent);
  return [
    ...acknowledged
      .filter((value) => !times.has(value))
      .map((value): Violation => ({
        kind: 'lost-command',
        text: `${value} was acknowledged and is in no log`,
      })),
    ...[...times]
      .filter(([, count]) => count > 1)
      .map(([value, count]): Violation => ({
        kind: 'applied-twice',
        text: `${value} is in the logs ${count} times`,
      })),
    ...[...times.keys()]
      .filter((value) => !known.has(value))
      .map((value): Violation => ({ kind: 'invented', text: `${value} is in a log and was sent by nobody` })),
  ];
}

function checkView({ subscriber, room, from, delivered }: View, log: readonly Stored[]): Violation[] {
  const where = `${subscriber} in ${room}`;
  const found: Violation[] = [];
  const stored = new Map(log.map((entry) => [entry.offset, entry]));
  const seen = new Set<number>();
  let last = from;
  for (const { offset, id, value } of delivered) {
    const entry = stored.get(offset);
    if (entry === undefined || entry.id !== id || entry.value !== value)
      found.push({
        kind: 'altered',
        text: `${where} was handed ${value} as ${offset}, which the log does not hold there`,
      });
    if (seen.has(offset)) found.push({ kind: 'duplicate', text: `${where} was handed ${offset} twice` });
    else if (offset < last)
      found.push({ kind: 'disorder', text: `${where} was handed ${offset} after ${last}` });
    seen.add(offset);
    last = Math.max(last, offset);
  }
  for (const { offset } of log)
    if (offset > from && !seen.has(offset))
      found.push({ kind: 'missing', text: `${where} was never handed ${offset}` });
  return found;
}

/** A guest need not hear everything, but in order, and nothing from some offset on. */
function checkGuest(guest: Guest, log: readonly Stored[]): Violation[] {
  const { subscriber, room, until, delivered } = guest;
  const late = delivered.filter(({ offset }) => offset > until);
  return [
    ...checkView(guest, log).filter(({ kind }) => kind !== 'missing'),
    ...late.map(({ offset }): Violation => ({
      kind: 'told-after-eviction',
      text: `${subscriber} was put out of ${room} at ${until} and was handed ${offset}`,
    })),
  ];
}
