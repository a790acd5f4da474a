package dev.llmgateway.server;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/** A collector that keeps what is sent to it by OTLP over HTTP. */
final class Collector implements AutoCloseable {

    private final MockWebServer server = new MockWebServer();
    private final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
    private final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();

    private Collector() {}

    static Collector start() {
        Collector collector = new Collector();
        collector.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return collector.keep(request);
            }
        });
        try {
            collector.server.start();
        } catch (IOException e) {
            throw new AssertionError("no port", e);
        }
        return collector;
    }

    private MockResponse keep(RecordedRequest request) {
        ByteString body = request.getBody();
        if (body == null) {
            return new MockResponse.Builder().code(400).build();
        }
        try {
            switch (request.getUrl().encodedPath()) {
                case "/v1/traces" -> traces.add(ExportTraceServiceRequest.parseFrom(body.toByteArray()));
                case "/v1/metrics" -> metrics.add(ExportMetricsServiceRequest.parseFrom(body.toByteArray()));
                default -> {
                    return new MockResponse.Builder().code(404).build();
                }
            }
        } catch (InvalidProtocolBufferException e) {
            return new MockResponse.Builder().code(400).build();
        }
        return new MockResponse.Builder().code(200).build();
    }

    URI uri() {
        return server.url("/").uri();
    }

    List<Span> spans() {
        return traces.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    List<Metric> metrics() {
        return metrics.stream()
                .flatMap(request -> request.getResourceMetricsList().stream())
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .toList();
    }

    Map<String, String> resource() {
        return attributes(traces.getFirst().getResourceSpans(0).getResource().getAttributesList());
    }

    static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, one -> switch (one.getValue()
                .getValueCase()) {
            case INT_VALUE -> Long.toString(one.getValue().getIntValue());
            case STRING_VALUE -> one.getValue().getStringValue();
            default -> one.getValue().toString();
        }));
    }

    @Override
    public void close() {
        server.close();
    }
}
