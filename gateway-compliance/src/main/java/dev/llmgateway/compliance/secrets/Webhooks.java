package dev.llmgateway.compliance.secrets;

import static dev.llmgateway.compliance.secrets.Checks.anyValue;
import static dev.llmgateway.compliance.secrets.TokenForm.inner;

import java.util.List;

/** Addresses to which everybody can write who knows them. */
final class Webhooks {

    /** The rest of the address before its host, as far as it has one. */
    private static final String URL = "[\\w:/.-]{0,80}";

    static final List<TokenForm> ALL = List.of(
            hook("slack-webhook", "hooks.slack.com/(services|workflows|triggers)/[\\w/+-]{20,}"),
            hook("slack-webhook", "hooks.slack.com\\\\/(services|workflows|triggers)\\\\/[\\w/+\\-]{20,}"),
            hook("discord-webhook", "(discordapp|discord).com/api/webhooks/\\d{17,20}/[\\w-]{60,}"),
            hook("teams-webhook", "webhook.office.com/webhookb2/[\\w@/-]{80,}"),
            hook("zapier-webhook", "hooks.zapier.com/hooks/catch/\\d{4,10}/[\\w/]{5,}"),
            hook("make-webhook", ".make.com/[a-z0-9]{32}"),
            hook("lark-webhook", "(open.feishu.cn|open.larksuite.com)/open-apis/bot/v2/hook/[\\w-]{30,}"),
            hook("dingtalk-webhook", "oapi.dingtalk.com/robot/send?access_token=[a-f0-9]{60,}"),
            hook("wecom-webhook", "qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + Forms.UUID));

    private Webhooks() {}

    private static TokenForm hook(String rule, String shape) {
        return inner(rule, URL, shape, anyValue());
    }
}
