package io.tributary.telegram.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Telegram's Bot API on the loopback, for one bot. Thread safe.
public final class TelegramSimulator implements AutoCloseable {

    private static final String FILE = "/file";
    private static final String CONTROL = "/simulator/";
    private static final long REST = 50;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String token;
    private final Updates updates = new Updates();
    private final Chats chats = new Chats();
    private final FileShelf shelf = new FileShelf();
    private final Webhook webhook = new Webhook();
    private final Methods methods;
    private final Customers customers;
    private final List<String> called = new CopyOnWriteArrayList<>();
    private volatile @Nullable Answer refusal;
    private volatile boolean closed;

    private record Answer(int status, String body) {}

    private TelegramSimulator(int port, String token) throws IOException {
        this.token = token;
        long bot = Long.parseLong(token.substring(0, token.indexOf(':')));
        methods = new Methods(bot, updates, chats, shelf, webhook, () -> closed);
        customers = new Customers(updates, chats, shelf, methods);
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    /// Serves until it is closed.
    ///
    /// @param port 0: a free one
    /// @param token of the bot: a number, a colon and the secret
    /// @throws IOException the port is taken
    public static TelegramSimulator start(int port, String token) throws IOException {
        var simulator = new TelegramSimulator(port, token);
        simulator.server.start();
        simulator.threads.execute(simulator::post);
        return simulator;
    }

    /// Where it is: what `apiBase` is to be.
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Those who write to the bot.
    public Customers customers() {
        return customers;
    }

    /// The methods that were called, in order.
    public List<String> called() {
        return List.copyOf(called);
    }

    /// Answers the next call that sends something like this, instead of doing it.
    public void refuseNext(int status, String body) {
        refusal = new Answer(status, body);
    }

    /// How many messages a second a chat takes before 429; 0: any number.
    public void limit(int messagesPerSecond) {
        chats.limit(messagesPerSecond);
    }

    /// Cuts off the question for updates that waits, or else the next one.
    public void cut() {
        updates.cut();
    }

    /// Goes on counting updates at another number, as Telegram does after a week of silence.
    public void goOnAt(long number) {
        updates.goOnAt(number);
    }

    /// The updates that the bot confirmed.
    public List<ObjectNode> confirmed() {
        return updates.confirmed();
    }

    @Override
    public void close() {
        closed = true;
        updates.wake();
        server.stop(0);
        threads.shutdownNow();
        webhook.close();
    }

    /// Posts what waits, where a webhook is set.
    private void post() {
        try {
            while (!closed) {
                var update = webhook.isSet() ? updates.first() : null;
                var answer = update == null ? null : webhook.post(update);
                if (answer == null) {
                    rest(update != null);
                } else {
                    updates.confirmFirst();
                    answered(answer);
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void rest(boolean failed) throws InterruptedException {
        if (failed || !webhook.isSet()) {
            Thread.sleep(REST);
        } else {
            updates.awaitSome(REST);
        }
    }

    /// An answer may call one method.
    private void answered(JsonNode answer) throws InterruptedException {
        if (answer instanceof ObjectNode call && call.has("method")) {
            var method = call.path("method").asString("");
            called.add(method);
            try {
                methods.call(method, new Parameters(call, Map.of()));
            } catch (Refused nobodyHears) {
                // as it is with Telegram
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (path.startsWith(CONTROL)) {
                write(exchange, 200, control(exchange, path.substring(CONTROL.length())));
            } else if (path.startsWith(FILE + "/bot" + token + '/')) {
                download(exchange, path.substring((FILE + "/bot" + token + '/').length()));
            } else {
                call(exchange, path);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(HttpExchange exchange, String path) throws IOException, InterruptedException {
        int slash = path.lastIndexOf('/');
        var body = exchange.getRequestBody().readAllBytes();
        try {
            if (!path.substring(0, Math.max(0, slash)).equals("/bot" + token)) {
                throw new Refused(401, "Unauthorized");
            }
            var method = path.substring(slash + 1);
            called.add(method);
            var planned = refusal;
            if (planned != null && method.startsWith("send")) {
                refusal = null;
                write(exchange, planned.status(), planned.body());
                return;
            }
            var type = exchange.getRequestHeaders().getFirst("content-type");
            var result = methods.call(method, Parameters.read(type, body));
            if (result == null) {
                breakOff(exchange);
            } else {
                var answer = JsonNodeFactory.instance.objectNode().put("ok", true);
                write(exchange, 200, answer.set("result", result).toString());
            }
        } catch (Refused refused) {
            write(exchange, refused.code(), refused.answer().toString());
        }
    }

    private void download(HttpExchange exchange, String path) throws IOException {
        var bytes = shelf.read(path);
        if (bytes == null) {
            write(exchange, 404, "{\"ok\":false,\"error_code\":404,\"description\":\"Not Found\"}");
            return;
        }
        exchange.getResponseHeaders().set("content-type", "application/octet-stream");
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /// For people: `say?chat=7&text=hello` is a message from a customer, `chat?chat=7` what is
    /// there.
    private String control(HttpExchange exchange, String action) {
        var query = exchange.getRequestURI().getRawQuery();
        var given = Parameters.query(query == null ? "" : query);
        long chat = given.path("chat").longValue(1);
        if (action.equals("say")) {
            var text = given.path("text");
            customers.say(chat, text.isString() ? text.stringValue() : text.toString());
        }
        return JsonNodeFactory.instance.arrayNode().addAll(chats.of(chat)).toString();
    }

    private static void write(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /// A client would repeat by itself what was not answered at all.
    private static void breakOff(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 10);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
    }
}
