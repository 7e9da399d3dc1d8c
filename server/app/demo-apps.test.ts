import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createDemoApps } from './demo-apps.ts';
import type { BuiltFiles, DemoName } from './demo-build.ts';

const built: BuiltFiles = new Map([
  ['index.html', Buffer.from('<p>The application</p>')],
  ['assets/index-1.js', Buffer.from('go()')],
  ['icon.svg', Buffer.from('<svg/>')],
]);

/** Serves applications that `build` builds; `get` calls a path. */
async function serve(build: (name: DemoName, signal: AbortSignal) => Promise<BuiltFiles>) {
  const apps = createDemoApps(pino({ enabled: false }), build);
  const server = createServer(express().use(apps.serve));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const get = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { apps, get };
}

test('a page that reloads by itself is shown until the application is built', async () => {
  let finish = (_: BuiltFiles): void => undefined;
  const { apps, get } = await serve(() => new Promise((resolve) => (finish = resolve)));
  const waiting = await get('/react/');
  expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([503, '1']);
  expect(waiting.text).toContain('Building the React application');
  expect(waiting.text).toContain('http-equiv="refresh"');
  expect(waiting.text).not.toMatch(/<script|<style|style=/);
  finish(built);
  expect(await apps.ready('react')).toBe(true);
  expect((await get('/react/')).text).toBe('<p>The application</p>');
  expect((await get('/angular/')).status).toBe(503);
});

test('one that does not build is said with the reason, as text, and the other one is served', async () => {
  const { apps, get } = await serve((name) =>
    name === 'react' ? Promise.reject(new Error('Cannot find <b>x</b> & y')) : Promise.resolve(built),
  );
  expect([await apps.ready('react'), await apps.ready('angular')]).toEqual([false, true]);
  const failed = await get('/react/ws_design');
  expect([failed.status, failed.headers.get('cache-control')]).toEqual([500, 'no-store']);
  expect(failed.text).toContain('Cannot find &lt;b&gt;x&lt;/b&gt; &amp; y');
  expect((await get('/angular/')).status).toBe(200);
});

test.each([
  ['the page', '/react/', 200, 'no-cache'],
  ['a path of the application’s own', '/react/ws_design/board', 200, 'no-cache'],
  [
    'a file that is named after its content',
    '/react/assets/index-1.js',
    200,
    'public, max-age=31536000, immutable',
  ],
  ['another file', '/react/icon.svg', 200, 'no-cache'],
  ['a file that is not there', '/react/assets/index-2.js', 404, 'no-store'],
  ['the bare name', '/react', 308, null],
  ['another name', '/reactor/', 404, null],
  ['a name of every object', '/constructor/', 404, null],
])('%s', async (_, path, status, caching) => {
  const { apps, get } = await serve(() => Promise.resolve(built));
  await apps.ready('react');
  const answer = await get(path);
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, caching]);
});

test('files are compressed for those who ask, and nothing but reading is served', async () => {
  const { apps, get } = await serve(() => Promise.resolve(built));
  await apps.ready('react');
  const path = '/react/assets/index-1.js';
  const plain = await get(path, { headers: { 'Accept-Encoding': 'identity' } });
  const small = await get(path, { headers: { 'Accept-Encoding': 'gzip' } });
  expect([plain.headers.get('content-encoding'), small.headers.get('content-encoding')]).toEqual([
    null,
    'gzip',
  ]);
  expect([plain.text, small.text]).toEqual(['go()', 'go()']);
  expect((await get('/react/', { method: 'POST' })).status).toBe(404);
});

test('stopping ends the build that is under way, and says nothing of it', async () => {
  const { apps } = await serve(
    (_, signal) =>
      new Promise((_resolve, fail) => signal.addEventListener('abort', () => fail(new Error('ended')))),
  );
  apps.stop();
  expect(await apps.ready('react')).toBe(false);
});
