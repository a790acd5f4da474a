// Sends every SDK through the gateway at $GATEWAY with the key $KEY. Exit status 0 only when every check passed.
import aiSdk from './ai-sdk.mjs';
import anthropic from './anthropic.mjs';
import { results } from './check.mjs';
import openAiChat from './openai-chat.mjs';
import openAiResponses from './openai-responses.mjs';

for (const client of [openAiChat, openAiResponses, anthropic, aiSdk]) {
  await client();
}
const failed = results.filter((result) => result.error).length;
console.log(`SDKs: ${results.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
