/** Members of a generated client besides those of its contract. `then` would make it a promise for `await`. */
export const clientMembers = [
  'answer',
  'close',
  'connect',
  'connection',
  'constructor',
  'emit',
  'on',
  'reconnect',
  'request',
  'then',
] as const;

/** Members of a room's handle besides its projections. */
export const roomMembers = ['constructor', 'join', 'name', 'on', 'params', 'status', 'then'] as const;

/** Members of a generated server besides its rooms. */
export const serverMembers = [
  'all',
  'clients',
  'close',
  'constructor',
  'contract',
  'namespace',
  'presence',
  'socket',
  'then',
  'transaction',
] as const;

/** Members of a handler's context besides the rooms of its contract. */
export const contextMembers = [
  'all',
  'constructor',
  'event',
  'fail',
  'identity',
  'meta',
  'presence',
  'rawSocket',
  'sender',
  'signal',
  'socket',
  'then',
  'transaction',
] as const;

/** Types that a types file uses without declaring them. */
export const globalTypes = [
  'ArrayBuffer',
  'Date',
  'ErrorBody',
  'Exclude',
  'FixedCode',
  'Map',
  'Partial',
  'Readonly',
  'ReadonlyMap',
  'ReadonlySet',
  'Record',
  'Set',
  'URL',
  'Uint8Array',
] as const;

/** Types that generated files import from their runtime. */
export const runtimeTypes = {
  server: [
    'Authenticate',
    'Awaitable',
    'ContractServer',
    'ContractTable',
    'DurableRoomTarget',
    'DurableSenderTarget',
    'EventLog',
    'HandlerContext',
    'HandlerFailure',
    'LogTransaction',
    'PresenceTarget',
    'PresentUser',
    'RequestTarget',
    'RoomAuthorizer',
    'RoomTarget',
    'SenderTarget',
    'ServerOptions',
    'Target',
    'TransactionTarget',
  ],
  client: [
    'AuthContext',
    'Awaitable',
    'ClientBase',
    'ClientOptions',
    'CollectionOptions',
    'CollectionStore',
    'ContractTable',
    'EmitOptions',
    'EventMeta',
    'ExpiringStore',
    'FeedStore',
    'LatestStore',
    'ListenOptions',
    'PresenceStore',
    'RequestOptions',
    'Result',
    'RoomBase',
    'Unsubscribe',
  ],
} as const;

/** Types that an Angular file uses without declaring them. */
export const angularTypes = [
  'Awaitable',
  'Connection',
  'EmitOptions',
  'EnvironmentProviders',
  'EventMeta',
  'Feature',
  'InRoom',
  'InjectOptions',
  'Listens',
  'Observable',
  'Promise',
  'Reactive',
  'RequestOptions',
  'RequestRef',
  'Result',
  'RoomRef',
  'RoomState',
  'SelectOptions',
  'Signal',
  'SkipToken',
  'SkippedRoom',
  'SocketServiceBase',
  'StoreValue',
] as const;

/** Words that no variable can have as its name (ECMA-262, 12.7.2, strict mode). */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally ' +
    'for function if implements import in instanceof interface let new null package private protected public return ' +
    'static super switch this throw true try typeof var void while with yield'
  ).split(' '),
);
