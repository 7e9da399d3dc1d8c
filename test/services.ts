import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { describe, test } from 'vitest';

/** Something outside the repository that a test drives. */
export interface Service {
  readonly name: string;
  /** Path of its program, or its address; undefined where it was not found. */
  readonly found: string | undefined;
  /** How to make it be found. */
  readonly hint: string;
}

/** Chromium or Chrome: `CHROMIUM_PATH`, else the first on the path. */
export function chromium(): Service {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return {
    name: 'Chromium',
    found: process.env['CHROMIUM_PATH'] ?? programOf(names),
    hint: 'install chromium, or set CHROMIUM_PATH',
  };
}

/** Redis: `REDIS_SERVER_PATH`, else the program `redis-server`. Tests start, break and end servers of their own. */
export function redis(): Service {
  return {
    name: 'Redis',
    found: process.env['REDIS_SERVER_PATH'] ?? programOf(['redis-server']),
    hint: 'install redis-server, or set REDIS_SERVER_PATH',
  };
}

/** MongoDB: `MONGODB_URI`, else the optional one-binary server, else the program `mongod`. */
export function mongodb(): Service {
  return {
    name: 'MongoDB',
    found:
      process.env['MONGODB_URI'] ??
      packageOf('@jongodb/memory-server-bin-linux-x64-gnu/package.json') ??
      programOf(['mongod']),
    hint: 'set MONGODB_URI',
  };
}

/** nginx: `NGINX_PATH`, else the program `nginx`, which is not on everybody's path. */
export function nginx(): Service {
  return {
    name: 'nginx',
    found: process.env['NGINX_PATH'] ?? programOf(['nginx'], ['/usr/sbin', '/usr/local/sbin']),
    hint: 'install nginx-light, or set NGINX_PATH',
  };
}

/**
 * A `describe` for tests that need a service. Where it is missing they are skipped by name, with the reason; with
 * `SOCKEYE_REQUIRE_SERVICES=1` they fail instead, so that a machine that should have it cannot pass without.
 */
export function describeWith(service: Service, name: string, tests: (found: string) => void): void {
  const { found } = service;
  if (found !== undefined) {
    describe(name, () => tests(found));
    return;
  }
  const reason = `${service.name} was not found: ${service.hint}`;
  if (process.env['SOCKEYE_REQUIRE_SERVICES'] === '1') {
    test(name, () => {
      throw new Error(reason);
    });
  } else {
    describe.skip(`${name} (${reason})`, () => tests(''));
  }
}

function programOf(names: readonly string[], elsewhere: readonly string[] = []): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean), ...elsewhere];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function packageOf(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return undefined;
  }
}
