package io.tributary.meta.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// WhatsApp's Cloud API on the loopback, with customers who do as they are told.
public final class Simulator implements AutoCloseable {

    private static final String JSON = "application/json; charset=UTF-8";

    private final Options options;
    private final HttpServer server;
    private final Ledger ledger = new Ledger();
    private final Rules rules = new Rules(ledger);
    private final Phone phone;
    private final Webhooks webhooks;
    private final Map<String, byte[]> media = new ConcurrentHashMap<>();
    private final AtomicBoolean losing = new AtomicBoolean();

    private Simulator(Options options, HttpServer server) {
        this.options = options;
        this.server = server;
        this.phone = new Phone(options);
        this.webhooks = new Webhooks(options);
    }

    /// Begins to listen on a free port of the loopback.
    public static Simulator start(Options options) throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var simulator = new Simulator(options, server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", simulator::answer);
        server.start();
        return simulator;
    }

    /// What stands in for https://graph.facebook.com.
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// A customer writes.
    ///
    /// @return the message's id
    public String says(String waId, String text) {
        var draft = phone.message(waId, ledger.nextId(), "text");
        draft.message().putObject("text").put("body", text);
        return goes(waId, draft);
    }

    /// A customer sends a picture.
    ///
    /// @return the message's id
    public String shows(String waId, byte[] picture) {
        var id = Integer.toString(1000 + media.size());
        media.put(id, picture.clone());
        var draft = phone.message(waId, ledger.nextId(), "image");
        draft.message().putObject("image").put("id", id).put("mime_type", "image/png");
        return goes(waId, draft);
    }

    /// A customer has another number from now on.
    public void changesNumber(String waId, String to) {
        var draft = phone.message(waId, ledger.nextId(), "system");
        draft.message()
                .putObject("system")
                .put("body", "User changed from " + waId + " to " + to)
                .put("wa_id", to)
                .put("type", "user_changed_number");
        webhooks.post(draft.webhook());
    }

    /// A customer reads a message of ours, which was delivered before.
    public void reads(String id) {
        var message = ledger.find(id);
        if (message != null) {
            webhooks.post(phone.status(message, "delivered"));
            webhooks.post(phone.status(message, "read"));
        }
    }

    /// A customer leaves WhatsApp.
    public void leaves(String waId) {
        ledger.leaves(waId);
    }

    /// The next message is taken, and the answer to it is lost.
    public void loseNextAnswer() {
        losing.set(true);
    }

    /// What was taken, in order.
    public List<Taken> taken() {
        return ledger.taken();
    }

    /// The ids of messages that were marked as read.
    public Set<String> markedAsRead() {
        return ledger.read();
    }

    private String goes(String waId, Phone.Draft draft) {
        ledger.wrote(waId, options.clock().instant());
        webhooks.post(draft.webhook());
        return draft.message().path("id").asString();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var token = exchange.getRequestHeaders().getFirst("authorization");
            var path = exchange.getRequestURI().getPath().split("/", -1);
            if (!("Bearer " + options.token()).equals(token)) {
                refuse(exchange, Refusal.NO_TOKEN);
            } else if (path[1].equals("files")) {
                reply(exchange, 200, "image/png", media.getOrDefault(path[2], new byte[0]));
            } else if (exchange.getRequestMethod().equals("GET")) {
                found(exchange, path[path.length - 1]);
            } else if (path.length == 4
                    && path[2].equals(options.phoneNumberId())
                    && path[3].equals("messages")) {
                message(exchange);
            } else {
                refuse(exchange, Refusal.NO_OBJECT);
            }
        }
    }

    /// The number itself, or where a medium is.
    private void found(HttpExchange exchange, String id) throws IOException {
        var answer = JsonMapper.shared().createObjectNode().put("id", id);
        if (media.containsKey(id)) {
            answer.put("url", url() + "/files/" + id).put("mime_type", "image/png");
            reply(exchange, answer);
        } else if (id.equals(options.phoneNumberId())) {
            reply(exchange, answer.put("quality_rating", "GREEN"));
        } else {
            refuse(exchange, Refusal.NO_OBJECT);
        }
    }

    private void message(HttpExchange exchange) throws IOException {
        var message = read(exchange);
        if (message == null) {
            refuse(exchange, Refusal.PARAMETER);
            return;
        }
        if (message.path("status").asString("").equals("read")) {
            ledger.markRead(message.path("message_id").asString(""));
            reply(exchange, JsonMapper.shared().createObjectNode().put("success", true));
            return;
        }
        var waId = waId(message);
        var refusal = rules.against(message, waId, options.clock().instant());
        if (refusal != null) {
            refuse(exchange, refusal);
            return;
        }
        var taken = new Taken(ledger.nextId(), waId, message);
        ledger.take(taken);
        if (!losing.getAndSet(false)) {
            reply(exchange, taken(taken));
        }
        webhooks.post(phone.status(taken, "sent"));
    }

    private static @Nullable JsonNode read(HttpExchange exchange) throws IOException {
        try {
            return JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        } catch (JacksonException noJson) {
            return null;
        }
    }

    /// By number or by business-scoped id, which here is the number, too.
    private static String waId(JsonNode message) {
        var to = message.path("to").asString(message.path("recipient").asString(""));
        return to.startsWith("US.") ? to.substring(3) : to.replace("+", "");
    }

    private static JsonNode taken(Taken message) {
        var answer = JsonMapper.shared().createObjectNode().put("messaging_product", "whatsapp");
        answer.putArray("contacts").addObject().put("wa_id", message.waId());
        answer.putArray("messages").addObject().put("id", message.id());
        return answer;
    }

    private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
        reply(exchange, refusal.status(), JSON, refusal.body().getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(HttpExchange exchange, JsonNode answer) throws IOException {
        reply(exchange, 200, JSON, answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        webhooks.close();
        server.stop(0);
    }
}
