package dev.llmgateway.compliance.secrets;

import static dev.llmgateway.compliance.secrets.Checks.alone;
import static dev.llmgateway.compliance.secrets.Checks.anyValue;
import static dev.llmgateway.compliance.secrets.Checks.digits;
import static dev.llmgateway.compliance.secrets.Checks.entropy;
import static dev.llmgateway.compliance.secrets.Checks.unnamed;
import static dev.llmgateway.compliance.secrets.TokenForm.form;
import static dev.llmgateway.compliance.secrets.TokenForm.inner;

import java.util.List;

/** The tokens of messengers, of payment, mail, shop and other business services, as they form them. */
final class ServiceTokens {

    static final List<TokenForm> ALL = List.of(
            form("slack-token", "xox(a|b|c|d|e|o|p|r|s)-[\\w%+/-]{10,}", entropy(1.5), digits(2)),
            form("slack-token", "xox(a|o|r|s)-[A-Za-z0-9]{8,48}", unnamed()),
            form("slack-token", "xox(a|r)-\\d-[A-Za-z0-9]{8,48}", unnamed()),
            form("slack-token", "xoxe-\\d-[A-Za-z0-9]{100,}", digits(3)),
            form("slack-token", "xoxe.xox(b|p)-[\\w-]{20,}", digits(3)),
            form("slack-token", "xoxe.xox(b|p)-\\d-[\\w-]{80,}", digits(3)),
            form("slack-token", "xapp-[\\w-]{30,}", digits(3)),
            form("slack-token", "xwfp-[\\w-]{20,}", digits(3)),
            inner("telegram-token", "[0-9]{8,10}", ":A[\\w-]{34}", entropy(3), digits(1)),
            inner("discord-token", "[\\w-]{23,28}", ".[\\w-]{6}.[\\w-]{27,38}", entropy(4), digits(3)),
            form("discord-token", "mfa.[\\w-]{80,}"),
            inner("facebook-token", "[0-9]{15,16}", "|[\\w-]{27,}", entropy(3)),
            inner("facebook-token", "[0-9]{15,16}", "(%7C|%7c)[\\w-]{27,}", entropy(3)),
            form("facebook-token", "EAA[A-Z][A-Za-z0-9]{80,}", entropy(4), digits(3), alone()),
            form("twitter-token", "AAAAAAAAAAAAAAAAAAAAA[A-Za-z0-9%]{59,}", entropy(3), alone()),
            form("stripe-key", "(sk|rk)_(live|test|prod)_[A-Za-z0-9]{10,}"),
            form("stripe-webhook-secret", "whsec_[A-Za-z0-9+/=]{24,}"),
            form("twilio-key", "(SK|AC)[a-z0-9]{32}", anyValue()),
            form("twilio-key", "SK[A-Fa-f0-9]{32}", entropy(3)),
            form("sendgrid-key", "SG.[\\w=.-]{50,}", digits(2)),
            form("brevo-key", "x(key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}"),
            form("mailgun-key", "(key|pubkey)-[a-f0-9]{32}"),
            inner("mailchimp-key", "[a-f0-9]{32}", "-us\\d[0-9]{0,1}"),
            form("mandrill-key", "md-[\\w-]{22}", entropy(3.5), digits(2), alone()),
            form("mailersend-token", "mlsn.[a-f0-9]{64}"),
            form("resend-key", "re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}", digits(1)),
            form("shopify-token", "shp(at|ca|pa|ss|ua|tka)_[a-fA-F0-9]{32}"),
            form("square-token", "sq0(atp|csp|idp)-[\\w-]{22,}"),
            form("square-token", "EAAA[\\w+=-]{22,60}", entropy(3.8), digits(2), alone()),
            form("shippo-token", "shippo_(live|test)_[a-fA-F0-9]{40}"),
            form("easypost-key", "EZ(AK|TK)[A-Za-z0-9]{54}", entropy(3), alone()),
            form("flutterwave-key", "FLW(PUBK_TEST|SECK_TEST|PUBK|SECK)-[0-9a-hX-]{12,}"),
            form("duffel-token", "duffel_(test|live)_[\\w=-]{40,}"),
            form("frameio-token", "fio-u-[\\w=-]{60,}"),
            form("plaid-token", "access-(sandbox|development|production)-" + Forms.UUID),
            form("paypal-token", "access_token$(production|sandbox)$[a-z0-9]{16}$[a-f0-9]{32}"),
            form("razorpay-key", "rzp_(live|test)_[A-Za-z0-9]{14,}"),
            form("checkout-key", "sk_sbox_[a-z0-9]{20,}"),
            form("klaviyo-key", "pk_[a-f0-9]{34}"),
            form("hubspot-token", "pat-(na|eu)\\d-" + Forms.UUID),
            form("airtable-token", "pat[A-Za-z0-9]{14}.[a-f0-9]{64}"),
            form("asana-token", "(0|1|2)/\\d{16}:[a-f0-9]{32}"),
            form("notion-token", "ntn_[A-Za-z0-9]{40,}"),
            form("notion-token", "secret_[A-Za-z0-9]{43}", entropy(3.5), digits(2)),
            form("linear-token", "lin_(api|oauth)_[A-Za-z0-9]{32,}"),
            form("typeform-token", "tfp_[\\w=.-]{40,}", digits(2)),
            form("mapbox-token", "(sk|pk|tk).eyJ[\\w-]{20,220}.[\\w-]{20,}"),
            inner("maxmind-key", "[A-Za-z0-9_]{36}", "_mmk", entropy(3)),
            form("intra42-secret", "s-s4t2(ud|af)-[a-f0-9]{64}"),
            form("settlemint-token", "sm_(pat|aat|sat)_[A-Za-z0-9]{16,}"),
            form("okta-token", "SSWS ^00[\\w-]{40}"),
            form("ubidots-token", "BBFF-[A-Za-z0-9]{30,}", digits(1)),
            form("statsig-key", "secret-[A-Za-z0-9]{40,}", digits(2)),
            form("lob-key", "(live|test)_[a-f0-9]{35}"),
            form("gocardless-token", "live_[\\w=-]{40}", entropy(4), digits(3)),
            form("rootly-key", "rootly_[a-f0-9]{64}"),
            form("telnyx-key", "KEY0[A-F0-9]{20,40}_[A-Za-z0-9]{10,}"),
            form("coze-token", "(czp|czs)_[A-Za-z0-9]{40,}", digits(2)),
            form(
                    "sourcegraph-token",
                    "(sourcegraph|SOURCEGRAPH|Sourcegraph)[ \"'=:>_(]{1,9}^[a-fA-F0-9]{40}",
                    entropy(3)));

    private ServiceTokens() {}
}
