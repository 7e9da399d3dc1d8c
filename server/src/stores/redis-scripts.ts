/**
 * The one script by which everything is written: what it checks first, it does not have to undo.
 *
 * `ARGV`: prefix, clock in milliseconds or empty for Redis's own, how many settlements, commands and appends follow;
 * then each settlement (key, token, result, time to live), each command (how many words, its words), each append
 * (room as a key and as JSON, idempotency key or empty, entry id, event, body, keep, maximal age, epoch for a room
 * that has none, time to live of the key). Returns `lost` where a claim was, else for each append: room, epoch,
 * offset, id, 1 where the key was used before.
 */
export const commitScript = `
local prefix, now = ARGV[1], tonumber(ARGV[2])
if not now then local t = redis.call('TIME'); now = t[1] * 1000 + math.floor(t[2] / 1000) end
local at = 6
local function take() local value = ARGV[at]; at = at + 1; return value end

local settlements = {}
for n = 1, tonumber(ARGV[3]) do
  local key, token, result, ttl = prefix .. 'cmd:' .. take(), take(), take(), take()
  local found = redis.call('HMGET', key, 'token', 'result')
  if found[1] ~= token or found[2] then return 'lost' end
  settlements[n] = {key, result, ttl}
end
for n = 1, tonumber(ARGV[4]) do
  local words = {}
  for w = 1, tonumber(take()) do words[w] = take() end
  redis.call(unpack(words))
end
for _, s in ipairs(settlements) do
  redis.call('HSET', s[1], 'result', s[2])
  redis.call('PEXPIRE', s[1], s[3])
end

local made = {}
for n = 1, tonumber(ARGV[5]) do
  local room, name, key, id, event, body = take(), take(), take(), take(), take(), take()
  local keep, maxAge, fresh, ttl = tonumber(take()), tonumber(take()), take(), take()
  local head, log = prefix .. 'head:' .. room, prefix .. 'log:' .. room
  local known = key ~= '' and redis.call('GET', prefix .. 'key:' .. key)
  if known then
    local fields = cjson.decode(known)
    made[n] = {fields[1], fields[2], fields[3], fields[4], 1}
  else
    redis.call('HSETNX', head, 'epoch', fresh)
    local offset = redis.call('HINCRBY', head, 'offset', 1)
    local epoch = redis.call('HGET', head, 'epoch')
    redis.call('HSET', head, 'id', id)
    redis.call('XADD', log, offset .. '-0', 'i', id, 'n', event, 'b', body, 't', string.format('%.0f', now))
    local floor = tonumber(redis.call('HGET', head, 'floor') or '0')
    while floor < offset do
      local oldest = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
      if not oldest then break end
      local number = tonumber(string.match(oldest[1], '^%d+'))
      if number > offset - keep and tonumber(oldest[2][8]) >= now - maxAge then break end
      redis.call('XDEL', log, oldest[1])
      redis.call('HSET', head, 'floor', number, 'floorId', oldest[2][2])
      floor = number
    end
    if key ~= '' then
      redis.call('SET', prefix .. 'key:' .. key, cjson.encode({name, epoch, offset, id}), 'PX', ttl)
    end
    local told = cjson.encode({epoch, offset, id, now, event})
    redis.call('PUBLISH', prefix .. 'log:' .. room, told .. '\\n' .. body)
    made[n] = {name, epoch, offset, id, 0}
  end
end
return made
`;

/** Head and entries at one moment. `ARGV`: prefix, room, after, limit, epoch for a room that has none. */
export const readScript = `
local head, log = ARGV[1] .. 'head:' .. ARGV[2], ARGV[1] .. 'log:' .. ARGV[2]
redis.call('HSETNX', head, 'epoch', ARGV[5])
local found = redis.call('HMGET', head, 'epoch', 'offset', 'id', 'floor', 'floorId')
local epoch, offset, id = found[1], tonumber(found[2] or '0'), found[3] or ''
local floor, floorId = tonumber(found[4] or '0'), found[5] or ''
local after, limit = tonumber(ARGV[3]), tonumber(ARGV[4])
local anchor = false
if after == offset then anchor = id
elseif after == floor then anchor = floorId
elseif after > floor and after < offset then
  local entry = redis.call('XRANGE', log, ARGV[3] .. '-0', ARGV[3] .. '-0')[1]
  if entry then anchor = entry[2][2] end
end
local entries = {}
if anchor and limit > 0 then
  entries = redis.call('XRANGE', log, string.format('%.0f', after + 1) .. '-0', '+', 'COUNT', limit)
end
return {epoch, offset, id, anchor and 1 or 0, anchor or '', entries}
`;

/** Takes away what is not to be kept. `ARGV`: prefix, room, keep, maximal age, clock or empty. */
export const trimScript = `
local head, log = ARGV[1] .. 'head:' .. ARGV[2], ARGV[1] .. 'log:' .. ARGV[2]
local keep, maxAge, now = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
if not now then local t = redis.call('TIME'); now = t[1] * 1000 + math.floor(t[2] / 1000) end
local offset = tonumber(redis.call('HGET', head, 'offset') or '0')
while true do
  local oldest = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
  if not oldest then break end
  local number = tonumber(string.match(oldest[1], '^%d+'))
  if number > offset - keep and tonumber(oldest[2][8]) >= now - maxAge then break end
  redis.call('XDEL', log, oldest[1])
  redis.call('HSET', head, 'floor', number, 'floorId', oldest[2][2])
end
`;

/** Forgets a log; whoever follows it is told to look. `ARGV`: prefix, room. */
export const resetScript = `
redis.call('DEL', ARGV[1] .. 'head:' .. ARGV[2], ARGV[1] .. 'log:' .. ARGV[2])
redis.call('PUBLISH', ARGV[1] .. 'log:' .. ARGV[2], '')
`;

/** Asks for a command. `ARGV`: prefix, key, digest, token, lease in milliseconds. */
export const claimScript = `
local key = ARGV[1] .. 'cmd:' .. ARGV[2]
local found = redis.call('HMGET', key, 'digest', 'token', 'result')
local held = found[1] and (found[3] or found[2] ~= ARGV[4])
if held then return {found[1], found[3] and 1 or 0, found[3] or ''} end
redis.call('HSET', key, 'digest', ARGV[3], 'token', ARGV[4])
redis.call('PEXPIRE', key, ARGV[5])
return false
`;

/** Gives a claim back. `ARGV`: prefix, key, token. */
export const releaseScript = `
local key = ARGV[1] .. 'cmd:' .. ARGV[2]
local found = redis.call('HMGET', key, 'token', 'result')
if found[1] == ARGV[3] and not found[2] then redis.call('DEL', key) end
`;
