/**
 * The fast path for received events. Socket.IO passes an event through copies of its arguments, catch-all listeners,
 * middleware, another turn of the tick queue and an event emitter. An event of the contract without other listeners
 * needs none of that: it goes from its packet directly to its route.
 *
 * An event takes Socket.IO's own path if a middleware, a catch-all listener, a second or a wrapped listener wants to
 * see it, or if an earlier event is still on that path: events of one connection never overtake each other. The same
 * applies if Socket.IO's internals are not as expected.
 *
 * @module intake
 */
import type { Socket } from 'socket.io';
import { answerOnce, answerPrefix, type Acknowledge } from './answer.ts';

/** Takes an event's arguments, with its name before them and without the acknowledgement function. */
export type Receive = (socket: Socket, data: readonly unknown[], ack: Acknowledge | undefined) => void;

/** A Socket.IO listener that all sockets share: Socket.IO calls it with the socket as `this`. */
export type SharedListener = (this: Socket, ...args: unknown[]) => void;

const receiveKey: unique symbol = Symbol('sockeye.receive');

interface RouteListener extends SharedListener {
  [receiveKey]?: Receive;
}

/** The listener that Socket.IO's own path calls. */
export function routeListener(receive: Receive): SharedListener {
  const listener: RouteListener = function listen(...args) {
    const last = args[args.length - 1];
    const ack = typeof last === 'function' ? (args.pop() as Acknowledge) : undefined;
    args.unshift(undefined);
    receive(this, args, ack);
  };
  listener[receiveKey] = receive;
  return listener;
}

/** An event as Socket.IO's parser made it. */
interface Packet {
  readonly data: [event: string, ...args: unknown[]];
  id?: number | undefined;
}

/** The internals of a Socket.IO socket that are used. */
interface Receiver {
  onevent: (this: Receiver, packet: Packet) => void;
  ack(id: number): Acknowledge;
  readonly fns: readonly unknown[];
  readonly _anyListeners?: readonly unknown[];
  /** Of Node's event emitter: the one listener of an event, or all of them. */
  readonly _events: Readonly<Record<string, RouteListener | readonly RouteListener[] | undefined>>;
  [intakeKey]?: Intake;
}

interface Intake {
  readonly inherited: Receiver['onevent'];
  /** Called with events without a listener. */
  readonly strays: SharedListener[];
  /** Number of events on Socket.IO's own path. */
  detours: number;
  /** The prefix of answers, see {@link answerPrefix}. */
  readonly prefix: string | undefined;
}

const intakeKey: unique symbol = Symbol('sockeye.intake');

/** Enables the fast path for a socket, and calls `stray` with events without a listener. */
export function openIntake(socket: Socket, stray: SharedListener | undefined): void {
  const receiver = socket as unknown as Receiver;
  const intake = receiver[intakeKey];
  if (intake !== undefined) {
    if (stray !== undefined) intake.strays.push(stray);
  } else if (isKnown(receiver)) {
    receiver[intakeKey] = {
      inherited: receiver.onevent,
      strays: stray === undefined ? [] : [stray],
      detours: 0,
      prefix: answerPrefix(socket),
    };
    receiver.onevent = take;
  } else if (stray !== undefined) {
    socket.onAny(stray);
  }
}

/** Whether a socket is as Socket.IO 4 creates it, and its receiving functions are unchanged. */
function isKnown(receiver: Receiver): boolean {
  return (
    typeof receiver.onevent === 'function' &&
    !Object.hasOwn(receiver, 'onevent') &&
    typeof receiver.ack === 'function' &&
    Array.isArray(receiver.fns) &&
    typeof receiver._events === 'object'
  );
}

/** The receiving function of all sockets with the fast path. */
function take(this: Receiver, packet: Packet): void {
  const intake = this[intakeKey]!;
  const { data, id } = packet;
  const listener = this._events[data[0]];
  if (typeof listener === 'function' && intake.detours === 0 && this.fns.length === 0 && !isWatched(this)) {
    const receive = listener[receiveKey];
    if (receive !== undefined) {
      const ack = id === undefined || id === null ? undefined : answerOnce(this, id, intake.prefix);
      return receive(this as unknown as Socket, data, ack);
    }
  }
  if (listener === undefined && intake.strays.length > 0) show(this, packet);
  intake.detours += 1;
  intake.inherited.call(this, packet);
  // Socket.IO has just put the event into the same queue.
  process.nextTick(arrive, intake);
}

function isWatched({ _anyListeners: listeners }: Receiver): boolean {
  return listeners !== undefined && listeners.length > 0;
}

/** Passes on a packet without a listener; its ack can be answered only once. */
function show(receiver: Receiver, packet: Packet): void {
  if (packet.id !== undefined && packet.id !== null) packet.data.push(receiver.ack(packet.id));
  packet.id = undefined;
  for (const stray of receiver[intakeKey]!.strays) stray.apply(receiver as unknown as Socket, packet.data);
}

function arrive(intake: Intake): void {
  intake.detours -= 1;
}
