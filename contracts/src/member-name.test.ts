import { expect, it } from 'vitest';
import { memberName } from './member-name.ts';

it.each([
  ['task:created', 'taskCreated'],
  ['online_users', 'onlineUsers'],
  ['user.signedIn', 'userSignedIn'],
  ['room:v2:join', 'roomV2Join'],
  ['notification', 'notification'],
])('%s is %s', (event, name) => expect(memberName(event)).toBe(name));
