package dev.llmgateway.server.management;

import dev.llmgateway.api.CacheUse;
import dev.llmgateway.api.CallLabels;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.store.sql.QueryFailure;
import dev.llmgateway.store.sql.QueryResult;
import dev.llmgateway.store.sql.QueryRunner;
import dev.llmgateway.store.sql.RefusedSql;
import dev.llmgateway.store.sql.SafeQuery;
import dev.llmgateway.store.sql.SqlGuard;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1/nl-query}: answers a question about usage with a query that a model writes. The model is called through the
 * gateway itself, like any other call, and its query is executed only if the {@link SqlGuard} lets it through. A model whose query
 * is of no use is told why, once.
 */
public final class Questions {

    /** Whom the calls of models belong to. */
    public static final Caller CALLER = Caller.tenant("gateway");

    private static final CallLabels LABELS = CallLabels.of("nl-query", null);
    private static final int LONGEST_QUESTION = 2_000;
    private static final int LONGEST_SHOWN = 4_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * A query that a model wrote, and what came of it.
     *
     * @param result null when there is a problem
     */
    private record Tried(
            String sql,
            String model,
            String requestId,
            @Nullable QueryResult result,
            @Nullable String problem) {}

    /** The call of a model. */
    private record Call(String id, Cancellation cancellation) {

        Call again() {
            return new Call(id + "-2", cancellation);
        }
    }

    private final Gateway gateway;
    private final InstantSource clock;
    private final @Nullable QueryRunner runner;

    /**
     * Questions about what is in a database.
     *
     * @param clock tells models what time it is
     * @param runner null when there is no database
     */
    public Questions(Gateway gateway, InstantSource clock, @Nullable QueryRunner runner) {
        this.gateway = gateway;
        this.clock = clock;
        this.runner = runner;
    }

    /**
     * The answer of {@code POST /v1/nl-query}.
     *
     * @param requestId of the call of a model; a second one has {@code -2} behind it
     * @param cancellation ends the call of a model, when nobody waits for the answer any more
     * @throws dev.llmgateway.ir.codec.InvalidRequestFormatException when the body is not right
     * @throws ManagementRefusal when there is no answer
     * @throws GatewayException when the call of a model is refused for what is in it
     */
    public byte[] answer(byte[] body, String requestId, Cancellation cancellation) {
        String question = question(Members.of(body));
        QueryRunner database = runner;
        if (database == null) {
            throw ManagementRefusal.noDatabase(
                    "questions need a PostgreSQL database: set url in [database], so that requests are recorded there");
        }
        requireReady(database);
        ChatRequest request = QuestionPrompt.ask(question, clock.instant());
        Call call = new Call(requestId, cancellation);
        Tried tried = attempt(request, call, database);
        if (tried.problem != null) {
            tried = attempt(QuestionPrompt.askAgain(request, tried.sql, tried.problem), call.again(), database);
        }
        if (tried.result == null) {
            throw ManagementRefusal.unprocessable("the query that " + tried.model + " wrote cannot be used: "
                    + tried.problem + ". The query: " + shortened(tried.sql));
        }
        return Json.write(json(tried, tried.result));
    }

    /** Before a model is paid for a query that nobody would execute. */
    private static void requireReady(QueryRunner database) {
        try {
            database.requireReady();
        } catch (QueryFailure e) {
            throw refusal(e, "");
        }
    }

    private static String question(Members body) {
        String question = body.required("question", body.text("question"));
        body.requireNoOthers();
        if (question.length() > LONGEST_QUESTION) {
            throw body.wrong("question", "must be a text of 1 to " + LONGEST_QUESTION + " characters");
        }
        return question;
    }

    private Tried attempt(ChatRequest request, Call call, QueryRunner database) {
        ChatResponse answer = ask(request, call);
        String model = answer.origin() == null
                ? answer.model()
                : answer.origin().provider() + "/" + answer.origin().model();
        String written = QuestionPrompt.sqlOf(answer.text());
        try {
            SafeQuery query = SqlGuard.check(written);
            return new Tried(query.sql(), model, call.id, run(query, database), null);
        } catch (RefusedSql e) {
            return new Tried(written, model, call.id, null, e.sentence());
        } catch (QueryFailure e) {
            return new Tried(written, model, call.id, null, e.sentence());
        }
    }

    private ChatResponse ask(ChatRequest request, Call call) {
        CallOptions options = CallOptions.builder()
                .requestId(call.id)
                .caller(CALLER)
                .labels(LABELS)
                .cacheUse(CacheUse.NO_STORE)
                .routing(RoutingOptions.defaults().withProfile(RoutingProfile.CODE))
                .timeout(PATIENCE)
                .cancellation(call.cancellation)
                .build();
        try {
            return gateway.chat(request, options);
        } catch (GatewayException e) {
            throw switch (e) {
                case GatewayException.ModelNotFound none -> noModel(none);
                case GatewayException.Unavailable none -> noModel(none);
                case GatewayException.ProviderFailed none -> noModel(none);
                case GatewayException.TimedOut none -> noModel(none);
                default -> e;
            };
        }
    }

    private static ManagementRefusal noModel(GatewayException why) {
        return ManagementRefusal.unavailable("no model could be asked to write the query: " + why.getMessage());
    }

    /** @throws QueryFailure when another query may help */
    private static QueryResult run(SafeQuery query, QueryRunner database) {
        try {
            return database.run(query);
        } catch (QueryFailure e) {
            throw e.kind() == QueryFailure.Kind.WRONG ? e : refusal(e, ". The query: " + query.sql());
        }
    }

    private static ManagementRefusal refusal(QueryFailure failure, String query) {
        return switch (failure.kind()) {
            case WRONG, TOO_LARGE -> ManagementRefusal.unprocessable(failure.sentence() + query);
            case TOO_SLOW -> ManagementRefusal.tooSlow(failure.sentence() + query);
            case BUSY -> ManagementRefusal.unavailable(failure.sentence());
            case NO_DATABASE -> ManagementRefusal.noDatabase(failure.sentence());
        };
    }

    private static ObjectNode json(Tried tried, QueryResult result) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("sql", tried.sql);
        ArrayNode columns = json.putArray("columns");
        result.columns()
                .forEach(
                        column -> columns.addObject().put("name", column.name()).put("type", column.type()));
        ArrayNode rows = json.putArray("rows");
        for (var row : result.rows()) {
            ArrayNode values = rows.addArray();
            for (int i = 0; i < row.size(); i++) {
                values.add(value(row.get(i), result.columns().get(i).type()));
            }
        }
        return json.put("row_count", result.rows().size())
                .put("truncated", result.isTruncated())
                .put("model", tried.model)
                .put("request_id", tried.requestId);
    }

    private static JsonNode value(@Nullable Object value, String type) {
        return switch (value) {
            case null -> Json.mapper().nullNode();
            case Boolean truth -> Json.mapper().getNodeFactory().booleanNode(truth);
            case Long number -> Json.mapper().getNodeFactory().numberNode(number);
            case BigDecimal number -> Json.mapper().getNodeFactory().numberNode(number);
            case String json when type.equals("jsonb") -> Json.parse(json);
            default -> Json.mapper().getNodeFactory().stringNode(value.toString());
        };
    }

    private static String shortened(String sql) {
        return sql.length() <= LONGEST_SHOWN ? sql : sql.substring(0, LONGEST_SHOWN) + "...";
    }
}
