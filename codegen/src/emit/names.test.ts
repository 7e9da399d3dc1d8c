import { describe, expect, it } from 'vitest';
import {
  constName,
  errorDetails,
  identifier,
  payloadType,
  schemaType,
  typeName,
  validatorName,
} from './names.ts';

describe('a name', () => {
  it.each([
    ['task:created', 'taskCreated', 'TaskCreated'],
    ['online_users', 'onlineUsers', 'OnlineUsers'],
    ['ping', 'ping', 'Ping'],
    ['userTyping', 'userTyping', 'UserTyping'],
    ['UserTyping', 'userTyping', 'UserTyping'],
    ['a/b/c', 'aBC', 'ABC'],
    ['room:v2:join', 'roomV2Join', 'RoomV2Join'],
    ['QUOTA_EXCEEDED', 'quotaExceeded', 'QuotaExceeded'],
    ['GET_user', 'getUser', 'GetUser'],
    ['HTTPRequest', 'httpRequest', 'HTTPRequest'],
    ['userID', 'userID', 'UserID'],
    ['X', 'x', 'X'],
    ['  new   message! ', 'newMessage', 'NewMessage'],
    ['größe:ändern', 'größeÄndern', 'GrößeÄndern'],
    ['2fa', '2fa', '2fa'],
    [':-)', '', ''],
  ])('%j is %j, as a type %j', (name, wantedIdentifier, wantedType) => {
    expect(identifier(name)).toBe(wantedIdentifier);
    expect(typeName(name)).toBe(wantedType);
  });

  it.each([
    ['TaskId', 'TaskId'],
    ['snake_case', 'snake_case'],
    ['$ref', '$ref'],
    ['api.Task', 'ApiTask'],
    ['2d point', '2dPoint'],
  ])('of a schema, %j is the type %j', (id, wanted) => {
    expect(schemaType(id)).toBe(wanted);
  });
});

it('positions have one name in types and validators', () => {
  expect(payloadType('card:add')).toBe('CardAddPayload');
  expect(validatorName({ at: 'payload', name: 'card:add' })).toBe('CardAddPayload');
  expect(validatorName({ at: 'reply', name: 'confirm' })).toBe('ConfirmReply');
  expect(validatorName({ at: 'identity', name: 'team-chat' })).toBe('TeamChatIdentity');
  expect(errorDetails('BOARD_FULL')).toBe('BoardFullDetails');
  expect(constName('create', 'team-chat', 'Server')).toBe('createTeamChatServer');
});
