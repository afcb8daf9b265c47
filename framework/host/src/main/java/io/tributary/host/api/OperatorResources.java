package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.inbound.Replay;
import io.tributary.host.journal.Audit;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Unit;
import io.tributary.model.AccountId;
import io.tributary.model.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What operators look at when something went wrong, and the backup.
final class OperatorResources {

    private static final long SMALL = 16 * 1024;

    private final Journal journal;
    private final Replay replay;
    private final InstantSource clock;

    OperatorResources(Journal journal, Replay replay, InstantSource clock) {
        this.journal = journal;
        this.replay = replay;
        this.clock = clock;
    }

    void add(Routes routes) {
        routes.add("GET", "/admin/v1/dead-letters", Scope.ADMIN_READ, 0, this::deadLetters);
        routes.add("GET", "/admin/v1/dead-letters/{id}", Scope.ADMIN_READ, 0, this::deadLetter);
        routes.add(
                "POST",
                "/admin/v1/dead-letters/{id}/replay",
                Scope.ADMIN_WRITE,
                SMALL,
                this::replay);
        routes.add("GET", "/admin/v1/audit", Scope.ADMIN_READ, 0, this::audit);
        routes.add("POST", "/admin/v1/backup", Scope.ADMIN_WRITE, SMALL, this::backup);
    }

    private Answer deadLetters(Request request) {
        Query query = Query.of(request, "account", "direction", "open", "before", "limit");
        Set<AccountId> accounts = query.accounts(request.principal());
        Direction direction = query.one("direction", Direction.class);
        boolean openOnly = !Boolean.FALSE.equals(query.flag("open"));
        Long before = query.number("before", 1, Long.MAX_VALUE);
        int limit = query.limit();
        @Nullable AccountId one = accounts.size() == 1 ? accounts.iterator().next() : null;
        List<DeadLetters.DeadLetter> page =
                journal.deadLetters()
                        .page(
                                one,
                                direction,
                                openOnly,
                                before == null ? Long.MAX_VALUE : before,
                                limit);
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        page.stream()
                .filter(each -> accounts.isEmpty() || accounts.contains(each.account()))
                .forEach(each -> items.add(view(each)));
        if (page.size() == limit) {
            body.put("next", Long.toString(page.getLast().id()));
        }
        body.put("open", journal.deadLetters().open());
        return json(body);
    }

    private Answer deadLetter(Request request) {
        DeadLetters.DeadLetter letter = seen(request);
        ObjectNode view = view(letter);
        view.put("payload", Base64.getEncoder().encodeToString(letter.payload().toArray()));
        return json(view);
    }

    private DeadLetters.DeadLetter seen(Request request) {
        return journal.deadLetters()
                .byId(Ids.number(request, "dead letter"))
                .filter(each -> request.principal().sees(each.account()))
                .orElseThrow(() -> Ids.notFound("dead letter"));
    }

    private static ObjectNode view(DeadLetters.DeadLetter letter) {
        ObjectNode view = RequestJson.JSON.createObjectNode();
        view.put("id", Long.toString(letter.id()));
        view.put("direction", letter.direction().name().toLowerCase(Locale.ROOT));
        view.put("account", letter.account().value());
        view.put("plugin", letter.plugin());
        view.put("kind", letter.kind());
        view.putObject("reason")
                .put("code", letter.reason().code())
                .put("text", letter.reason().text());
        if (letter.interaction() != null) {
            view.put("interaction", letter.interaction().toString());
        }
        view.put("at", letter.at().toString());
        if (letter.closedAt() != null) {
            view.put("closedAt", letter.closedAt().toString());
        }
        view.put("replayed", letter.replayed());
        return view;
    }

    private Answer replay(Request request) throws InterruptedException {
        DeadLetters.DeadLetter letter = seen(request);
        RequestJson.of(request).finish();
        return switch (replay.replay(letter.id(), request.principal().id())) {
            case Replay.Result.Replayed replayed -> {
                ObjectNode body = RequestJson.JSON.createObjectNode();
                ArrayNode list = body.putArray("interactions");
                replayed.interactions().forEach(each -> list.add(each.toString()));
                yield json(body);
            }
            case Replay.Result.Dropped _ -> json(RequestJson.JSON.createObjectNode());
            case Replay.Result.Unknown _ -> throw Ids.notFound("dead letter");
            case Replay.Result.Closed _ ->
                    throw new Problem(
                            ProblemType.CONFLICT,
                            "It was replayed or dropped before, and is only replayed once.");
            case Replay.Result.Failed failed ->
                    throw new Problem(ProblemType.INVALID, "It still fails: " + failed.why());
        };
    }

    /// What concerns all accounts is not for a token that is limited to some.
    static void needAll(Request request) {
        if (!request.principal().accounts().isEmpty()) {
            throw new Problem(
                    ProblemType.FORBIDDEN,
                    "This concerns all accounts, and the token is limited to some.");
        }
    }

    private Answer audit(Request request) {
        needAll(request);
        Query query = Query.of(request, "before", "limit");
        Long before = query.number("before", 1, Long.MAX_VALUE);
        int limit = query.limit();
        List<Audit.Record> page =
                journal.audit().page(before == null ? Long.MAX_VALUE : before, limit);
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        for (Audit.Record each : page) {
            items.addObject()
                    .put("id", Long.toString(each.id()))
                    .put("at", each.at().toString())
                    .put("actor", each.actor())
                    .put("action", each.action())
                    .put("target", each.target())
                    .put("detail", each.detail())
                    .put("hash", each.hash());
        }
        if (page.size() == limit) {
            body.put("next", Long.toString(page.getLast().id()));
        }
        return json(body);
    }

    private Answer backup(Request request) throws IOException {
        needAll(request);
        RequestJson body = RequestJson.of(request);
        String file = body.needText("file");
        body.finish();
        Path target = target(file);
        try {
            journal.backup(target);
        } catch (UnsupportedOperationException otherwise) {
            throw new Problem(ProblemType.CONFLICT, String.valueOf(otherwise.getMessage()));
        }
        journal.append(
                        Unit.of(
                                new Change.AddAudit(
                                        request.principal().id(),
                                        "backup",
                                        target.toString(),
                                        "",
                                        clock.instant())))
                .join();
        return json(
                RequestJson.JSON
                        .createObjectNode()
                        .put("file", target.toString())
                        .put("bytes", Files.size(target)));
    }

    private static Path target(String file) {
        Path target;
        try {
            target = Path.of(file);
        } catch (InvalidPathException wrong) {
            throw new Problem(ProblemType.INVALID, "`file` is no path.");
        }
        if (!target.isAbsolute()) {
            throw new Problem(
                    ProblemType.INVALID, "`file` must be an absolute path on the member.");
        }
        if (Files.exists(target, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            throw new Problem(
                    ProblemType.CONFLICT,
                    "There is a file at " + target + " already; a backup overwrites nothing.");
        }
        if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
            throw new Problem(
                    ProblemType.INVALID,
                    "There is no folder " + target.getParent() + " on the member.");
        }
        return target;
    }

    private static Answer json(ObjectNode body) {
        return Answer.json(200, RequestJson.JSON.writeValueAsBytes(body));
    }
}
