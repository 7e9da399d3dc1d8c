import { checkedId, checkedName, operatorOf, type Audience } from './audience.ts';
import { ask, emit } from './broadcast.ts';
import type { Runtime } from './runtime.ts';
import { evict, type PartialIdentity } from './durable/evict.ts';
import { publish } from './durable/publish.ts';
import type { PublishOptions, RequestOptions } from './target.ts';

const audienceKey: unique symbol = Symbol('sockeye.audience');

interface TargetObject {
  readonly [audienceKey]: Audience;
}

const target: object & ThisType<TargetObject> = {
  get volatile() {
    return targetOf({ ...this[audienceKey], volatile: true });
  },
  except(...idsOrRooms: readonly string[]) {
    const audience = this[audienceKey];
    return targetOf({ ...audience, except: [...audience.except, ...idsOrRooms.map(checkedId)] });
  },
  only(socketId: string) {
    return targetOf({ ...this[audienceKey], only: checkedId(socketId) });
  },
  exceptSender() {
    const audience = this[audienceKey];
    return audience.sender === undefined
      ? this
      : targetOf({ ...audience, except: [...audience.except, audience.sender] });
  },
  emit(event: string, payload?: unknown) {
    emit(this[audienceKey], { event, payload });
  },
  request(event: string, payload: unknown, options: RequestOptions = {}) {
    return ask(this[audienceKey], { event, payload }, options);
  },
  publish(event: string, payload: unknown, options?: PublishOptions) {
    return publish(this[audienceKey], { event, payload }, options);
  },
  evict(identity: PartialIdentity) {
    const { runtime, rooms } = this[audienceKey];
    if (rooms !== undefined) evict(runtime, rooms, identity);
  },
  disconnect() {
    operatorOf(this[audienceKey], this[audienceKey].rooms).disconnectSockets();
  },
  leave() {
    const audience = this[audienceKey];
    if (audience.rooms !== undefined) operatorOf(audience, audience.rooms).socketsLeave([...audience.rooms]);
  },
};

/** Everyone who is connected to the namespace. */
export function allTarget(runtime: Runtime, sender?: string): object {
  return targetOf({
    runtime,
    room: undefined,
    rooms: undefined,
    except: [],
    only: undefined,
    volatile: false,
    sender,
  });
}

/** One connection, by its socket id. */
export function socketTarget(runtime: Runtime, id: string): object {
  return targetOf({
    runtime,
    room: undefined,
    rooms: undefined,
    except: [],
    only: checkedId(id),
    volatile: false,
    sender: undefined,
  });
}

/** Which rooms of a kind are meant, and who asks. */
export interface RoomAim {
  readonly room: string;
  readonly params: readonly Readonly<Record<string, unknown>>[];
  readonly sender?: string;
}

/**
 * Everyone who is in at least one of some rooms of a kind.
 *
 * @throws ContractError INVALID_PAYLOAD when the parameters do not name a room.
 */
export function roomTarget(runtime: Runtime, aim: RoomAim): object {
  return targetOf(roomAudience(runtime, aim));
}

/**
 * The audience of {@link roomTarget}.
 *
 * @throws ContractError INVALID_PAYLOAD when the parameters do not name a room.
 */
export function roomAudience(runtime: Runtime, { room, params, sender }: RoomAim): Audience {
  const rooms = params.map((one) => checkedName(runtime, room, one));
  return { runtime, room, rooms, except: [], only: undefined, volatile: false, sender };
}

function targetOf(audience: Audience): object {
  const made = Object.create(target) as { [audienceKey]: Audience };
  made[audienceKey] = audience;
  return made;
}
