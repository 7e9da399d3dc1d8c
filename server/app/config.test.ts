import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const secret = 's'.repeat(32);

test('defaults suit one developer on one machine', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    production: false,
    jwtSecret: undefined,
    origins: [],
    dataDir: '.data',
    logLevel: 'info',
    accessTokenSeconds: 900,
    demo: true,
    botSeconds: 4,
    mongodbUri: undefined,
    opsToken: undefined,
    adminUi: false,
  });
});

test('everything can be set', () => {
  const config = readConfig({
    NODE_ENV: 'production',
    PORT: '0',
    HOST: '0.0.0.0',
    JWT_SECRET: secret,
    ORIGINS: 'https://a.example, http://localhost:5173',
    DATA_DIR: 'memory',
    LOG_LEVEL: 'warn',
    ACCESS_TOKEN_SECONDS: '60',
    DEMO: 'true',
    BOT_SECONDS: '0',
    MONGODB_URI: 'mongodb://localhost/collab',
    OPS_TOKEN: secret,
    ADMIN_UI: 'false',
  });
  expect(config).toEqual({
    port: 0,
    host: '0.0.0.0',
    production: true,
    jwtSecret: secret,
    origins: ['https://a.example', 'http://localhost:5173'],
    dataDir: 'memory',
    logLevel: 'warn',
    accessTokenSeconds: 60,
    demo: true,
    botSeconds: 0,
    mongodbUri: 'mongodb://localhost/collab',
    opsToken: secret,
    adminUi: false,
  });
});

test('production has no demo users, and empty variables count as unset', () => {
  expect(readConfig({ NODE_ENV: 'production', JWT_SECRET: secret, PORT: '' })).toMatchObject({
    demo: false,
    port: 3000,
  });
});

test.each<[string, Record<string, string>, string]>([
  ['a port that is no number', { PORT: 'http' }, 'PORT must be a whole number from 0 to 65535'],
  ['a port that is too high', { PORT: '65536' }, 'PORT must be a whole number from 0 to 65535'],
  ['a short secret', { JWT_SECRET: 'hunter2' }, 'JWT_SECRET must be at least 32 bytes long'],
  ['production without a secret', { NODE_ENV: 'production' }, 'JWT_SECRET must be set in production'],
  ['an origin with a path', { ORIGINS: 'https://a.example/app' }, 'ORIGINS must be origins'],
  ['a wildcard origin', { ORIGINS: '*' }, 'ORIGINS must be origins'],
  ['an unknown log level', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal'],
  ['a database of another kind', { MONGODB_URI: 'postgres://a' }, 'MONGODB_URI must start with mongodb://'],
  ['a short operations token', { OPS_TOKEN: 'hunter2' }, 'OPS_TOKEN must be at least 32 characters'],
  ['an Admin UI for everyone', { ADMIN_UI: 'true', HOST: '0.0.0.0' }, 'ADMIN_UI must be off in production'],
  ['a demo switch that is neither', { DEMO: 'yes' }, 'DEMO must be true or false'],
])('refuses %s', (_, environment, want) => {
  expect(() => readConfig(environment)).toThrow(ConfigError);
  expect(() => readConfig(environment)).toThrow(want);
});

test('names every problem at once and repeats no value', () => {
  const read = () => readConfig({ PORT: 'x', JWT_SECRET: 'hunter2', LOG_LEVEL: 'loud' });
  expect(read).toThrow(/PORT[^]*JWT_SECRET[^]*LOG_LEVEL/);
  expect(read).not.toThrow(/hunter2/);
});

test('production without a secret is named beside other problems', () => {
  expect(() => readConfig({ NODE_ENV: 'production', PORT: 'x' })).toThrow(/PORT[^]*JWT_SECRET must be set/);
});
