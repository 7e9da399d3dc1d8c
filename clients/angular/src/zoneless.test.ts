import '@angular/compiler';
import { describe } from 'vitest';
import { eventsSuite } from './events.suite.ts';
import { provideSuite } from './provide.suite.ts';
import { requestsSuite } from './requests.suite.ts';
import { roomsSuite } from './rooms.suite.ts';
import { prepare } from './testing/page.ts';

prepare();

describe('rooms', () => roomsSuite('zoneless'));
describe('events', () => eventsSuite('zoneless'));
describe('requests', () => requestsSuite('zoneless'));
describe('providing', () => provideSuite('zoneless'));
