import { contains, failure, gateway, headers, key, model, same, schema, suite, version, weather } from './check.mjs';

const user = (content) => [{ role: 'user', content }];
const tool = { name: weather.name, description: weather.description, input_schema: weather.schema };

/** Anthropic's SDK, whichever version the package of this name is. */
async function sdk(name) {
  const { default: Anthropic } = await import(name);
  const open = (apiKey) => new Anthropic({ baseURL: gateway, apiKey, maxRetries: 0, defaultHeaders: headers });
  const messages = open(key).messages;
  const text = (answer) => answer.content.filter((block) => block.type === 'text').map((block) => block.text).join('');
  const ask = (vendor, content, more) => ({ model: model(vendor), max_tokens: 200, messages: user(content), ...more });

  await suite(`@anthropic-ai/sdk ${version(name)}`, {
    async text(vendor) {
      const answer = await messages.create(ask(vendor, 'Hello!'));
      contains(text(answer), `[simulated ${vendor}] You said: Hello!`);
      same(answer.stop_reason, 'end_turn');
    },

    async stream(vendor) {
      const stream = messages.stream(ask(vendor, 'Hello over there!'));
      let pieces = '';
      stream.on('text', (piece) => { pieces += piece; });
      const whole = await stream.finalMessage();
      contains(pieces, `[simulated ${vendor}] You said: Hello over there!`);
      same(text(whole), pieces);
      same(whole.usage.output_tokens > 0, true);
    },

    async tools(vendor) {
      for (const streamed of [false, true]) {
        const send = (params) => (streamed ? messages.stream(params).finalMessage() : messages.create(params));
        const question = ask(vendor, 'How is the weather in both Paris and Rome?', { tools: [tool] });
        const asked = await send(question);
        same(asked.stop_reason, 'tool_use');
        const calls = asked.content.filter((block) => block.type === 'tool_use');
        same(calls.map((call) => call.input), [{ city: 'Paris' }, { city: 'Rome' }]);
        const results = calls.map((call) => ({ type: 'tool_result', tool_use_id: call.id, content: `fine in ${call.input.city}` }));
        const history = [...question.messages, { role: 'assistant', content: asked.content }, { role: 'user', content: results }];
        const answer = await send({ ...question, messages: history });
        contains(text(answer), 'The tool said: fine in Paris | fine in Rome');
      }
    },

    async structured(vendor) {
      const format = { type: 'json_schema', schema };
      const answer = await messages.create(ask(vendor, 'Answer in JSON', { output_config: { format } }));
      same(JSON.parse(text(answer)), { answer: `simulated ${vendor}` });
    },

    async errors(vendor) {
      const named = (name, by = messages) => () => by.create({ ...ask(vendor, 'Hello!'), model: model(vendor, name) });
      const broken = await failure(() => messages.stream(ask(vendor, 'sim-error-event please')).finalMessage());
      same(broken instanceof Anthropic.APIError, true);
      contains(broken.message, 'simulated error inside the stream');
      same((await failure(named('sim-large', open('another-key').messages))) instanceof Anthropic.AuthenticationError, true);
      same((await failure(named('sim-404'))) instanceof Anthropic.NotFoundError, true);
      same((await failure(named('sim-500'))) instanceof Anthropic.InternalServerError, true);
      same((await failure(named('sim-429'))) instanceof Anthropic.RateLimitError, true);
    },
  });
}

export default async () => {
  await sdk('@anthropic-ai/sdk');
  await sdk('anthropic-sdk-0');
};
