import { pino } from 'pino';
import { beforeAll, expect } from 'vitest';
import type { App, AppOptions } from '../../server/app/app.ts';
import { createDemoApps } from '../../server/app/demo-apps.ts';
import { demoNames, type DemoName } from '../../server/app/demo-build.ts';
import { startReference } from '../e2e/reference.ts';
import { patienceMs } from './people.ts';

/** Starts the reference server with the demo applications. */
export interface DemoServer {
  readonly start: (options?: Partial<AppOptions>) => Promise<App>;
}

/** Builds the demo applications before the tests of a `describe`, unless they were built from the same sources before. */
export function demoServer(): DemoServer {
  const demoApps = createDemoApps(pino({ level: 'silent' }));
  beforeAll(async () => {
    for (const name of demoNames) expect(await demoApps.ready(name), name).toBe(true);
  }, patienceMs);
  return {
    start: (options) =>
      startReference({ page: true, demoApps, presence: { graceMs: 100, tickMs: 10 }, ...options }),
  };
}

/** The address of a demo application. */
export function urlOf(app: App, name: DemoName): string {
  return `${app.url}/${name}/`;
}
