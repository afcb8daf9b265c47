package io.tributary.twilio.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The REST API under `/2010-04-01/`: the account, its messages and their media.
final class Api implements HttpHandler {

    private static final String ACCOUNTS = "/2010-04-01/Accounts/";

    private final Options options;
    private final Ledger ledger;
    private final MediaFiles files;
    private final SendRules rules;
    private final Deliveries deliveries;
    private final Faults faults;
    private final Resources resources;
    private final Submissions submissions = new Submissions();
    private volatile Supplier<Course> courses;

    Api(
            Options options,
            Ledger ledger,
            MediaFiles files,
            SendRules rules,
            Deliveries deliveries,
            Faults faults) {
        this.options = options;
        this.ledger = ledger;
        this.files = files;
        this.rules = rules;
        this.deliveries = deliveries;
        this.faults = faults;
        this.resources = new Resources(options.accountSid());
        this.courses = options::course;
    }

    void courses(Supplier<Course> each) {
        courses = each;
    }

    Submissions submissions() {
        return submissions;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        boolean send = "POST".equals(exchange.getRequestMethod());
        var fault = faults.next(send);
        var open = submissions.begin(send, fault);
        try (exchange) {
            suffer(exchange, fault, open);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException nobodyListens) {
            open.left();
            throw nobodyListens;
        } finally {
            submissions.end(open);
        }
    }

    /// Answers, or whatever happens instead. A caller counts as answered before it can know that.
    private void suffer(HttpExchange exchange, @Nullable Fault fault, Submissions.Open open)
            throws IOException, InterruptedException {
        switch (fault) {
            case null -> told(open, answer(exchange)).send(exchange);
            case Fault.Throttled(Duration after) -> told(open, throttled(after)).send(exchange);
            case Fault.Refused(int status, int code, String message) ->
                    told(open, new Refusal(status, code, message).reply()).send(exchange);
            // Closing without an answer is the cut.
            case Fault.CutBefore _ -> open.now();
            case Fault.CutAfter _ -> told(open, answer(exchange));
            case Fault.CutWithin _ -> told(open, answer(exchange)).sendHalf(exchange);
            case Fault.Slow(Duration late) -> {
                var reply = answer(exchange);
                Thread.sleep(late);
                told(open, reply).send(exchange);
            }
            case Fault.Garbled(int status, String body) -> {
                answer(exchange);
                told(open, Reply.text(status, "application/json", body)).send(exchange);
            }
            case Fault.Dripping(Duration pause) ->
                    told(open, answer(exchange)).drip(exchange, pause, open::now);
            case Fault.Endless _ -> told(open, answer(exchange)).repeat(exchange, open::now);
        }
    }

    private static Reply told(Submissions.Open open, Reply reply) {
        open.now();
        return reply;
    }

    private static Reply throttled(@Nullable Duration after) {
        var reply = new Refusal(429, 20429, "Too Many Requests").reply();
        return after == null
                ? reply
                : reply.header("Retry-After", Long.toString(after.toSeconds()));
    }

    private Reply answer(HttpExchange exchange) throws IOException, InterruptedException {
        var path = exchange.getRequestURI().getRawPath();
        // Read first: an answer before the end of the body would reset the connection.
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try {
            authenticate(exchange);
            if (!path.startsWith(ACCOUNTS)) {
                throw Refusal.notFound(path);
            }
            var steps = List.of(path.substring(ACCOUNTS.length()).split("/"));
            if (!steps.getFirst().replace(".json", "").equals(options.accountSid())) {
                throw unauthenticated();
            }
            return route(exchange, steps, body);
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private Reply route(HttpExchange exchange, List<String> steps, String body)
            throws Refusal, InterruptedException {
        var request = exchange.getRequestURI();
        if (exchange.getRequestMethod().equals("POST")) {
            if (steps.size() == 2 && steps.get(1).equals("Messages.json")) {
                return send(exchange.getRequestHeaders().getFirst("Content-Type"), body);
            }
            throw Refusal.notFound(request.getRawPath());
        }
        return switch (steps.size()) {
            case 1 -> Reply.json(200, resources.account());
            case 2 -> list(request, steps.get(1));
            case 3 -> Reply.json(200, resources.message(find(steps.get(2), request)));
            case 5 -> medium(steps.get(4), request);
            default -> throw Refusal.notFound(request.getRawPath());
        };
    }

    /// What is no form is not read at all: then everything is missing.
    private Reply send(@Nullable String type, String body) throws Refusal, InterruptedException {
        boolean form = type != null && type.startsWith("application/x-www-form-urlencoded");
        Form fields;
        try {
            fields = form ? Form.decode(body) : Form.EMPTY;
        } catch (IllegalArgumentException brokenEscape) {
            throw Refusal.badRequest(20001, "The request body is malformed");
        }
        var message = rules.check(fields);
        ledger.add(message);
        deliveries.begin(message, courses.get());
        return Reply.json(201, resources.message(message));
    }

    private Message find(String file, URI request) throws Refusal {
        var message = ledger.find(file.replace(".json", ""));
        if (message == null) {
            throw Refusal.notFound(request.getRawPath());
        }
        return message;
    }

    private Reply list(URI request, String file) throws Refusal {
        if (!file.equals("Messages.json")) {
            throw Refusal.notFound(request.getRawPath());
        }
        var query = Form.decode(request.getRawQuery());
        var found = ledger.all(message -> matches(message, query)).reversed();
        return Reply.json(
                200,
                resources.page(
                        found,
                        request,
                        number(query.first("Page"), 0, Integer.MAX_VALUE / 1000, 0),
                        number(query.first("PageSize"), 1, 1000, 50)));
    }

    /// A message that was not sent yet has no `DateSent` and is found by no filter on it.
    private static boolean matches(Message message, Form query) {
        var to = query.first("To");
        var from = query.first("From");
        return (to.isEmpty() || to.equals(message.to()))
                && (from.isEmpty() || from.equals(message.from()))
                && on(message, query.first("DateSent"), 0)
                && on(message, query.first("DateSent<"), -1)
                && on(message, query.first("DateSent>"), 1);
    }

    private static boolean on(Message message, String date, int side) {
        if (date.isEmpty()) {
            return true;
        }
        if (!message.inbound() && message.status().compareTo(Status.SENT) < 0) {
            return false;
        }
        var asked = LocalDate.parse(date.substring(0, Math.min(10, date.length())));
        var sent = message.updated().atOffset(ZoneOffset.UTC).toLocalDate();
        int compared = sent.compareTo(asked);
        return compared == 0 || Integer.signum(compared) == side;
    }

    private Reply medium(String sid, URI request) throws Refusal {
        var file = files.find(sid);
        if (file == null) {
            throw Refusal.notFound(request.getRawPath());
        }
        return options.redirectsMedia()
                ? Reply.empty(307).header("Location", "/media/" + sid)
                : Reply.bytes(200, file.type(), file.bytes());
    }

    private void authenticate(HttpExchange exchange) throws Refusal {
        var expected =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (options.accountSid() + ":" + options.authToken())
                                                .getBytes(StandardCharsets.UTF_8));
        var given = exchange.getRequestHeaders().getFirst("Authorization");
        if (given == null
                || !MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8),
                        given.getBytes(StandardCharsets.UTF_8))) {
            throw unauthenticated();
        }
    }

    private static Refusal unauthenticated() {
        return new Refusal(401, 20003, "Authenticate");
    }

    private static int number(String text, int least, int most, int otherwise) {
        try {
            return Math.clamp(Integer.parseInt(text), least, most);
        } catch (NumberFormatException notGiven) {
            return otherwise;
        }
    }
}
