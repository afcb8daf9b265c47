package io.tributary.host.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.MediaBytes;
import io.tributary.host.objects.Bucket;
import io.tributary.host.objects.BucketAddress;
import io.tributary.model.TimeOrderedIds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("media in a bucket whose key may read alone")
final class ObjectBytesTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Breaker.class.getName());
    private static final Logger OBJECTS =
            (Logger) LoggerFactory.getLogger(ObjectBytes.class.getName());

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private volatile boolean away;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    if (away) {
                        refuse(exchange, 503, "SlowDown");
                    } else if (exchange.getRequestMethod().equals("GET")) {
                        refuse(exchange, 404, "NoSuchKey");
                    } else {
                        refuse(exchange, 403, "AccessDenied");
                    }
                    exchange.close();
                });
        server.start();
        said.start();
        LOG.addAppender(said);
        OBJECTS.addAppender(said);
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(said);
        OBJECTS.detachAppender(said);
        server.stop(0);
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body = ("<Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private Bucket bucket() {
        var address =
                new BucketAddress(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        "us-east-1",
                        "b",
                        "p/",
                        BucketAddress.Style.PATH,
                        new BucketAddress.Credentials("id", "secret"));
        return new Bucket(address, InstantSource.system(), Duration.ofSeconds(20));
    }

    private List<String> toldOfObjects() {
        return said.list.stream()
                .filter(each -> each.getLoggerName().equals(OBJECTS.getName()))
                .filter(each -> each.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    @DisplayName("are told to stay where they may not be let go, and not where the store is away")
    void stay() {
        try (var bucket = bucket()) {
            var bytes = new ObjectBytes(bucket, Optional.empty());
            away = true;
            bytes.tryOut();
            assertThat(toldOfObjects()).isEmpty();

            away = false;
            bytes.tryOut();
            assertThat(toldOfObjects())
                    .singleElement()
                    .asString()
                    .startsWith("objects that no record names stay: ");
        }
    }

    @Test
    @DisplayName("are read on, and an operator is told once that none can be put")
    void apart() throws Exception {
        var content = new MediaBytes.Content(TimeOrderedIds.system().media(), "00", 1);
        try (var bucket = bucket()) {
            var bytes = new ObjectBytes(bucket, Optional.empty());
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() ->
                                bytes.put(content, () -> new ByteArrayInputStream(new byte[1])))
                        .isInstanceOf(JournalUnavailable.class);
                assertThat(bytes.read(content, new ByteArrayOutputStream())).isFalse();
            }
        }
        assertThat(said.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("media wait to be put: ");
    }
}
