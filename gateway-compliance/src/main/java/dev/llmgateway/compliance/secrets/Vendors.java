package dev.llmgateway.compliance.secrets;

import java.util.List;
import java.util.Set;

/** Names of those whose keys have no form of their own: before a random value, such a name makes it a secret. */
final class Vendors {

    /** Words that mean nothing else: an assignment to the name alone is worth a look. */
    private static final List<String> DISTINCT = Words.list("""
            adafruit adobe airtable algolia alibaba asana atlassian beamer bitbucket bittrex clickup cloudflare
            codecov cohere coinbase confluent contentful datadog discord dropbox droneci easypost etsy facebook
            fastly finicity finnhub flickr freshbooks gitter heroku hubspot intercom jfrog artifactory kraken
            kucoin launchdarkly linkedin looker mailchimp mailgun mapbox mattermost meraki messagebird netlify
            newrelic new-relic new_relic nytimes okta plaid privateai rapidapi sendbird sendinblue snyk
            squarespace sumologic travisci trello twilio twitch twitter typeform wandb yandex zendesk
            sonar confluence newyorktimes contribsys freemius intra42 vercel messenger pagerduty segment mixpanel amplitude bugsnag sendgrid
            postmark sparkpost nexmo vonage plivo razorpay paypal braintree telegram
            """);

    /** Words of which vendors' names consist, and names that are ordinary words too. */
    private static final Set<String> OTHERS = Words.set("""
            aws amazon azure gcp google github gitlab ibm jira lob sumo travis drone relic york darkly message
            dnkey linear square slack stripe openai anthropic sidekiq codeclimate sentry frameio octopus
            openshift vault digitalocean typeformapi groq mistral deepseek together replicate weights biases
            cloudinary rollbar maxmind shopify docker npm pypi sonar grafana alicloud aliyun tencent bintray
            xray frog defined mailchimpe lark zoho dnk sq
            """);

    private Vendors() {}

    static List<String> anchors() {
        return DISTINCT;
    }

    static boolean isVendor(String word) {
        if (word.length() < 3) {
            return false;
        }
        if (OTHERS.contains(word)) {
            return true;
        }
        for (String vendor : DISTINCT) {
            if (word.startsWith(vendor)) {
                return true;
            }
        }
        return false;
    }
}
