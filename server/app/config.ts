import * as z from 'zod';

/** The reference server's configuration, from environment variables. */
export interface Config {
  /** 0: any free port. Default: 3000. */
  readonly port: number;
  /** Address to listen on; 0.0.0.0 accepts connections from other machines. Default: 127.0.0.1. */
  readonly host: string;
  readonly production: boolean;
  /**
   * Signs tokens (HS256), at least 32 bytes. Undefined outside production: one is generated and stored with the data.
   */
  readonly jwtSecret: string | undefined;
  /** Further web origins that may call the server, besides its own. Default: none. */
  readonly origins: readonly string[];
  /** Folder of the LMDB database; `memory` keeps nothing. Default: `.data`. */
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  /** Life of an access token in seconds. Default: 900. */
  readonly accessTokenSeconds: number;
  /** Adds the demo users, whose password is public. Default: outside production only. */
  readonly demo: boolean;
  /** Seconds between two actions of the demo's bot; 0: it is started manually. Default: 4 with the demo, else 0. */
  readonly botSeconds: number;
  /** MongoDB URI: stores all data there instead of in `dataDir`. Default: none. */
  readonly mongodbUri: string | undefined;
  /** URL of Redis 7 or later, which connects several nodes. Default: none, a single node. */
  readonly redisUrl: string | undefined;
  /** Bearer token for `/metrics` and `/ops`, besides administrators; at least 32 bytes. Default: none. */
  readonly opsToken: string | undefined;
  /** Serves Socket.IO's Admin UI without a password, only on this machine. Default: false. */
  readonly adminUi: boolean;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Log level. */
export type LogLevel = (typeof logLevels)[number];

const Environment = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  JWT_SECRET: z
    .string()
    .refine((secret) => Buffer.byteLength(secret) >= 32, { error: 'must be at least 32 bytes long' })
    .optional(),
  ORIGINS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    )
    .pipe(
      z.array(
        z.string().refine(isOrigin, { error: 'must be origins such as https://example.com, without a path' }),
      ),
    )
    .default([]),
  DATA_DIR: z.string().min(1).default('.data'),
  LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).default('info'),
  ACCESS_TOKEN_SECONDS: wholeNumber(1, 86_400).default(900),
  DEMO: z.enum(['true', 'false'], { error: 'must be true or false' }).optional(),
  BOT_SECONDS: wholeNumber(0, 3_600).optional(),
  MONGODB_URI: z
    .string()
    .refine((uri) => /^mongodb(\+srv)?:\/\//.test(uri), {
      error: 'must start with mongodb:// or mongodb+srv://',
    })
    .optional(),
  REDIS_URL: z
    .string()
    .refine((url) => /^rediss?:\/\//.test(url), { error: 'must start with redis:// or rediss://' })
    .optional(),
  OPS_TOKEN: z
    .string()
    // The syntax of `Authorization: Bearer` (RFC 6750, section 2.1).
    .regex(/^[\w.~+/-]{32,}=*$/, { error: 'must be at least 32 characters: letters, digits and . _ ~ + / -' })
    .optional(),
  ADMIN_UI: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
});

/** Addresses that only this machine can reach. */
const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Reads the configuration from environment variables. Empty ones count as unset; unknown ones are ignored.
 *
 * @throws ConfigError that names every invalid variable. It never contains a value.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== '' && value !== undefined),
  );
  const parsed = Environment.safeParse(set);
  const issues = parsed.error?.issues ?? [];
  const problems = issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  if (set['NODE_ENV'] === 'production' && set['JWT_SECRET'] === undefined) {
    problems.push('JWT_SECRET must be set in production. Generate one with: openssl rand -base64 48');
  }
  if (
    set['ADMIN_UI'] === 'true' &&
    (set['NODE_ENV'] === 'production' || !loopback.has(set['HOST'] ?? '127.0.0.1'))
  ) {
    problems.push('ADMIN_UI must be off in production and when HOST accepts other machines');
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const env = parsed.data;
  const production = env.NODE_ENV === 'production';
  const demo = env.DEMO === undefined ? !production : env.DEMO === 'true';
  return {
    port: env.PORT,
    host: env.HOST,
    production,
    jwtSecret: env.JWT_SECRET,
    origins: env.ORIGINS,
    dataDir: env.DATA_DIR,
    logLevel: env.LOG_LEVEL,
    accessTokenSeconds: env.ACCESS_TOKEN_SECONDS,
    demo,
    botSeconds: env.BOT_SECONDS ?? (demo ? 4 : 0),
    mongodbUri: env.MONGODB_URI,
    redisUrl: env.REDIS_URL,
    opsToken: env.OPS_TOKEN,
    adminUi: env.ADMIN_UI === 'true',
  };
}

/** The environment variables are invalid; lists all problems. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Invalid environment variables:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error, abort: true })
    .transform(Number)
    .pipe(z.number().min(min, { error }).max(max, { error }));
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}
