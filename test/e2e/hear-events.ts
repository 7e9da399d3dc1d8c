/** Everything that a client was sent, in order. */
export interface HeardEvents<Events> {
  readonly all: readonly { readonly event: string; readonly payload: unknown }[];
  /** Payloads of one event so far. */
  readonly of: <E extends keyof Events>(event: E) => readonly Events[E][];
  /** Resolves with the first payload of an event, past or to come, that is as wanted. */
  readonly first: <E extends keyof Events>(
    event: E,
    wanted?: (payload: Events[E]) => boolean,
  ) => Promise<Events[E]>;
  /** The same, but only for what is still to come. */
  readonly next: <E extends keyof Events>(
    event: E,
    wanted?: (payload: Events[E]) => boolean,
  ) => Promise<Events[E]>;
}

/** Notes everything that a generated client is sent from then on; `events` names all that its contract has. */
export function hearEvents<Events>(
  client: {
    readonly on: <E extends keyof Events & string>(
      event: E,
      handler: (payload: Events[E]) => void,
    ) => unknown;
  },
  events: Readonly<Record<keyof Events & string, true>>,
): HeardEvents<Events> {
  const all: { event: string; payload: unknown }[] = [];
  const waiting = new Set<() => void>();
  for (const event of Object.keys(events) as (keyof Events & string)[]) {
    client.on(event, (payload) => {
      all.push({ event, payload });
      for (const look of [...waiting]) look();
    });
  }
  const of = <E extends keyof Events>(event: E) =>
    all.filter((each) => each.event === event).map(({ payload }) => payload as Events[E]);
  const find = <E extends keyof Events>(event: E, from: number, wanted: (payload: Events[E]) => boolean) =>
    new Promise<Events[E]>((resolve) => {
      const look = () => {
        const found = of(event).slice(from).find(wanted);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return {
    all,
    of,
    first: (event, wanted = () => true) => find(event, 0, wanted),
    next: (event, wanted = () => true) => find(event, of(event).length, wanted),
  };
}
