/** Something to look at again when the event loop has had a turn for reading and writing. */
export interface Turning {
  /** The turn in which it asked last; 0 before. Kept by {@link afterTurn}. */
  turn: number;
  readonly settle: () => void;
}

/** Turns are counted while somebody waits for one to pass: one callback for all of them, however many wait. */
let turn = 1;
let asked: Turning[] = [];
let earlier: Turning[] = [];

/** Settles `turning` when a turn has passed since it last asked. */
export function afterTurn(turning: Turning): void {
  if (turning.turn === turn) return;
  turning.turn = turn;
  if (asked.push(turning) === 1 && earlier.length === 0) setImmediate(pass);
}

function pass(): void {
  const due = earlier;
  earlier = asked;
  asked = [];
  turn += 1;
  // Who asked again meanwhile is settled later.
  for (const turning of due) if (turning.turn === turn - 2) turning.settle();
  if (earlier.length + asked.length > 0) setImmediate(pass);
}
