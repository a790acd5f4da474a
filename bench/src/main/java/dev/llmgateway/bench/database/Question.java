package dev.llmgateway.bench.database;

import dev.llmgateway.server.analytics.Analytics;
import dev.llmgateway.server.analytics.TabularView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an endpoint is asked, as the address has it, without the escapes: {@code /v1/analytics?period=all&tz=Europe/Berlin}. Those
 * that are measured are the dear ones: long periods, zones whose days are not those of UTC, frequent values, and values that never
 * go together.
 */
record Question(String address) {

    /** Lists of calls. */
    private static final List<String> PAGES = List.of(
            "limit=500",
            "to=2026-10-08T00:00:00Z",
            "tenant=tenant-19",
            "source=source-7",
            "project=project-199",
            "provider=provider-3",
            "model=vendor/model-39",
            "status=502",
            "status=200",
            "error_type=rate_limited",
            "failed_provider=provider-1",
            "failed_model=vendor/model-1",
            "impact=customer",
            "project=nothing",
            "project=project-0&source=source-30",
            "project=project-0&provider=provider-6",
            "tenant=tenant-0&source=source-3",
            "tenant=tenant-0&model=vendor/model-39",
            "project=project-3&model=vendor/model-35&status=429",
            "project=project-0&source=source-1&model=vendor/model-1&status=200",
            "status=200&impact=customer",
            "provider=provider-0&impact=mitigated");

    /** What {@code /v1/analytics} is asked for a quarter of a year by the days of Berlin. */
    private static final List<String> FILTERS = List.of(
            "",
            "tenant=tenant-0",
            "project=project-0",
            "source=source-1",
            "provider=provider-0",
            "model=vendor/model-1",
            "status=200",
            "status=429",
            "impact=mitigated",
            "failed_provider=provider-1",
            "project=project-0&source=source-1",
            "project=project-0&provider=provider-1",
            "source=source-1&model=vendor/model-1",
            "tenant=tenant-0&source=source-1",
            "status=200&project=project-0",
            "status=200&source=source-1",
            "status=200&model=vendor/model-1",
            "project=project-0&source=source-1&model=vendor/model-1",
            "project=project-0&source=source-1&status=200");

    private static final List<String> TIMES = List.of(
            "period=24h",
            "period=7d",
            "period=30d",
            "period=all",
            "period=all&top=50&tz=Asia/Kolkata",
            "period=all&top=50&tz=Asia/Kathmandu",
            "period=24h&bucket=minute",
            "period=24h&bucket=minute&project=project-0",
            "period=7d&bucket=hour&top=50",
            "period=30d&bucket=hour&project=project-0",
            "from=2026-09-20T00:00:00Z&bucket=hour",
            "from=2026-09-20T00:00:00Z&bucket=hour&source=source-1",
            "from=2026-09-20T00:00:00Z&bucket=hour&project=project-0&source=source-1",
            "from=2026-09-20T00:00:00Z&bucket=hour&tenant=tenant-0&source=source-1",
            "from=2026-09-20T00:00:00Z&bucket=hour&status=200&source=source-1",
            "from=2026-09-20T00:00:00Z&bucket=hour&status=200&project=project-0&source=source-1",
            "period=all&tz=Asia/Kolkata&status=200",
            "period=all&tz=Asia/Kathmandu&project=project-0&source=source-1");

    private static final List<String> OTHERS = List.of(
            "/v1/stats",
            "/v1/stats?project=project-0&source=source-1",
            "/v1/stats?status=200&source=source-1",
            "/v1/stats?from=2026-08-30T10:20:30Z",
            "/v1/analytics/errors?period=all",
            "/v1/analytics/errors?period=7d",
            "/v1/analytics/errors?period=all&source=source-1",
            "/v1/analytics/errors?period=all&project=project-0",
            "/v1/analytics/errors?period=all&project=project-0&source=source-1",
            "/v1/analytics/errors?period=all&provider=provider-1",
            "/v1/analytics/requesters?period=24h",
            "/v1/analytics/requesters?period=30d",
            "/v1/analytics/requesters?period=all",
            "/v1/analytics/requesters?period=all&project=project-0",
            "/v1/analytics/requesters?period=all&tenant=tenant-0",
            "/v1/analytics/requesters?period=all&status=200",
            "/v1/analytics/requesters?period=30d&status=200",
            "/v1/analytics/requesters?period=all&failed_provider=provider-1",
            "/v1/projects",
            "/v1/projects?period=all",
            "/v1/projects?period=all&source=source-1",
            "/v1/projects?period=all&status=200",
            "/v1/projects?period=30d&status=200");

    /** All that is measured. */
    static List<Question> all() {
        return Stream.of(
                        PAGES.stream().map("/v1/requests?"::concat),
                        FILTERS.stream().map("/v1/analytics?period=all&tz=Europe/Berlin&"::concat),
                        TIMES.stream().map("/v1/analytics?"::concat),
                        OTHERS.stream())
                .flatMap(addresses -> addresses)
                .map(Question::new)
                .toList();
    }

    /** Asks, and returns the answer. */
    byte[] ask(Analytics analytics) {
        int mark = address.indexOf('?');
        String path = mark < 0 ? address : address.substring(0, mark);
        Map<String, List<String>> parameters = parameters(mark < 0 ? "" : address.substring(mark + 1));
        TabularView view = analytics.views().get(path);
        return view == null ? analytics.statistics().show(parameters) : view.json(parameters);
    }

    private static Map<String, List<String>> parameters(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters
                        .computeIfAbsent(parameter.substring(0, equals), name -> new ArrayList<>())
                        .add(parameter.substring(equals + 1));
            }
        }
        return parameters;
    }
}
