package io.tributary.twilio.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A customer's phone in the browser: the page, what it sends, and a live stream of what comes.
final class Phone implements HttpHandler {

    private static final int MOST_BYTES = 5 * 1024 * 1024;
    private static final int MOST_WAITING = 10_000;
    private static final Set<String> PICTURES =
            Set.of("image/jpeg", "image/png", "image/gif", "image/webp");
    private static final Map<String, String> FILES =
            Map.of(
                    "/", "phone.html text/html; charset=utf-8",
                    "/phone.css", "phone.css text/css; charset=utf-8",
                    "/phone.js", "phone.js text/javascript; charset=utf-8",
                    "/icon.svg", "icon.svg image/svg+xml");

    private final Options options;
    private final Ledger ledger;
    private final MediaFiles files;
    private final Arrivals arrivals;
    private final ExecutorService threads;

    Phone(
            Options options,
            Ledger ledger,
            MediaFiles files,
            Arrivals arrivals,
            ExecutorService threads) {
        this.options = options;
        this.ledger = ledger;
        this.files = files;
        this.arrivals = arrivals;
        this.threads = threads;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (path.equals("/phone/events")) {
                stream(exchange);
            } else {
                secured(reply(exchange, path)).send(exchange);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply reply(HttpExchange exchange, String path) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            return path.equals("/phone/messages")
                    ? take(exchange)
                    : Reply.text(404, "text/plain", "not found");
        }
        if (path.startsWith("/media/")) {
            return medium(path.substring("/media/".length()));
        }
        if (path.equals("/phone/line")) {
            return Reply.json(
                    200,
                    Json.object(
                            "numbers", options.numbers(), "connected", arrivals.webhook() != null));
        }
        return file(path);
    }

    private static Reply file(String path) throws IOException {
        var file = FILES.get(path);
        if (file == null) {
            return Reply.text(404, "text/plain", "not found");
        }
        int blank = file.indexOf(' ');
        try (var stream = Phone.class.getResourceAsStream(file.substring(0, blank))) {
            if (stream == null) {
                throw new IOException(file + " is not in the jar");
            }
            return Reply.bytes(200, file.substring(blank + 1), stream.readAllBytes());
        }
    }

    private Reply medium(String sid) {
        var file = files.find(sid);
        return file == null
                ? Reply.text(404, "text/plain", "not found")
                : Reply.bytes(200, file.type(), file.bytes());
    }

    /// A text comes as a form; a picture as its bytes, with the rest in the query.
    private Reply take(HttpExchange exchange) throws IOException {
        if (fromElsewhere(exchange)) {
            return Reply.text(403, "text/plain", "only this page may write");
        }
        var bytes = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            return Reply.text(413, "text/plain", "at most 5 MB");
        }
        var type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        boolean picture = PICTURES.contains(type);
        Form form;
        try {
            form =
                    Form.decode(
                            picture
                                    ? exchange.getRequestURI().getRawQuery()
                                    : new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException brokenEscape) {
            return Reply.text(400, "text/plain", "malformed form");
        }
        if (!SendRules.isNumber(form.first("from"))
                || !options.numbers().contains(form.first("to"))
                || (!picture && form.first("body").isEmpty())) {
            return Reply.text(400, "text/plain", "a number like +15551230001 and a text");
        }
        var message =
                arrivals.take(
                        form.first("from"),
                        form.first("to"),
                        form.first("body"),
                        picture ? List.of(attach(type, bytes)) : List.of());
        threads.execute(() -> tell(message));
        return Reply.json(202, Json.object("sid", message.sid()));
    }

    private void tell(Message message) {
        try {
            var _ = arrivals.tell(message, Map.of());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Message.Attachment attach(String type, byte[] bytes) {
        var attachment = new Message.Attachment(Sids.next("ME"), type, null);
        files.keep(attachment.sid(), new MediaFiles.File(type, bytes));
        return attachment;
    }

    /// Browsers say where a request comes from; tools that are no browser say nothing and may
    /// write.
    private static boolean fromElsewhere(HttpExchange exchange) {
        var site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    private void stream(HttpExchange exchange) throws IOException, InterruptedException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/event-stream");
        headers.set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        // The headers leave with the first bytes, and the page waits for them to say that it is
        // connected.
        write(exchange.getResponseBody(), null);
        var waiting = new LinkedBlockingQueue<Message>(MOST_WAITING);
        // A reader that is too slow for the queue misses something: closing makes it come back for
        // all of it.
        var overrun = new AtomicBoolean();
        var stop =
                ledger.watch(message -> {
                    if (!waiting.offer(message)) {
                        overrun.set(true);
                    }
                });
        try {
            while (!overrun.get()) {
                write(exchange.getResponseBody(), waiting.poll(15, TimeUnit.SECONDS));
            }
        } finally {
            stop.run();
        }
    }

    private static void write(OutputStream out, @Nullable Message message) throws IOException {
        var event = message == null ? ":\n\n" : "data: " + Json.write(view(message)) + "\n\n";
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static Object view(Message message) {
        return Json.object(
                "sid",
                message.sid(),
                "origin",
                message.origin().name().toLowerCase(Locale.ROOT),
                "from",
                message.from(),
                "to",
                message.to(),
                "body",
                message.body(),
                "status",
                message.status().wire(),
                "error",
                message.errorCode(),
                "webhook",
                message.webhook(),
                "at",
                message.created().toString(),
                "media",
                message.media().stream()
                        .map(medium ->
                                Json.object(
                                        "url",
                                        "/media/" + medium.sid(),
                                        "picture",
                                        PICTURES.contains(medium.type())))
                        .toList());
    }

    private static Reply secured(Reply reply) {
        return reply.header(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                                + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                                + " frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store");
    }
}
