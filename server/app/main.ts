import { pino } from 'pino';
import { createApp } from './app.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { createDemoApps } from './demo-apps.ts';
import { demoPassword, demoUsers } from './demo-data.ts';
import { developmentSecret } from './development-secret.ts';
import { openStores } from './stores/open.ts';
import { redisCluster } from './stores/redis-cluster.ts';

/** Time limit for running work at shutdown, in milliseconds; below the 10 s that most supervisors allow. */
const shutdownBudgetMs = 8_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const cluster = config.redisUrl === undefined ? undefined : redisCluster(config.redisUrl, log);
  const app = await createApp({
    ...(await openStores(config, cluster?.eventLog)),
    jwtSecret: config.jwtSecret ?? developmentSecret(config.dataDir),
    port: config.port,
    host: config.host,
    origins: config.origins,
    accessTokenSeconds: config.accessTokenSeconds,
    demo: config.demo,
    demoApps: config.demo ? createDemoApps(log) : undefined,
    botEveryMs: config.botSeconds * 1_000,
    cluster,
    opsToken: config.opsToken,
    adminUi: config.adminUi,
    log,
  });
  process.stdout.write(welcome(app.url, config));

  let stopping = false;
  const stop = async (exitCode: number): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    const inTime = await app.close(shutdownBudgetMs);
    process.exit(inTime ? exitCode : 1);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, event);
      void stop(1);
    });
  }
}

function welcome(url: string, config: Config): string {
  const lines = ['', `  Sockeye reference server: ${url}`, ''];
  if (config.demo) {
    const names = demoUsers.map(({ username }) => username).join(', ');
    lines.push(`  Sign in as ${names}; the password is ${demoPassword}.`);
    lines.push('  Open two tabs as two people to see each other live.');
    lines.push(`  The same board, made with React: ${url}/react/ and with Angular: ${url}/angular/`, '');
  }
  return `${lines.join('\n')}\n`;
}

function problem(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE')
    return 'The port is already in use. Set PORT to another one.';
  return error.stack ?? error.message;
}

main().catch((error: unknown) => {
  process.stderr.write(`${problem(error)}\n`);
  process.exit(error instanceof ConfigError ? 2 : 1);
});
