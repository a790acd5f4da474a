package dev.llmgateway.compliance.secrets;

import static dev.llmgateway.compliance.secrets.Checks.alone;
import static dev.llmgateway.compliance.secrets.Checks.anyValue;
import static dev.llmgateway.compliance.secrets.Checks.digits;
import static dev.llmgateway.compliance.secrets.Checks.entropy;
import static dev.llmgateway.compliance.secrets.Checks.unnamed;
import static dev.llmgateway.compliance.secrets.TokenForm.form;
import static dev.llmgateway.compliance.secrets.TokenForm.inner;

import dev.llmgateway.compliance.detect.Kind;
import java.util.List;

/** The tokens of forges, registries, build servers and developers' tools, as they form them. */
final class CodeTokens {

    private static final String THREE_FIVES = "[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}";

    static final List<TokenForm> ALL = List.of(
            form("github-token", "gh(p|o|u|s|r)_\\w{36,}"),
            form("github-token", "github_pat_\\w{60,}"),
            form("github-token", "v1.[a-f0-9]{40}", entropy(3)),
            form("gitlab-token", "gl(pat|dt|rtr|rt|ptt|cbt|soat|agent|oas|imt|ffct|ft|wt)-[\\w.-]{20,}"),
            form("gitlab-runner-token", "GR1348941[\\w-]{20,}"),
            form("gitlab-session", "_gitlab_session=^[a-z0-9]{32}"),
            form("bitbucket-token", "ATBB[A-Za-z0-9]{24,}", digits(2)),
            form("bitbucket-token", "BBDC-[A-Za-z0-9+/@_-]{40,}", digits(2)),
            form("atlassian-token", "AT(ATT|CTT|STT)3[\\w=-]{50,}", entropy(3.5)),
            form("trello-token", "ATTA[a-f0-9]{60,}"),
            form("npm-token", "npm_[A-Za-z0-9]{36,}", entropy(3)),
            form("npm-token", "(_authToken|_auth|_password)=[ ]{0,2}[\"']{0,1}^[\\w+/=.-]{16,}", digits(2)),
            form("pypi-token", "pypi-AgE[\\w-]{50,}"),
            form("rubygems-key", "rubygems_[a-f0-9]{48}"),
            form("nuget-key", "oy2[a-z0-9]{43}", entropy(3.5), digits(3)),
            form("cargo-token", "cio[A-Za-z0-9]{32}", entropy(3.5), digits(2), alone()),
            form("clojars-token", "CLOJARS_[a-zA-Z0-9]{60}"),
            form("packagist-token", "packagist_(ort|oat|out|uut|urt)_[a-f0-9]{60,}"),
            form("docker-token", "dckr_(pat|oat)_[\\w-]{27,}"),
            form("artifactory-key", "AKC[A-Za-z0-9]{10,90}", entropy(3), digits(1), alone(), unnamed()),
            form("artifactory-password", "AP[A-F0-9][A-Za-z0-9]{20,90}", entropy(3.5), digits(3), alone()),
            form("artifactory-reference-token", "cmVmd[A-Za-z0-9]{59}", entropy(3.5), alone()),
            form("sonar-token", "sq(u|p|a)_[a-f0-9]{40}"),
            form("sourcegraph-token", "sgp_[a-fA-F0-9]{16}_[a-fA-F0-9]{40}"),
            form("sourcegraph-token", "(sgp_local_|sgp_)[a-fA-F0-9]{40}"),
            form("sourcegraph-token", "(slk|sgd)_[a-fA-F0-9]{64}"),
            form("circleci-token", "CCIP(AT|RJ)_[A-Za-z0-9]{22}_[a-f0-9]{40}"),
            form("buildkite-token", "bk(ua|ct|aj)_[A-Za-z0-9]{40,}"),
            form("jetbrains-token", "perm(:|-)[\\w=]{10,80}.[\\w=]{2,80}.[\\w]{20,}"),
            form("postman-key", "PMAK-[a-fA-F0-9]{24}-[a-fA-F0-9]{34}"),
            form("postman-key", "PMAT-[A-Z0-9]{26}"),
            form("sentry-token", "sntrys_eyJ[\\w+/=-]{70,}"),
            form("sentry-token", "sntry(u|a|i)_[a-f0-9]{64}"),
            form("grafana-token", "glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}"),
            form("grafana-token", "glc_[A-Za-z0-9+/=]{32,}", entropy(3)),
            form("grafana-token", "eyJrIjoi[A-Za-z0-9]{60,}"),
            form("new-relic-key", "NR(AK|AL|II|IQ|RA)-[\\w-]{27,}", entropy(3)),
            form("new-relic-key", "NRJS-[a-f0-9]{19}"),
            inner("new-relic-key", "[a-f0-9]{36}", "NRAL"),
            form("honeycomb-key", "hc(a|x|b)ik_[a-z0-9]{50,}"),
            form("axiom-token", "xa(at|pt)-" + Forms.UUID),
            form("launchdarkly-key", "(sdk|api)-" + Forms.UUID),
            form("snyk-token", "snyk_(uat|sat).[\\w.-]{40,}"),
            form("readme-key", "rdme_[a-z0-9]{70}"),
            form("contentful-token", "CFPAT-[\\w-]{43,}"),
            form("figma-token", "fig(d|u|or|o)_[\\w-]{38,}", entropy(3)),
            form("adobe-secret", "p8e-[A-Za-z0-9]{32}"),
            inner("ngrok-token", "[A-Za-z0-9]{27}", "_[A-Za-z0-9]{21}", entropy(4), digits(3)),
            form("onepassword-token", "ops_eyJ[A-Za-z0-9+/=]{200,}"),
            form("onepassword-secret-key", "A3-[A-Z0-9]{6}-[A-Z0-9]{11}-" + THREE_FIVES),
            form("onepassword-secret-key", "A3-[A-Z0-9]{6}-[A-Z0-9]{6}-[A-Z0-9]{5}-" + THREE_FIVES),
            form("authress-key", "(scauth|authress|sc|ext)_[a-zA-Z0-9]{5,30}.\\w{4,6}.acc[\\w-]{5,40}.[\\w+/=-]{20,}"),
            form("age-key", "AGE-SECRET-KEY-1[A-Z0-9]{58}", anyValue()).of(Kind.PRIVATE_KEY),
            form("age-key", "AGE-SECRET-KEY-PQ-1[A-Z0-9]{58,}", anyValue()).of(Kind.PRIVATE_KEY));

    private CodeTokens() {}
}
