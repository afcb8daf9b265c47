package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.agents.Agents;
import io.tributary.host.customers.CustomerViews;
import io.tributary.host.customers.Merges;
import io.tributary.host.customers.Timeline;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.Customers;
import io.tributary.model.CustomerId;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Customers. A token that is limited to accounts sees the customers with an address there.
final class CustomerResources {

    private static final long SMALL = 16 * 1024;

    private final CustomerViews customers;
    private final Merges merges;
    private final Timeline timeline;
    private final Agents agents;

    CustomerResources(Api.Rooms rooms) {
        this.customers = rooms.customers();
        this.merges = rooms.merges();
        this.timeline = rooms.timeline();
        this.agents = rooms.agents();
    }

    void add(Routes routes) {
        routes.add("GET", "/v1/customers", Scope.CUSTOMERS_READ, 0, this::list);
        routes.add("GET", "/v1/customers/{id}", Scope.CUSTOMERS_READ, 0, this::one);
        routes.add("GET", "/v1/customers/{id}/timeline", Scope.CUSTOMERS_READ, 0, this::timeline);
        routes.add(
                "POST",
                "/v1/customers/{id}/merge",
                Scope.CUSTOMERS_WRITE,
                SMALL,
                Refusals.told(this::merge));
        routes.add(
                "POST",
                "/v1/customers/{id}/unmerge",
                Scope.CUSTOMERS_WRITE,
                SMALL,
                Refusals.told(this::unmerge));
    }

    private Answer list(Request request) {
        Query query = Query.of(request, "before", "limit");
        UUID before = query.uuid("before");
        int limit = query.limit();
        List<Customers.Customer> page =
                customers.page(before == null ? null : new CustomerId(before), limit);
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        for (Customers.Customer each : page) {
            customers
                    .find(each.id(), request.principal().accounts())
                    .ifPresent(found -> items.add(view(found)));
        }
        if (page.size() == limit) {
            body.put("next", page.getLast().id().toString());
        }
        return Answer.json(200, RequestJson.JSON.writeValueAsBytes(body));
    }

    private Answer one(Request request) {
        return shown(need(request, Ids.customer(request)));
    }

    /// @throws Problem there is none, or the token does not see it
    private CustomerViews.Customer need(Request request, CustomerId id) {
        return customers
                .find(id, request.principal().accounts())
                .orElseThrow(() -> Ids.notFound("customer"));
    }

    private static Answer shown(CustomerViews.Customer customer) {
        return Answer.json(200, RequestJson.JSON.writeValueAsBytes(view(customer)));
    }

    private static ObjectNode view(CustomerViews.Customer found) {
        Customers.Customer customer = found.customer();
        ObjectNode view = RequestJson.JSON.createObjectNode().put("id", customer.id().toString());
        if (customer.name() != null) {
            view.put("name", customer.name());
        }
        view.put("createdAt", customer.createdAt().toString());
        ArrayNode merged = view.putArray("merged");
        found.ids().stream()
                .filter(each -> !each.equals(customer.id()))
                .forEach(each -> merged.add(each.toString()));
        ArrayNode identities = view.putArray("identities");
        for (CustomerViews.Identity each : found.identities()) {
            identities
                    .addObject()
                    .put("type", each.type())
                    .put("value", each.value())
                    .put("claimed", each.claimed());
        }
        ArrayNode addresses = view.putArray("addresses");
        for (Customers.Address each : found.addresses()) {
            addresses
                    .addObject()
                    .put("account", each.account().value())
                    .put("address", each.address());
        }
        return view;
    }

    /// What customers are is one thing, what they said another.
    private Answer timeline(Request request) {
        if (!request.principal().may(Scope.INTERACTIONS_READ)) {
            throw new Problem(
                    ProblemType.FORBIDDEN,
                    "the token needs the scope " + Scope.INTERACTIONS_READ.text());
        }
        Query query = Query.of(request, "after", "limit");
        CustomerViews.Customer customer = need(request, Ids.customer(request));
        Timeline.Page page =
                timeline.page(
                                customer.customer().id(),
                                request.principal().accounts(),
                                query.text("after"),
                                query.limit())
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemType.BAD_CURSOR,
                                        "`after` is none that a timeline gave."));
        return StreamResources.json(agents.pages().events(page.rows(), page.next()));
    }

    private Answer merge(Request request) {
        CustomerViews.Customer into = need(request, Ids.customer(request));
        RequestJson body = RequestJson.of(request);
        UUID other = body.uuid("customer");
        if (other == null) {
            body.error("/customer", "is needed");
        }
        Actors.Named agent = Actors.of(body, request.principal());
        body.finish();
        CustomerId from = other == null ? into.customer().id() : new CustomerId(other);
        need(request, from);
        return answer(
                request,
                merges.merge(from, into.customer().id(), agent.actor(), request.principal().id()));
    }

    private Answer unmerge(Request request) {
        CustomerId merged = Ids.customer(request);
        need(request, merged);
        RequestJson body = RequestJson.of(request);
        Actors.Named agent = Actors.of(body, request.principal());
        body.finish();
        return answer(request, merges.unmerge(merged, agent.actor(), request.principal().id()));
    }

    private Answer answer(Request request, Merges.Result result) {
        return switch (result) {
            case Merges.Result.Done done -> shown(need(request, done.customer().id()));
            case Merges.Result.Unknown _ -> throw Ids.notFound("customer");
            case Merges.Result.Nothing _ ->
                    throw new Problem(
                            ProblemType.CONFLICT,
                            "They are one customer already, or this one is not merged.");
            case Merges.Result.Conflict _ ->
                    throw new Problem(
                            ProblemType.CONFLICT,
                            "Somebody else merged or parted one of them meanwhile.");
        };
    }
}
