package io.tributary.host.api;

import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.Traces;
import io.tributary.model.AccountId;
import io.tributary.model.InteractionId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is kept of requests to providers: of one interaction for agent apps, of accounts for
/// operators.
final class TraceResources {

    private final Journal journal;

    TraceResources(Journal journal) {
        this.journal = journal;
    }

    void add(Routes routes) {
        routes.add("GET", "/v1/interactions/{id}/traces", Scope.INTERACTIONS_READ, 0, this::ofOne);
        routes.add("GET", "/admin/v1/traces", Scope.ADMIN_READ, 0, this::list);
    }

    /// Traces may be kept longer than the interaction, and are shown no longer than it is.
    private Answer ofOne(Request request) {
        Query query = Query.of(request, "before", "limit");
        InteractionId id = Ids.interaction(request);
        Row row =
                journal.log()
                        .byId(id)
                        .filter(each -> request.principal().sees(each.account()))
                        .orElseThrow(() -> Ids.notFound("interaction"));
        return page(query, new Traces.Query(Set.of(row.account()), id, false));
    }

    private Answer list(Request request) {
        Query query = Query.of(request, "account", "interaction", "failed", "before", "limit");
        Principal principal = request.principal();
        Set<AccountId> accounts = query.accounts(principal);
        UUID interaction = query.uuid("interaction");
        Boolean failed = query.flag("failed");
        return page(
                query,
                new Traces.Query(
                        accounts,
                        interaction == null ? null : new InteractionId(interaction),
                        failed != null && failed));
    }

    private Answer page(Query query, Traces.Query wanted) {
        Long before = query.number("before", 1, Long.MAX_VALUE);
        int limit = query.limit();
        List<Traces.Trace> page =
                journal.traces().page(wanted, before == null ? Long.MAX_VALUE : before, limit);
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        page.forEach(each -> view(each, items.addObject()));
        if (page.size() == limit) {
            body.put("next", Long.toString(page.getLast().id()));
        }
        return Answer.json(200, RequestJson.JSON.writeValueAsBytes(body));
    }

    private static void view(Traces.Trace trace, ObjectNode view) {
        view.put("id", Long.toString(trace.id()));
        view.put("at", trace.at().toString());
        view.put("account", trace.account().value());
        put(view, "plugin", trace.plugin());
        Traces.Purpose purpose = trace.purpose();
        if (purpose != null) {
            view.put("interaction", purpose.interaction().toString());
            view.put("call", purpose.call());
            put(view, "send", purpose.send());
            if (purpose.attempt() > 0) {
                view.put("attempt", purpose.attempt());
            }
        }
        view.put("method", trace.request().method());
        view.put("host", trace.request().host());
        view.put("path", trace.request().path());
        if (trace.end().status() > 0) {
            view.put("status", trace.end().status());
        }
        view.put("outcome", trace.end().outcome());
        view.put("millis", trace.end().micros() / 1_000.0);
        if (RequestJson.JSON.readTree(trace.detail()) instanceof ObjectNode detail) {
            view.setAll(detail);
        }
    }

    private static void put(ObjectNode view, String name, @Nullable String value) {
        if (value != null) {
            view.put(name, value);
        }
    }
}
