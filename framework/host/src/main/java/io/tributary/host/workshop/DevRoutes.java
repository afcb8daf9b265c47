package io.tributary.host.workshop;

import io.tributary.host.http.Answer;
import io.tributary.host.http.Body;
import io.tributary.host.http.Endpoint;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.LogReader;
import io.tributary.model.Bytes;
import io.tributary.model.InteractionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The page on which a channel is tried, and what it needs beyond the public interface: below
/// `/dev/`, for this machine's browsers alone, and only while a channel is written. What tells
/// something takes the [PageKey]; the page itself and the stand-in for the provider do not.
public final class DevRoutes {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LARGEST = 1 << 20;

    private static final Map<String, String> PAGE =
            Map.of(
                    "index.html", "text/html; charset=utf-8",
                    "page.css", "text/css; charset=utf-8",
                    "page.js", "text/javascript; charset=utf-8",
                    "member.js", "text/javascript; charset=utf-8",
                    "shown.js", "text/javascript; charset=utf-8",
                    "icon.svg", "image/svg+xml");

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                    + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Project project;
    private final Board board;
    private final Provider provider;
    private final LogReader log;
    private final String token;
    private final PageKey key;

    /// @param token that the page works with; given to who has its [PageKey] alone
    public DevRoutes(Project project, Bench bench, LogReader log, String token) {
        this.project = project;
        this.board = bench.board();
        this.provider = new Provider(project);
        this.log = log;
        this.token = token;
        this.key = PageKey.of(token);
    }

    /// Adds them to what a member serves.
    public void add(Routes routes) {
        routes.open(
                "GET",
                "/dev",
                _ -> new Answer.Whole(308, "", Bytes.EMPTY, Map.of("Location", "/dev/")));
        routes.open("GET", "/dev/state", here(keyed(this::state)));
        routes.open("GET", "/dev/raw/{id}", here(keyed(this::raw)));
        routes.open("GET", "/dev/calls", here(keyed(_ -> calls())));
        routes.open("GET", "/dev/examples", here(keyed(_ -> examples())));
        for (String method : new String[] {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
            routes.open(method, "/dev/provider/{rest*}", Body.any(LARGEST), here(this::provider));
        }
        routes.open("GET", "/dev/{rest*}", here(DevRoutes::page));
    }

    /// A page of elsewhere whose name was made to lead here would be given the token.
    private static Endpoint here(Endpoint endpoint) {
        return request -> {
            String host = String.valueOf(request.header("host")).replaceFirst(":\\d+$", "");
            if (!List.of("127.0.0.1", "localhost", "[::1]").contains(host)) {
                throw new Problem(
                        ProblemType.FORBIDDEN, "This is for browsers on the same machine.");
            }
            return endpoint.answer(request);
        };
    }

    /// Every user of this machine reaches its ports: with the token one runs code as who develops.
    private Endpoint keyed(Endpoint endpoint) {
        return request -> {
            if (!key.fits(request.header(PageKey.HEADER.toLowerCase(Locale.ROOT)))) {
                throw new Problem(
                        ProblemType.FORBIDDEN,
                        "Open the whole address that `tributary dev` printed, with the key in it.");
            }
            return endpoint.answer(request);
        };
    }

    private Answer state(Request request) throws InterruptedException {
        String after = request.query("after");
        BenchState state = board.after(after == null ? -1 : number(after), PATIENCE);
        ObjectNode body = JSON.createObjectNode();
        body.put("number", state.number());
        body.put("phase", state.phase().name().toLowerCase(Locale.ROOT));
        body.put("text", state.text()).put("took", state.took());
        ArrayNode complaints = body.putArray("complaints");
        state.complaints().forEach(each -> complaints.add(JSON.<ObjectNode>valueToTree(each)));
        body.put("project", String.valueOf(project.folder().getFileName()));
        body.put("account", Bench.ACCOUNT).put("token", token);
        return json(body);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            throw new Problem(ProblemType.MALFORMED, "Query: `after` is a number.");
        }
    }

    private Answer raw(Request request) {
        InteractionId id;
        try {
            id = InteractionId.of(request.need("id"));
        } catch (IllegalArgumentException wrong) {
            throw new Problem(ProblemType.NOT_FOUND, "There is no such interaction.");
        }
        LogReader.Raw raw =
                log.raw(id)
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemType.NOT_FOUND,
                                        "No raw event is kept for this interaction."));
        ObjectNode body = JSON.createObjectNode();
        body.put("kind", raw.kind()).put("receivedAt", raw.receivedAt().toString());
        body.set("notes", JSON.valueToTree(raw.notes()));
        body.put("body", raw.body().utf8());
        return json(body);
    }

    private Answer calls() {
        ArrayNode calls = JSON.createArrayNode();
        provider.taken().forEach(each -> calls.add(JSON.<ObjectNode>valueToTree(each)));
        return json(JSON.createObjectNode().set("items", calls));
    }

    private Answer examples() throws IOException {
        ArrayNode examples = JSON.createArrayNode();
        for (Path each : Project.files(project.dev().resolve("examples"))) {
            examples.addObject()
                    .put("name", String.valueOf(each.getFileName()).replaceFirst("\\.http$", ""))
                    .put("text", Files.readString(each));
        }
        return json(JSON.createObjectNode().set("items", examples));
    }

    private Answer provider(Request request) throws IOException {
        try {
            Provider.Answered answer =
                    provider.take(
                            request.method(),
                            "/" + request.need("rest"),
                            shown(request.headers()),
                            request.body().utf8());
            Map<String, String> headers = new HashMap<>(answer.headers());
            String type = headers.remove("Content-Type");
            return new Answer.Whole(
                    answer.status(),
                    type == null ? "text/plain" : type,
                    Bytes.utf8(answer.body()),
                    headers);
        } catch (IllegalArgumentException wrong) {
            throw new Problem(ProblemType.INVALID, String.valueOf(wrong.getMessage()));
        }
    }

    /// What every client adds by itself says nothing about the channel.
    private static Map<String, List<String>> shown(Map<String, List<String>> headers) {
        Map<String, List<String>> shown = new LinkedHashMap<>();
        headers.keySet().stream()
                .filter(each -> !List.of("host", "content-length", "connection").contains(each))
                .sorted()
                .forEach(each -> shown.put(each, headers.get(each)));
        return shown;
    }

    private static Answer page(Request request) throws IOException {
        String name = request.need("rest").isEmpty() ? "index.html" : request.need("rest");
        String type = PAGE.get(name);
        if (type == null) {
            throw new Problem(ProblemType.NOT_FOUND, "There is no such page.");
        }
        try (InputStream in = DevRoutes.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the build left out page/" + name);
            }
            return new Answer.Whole(
                    200,
                    type,
                    Bytes.wrap(in.readAllBytes()),
                    Map.of("Cache-Control", "no-store", "Content-Security-Policy", POLICY));
        }
    }

    private static Answer json(ObjectNode body) {
        return new Answer.Whole(
                200,
                "application/json",
                Bytes.wrap(JSON.writeValueAsBytes(body)),
                Map.of("Cache-Control", "no-store"));
    }
}
