import OpenAI from 'openai';
import { contains, failure, gateway, headers, key, model, same, schema, suite, version, weather } from './check.mjs';

const open = (apiKey) => new OpenAI({ baseURL: `${gateway}/v1`, apiKey, maxRetries: 0, defaultHeaders: headers });
const client = open(key);
const chat = client.chat.completions;
const user = (content) => [{ role: 'user', content }];
const tool = { type: 'function', function: { name: weather.name, description: weather.description, parameters: weather.schema } };

export default () =>
  suite(`openai ${version('openai')}, Chat Completions`, {
    async text(vendor) {
      const answer = await chat.create({ model: model(vendor), messages: user('Hello!') });
      contains(answer.choices[0].message.content, `[simulated ${vendor}] You said: Hello!`);
      same(answer.choices[0].finish_reason, 'stop');
    },

    async stream(vendor) {
      const stream = await chat.create({
        model: model(vendor), messages: user('Hello over there!'), stream: true, stream_options: { include_usage: true },
      });
      let text = '';
      let usage;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        usage = chunk.usage ?? usage;
      }
      contains(text, `[simulated ${vendor}] You said: Hello over there!`);
      same(usage.completion_tokens > 0, true);
    },

    async tools(vendor) {
      for (const streamed of [false, true]) {
        const runner = chat.runTools({
          model: model(vendor),
          stream: streamed,
          messages: user('How is the weather in both Paris and Rome?'),
          tools: [{ ...tool, function: { ...tool.function, parse: JSON.parse, function: ({ city }) => `fine in ${city}` } }],
        });
        contains(await runner.finalContent(), 'The tool said: fine in Paris | fine in Rome');
      }
    },

    async structured(vendor) {
      const answer = await chat.parse({
        model: model(vendor),
        messages: user('Answer in JSON'),
        response_format: { type: 'json_schema', json_schema: { name: 'reply', strict: true, schema } },
      });
      same(JSON.parse(answer.choices[0].message.content), { answer: `simulated ${vendor}` });
    },

    async errors(vendor) {
      const ask = (name, by = client) => () => by.chat.completions.create({ model: model(vendor, name), messages: user('Hello!') });
      const broken = await failure(async () => {
        const stream = await chat.create({ model: model(vendor), messages: user('sim-error-event please'), stream: true });
        for await (const chunk of stream) chunk.id;
      });
      same(broken instanceof OpenAI.APIError, true);
      contains(broken.message, 'simulated error inside the stream');
      same((await failure(ask('sim-large', open('another-key')))) instanceof OpenAI.AuthenticationError, true);
      same((await failure(ask('sim-404'))) instanceof OpenAI.NotFoundError, true);
      same((await failure(ask('sim-500'))) instanceof OpenAI.InternalServerError, true);
      same((await failure(ask('sim-429'))) instanceof OpenAI.RateLimitError, true);
    },
  });
