package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Membership;
import io.tributary.host.journal.Membership.Member;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The members that share the log, for operators.
final class MemberResources {

    private final Journal journal;

    MemberResources(Journal journal) {
        this.journal = journal;
    }

    void add(Routes routes) {
        routes.add("GET", "/admin/v1/members", Scope.ADMIN_READ, 0, this::list);
    }

    private Answer list(Request request) {
        Query.of(request);
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        List<Member> members = journal.membership().map(Membership::all).orElse(List.of());
        for (Member each : members) {
            ObjectNode view = items.addObject();
            view.put("name", each.name());
            view.put("run", Long.toString(each.run()));
            view.put("version", each.version());
            view.put("url", each.url());
            boolean lives = each.left().isPositive();
            view.put("state", lives ? each.state().name().toLowerCase(Locale.ROOT) : "lost");
            each.lacks().forEach(view.putArray("lacks")::add);
            view.put("grid", !each.grid().isEmpty());
            view.put("since", each.beganAt().toString());
            view.put("heardMillisAgo", Math.max(0, each.heard().toMillis()));
            ArrayNode slots = view.putArray("slots");
            each.slots().stream()
                    .filter(slot -> request.principal().sees(slot.account()))
                    .forEach(slot ->
                            slots.addObject()
                                    .put("account", slot.account().value())
                                    .put("slot", slot.number())
                                    .put("epoch", slot.epoch()));
        }
        return Answer.json(200, RequestJson.JSON.writeValueAsBytes(body));
    }
}
