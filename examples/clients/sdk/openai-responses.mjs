import OpenAI from 'openai';
import { contains, failure, gateway, headers, key, model, same, schema, suite, version, weather } from './check.mjs';

const open = (apiKey) => new OpenAI({ baseURL: `${gateway}/v1`, apiKey, maxRetries: 0, defaultHeaders: headers });
const client = open(key);
const tool = { type: 'function', name: weather.name, description: weather.description, parameters: weather.schema, strict: true };

export default () =>
  suite(`openai ${version('openai')}, Responses`, {
    async text(vendor) {
      const answer = await client.responses.create({ model: model(vendor), input: 'Hello!' });
      contains(answer.output_text, `[simulated ${vendor}] You said: Hello!`);
      same(answer.status, 'completed');
    },

    async stream(vendor) {
      const stream = client.responses.stream({ model: model(vendor), input: 'Hello over there!' });
      let text = '';
      let next = 0;
      for await (const event of stream) {
        same(event.sequence_number, next++);
        if (event.type === 'response.output_text.delta') text += event.delta;
      }
      const whole = await stream.finalResponse();
      contains(text, `[simulated ${vendor}] You said: Hello over there!`);
      same(whole.output_text, text);
      same(whole.usage.output_tokens > 0, true);
    },

    async tools(vendor) {
      for (const streamed of [false, true]) {
        const send = (params) => (streamed ? client.responses.stream(params).finalResponse() : client.responses.create(params));
        const input = [{ role: 'user', content: 'How is the weather in both Paris and Rome?' }];
        const question = { model: model(vendor), tools: [tool], store: false, include: ['reasoning.encrypted_content'] };
        const asked = await send({ ...question, input });
        const calls = asked.output.filter((item) => item.type === 'function_call');
        same(calls.map((call) => JSON.parse(call.arguments)), [{ city: 'Paris' }, { city: 'Rome' }]);
        const results = calls.map((call) => ({
          type: 'function_call_output', call_id: call.call_id, output: `fine in ${JSON.parse(call.arguments).city}`,
        }));
        const answer = await send({ ...question, input: [...input, ...asked.output, ...results] });
        contains(answer.output_text, 'The tool said: fine in Paris | fine in Rome');
      }
    },

    async structured(vendor) {
      const format = { type: 'json_schema', name: 'reply', strict: true, schema };
      const answer = await client.responses.parse({ model: model(vendor), input: 'Answer in JSON', text: { format } });
      same(JSON.parse(answer.output_text), { answer: `simulated ${vendor}` });
    },

    async errors(vendor) {
      const ask = (name, by = client) => () => by.responses.create({ model: model(vendor, name), input: 'Hello!' });
      const stream = await client.responses.create({ model: model(vendor), input: 'sim-error-event please', stream: true });
      const types = [];
      const broken = await failure(async () => {
        for await (const event of stream) types.push(event.type);
        if (types.at(-1) === 'response.failed' || types.at(-1) === 'error') throw new OpenAI.APIError(undefined, undefined, types.at(-1));
        return types;
      });
      same(broken instanceof OpenAI.APIError, true);
      same((await failure(ask('sim-large', open('another-key')))) instanceof OpenAI.AuthenticationError, true);
      same((await failure(ask('sim-404'))) instanceof OpenAI.NotFoundError, true);
      same((await failure(ask('sim-500'))) instanceof OpenAI.InternalServerError, true);
      same((await failure(ask('sim-429'))) instanceof OpenAI.RateLimitError, true);
    },
  });
