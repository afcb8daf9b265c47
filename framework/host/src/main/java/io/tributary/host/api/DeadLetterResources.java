package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Endpoint;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Journal;
import io.tributary.model.AccountId;
import io.tributary.model.InteractionId;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What could not be processed: found, looked at, replayed or dropped.
final class DeadLetterResources {

    private static final long SMALL = 16 * 1024;
    private static final int MOST = 1_000;

    private final DeadLetters letters;
    private final DeadLetterFilter filter;
    private final DeadLetterReplay replay;
    private final DeadLetterDrop drop;
    private final ManyDeadLetters many;
    private final OnceAnswered once;

    DeadLetterResources(Api.Rooms rooms) {
        Journal journal = rooms.journal();
        this.letters = journal.deadLetters();
        this.filter = new DeadLetterFilter(rooms.accounts());
        this.replay = new DeadLetterReplay(letters, rooms.replay(), rooms.resending());
        this.drop = new DeadLetterDrop(journal, rooms.clock());
        this.many = new ManyDeadLetters(letters, rooms.clock());
        this.once = new OnceAnswered(journal, rooms.clock());
    }

    void add(Routes routes) {
        routes.add("GET", "/admin/v1/dead-letters", Scope.ADMIN_READ, 0, Refusals.told(this::list));
        routes.add(
                "GET",
                "/admin/v1/dead-letters/{id}",
                Scope.ADMIN_READ,
                0,
                Refusals.told(this::one));
        act(routes, "/admin/v1/dead-letters/replay", this::replayMany);
        act(routes, "/admin/v1/dead-letters/drop", this::dropMany);
        act(routes, "/admin/v1/dead-letters/{id}/replay", this::replayOne);
        act(routes, "/admin/v1/dead-letters/{id}/drop", this::dropOne);
    }

    private static void act(Routes routes, String path, Endpoint endpoint) {
        routes.add("POST", path, Scope.ADMIN_WRITE, SMALL, Refusals.told(endpoint));
    }

    private Answer list(Request request) {
        Query query =
                Query.of(
                        request,
                        Stream.concat(
                                        DeadLetterFilter.NAMES.stream(),
                                        Stream.of("open", "before", "limit"))
                                .toArray(String[]::new));
        boolean openOnly = !Boolean.FALSE.equals(query.flag("open"));
        Long before = query.number("before", 1, Long.MAX_VALUE);
        int limit = query.limit();
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        Optional<DeadLetters.Query> wanted = filter.of(query, request.principal());
        long matching = 0;
        if (wanted.isPresent()) {
            DeadLetters.Query asked = openOnly ? wanted.get().onlyOpen() : wanted.get();
            List<DeadLetters.DeadLetter> page =
                    letters.page(asked, before == null ? Long.MAX_VALUE : before, limit);
            page.forEach(each -> items.add(DeadLetterView.of(each)));
            if (page.size() == limit) {
                body.put("next", Long.toString(page.getLast().id()));
            }
            matching = letters.count(asked);
        }
        body.put("matching", matching);
        body.put("open", open(request.principal().accounts()));
        return json(body);
    }

    private long open(Set<AccountId> accounts) {
        return accounts.isEmpty()
                ? letters.open()
                : letters.count(DeadLetters.Query.ALL.of(accounts).onlyOpen());
    }

    private Answer one(Request request) {
        DeadLetters.DeadLetter letter = seen(request);
        ObjectNode view = DeadLetterView.of(letter);
        view.put("payload", Base64.getEncoder().encodeToString(letter.payload().toArray()));
        return json(view);
    }

    private DeadLetters.DeadLetter seen(Request request) {
        return letters.byId(Ids.number(request, "dead letter"))
                .filter(each -> request.principal().sees(each.account()))
                .orElseThrow(() -> Ids.notFound("dead letter"));
    }

    private Answer replayOne(Request request) throws InterruptedException {
        return one(request, replay);
    }

    private Answer dropOne(Request request) throws InterruptedException {
        return one(request, drop);
    }

    private Answer one(Request request, Fate.Deciding deciding) throws InterruptedException {
        DeadLetters.DeadLetter letter = seen(request);
        RequestJson.of(request).finish();
        return switch (deciding.of(letter.id(), request.principal().id())) {
            case Fate.Replayed(var interactions) -> appended(interactions);
            case Fate.Arrived _ -> appended(List.of());
            case Fate.Dropped _ -> one(request);
            case Fate.Closed _ ->
                    throw new Problem(
                            ProblemType.CONFLICT,
                            "It was replayed or dropped before, and is only replayed once.");
            case Fate.Failed(var why) ->
                    throw new Problem(ProblemType.INVALID, "It still fails: " + why);
        };
    }

    private static Answer appended(List<InteractionId> interactions) {
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode list = body.putArray("interactions");
        interactions.forEach(each -> list.add(each.toString()));
        return json(body);
    }

    /// What is too late for its author is sent again only where that is asked for.
    private Answer replayMany(Request request) throws InterruptedException {
        return many(request, replay, "dead-letters.replay", DeadLetters.Query::withoutExpired);
    }

    private Answer dropMany(Request request) throws InterruptedException {
        return many(request, drop, "dead-letters.drop", UnaryOperator.identity());
    }

    private Answer many(
            Request request,
            Fate.Deciding deciding,
            String action,
            UnaryOperator<DeadLetters.Query> among)
            throws InterruptedException {
        RequestJson body = RequestJson.of(request);
        Long limit = body.number("limit");
        if (limit != null && (limit < 1 || limit > MOST)) {
            body.error("/limit", "must be from 1 to 1000");
        }
        long after = after(body);
        Optional<DeadLetters.Query> wanted = filter.of(body, request).map(among);
        int most = limit == null ? MOST : limit.intValue();
        return once.answer(
                request,
                action,
                () -> {
                    DeadLetterReport report =
                            wanted.isEmpty()
                                    ? DeadLetterReport.NOTHING
                                    : many.run(
                                            new ManyDeadLetters.Asked(
                                                    wanted.get(),
                                                    after,
                                                    most,
                                                    request.principal().id()),
                                            deciding);
                    return new OnceAnswered.Done(report.json(), target(wanted), report.summary());
                });
    }

    private static long after(RequestJson body) {
        @Nullable String text = body.text("after");
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            body.error("/after", "must be the `next` of an answer");
            return 0;
        }
    }

    /// As the audit names what was asked for.
    private static String target(Optional<DeadLetters.Query> wanted) {
        return wanted.map(DeadLetterResources::words).orElse("no account");
    }

    private static String words(DeadLetters.Query query) {
        var words = new StringBuilder("dead letters");
        add(words, "of", query.accounts().isEmpty() ? null : query.accounts());
        add(words, "direction", query.direction());
        add(words, "kind", query.kind());
        add(words, "reason", query.reason());
        add(words, "since", query.since());
        add(words, "until", query.until());
        return words.toString();
    }

    private static void add(StringBuilder words, String name, @Nullable Object value) {
        if (value != null) {
            words.append(' ').append(name).append(' ').append(value);
        }
    }

    private static Answer json(ObjectNode body) {
        return Answer.json(200, RequestJson.JSON.writeValueAsBytes(body));
    }
}
