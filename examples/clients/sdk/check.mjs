// Runs one check after the other and tells of each in one line; nothing is printed of a client's own noise.
import { createRequire } from 'node:module';

export const gateway = process.env.GATEWAY;
export const key = process.env.KEY;
/** Nobody else answers when a provider fails, so that the client sees the failure. */
export const headers = { 'x-gateway-failover': 'disabled' };
const vendors = (process.env.VENDORS ?? 'openai,responses,anthropic,google,groq').split(',');
const patience = 20_000;
const require = createRequire(import.meta.url);

export const results = [];

/** The installed version of a package, as its own package.json says. */
export function version(name) {
  return require(`./node_modules/${name}/package.json`).version;
}

/** Every feature of a client against every vendor: a feature is a function of the vendor's name. */
export async function suite(client, features) {
  for (const [feature, check] of Object.entries(features)) {
    for (const vendor of vendors) {
      results.push(await run(client, feature, vendor, check));
    }
  }
  // The last failure was a 429 that asks for a second's patience, which the gateway grants for everybody.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
}

async function run(client, feature, vendor, check) {
  const result = { client, feature, vendor, error: null };
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end within ${patience / 1000} s`)), patience);
  });
  try {
    await Promise.race([check(vendor), late]);
  } catch (error) {
    result.error = error;
  } finally {
    clearTimeout(timer);
  }
  const line = `${result.error ? 'FAIL' : 'OK  '} ${client}: ${feature} (${vendor})`;
  console.log(result.error ? `${line}: ${String(result.error.message).split('\n').slice(0, 3).join(' ')}` : line);
  return result;
}

/** The error that a call ends with; a call that ends well is an error here. */
export async function failure(call) {
  let answer;
  try {
    answer = await call();
  } catch (error) {
    return error;
  }
  throw new Error(`no error, but ${JSON.stringify(answer)?.slice(0, 200)}`);
}

export function same(actual, expected) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  }
}

export function contains(text, part) {
  if (!String(text).includes(part)) {
    throw new Error(`expected ${JSON.stringify(part)} in ${JSON.stringify(String(text).slice(0, 300))}`);
  }
}

export const schema = {
  type: 'object',
  properties: { answer: { type: 'string' } },
  required: ['answer'],
  additionalProperties: false,
};

export const weather = {
  name: 'get_weather',
  description: 'Tells the weather of a city',
  schema: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
};

/** What a model at a vendor is called; the simulated provider breaks as a name such as sim-429 says. */
export const model = (vendor, name = 'sim-large') => `${vendor}/${name}`;
