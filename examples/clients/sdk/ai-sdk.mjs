import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, Output, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { contains, failure, gateway, headers, key, model, same, schema, suite, version, weather } from './check.mjs';

const baseURL = `${gateway}/v1`;
globalThis.AI_SDK_LOG_WARNINGS = false;
const quietly = { onError() {} };
const called = `ai ${version('ai')}`;

const tools = {
  [weather.name]: tool({
    description: weather.description,
    inputSchema: jsonSchema(weather.schema),
    execute: async ({ city }) => `fine in ${city}`,
  }),
};

/** What every provider of the AI SDK can do. @param open makes a provider's model of a key and a model's name */
const features = (open) => {
  const by = (vendor, name, apiKey = key) => ({ model: open(apiKey, model(vendor, name)), maxRetries: 0 });
  return {
    async text(vendor) {
      const answer = await generateText({ ...by(vendor), prompt: 'Hello!' });
      contains(answer.text, `[simulated ${vendor}] You said: Hello!`);
      same(answer.finishReason, 'stop');
      same(answer.usage.outputTokens > 0, true);
    },

    async stream(vendor) {
      const stream = streamText({ ...by(vendor), ...quietly, prompt: 'Hello over there!' });
      let text = '';
      for await (const piece of stream.textStream) text += piece;
      contains(text, `[simulated ${vendor}] You said: Hello over there!`);
      same(await stream.finishReason, 'stop');
    },

    async tools(vendor) {
      const question = { prompt: 'How is the weather in both Paris and Rome?', tools, stopWhen: stepCountIs(3) };
      const answer = await generateText({ ...by(vendor), ...question });
      contains(answer.text, 'The tool said: ');
      contains(answer.text, 'fine in Paris');
      const stream = streamText({ ...by(vendor), ...quietly, ...question });
      contains(await stream.text, 'fine in Rome');
    },

    async 'second turn'(vendor) {
      const first = await generateText({ ...by(vendor), prompt: 'Hello!' });
      const messages = [{ role: 'user', content: 'Hello!' }, ...first.response.messages, { role: 'user', content: 'And now?' }];
      const second = await generateText({ ...by(vendor), messages });
      contains(second.text, 'You said: And now?');
      const stream = streamText({ ...by(vendor), ...quietly, messages: [...messages, ...second.response.messages, { role: 'user', content: 'At last?' }] });
      contains(await stream.text, 'You said: At last?');
    },

    async 'tools behind a sentence'(vendor) {
      const question = { prompt: 'sim-talk: how is the weather in Rome?', tools, stopWhen: stepCountIs(3) };
      const answer = await generateText({ ...by(vendor), ...question });
      contains(answer.steps[0].text, 'I will look that up.');
      contains(answer.text, 'fine in Rome');
      const stream = streamText({ ...by(vendor), ...quietly, ...question });
      contains(await stream.text, 'fine in Rome');
    },

    async structured(vendor) {
      const output = Output.object({ schema: jsonSchema(schema) });
      const answer = await generateText({ ...by(vendor), prompt: 'Answer in JSON', output });
      same(Object.keys(answer.output), ['answer']);
    },

    async errors(vendor) {
      const stream = streamText({ ...by(vendor), ...quietly, prompt: 'sim-error-event please' });
      const types = [];
      for await (const part of stream.fullStream) types.push(part.type);
      same(types.includes('text-delta') && types.includes('error'), true);
      const status = async (name, apiKey) => {
        const error = await failure(() => generateText({ ...by(vendor, name, apiKey), prompt: 'Hello!' }));
        return APICallError.isInstance(error) ? error.statusCode : error.name;
      };
      same([await status('sim-large', 'another-key'), await status('sim-404'), await status('sim-500'), await status('sim-429')],
        [401, 404, 500, 429]);
    },
  };
};

export default async () => {
  const openAi = `@ai-sdk/openai ${version('@ai-sdk/openai')}`;
  await suite(`${called}, ${openAi}, Chat Completions`, features((apiKey, name) => createOpenAI({ baseURL, apiKey, headers }).chat(name)));
  await suite(`${called}, ${openAi}, Responses`, features((apiKey, name) => createOpenAI({ baseURL, apiKey, headers })(name)));
  await suite(`${called}, @ai-sdk/openai-compatible ${version('@ai-sdk/openai-compatible')}`,
    features((apiKey, name) => createOpenAICompatible({ name: 'gateway', baseURL, apiKey, headers, supportsStructuredOutputs: true })(name)));
  await suite(`${called}, @ai-sdk/anthropic ${version('@ai-sdk/anthropic')}`,
    features((apiKey, name) => createAnthropic({ baseURL, apiKey, headers })(name)));
};
