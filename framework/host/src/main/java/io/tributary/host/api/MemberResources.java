package io.tributary.host.api;

import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.host.cluster.Attendance;
import io.tributary.host.cluster.Who;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Membership;
import io.tributary.host.journal.Membership.Member;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The members that share the log, for operators.
final class MemberResources {

    private final Journal journal;
    private final Attendance attendance;
    private final long run;

    /// @param run of this member
    MemberResources(Journal journal, Attendance attendance, long run) {
        this.journal = journal;
        this.attendance = attendance;
        this.run = run;
    }

    void add(Routes routes) {
        routes.add("GET", "/admin/v1/members", Scope.ADMIN_READ, 0, this::list);
    }

    private Answer list(Request request) {
        Query.of(request);
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        List<Member> members = journal.membership().map(Membership::all).orElse(List.of());
        Attendance.Census census = attendance.census();
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
            there(each, census).ifPresent(who -> connected(who, request.principal(), view));
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

    /// Who is connected to a member; empty: that is not known here now.
    private Optional<Set<Who>> there(Member member, Attendance.Census census) {
        if (member.run() == run) {
            return Optional.of(census.here());
        }
        return census.elsewhere().entrySet().stream()
                .filter(each -> each.getKey().toString().equals(member.grid()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static void connected(Set<Who> all, Principal principal, ObjectNode view) {
        int agents = 0;
        int devices = 0;
        for (Who who : all) {
            switch (who) {
                case Who.Agent _ -> agents++;
                case Who.Device device -> devices += principal.sees(device.account()) ? 1 : 0;
            }
        }
        if (principal.accounts().isEmpty()) {
            // whose agents they are nobody can tell, so who sees some accounts sees none of them
            view.put("agents", agents);
        }
        view.put("devices", devices);
    }
}
