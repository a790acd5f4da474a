package dev.llmgateway.compliance.secrets;

import static dev.llmgateway.compliance.secrets.Checks.alone;
import static dev.llmgateway.compliance.secrets.Checks.digits;
import static dev.llmgateway.compliance.secrets.Checks.entropy;
import static dev.llmgateway.compliance.secrets.Checks.unnamed;
import static dev.llmgateway.compliance.secrets.TokenForm.form;
import static dev.llmgateway.compliance.secrets.TokenForm.inner;

import java.util.List;

/** The tokens of clouds, hosting and infrastructure, as their vendors form them. */
final class CloudTokens {

    /** The rest of a name, an operator and quotes; what follows is the secret. */
    private static final String ASSIGNED = "[\\w-]{0,30}[\"' :=>(]{1,8}^";

    private static final String STORAGE_NAMES =
            "secret_access_key|secret-access-key|secretAccessKey|SECRET_ACCESS_KEY|hmac_secret|HMAC_SECRET|cos_hmac|COS_HMAC";

    static final List<TokenForm> ALL = List.of(
            form("aws-key-pair", "(AKIA|ASIA)[A-Z0-9]{16}[ \t\r\n,:;|\"']{1,6}[A-Za-z0-9+/]{40}", entropy(4)),
            form("aws-access-key-id", "(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}", entropy(0)),
            form("aws-access-key-id", "A3T[A-Z0-9]{17}", entropy(0)),
            form("aws-session-token", "(IQoJb3JpZ2lu|FwoGZXIvYXdzE|FQoGZXIvYXdzE)[A-Za-z0-9+/]{80,}"),
            form("aws-bedrock-key", "ABSK[A-Za-z0-9+/=]{100,}"),
            form("aws-bedrock-key", "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[\\w+/=%.-]{0,}"),
            form("aws-appsync-key", "da2-[a-z0-9]{26}"),
            form("aws-mws-token", "amzn.mws." + Forms.UUID),
            form("google-api-key", "AIza[\\w-]{35,}", entropy(3)),
            form("google-api-key", "AQ.Ab8RN6[\\w-]{30,}"),
            form("google-oauth-token", "ya29.[\\w.-]{20,}"),
            form("google-oauth-secret", "GOCSPX-[\\w-]{24,}"),
            form("google-refresh-token", "1//0[\\w-]{35,}"),
            form("firebase-server-key", "AAAA[\\w-]{7}:APA91b[\\w-]{100,}"),
            inner("azure-client-secret", "[\\w~.]{4}", "Q~[\\w~.-]{31,}", digits(1)),
            inner("azure-key", "[A-Za-z0-9]{52}", "JQQJ99[A-Za-z0-9]{26,}"),
            inner("azure-key", "[A-Za-z0-9+/]{76}", "(+ASt|ACDb|+ABa|+AMC|+ARm|AIoT)[A-Za-z0-9+/]{5,6}=="),
            form("azure-account-key", "(AccountKey|accountKey|accountkey|ACCOUNTKEY)=^[A-Za-z0-9+/]{86}=="),
            form("azure-shared-access-key", "(SharedAccessKey|sharedaccesskey)=^[A-Za-z0-9+/]{43}="),
            form("azure-shared-access-signature", "(?|&|;|u0026)sig=^[\\w+/%-]{40,}"),
            form("azure-shared-access-signature", "SharedAccessSignature sr=^[\\w+/%.&=-]{40,}"),
            form("azure-refresh-token", "(0|1).A[\\w-]{50,300}.Ag[\\w.-]{60,}"),
            form("ibm-cloud-key", "(ibm|IBM|Ibm|iam|IAM)" + ASSIGNED + "[\\w-]{44}", digits(1)),
            form("ibm-storage-key", "(" + STORAGE_NAMES + ")" + ASSIGNED + "[a-f0-9]{48}"),
            form(
                    "softlayer-key",
                    "(softlayer|SoftLayer|Softlayer|SOFTLAYER|sl_|sl-|SL_)" + ASSIGNED + "[a-z0-9]{64}",
                    digits(1)),
            form("softlayer-key", "api.softlayer.com/(soap|xmlrpc|rest)/v3/^[a-z0-9]{64}"),
            form("cloudant-password", "(cloudant|CLOUDANT|Cloudant|cl_|cl-|CL_)" + ASSIGNED + "[a-f0-9]{64}"),
            form("cloudant-key", "(cloudant|CLOUDANT|Cloudant)" + ASSIGNED + "[a-z]{24}"),
            form("alibaba-access-key-id", "LTAI[A-Za-z0-9]{12,26}", digits(1), unnamed()),
            form("tencent-secret-id", "AKID[A-Za-z0-9]{32}", digits(2)),
            form("volcengine-access-key", "AKLT[\\w-]{30,}", digits(2)),
            form("baidu-access-key", "ALTAK[A-Za-z0-9]{21}", digits(1)),
            form("yandex-access-key", "YC[\\w-]{38}", entropy(3.5), digits(2), alone()),
            form("yandex-api-key", "AQVN[\\w-]{35,}", digits(1)),
            form("yandex-iam-token", "t1.[\\w-]{1,200}[=]{0,2}.[\\w-]{86}[=]{0,2}"),
            form("yandex-oauth-token", "y0_[\\w-]{39,}"),
            form("digitalocean-token", "do(p|o|r)_v1_[a-fA-F0-9]{64}"),
            form("databricks-token", "(dapi|dkea|dose|dsapi)[a-f0-9]{32}[-0-9]{0,2}"),
            form("databricks-token", "dp-[a-z0-9]{32,}", entropy(3), digits(3)),
            form("heroku-key", "HRKU-[\\w-]{36,}"),
            form("vault-token", "hv(s|b|r).[\\w-]{24,}", entropy(3)),
            form("vault-token", "s.[A-Za-z0-9]{24}", entropy(3.5), digits(1), unnamed()),
            form("vault-token", "b.AAAAA[\\w-]{90,}"),
            inner("terraform-token", "[A-Za-z0-9]{14}", ".atlasv1.[\\w=-]{60,}"),
            form("fly-token", "fo1_[\\w-]{43,}"),
            form("fly-token", "(fm1a|fm1r|fm1|fm2)_[A-Za-z0-9+/=]{100,}"),
            form("doppler-token", "dp.(pt|ct|st|sa|scim|audit).[\\w.-]{40,}"),
            form("pulumi-token", "pul-[a-f0-9]{40}"),
            form("planetscale-token", "pscale_(tkn|pw|oauth|otkn)_[\\w=.-]{32,}"),
            form("supabase-token", "sbp_[a-f0-9]{40}"),
            form("supabase-token", "sb_secret_[\\w-]{31,}"),
            form("neon-token", "napi_[a-z0-9]{60,}"),
            form("neon-password", "npg_[A-Za-z0-9]{12,}", digits(1)),
            form("tailscale-key", "tskey-[\\w-]{20,}", digits(2)),
            form("cloudflare-origin-ca-key", "v1.0-[a-f0-9]{24}-[a-f0-9]{146}"),
            form("dynatrace-token", "dt0(c|s)\\d\\d.[A-Za-z0-9]{24}.[A-Za-z0-9]{64}"),
            form("octopus-key", "API-[A-Z0-9]{25,26}", digits(2)),
            form("openshift-token", "sha256~[\\w-]{43}", entropy(3)),
            form("rancher-token", "token-[a-z0-9]{5}:[a-z0-9]{54}"),
            form("harness-token", "(pat|sat).[\\w-]{22}.[a-f0-9]{24}.[A-Za-z0-9]{20}"),
            form("scalingo-token", "tk-(us|eu)-[\\w-]{48,}"),
            form("aiven-password", "AVNS_[\\w-]{19,}"),
            form("netlify-token", "nf(p|c|o|u|b)_[A-Za-z0-9]{36,}"),
            form("vercel-token", "vc(p|i|a|r|k)_[A-Za-z0-9]{56,}"),
            form("render-key", "rnd_[A-Za-z0-9]{28,}", digits(2)),
            form("deno-token", "dd(p|o|w)_[A-Za-z0-9]{36}", digits(1)),
            form("exoscale-key", "EXO[a-f0-9]{24}", alone()),
            form("backblaze-key", "K00\\d[A-Za-z0-9+/]{27}", entropy(3.5), alone()),
            form("akamai-credential", "akab-[a-z0-9]{16}-[a-z0-9]{16}"),
            form("defined-networking-key", "dnkey-[\\w=-]{60,}"),
            form("infracost-key", "ico-[A-Za-z0-9]{32}", entropy(3), digits(1)),
            form("prefect-key", "pn(u|b)_[A-Za-z0-9]{36}"),
            form("clickhouse-key", "4b1d[A-Za-z0-9]{38}", entropy(3)),
            form("wireguard-preshared-key", "(PrivateKey|PresharedKey) = ^[A-Za-z0-9+/]{43}="));

    private CloudTokens() {}
}
