package dev.llmgateway.compliance.secrets;

import static dev.llmgateway.compliance.secrets.Checks.alone;
import static dev.llmgateway.compliance.secrets.Checks.digits;
import static dev.llmgateway.compliance.secrets.Checks.entropy;
import static dev.llmgateway.compliance.secrets.TokenForm.form;
import static dev.llmgateway.compliance.secrets.TokenForm.inner;

import java.util.List;

/** The tokens of those who run models, and of the tools around them, as they form them. */
final class ModelTokens {

    static final List<TokenForm> ALL = List.of(
            form("openai-key", "sk-(proj|svcacct|admin|service|None)-[\\w-]{32,}", entropy(3)),
            inner("openai-key", "[\\w-]{15,140}", "T3BlbkFJ[\\w-]{15,}"),
            form("openai-session", "sess-[A-Za-z0-9]{40}", entropy(3), digits(2)),
            form("anthropic-key", "sk-ant-[\\w-]{32,}", entropy(3), digits(2)),
            form("openrouter-key", "sk-or-[\\w-]{40,}", entropy(3), digits(3)),
            form("langfuse-key", "sk-lf-" + Forms.UUID),
            form("helicone-key", "(sk|pk)-helicone-[\\w-]{20,}", digits(2)),
            form("model-provider-key", "sk-[A-Za-z0-9]{30,}", entropy(3), digits(3)),
            form("groq-key", "gsk_[A-Za-z0-9]{40,}", entropy(3)),
            form("xai-key", "xai-[A-Za-z0-9]{60,}", entropy(3)),
            form("huggingface-token", "(hf_|api_org_)[A-Za-z0-9]{34}", entropy(3)),
            form("huggingface-token", "(hf_|api_org_)[A-Za-z0-9]{35,}", entropy(3), digits(3)),
            form("replicate-token", "r8_[A-Za-z0-9]{37,}", entropy(3)),
            form("perplexity-key", "pplx-[A-Za-z0-9]{40,}", entropy(3)),
            form("nvidia-key", "nvapi-[\\w-]{50,}", entropy(3)),
            form("langsmith-key", "lsv2_(pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}"),
            form("langsmith-key", "ls__[a-f0-9]{32}"),
            form("pinecone-key", "pcsk_[A-Za-z0-9]{5,6}_[A-Za-z0-9]{50,}"),
            form("together-key", "tgp_v1_[\\w-]{40,}"),
            form("fireworks-key", "fw_[A-Za-z0-9]{22,24}", entropy(3.3), digits(2), alone()),
            form("cerebras-key", "csk-[a-z0-9]{40,}", entropy(3)),
            form("voyage-key", "pa-[\\w-]{43}", entropy(4), digits(2), alone()),
            form("jina-key", "jina_[a-f0-9]{32}[\\w-]{20,}"),
            form("tavily-key", "tvly-[\\w-]{30,}", digits(1)),
            form("firecrawl-key", "fc-[a-f0-9]{32}"),
            form("elevenlabs-key", "sk_[a-f0-9]{48}"),
            form("nomic-key", "nk-[\\w-]{43}", entropy(4), digits(2), alone()),
            form("e2b-key", "e2b_[a-f0-9]{40}"),
            form("runpod-key", "rpa_[A-Z0-9]{40,}", digits(2)),
            form("cursor-key", "(key|crsr)_[a-f0-9]{64}"),
            inner("zhipu-key", "[a-f0-9]{32}", ".[A-Za-z0-9]{16}", entropy(3.5), digits(1)),
            form("logfire-token", "pylf_v\\d_(us|eu)_[\\w-]{40,}"),
            form("braintrust-key", "bt-st-[A-Za-z0-9]{30,}"),
            form("modal-token", "(ak|as)-[A-Za-z0-9]{22}", entropy(3.3), digits(2), alone()),
            form("posthog-key", "phx_[A-Za-z0-9]{40,}", digits(2)));

    private ModelTokens() {}
}
