package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.Audit;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Who did what, and the backup.
final class OperatorResources {

    private static final long SMALL = 16 * 1024;

    private final Journal journal;
    private final InstantSource clock;

    OperatorResources(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    void add(Routes routes) {
        routes.add("GET", "/admin/v1/audit", Scope.ADMIN_READ, 0, this::audit);
        routes.add("POST", "/admin/v1/backup", Scope.ADMIN_WRITE, SMALL, this::backup);
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
