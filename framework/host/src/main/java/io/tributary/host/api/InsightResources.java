package io.tributary.host.api;

import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.host.cluster.Insight;
import io.tributary.host.cluster.Insights;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.model.AccountId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How each account fares, for operators.
final class InsightResources {

    private final Insights insights;

    InsightResources(Insights insights) {
        this.insights = insights;
    }

    void add(Routes routes) {
        routes.add("GET", "/admin/v1/insights", Scope.ADMIN_READ, 0, this::list);
    }

    private Answer list(Request request) {
        Principal principal = request.principal();
        Set<AccountId> asked = Query.of(request, "account").accounts(principal);
        Insights.Report report = insights.report();
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        report.insights().stream()
                .filter(each -> principal.sees(each.account()))
                .filter(each -> asked.isEmpty() || asked.contains(each.account()))
                .sorted(Comparator.comparing(each -> each.account().value()))
                .forEach(each -> view(each, items.addObject()));
        body.put("position", report.position());
        body.put("behind", report.behind());
        return Answer.json(200, RequestJson.JSON.writeValueAsBytes(body));
    }

    private static void view(Insight insight, ObjectNode view) {
        view.put("account", insight.account().value());
        view.put("channel", insight.channel().value());
        view.put("arrivals", insight.arrivals());
        view.put("answered", insight.answered());
        if (insight.answered() > 0) {
            view.put(
                    "meanFirstResponseMillis",
                    insight.untilAnswered().toMillis() / insight.answered());
            view.put("longestFirstResponseMillis", insight.longest().toMillis());
        }
        view.put("open", insight.open());
        view.put("waiting", insight.waiting());
        Instant since = insight.waitingSince();
        if (since != null) {
            view.put("waitingSince", since.toString());
        }
    }
}
