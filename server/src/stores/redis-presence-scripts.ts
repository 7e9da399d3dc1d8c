/**
 * Keys below `root`: `:nodes` (sorted set: node, end of its lease), `:held:<node>` (set of `<room> <key>`),
 * `:at:<room>` (hash: epoch, seq), `:users:<room>` (hash: key, user), `:count:<room>` (hash: key, nodes that hold him),
 * `:in:<key>` (set of rooms). Rooms have no spaces: `roomName` percent-encodes nothing but `%` and `:`, so `<room>` is
 * told from `<key>` by its length, which stands before both.
 */
const shared = `
local function now()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end
local function member(room, key) return #room .. ' ' .. room .. key end
local function split(text)
  local size, rest = string.match(text, '^(%d+) (.*)$')
  size = tonumber(size)
  return string.sub(rest, 1, size), string.sub(rest, size + 1)
end
local function tell(root, room, fresh, joins, leaves, changes)
  if #joins + #leaves + #changes == 0 then return end
  local at = root .. ':at:' .. room
  local epoch = redis.call('HGET', at, 'epoch')
  if not epoch then
    epoch = fresh
    redis.call('HSET', at, 'epoch', epoch)
  end
  local seq = redis.call('HINCRBY', at, 'seq', 1)
  if redis.call('EXISTS', root .. ':users:' .. room) == 0 then redis.call('DEL', at) end
  redis.call('PUBLISH', root .. ':room:' .. room, cjson.encode({epoch, seq, joins, leaves, changes}))
end
local function letGo(root, node, room, key, leaves)
  if redis.call('SREM', root .. ':held:' .. node, member(room, key)) == 0 then return end
  if redis.call('HINCRBY', root .. ':count:' .. room, key, -1) > 0 then return end
  redis.call('HDEL', root .. ':count:' .. room, key)
  redis.call('HDEL', root .. ':users:' .. room, key)
  redis.call('SREM', root .. ':in:' .. key, room)
  leaves[#leaves + 1] = key
end
local function bury(root, node, fresh)
  local rooms = {}
  for _, text in ipairs(redis.call('SMEMBERS', root .. ':held:' .. node)) do
    local room, key = split(text)
    rooms[room] = rooms[room] or {}
    letGo(root, node, room, key, rooms[room])
  end
  for room, leaves in pairs(rooms) do tell(root, room, fresh, {}, leaves, {}) end
  redis.call('ZREM', root .. ':nodes', node)
end
local function isLost(root, node) return not redis.call('ZSCORE', root .. ':nodes', node) end
local root, node = ARGV[1], ARGV[2]
`;

/** The scripts of `redisPresence`, as ioredis defines commands. Each is atomic. */
export const presenceScripts = {
  /** root, node, room, new epoch, joins, leaves, then that many keys with users, that many keys, keys with users. */
  presenceHold: {
    numberOfKeys: 0,
    lua: `${shared}
if isLost(root, node) then return {'lost'} end
local room = ARGV[3]
local at = 7
local users, counts = root .. ':users:' .. room, root .. ':count:' .. room
local joins, leaves, changes, answer = {}, {}, {}, {'ok'}
for _ = 1, tonumber(ARGV[5]) do
  local key, user = ARGV[at], ARGV[at + 1]
  at = at + 2
  if redis.call('SADD', root .. ':held:' .. node, member(room, key)) == 1 then
    if redis.call('HINCRBY', counts, key, 1) == 1 then
      redis.call('HSET', users, key, user)
      redis.call('SADD', root .. ':in:' .. key, room)
      joins[#joins + 1] = key
      joins[#joins + 1] = user
      answer[#answer + 1] = key
    end
  end
end
for _ = 1, tonumber(ARGV[6]) do
  letGo(root, node, room, ARGV[at], leaves)
  at = at + 1
end
while ARGV[at] do
  local key, user = ARGV[at], ARGV[at + 1]
  at = at + 2
  local was = redis.call('HGET', users, key)
  if was and was ~= user then
    redis.call('HSET', users, key, user)
    changes[#changes + 1] = key
    changes[#changes + 1] = user
  end
end
tell(root, room, ARGV[4], joins, leaves, changes)
return answer`,
  },
  /**
   * root, node, lease in ms, new epoch or `new` for a node that begins, time before which leases are ended, rooms:
   * whether the node still counts, the time, where the rooms stand. A lease that has run out and was not ended yet is
   * whole, and goes on.
   */
  presenceBeat: {
    numberOfKeys: 0,
    lua: `${shared}
local nodes = root .. ':nodes'
local time = now()
local answer = {'ok', tostring(time)}
if ARGV[4] ~= 'new' and isLost(root, node) then answer[1] = 'lost'
else redis.call('ZADD', nodes, time + ARGV[3], node) end
local over = math.min(time, tonumber(ARGV[5]))
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', nodes, '-inf', '(' .. over, 'LIMIT', 0, 10)) do
  bury(root, dead, ARGV[4])
end
for i = 6, #ARGV do
  local at = redis.call('HMGET', root .. ':at:' .. ARGV[i], 'epoch', 'seq')
  answer[#answer + 1] = (at[1] or '') .. ' ' .. (at[2] or '0')
end
return answer`,
  },
  /** root, room: epoch, seq, keys with users. */
  presenceRead: {
    numberOfKeys: 0,
    lua: `
local at = redis.call('HMGET', ARGV[1] .. ':at:' .. ARGV[2], 'epoch', 'seq')
local answer = redis.call('HGETALL', ARGV[1] .. ':users:' .. ARGV[2])
table.insert(answer, 1, at[2] or '0')
table.insert(answer, 1, at[1] or '')
return answer`,
  },
  /** root, key: rooms with the user. */
  presenceFind: {
    numberOfKeys: 0,
    lua: `
local answer = {}
for _, room in ipairs(redis.call('SMEMBERS', ARGV[1] .. ':in:' .. ARGV[2])) do
  local user = redis.call('HGET', ARGV[1] .. ':users:' .. room, ARGV[2])
  if user then
    answer[#answer + 1] = room
    answer[#answer + 1] = user
  end
end
return answer`,
  },
  /** root, node, grace in ms: the lease ends then. */
  presenceRetire: {
    numberOfKeys: 0,
    lua: `${shared}
if redis.call('ZSCORE', root .. ':nodes', node) then redis.call('ZADD', root .. ':nodes', now() + ARGV[3], node) end
return 'ok'`,
  },
} as const;
