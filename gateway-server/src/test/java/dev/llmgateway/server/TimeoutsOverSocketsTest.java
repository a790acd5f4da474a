package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.llmgateway.api.AttemptStage;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException.TimedOut;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.providers.Providers;
import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.resilience.DeadlineTimer;
import dev.llmgateway.resilience.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits enforced on real sockets: the provider sees the connection close, and the next one is asked if there is time. */
final class TimeoutsOverSocketsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(200);
    /** Short, but enough for the first answer of a cold machine. */
    private static final Duration ENOUGH = Duration.ofSeconds(2);

    private final SimulatedProvider slow =
            SimulatedProvider.builder().name("slow").start();
    private final SimulatedProvider quick =
            SimulatedProvider.builder().name("quick").start();
    private final DeadlineTimer timer = DeadlineTimer.start();

    @AfterEach
    void close() {
        timer.close();
        slow.close();
        quick.close();
    }

    private Gateway gateway(Duration firstEvent, Duration idle) {
        return Gateway.builder()
                .provider(Providers.local("slow", slow.uri().toString()))
                .provider(Providers.local("quick", quick.uri().toString()))
                .attemptStage(AttemptStage.TIMEOUTS, new Timeouts(timer, firstEvent, idle))
                .build();
    }

    private static ChatRequest request() {
        return ChatRequest.builder("sim-large")
                .user("one two three four five six")
                .build();
    }

    @Test
    void asksTheNextProviderWhenTheFirstEventDoesNotCome() throws Exception {
        slow.enqueue(new Fault.StallMidStream(0).asReply());
        try (Gateway gateway = gateway(ENOUGH, LONG);
                ChatStream stream = gateway.stream(request())) {
            assertThat(stream.collect().text()).contains("quick");
            assertThat(slow.awaitDisconnect(PATIENCE)).isTrue();
        }
    }

    @Test
    void asksTheNextProviderWhenAWholeAnswerDoesNotCome() throws Exception {
        slow.enqueue(new Fault.StallBeforeFirstByte().asReply());
        try (Gateway gateway = Gateway.builder()
                .provider(Providers.local("slow", slow.uri().toString()))
                .provider(Providers.local("quick", quick.uri().toString()))
                .attemptStage(AttemptStage.TIMEOUTS, new Timeouts(timer, LONG, LONG, ENOUGH, LONG))
                .build()) {
            assertThat(gateway.chat(request()).text()).contains("quick");
            assertThat(slow.awaitDisconnect(PATIENCE)).isTrue();
        }
    }

    @Test
    void asksTheNextProviderWhenTheHeadersDoNotCome() throws Exception {
        slow.enqueue(new Fault.StallBeforeFirstByte().asReply());
        try (Gateway gateway = gateway(ENOUGH, LONG);
                ChatStream stream = gateway.stream(request())) {
            assertThat(stream.collect().text()).contains("quick");
            assertThat(slow.awaitDisconnect(PATIENCE)).isTrue();
        }
    }

    @Test
    void tellsThatAStreamFellSilent() throws Exception {
        slow.enqueue(new Fault.StallMidStream(5).asReply());
        try (Gateway gateway = gateway(LONG, SHORT);
                ChatStream stream = gateway.stream(request())) {
            assertThatExceptionOfType(TimedOut.class)
                    .isThrownBy(stream::collect)
                    .withMessageContaining("\"slow\" fell silent");
            assertThat(slow.awaitDisconnect(PATIENCE)).isTrue();
        }
    }

    @Test
    void asksNobodyElseWhenTheTimeOfTheCallIsUp() throws Exception {
        slow.enqueue(new Fault.StallBeforeFirstByte().asReply());
        try (Gateway gateway = gateway(LONG, LONG)) {
            assertThatExceptionOfType(TimedOut.class)
                    .isThrownBy(
                            () -> gateway.chat(request(), CallOptions.defaults().withTimeout(SHORT)))
                    .withMessageContaining("whole call");
            assertThat(slow.awaitDisconnect(PATIENCE)).isTrue();
            assertThat(quick.requestCount()).isZero();
        }
    }

    @Test
    void endsALivelyStreamWhenTheTimeOfTheCallIsUp() throws Exception {
        slow.enqueue(new Reply.Usual(Pace.every(Duration.ofMillis(20)), 10_000));
        try (Gateway gateway = gateway(LONG, LONG);
                ChatStream stream =
                        gateway.stream(request(), CallOptions.defaults().withTimeout(ENOUGH))) {
            assertThatExceptionOfType(TimedOut.class)
                    .isThrownBy(stream::collect)
                    .withMessageContaining("whole call");
            assertThat(slow.awaitDisconnect(PATIENCE)).isTrue();
        }
    }

    @Test
    void asksTheNextProviderWhenTheFirstTakesNoConnection() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Gateway gateway = Gateway.builder()
                        .provider(Providers.builder(ProviderType.LOCAL, "full")
                                .endpoint("http://127.0.0.1:" + full.getLocalPort())
                                .connectTimeout(SHORT)
                                .build())
                        .provider(Providers.local("quick", quick.uri().toString()))
                        .build()) {
            List<Socket> waiting = fill(full);
            assertThat(gateway.chat(request()).text()).contains("quick");
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    /** Connects, without anybody who accepts, until the system takes no more. */
    private static List<Socket> fill(ServerSocket server) throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try {
            while (waiting.size() < 64) {
                Socket socket = new Socket();
                waiting.add(socket);
                socket.connect(server.getLocalSocketAddress(), (int) SHORT.toMillis());
            }
        } catch (SocketTimeoutException e) {
            return waiting;
        }
        throw new AssertionError("the system takes any number of connections");
    }

    @Test
    void letsASlowStreamLiveThatSendsInTime() {
        slow.enqueue(Reply.usual(Pace.every(Duration.ofMillis(20))));
        try (Gateway gateway = gateway(LONG, Duration.ofSeconds(10));
                ChatStream stream = gateway.stream(request())) {
            assertThat(stream.collect().text()).contains("slow");
            assertThat(slow.disconnects()).isZero();
        }
    }
}
